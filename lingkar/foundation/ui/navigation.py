"""The navigation of the office. A module registers its entries at start-up; an actor sees those they may use."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.access import Actor, Grant
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.foundation.tenancy.together import HowMany

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Section(Enum):
    """The parts of the navigation, in order: what is done for others, then for oneself. The first has no heading."""

    TODAY = ""
    VOICE = _("Voice of citizens")
    CIRCLE = _("From need to effect")
    TRAINING = _("Training")
    LEARNING = _("My learning")
    GUIDING = _("Teaching and guiding")
    AGENCY = _("Agency")
    SYSTEM = _("Settings")


PLACES = {section: place for place, section in enumerate(Section)}


Waiting = Callable[[Actor], "QuerySet[Any, Any]"]
MOST_COUNTED = 1000


@dataclass(frozen=True, order=True)
class Entry:
    """One link: where it leads, and the action it needs (None: everyone signed in)."""

    place: int
    order: int
    url_name: str
    label: str | Promise = field(compare=False)
    section: Section = field(compare=False, default=Section.TODAY)
    icon: str = field(compare=False, default="circle-check")
    needs: str | None = field(compare=False, default=None)
    account: bool = field(compare=False, default=False)
    count: Waiting | None = field(compare=False, default=None)
    covers: tuple[str, ...] = field(compare=False, default=())

    @property
    def url(self) -> str:
        return _address(self.url_name)

    @property
    def reach(self) -> tuple[str, ...]:
        """Where the addresses of its pages begin."""
        return (self.url, *self.covers)


_ENTRIES: dict[str, Entry] = {}
_LINKS: dict[tuple[str, bool, str | None], SafeString] = {}
"""Links as they are drawn, by name, whether the page belongs there, and language. Counts are drawn each time."""
MOST_KEPT = 300
"""Different navigations that a process keeps as they are drawn; the one not asked for the longest time goes."""


def register(
    url_name: str,
    label: str | Promise,
    *,
    icon: str,
    section: Section = Section.TODAY,
    order: int = 100,
    needs: str | None = None,
    account: bool = False,
    count: Waiting | None = None,
    covers: tuple[str, ...] = (),
) -> None:
    """Add an entry to a section of the navigation, or, with ``account``, to the menu under the person's name.

    ``count`` gives the rows that wait there; nothing is shown where there are none. They are counted on every page, up
    to a thousand, all entries in one prepared statement: rows that an index finds.
    It is marked on every page below its own address, and below the paths that it ``covers``.
    """
    needs = None if needs is None else str(needs)
    _ENTRIES[url_name] = Entry(PLACES[section], order, url_name, label, section, icon, needs, account, count, covers)
    forget()


def forget() -> None:
    """Draw everything anew: entries have changed."""
    _LINKS.clear()
    for kept in (_usable, _drawn_navigation, _drawn_account):
        kept.cache_clear()


@dataclass(frozen=True)
class SearchPlace:
    """Where a question is answered: a page, and the address of its suggestions."""

    page: str
    suggestions: str

    @property
    def url(self) -> str:
        return _address(self.page)

    @property
    def suggest(self) -> str:
        return _address(self.suggestions)


_SEARCH: list[SearchPlace] = []


def offer_search(page: str, suggestions: str) -> None:
    """Put a search box on every page: it leads to the route ``page`` as ``?q=``; ``suggestions`` answers a fragment."""
    _SEARCH[:] = [SearchPlace(page, suggestions)]


def search_place() -> SearchPlace | None:
    """Where the search box leads; None where no search is installed."""
    return _SEARCH[0] if _SEARCH else None


@dataclass(frozen=True)
class Usable:
    """The entries of whoever holds some grants, in order, and for each address that begins one of their pages, the
    longest first, the entry.
    """

    entries: list[Entry]
    reach: list[tuple[str, Entry]]


@lru_cache(maxsize=MOST_KEPT)
def _usable(grants: tuple[Grant, ...], account: bool) -> Usable:
    """Grants alone decide, and they are read anew for each request."""
    somebody = Actor(agency=NOBODY, grants=grants)
    found = [
        entry
        for entry in sorted(_ENTRIES.values(), key=PLACE)
        if entry.account is account and (entry.needs is None or somebody.may(entry.needs)) and _is_there(entry)
    ]
    reach = [(start, entry) for entry in found for start in entry.reach]
    return Usable(found, sorted(reach, key=lambda it: -len(it[0])))


def entries(actor: Actor, *, account: bool = False) -> list[Entry]:
    """Entries that ``actor`` may use, in order. An entry whose page is not installed is left out."""
    return _usable(actor.grants, account).entries if actor.is_signed_in else []


PLACE = attrgetter("place", "order", "url_name")


@dataclass(frozen=True)
class Part:
    """A section as somebody sees it on a page: its links, and whether the page belongs to it."""

    title: str | Promise
    links: list[SafeString]
    is_here: bool


def navigation(actor: Actor, path: str) -> SafeString:
    """The navigation of ``actor`` on the page at ``path``, with how much waits at each entry."""
    if not actor.is_signed_in:
        return SafeString("")
    usable = _usable(actor.grants, False)
    counts = waiting(usable.entries, actor)
    return _drawn_navigation(actor.grants, here(usable, path), tuple(counts.items()), get_language())


@lru_cache(maxsize=MOST_KEPT)
def _drawn_navigation(
    grants: tuple[Grant, ...], at: Entry | None, counts: tuple[tuple[str, int], ...], _language: str | None
) -> SafeString:
    """All that decides how it looks is given: whoever sees the same is given what was drawn before."""
    return render_to_string("ui/navigation.html", {"parts": _parts(_usable(grants, False).entries, at, dict(counts))})


def account_links(actor: Actor, path: str) -> SafeString:
    """The links of the menu under the name of ``actor``."""
    usable = _usable(actor.grants, True)
    counts = waiting(usable.entries, actor)
    return _drawn_account(actor.grants, here(usable, path), tuple(counts.items()), get_language())


@lru_cache(maxsize=MOST_KEPT)
def _drawn_account(
    grants: tuple[Grant, ...], at: Entry | None, counts: tuple[tuple[str, int], ...], _language: str | None
) -> SafeString:
    return SafeString("".join(links_of(_usable(grants, True).entries, at, dict(counts))))


def _parts(found: list[Entry], at: Entry | None, counts: Mapping[str, int]) -> list[Part]:
    """Entries by section. Where the page belongs nowhere, the first part is here."""
    section = at.section if at else (found[0].section if found else None)
    return [
        Part(part.value, links_of(group, at, counts), part is section)
        for part, group in groupby(found, key=attrgetter("section"))
    ]


def links_of(found: Iterable[Entry], at: Entry | None, counts: Mapping[str, int]) -> list[SafeString]:
    """The links of entries, the one of the page ``at`` marked, with how much waits at each (``waiting``)."""
    return [link(e, is_here=e is at, count=counts.get(e.url_name, 0)) for e in found]


def waiting(found: Iterable[Entry], actor: Actor) -> dict[str, int]:
    """How much waits for ``actor`` at each of these entries, by name. One statement."""
    asked = [(entry.url_name, entry.count) for entry in found if entry.count]
    if not asked:
        return {}
    (counts,) = _counted(tuple(count for _, count in asked), actor.sight, account=actor.person)
    return {name: count or 0 for (name, _), count in zip(asked, counts, strict=True)}


@prepared
def _counted(asked: tuple[Waiting, ...], sight: Actor, *, account: UUID | None) -> "QuerySet[Agency, Any]":
    rows = [count(sight.seen_by(account)).order_by()[:MOST_COUNTED].values("pk") for count in asked]
    return Agency.objects.order_by().values_list(*map(HowMany, rows))[:1]


def link(entry: Entry, *, is_here: bool = False, count: int = 0) -> SafeString:
    """The link of an entry. Who may see it was decided before (``entries``)."""
    if count:
        return _draw(entry, is_here, count)
    key = (entry.url_name, is_here, get_language())
    if key not in _LINKS:
        _LINKS[key] = _draw(entry, is_here, 0)
    return _LINKS[key]


def _draw(entry: Entry, is_here: bool, count: int) -> SafeString:
    return render_to_string("ui/entry.html", {"entry": entry, "is_here": is_here, "count": count})


def here(usable: Usable, path: str) -> Entry | None:
    """The entry whose section the page at ``path`` belongs to: the one that matches most of it."""
    return next((entry for start, entry in usable.reach if path.startswith(start)), None)


NOBODY = UUID(int=0)


@cache
def _address(url_name: str) -> str:
    """Asked several times on every page, and always the same. A name that leads nowhere raises each time."""
    return reverse(url_name)


def _is_there(entry: Entry) -> bool:
    try:
        return bool(entry.url)
    except NoReverseMatch:
        return False
