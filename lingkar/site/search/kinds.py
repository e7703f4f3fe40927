"""What can be found, and where each module is asked. A module answers only what ``by`` may see."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.access import Actor
from lingkar.foundation.search.queries import marked
from lingkar.foundation.search.rules import Asked
from lingkar.foundation.ui.words import day
from lingkar.listen.reports import queries as reports

LONGEST_TITLE = 110


@dataclass(frozen=True)
class Hit:
    """One thing that was found. ``title`` and ``excerpt`` are HTML, escaped, the found words marked."""

    url: str
    title: SafeString
    plain: str
    meta: str
    badge: str = ""


@dataclass(frozen=True)
class Found:
    """What one kind answered: the first hits, and how many there are; more than that when ``is_more``."""

    hits: tuple[Hit, ...]
    count: int
    is_more: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is looked for. ``code`` stands in addresses."""

    code: str
    label: str | Promise
    find: Callable[[Actor, Asked, int], Found]


def cases(by: Actor, asked: Asked, limit: int) -> Found:  # noqa: ARG001  (published for everybody)
    """Published reports, masked."""
    rows = reports.search(asked, limit=limit)
    hits = tuple(
        Hit(
            url=reverse("reports:published", args=[row.number]),
            title=marked(row.excerpt) or SafeString(_("A photo without words")),  # type: ignore[attr-defined]
            plain=Truncator(" ".join(row.text_shown.split())).chars(LONGEST_TITLE),
            meta=" · ".join(
                filter(None, [f"#{row.number}", str(row.place or ""), str(row.unit), day(row.received_at)])
            ),
            badge=str(row.get_state_display()),
        )
        for row in rows
    )
    found = rows[0].found if rows else 0  # type: ignore[attr-defined]
    return Found(hits, found, found >= reports.NEWEST_RANKED)


KINDS = (Kind("kasus", gettext_lazy("Published reports"), cases),)
