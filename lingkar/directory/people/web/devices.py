"""A signed-in device in words: "Chrome on Android" says more than a user agent."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """One row of the list: what it is, from where, since when, and whether it is the one being used."""

    id: int
    name: str
    is_phone: bool
    address: str
    since: datetime
    last_seen: datetime
    is_this: bool


def described(row: UserSession, key: str | None) -> Device:
    """A session as a person recognises it; ``key`` is the session they look from."""
    agent = row.user_agent
    return Device(
        id=row.pk,
        name=name_of(agent),
        is_phone="Mobile" in agent or "iPad" in agent,
        address=row.ip,
        since=row.created_at,
        last_seen=row.last_seen_at,
        is_this=row.session_key == key,
    )


def name_of(agent: str) -> str:
    """Browser and system of a user agent, as far as they can be told."""
    browser = next((name for mark, name in BROWSERS if mark in agent), _("Unknown browser"))
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser
