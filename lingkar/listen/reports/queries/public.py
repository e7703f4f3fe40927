"""What everybody may see: published cases, masked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchRank
from django.db.models import Count, F, Q, QuerySet, Window

from lingkar.foundation.access import Unseen
from lingkar.foundation.search.queries import excerpt, told
from lingkar.foundation.search.rules import Asked
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.foundation.tenancy.together import HowMany
from lingkar.listen.reports import rules
from lingkar.listen.reports.models import Entry, EntryKind, Report
from lingkar.listen.reports.queries.cases import MOST_COUNTED, Tally, matches, tally
from lingkar.listen.reports.rules import State


def published(
    *, category: UUID | None = None, place: UUID | None = None, service: UUID | None = None, text: str = ""
) -> QuerySet[Report]:
    """The public list: published, never sealed or secret, newest first. Read ``text_shown`` only.

    An anonymous report never stands under its ``service``: of a service that few use, that could tell who wrote.
    """
    rows = Report.objects.filter(published_at__isnull=False, is_sealed=False, is_secret=False)
    rows = rows.select_related("category", "unit", "service", "place", "place__parent").defer(
        "text", "location", "search"
    )
    if category:
        rows = rows.filter(category=category)
    if place:
        rows = rows.filter(Q(place=place) | Q(place__parent=place))
    if service:
        rows = rows.filter(service=service, is_anonymous=False)
    if text.strip():
        rows = rows.filter(matches(text))
    return rows.order_by("-published_at")


def counted_in(place: UUID, *, first: date, last: date) -> dict[str, int]:
    """How many reports came from a village between two days, by the name of their subject. Sealed ones are left out.

    Small numbers too: whoever shows them hides those.
    """
    rows = Report.objects.filter(place=place, is_sealed=False, received_at__date__range=(first, last)).order_by()
    return dict(rows.values_list("category__name").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A published report as lists show it: masked words only."""

    number: int
    state: str
    next_due: date
    text_shown: str
    category: str = column("category__name")
    place: str | None = column("place__name")
    unit: str = column("unit__name")


def public_lines(rows: QuerySet[Report]) -> "QuerySet[Report, PublicLine]":
    """Published reports as lists show them."""
    return plain(rows, PublicLine)


class PublicPages:
    """The lines of ``published``, with ``late_on`` of ``overdue_published``, by slices, as a paginator takes them.

    ``cut`` narrows them further; what it and words leave is asked for anew each time.
    """

    def __init__(
        self,
        *,
        category: UUID | None = None,
        place: UUID | None = None,
        service: UUID | None = None,
        text: str = "",
        late_on: date | None = None,
        cut: Callable[[QuerySet[Report]], QuerySet[Report]] | None = None,
    ) -> None:
        self.text, self.late_on, self.cut = text, late_on, cut
        self.named: dict[str, Any] = {"category": category, "place": place, "service": service}

    def __getitem__(self, part: slice) -> list[PublicLine]:
        if self.text.strip() or self.cut:
            return list(public_lines(self._few())[part])
        return _published(part.start or 0, part.stop, late_on=self.late_on, **self.named)

    @property
    def tally(self) -> Tally:
        """How many there are, as far as it is counted."""
        if self.text.strip() or self.cut:
            return tally(self._few())
        found = _how_many(late_on=self.late_on, **self.named)[0]["found"]
        return Tally(min(found, MOST_COUNTED), found > MOST_COUNTED)

    def _few(self) -> QuerySet[Report]:
        rows = published(text=self.text, **self.named)
        return self.cut(rows) if self.cut else rows


@prepared
def _published(start: int, stop: int, *, late_on: date | None, **filters: Any) -> "QuerySet[Report, PublicLine]":
    return public_lines(_chosen(late_on, **filters))[start:stop]


@prepared
def _how_many(*, late_on: date | None, **filters: Any) -> "QuerySet[Agency, Any]":
    rows = _chosen(late_on, **filters).order_by().values("pk")
    return Agency.objects.order_by().values(found=HowMany(rows[: MOST_COUNTED + 1]))[:1]


def _chosen(late_on: date | None, **filters: Any) -> QuerySet[Report]:
    return overdue_published(today=late_on) if late_on else published(**filters)


NEWEST_RANKED = 500
"""Of a word that stands in thousands of reports, the newest are looked at: nobody reads on, and ranking costs time."""


def search(asked: Asked, *, limit: int) -> list[Report]:
    """Published reports that tell of what was asked for, best first; those that tell of some of it when none has all.

    Each row has ``excerpt`` (see ``search.queries.marked``) and ``found``, how many there are among the newest 500.
    """
    if not asked:
        return []
    return _tell_of(asked, limit, all_of=True) or (_tell_of(asked, limit, all_of=False) if asked.terms[1:] else [])


def _tell_of(asked: Asked, limit: int, *, all_of: bool) -> list[Report]:
    question = told(asked, all_of=all_of)
    number = asked.typed.lstrip("#")
    named = Q(number=int(number)) if number.isdecimal() and len(number) < LONGEST_NUMBER else Q()
    newest = published().filter(Q(search=question) | named if named else Q(search=question)).values("pk")
    rows = (
        published()
        .filter(pk__in=newest[:NEWEST_RANKED])
        .annotate(
            rank=SearchRank(F("search"), question), found=Window(Count("*")), excerpt=excerpt("text_shown", asked)
        )
    )
    return list(rows.order_by("-rank", "-published_at")[:limit])


def overdue_published(*, today: date) -> QuerySet[Report]:
    """Published reports whose promise was not kept yet, the oldest promise first."""
    return published().filter(state__in=rules.OPEN_STATES, next_due__lt=today).order_by("next_due")


LONGEST_NUMBER = 15

REPORTERS = frozenset({EntryKind.RATED, EntryKind.REOPENED})
FOR_THE_REPORTER = frozenset({EntryKind.OPENED, EntryKind.OPENED_WITH_CONTACT})
"""Entries about the reporter's own contact: nobody else's business."""


@dataclass(frozen=True)
class PublicView:
    """A published case: masked words, public history, no people.

    What the reporter said after it was published stands there without its words: no officer read yet whom they name.
    """

    report: Report
    entries: tuple[Entry, ...]
    is_overdue: bool


def published_case(number: int, *, today: date) -> PublicView:
    """One published case by its number. Raises ``Unseen`` when it is not public."""
    report = published().filter(number=number).first()
    if report is None:
        raise Unseen
    rows = report.entries.filter(is_internal=False).exclude(kind__in=FOR_THE_REPORTER)
    entries = tuple(rows.select_related("unit").defer("text"))
    for entry in entries:
        if entry.kind in REPORTERS and report.published_at and entry.at > report.published_at:
            entry.text_shown = ""
    return PublicView(report, entries, State(report.state) in rules.OPEN_STATES and report.next_due < today)
