"""What can be found, and where each module is asked. A module answers only what ``by`` may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import queries as people
from lingkar.directory.services import queries as services
from lingkar.foundation.access import Actor
from lingkar.foundation.search.queries import marked, marked_name
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


def address(name: str, *args: object) -> str:
    """Where a page is; "" while its module has none: nothing is shown that leads nowhere."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def first(hits: Sequence[Hit], limit: int) -> Found:
    """What one more than ``limit`` hits tell: the first ones, and whether there are more."""
    led = tuple(hit for hit in hits if hit.url)
    return Found(led[:limit], min(len(led), limit), len(led) > limit)


def offered(by: Actor, asked: Asked, limit: int) -> Found:  # noqa: ARG001  (published for everybody)
    """Services in force today."""
    rows = services.search(asked, day=timezone.localdate(), limit=limit + 1)
    return first(
        [
            Hit(
                url=address("services:service", row.service.code),
                title=marked_name(row.name, asked),
                plain=row.name,
                meta=row.unit.name,
            )
            for row in rows
        ],
        limit,
    )


def units(by: Actor, asked: Asked, limit: int) -> Found:
    """Units of today: everybody may know what they are called."""
    rows = orgs.search(by, asked, limit + 1, day=timezone.localdate())
    return first(
        [
            Hit(
                url=address("orgs:unit", row.code),
                title=marked_name(row.name, asked),
                plain=row.name,
                meta=" · ".join(filter(None, [str(row.get_kind_display()), row.parent.name if row.parent else ""])),
            )
            for row in rows
        ],
        limit,
    )


def persons(by: Actor, asked: Asked, limit: int) -> Found:
    """Who serves the agency, for colleagues."""
    if not by.is_signed_in:
        return Found((), 0)
    rows = people.search(by, asked, limit + 1, day=timezone.localdate())
    return first(
        [
            Hit(
                url=address("people:person", row.pk),
                title=marked_name(row.name, asked.name),
                plain=row.name,
                meta=" · ".join(filter(None, [row.placed[0].title, row.placed[0].unit.name])) if row.placed else "",
            )
            for row in rows
        ],
        limit,
    )


def cases(by: Actor, asked: Asked, limit: int) -> Found:  # noqa: ARG001  (published for everybody)
    """Published reports, masked."""
    rows = reports.search(asked, limit=limit)
    hits = tuple(
        Hit(
            url=reverse("reports:published", args=[row.number]),
            title=marked(row.excerpt, of=row.text_shown) or SafeString(_("A photo without words")),  # type: ignore[attr-defined]
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


KINDS = (
    Kind("layanan", gettext_lazy("Services"), offered),
    Kind("unit", gettext_lazy("Units"), units),
    Kind("pegawai", gettext_lazy("People"), persons),
    Kind("kasus", gettext_lazy("Published reports"), cases),
)
