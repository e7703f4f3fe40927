"""What people said about a service, and whether its promises were kept: for everybody, who can count the rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from lingkar.foundation.tenancy.prepared import prepared
from lingkar.listen.reports import rules
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.queries.public import PublicLine, public_lines, published
from lingkar.listen.reports.queries.register import BEST, WORST, Slice, What, condition, within

SMALLEST = 5
"""Of fewer promises than this no share is told: two or three say nothing about a service."""
LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True)
class PromisesKept:
    """Of the promises about a service that have come due within a year: how many there were and how many were kept.

    A promise is kept when the case was closed with proof by its date. ``is_told`` is False below ``SMALLEST``.
    """

    due: int
    kept: int

    @property
    def is_told(self) -> bool:
        return self.due >= SMALLEST

    @property
    def percent(self) -> int:
        return round(100 * self.kept / self.due) if self.due else 0


class Promised(StrEnum):
    """A cut of the public list by the promise of the whole answer."""

    DUE = "jatuh-tempo"
    KEPT = "ditepati"
    OPEN = "terbuka"


def promised(rows: QuerySet[Report], which: Promised, *, today: date) -> QuerySet[Report]:
    """The published ``rows`` of a year whose promise came due, or those among them where it was kept; or the ``rows``
    that are open, whenever they came in.
    """
    if which == Promised.OPEN:
        return rows.filter(state__in=sorted(rules.OPEN_STATES))
    late = Q(state__in=rules.OPEN_STATES, due__lt=today)
    closed = Q(closed_at__isnull=False) & ~Q(state__in=rules.OPEN_STATES)
    kept = closed & Q(closed_at__date__lte=F("due"))
    return rows.filter(kept if which == Promised.KEPT else late | closed, received_at__date__gt=today - LOOKED_BACK)


def promises_kept(service: UUID, *, today: date) -> PromisesKept:
    """The published reports about a service, by their promises: nobody has to believe a number without its rows."""
    both = (Promised.DUE, Promised.KEPT)
    due, kept = (promised(published(service=service), which, today=today).count() for which in both)
    return PromisesKept(due, kept)


def newest_about(service: UUID, *, most: int) -> list[PublicLine]:
    """The newest published reports about a service."""
    return list(public_lines(published(service=service))[:most])


def open_about(service: UUID, *, most: int) -> list[PublicLine]:
    """Published reports about a service that are still open: the promises that wait, the nearest date first."""
    return _open_about(most, service=service)


@prepared
def _open_about(most: int, *, service: UUID) -> "QuerySet[Report, PublicLine]":
    rows = published(service=service).filter(state__in=sorted(rules.OPEN_STATES))
    return public_lines(rows.order_by("next_due", "number"))[:most]


# --- every service at once, for modules above ---------------------------------------------------------------------


@dataclass(frozen=True)
class Spoken:
    """Reports about one service: ``received``, how many of them answer to each ``What``, and ``before``: how many came
    in during the same number of days right before.
    """

    received: int
    before: int
    of: Mapping[What, int]


COUNTED = (What.DECIDED, What.KEPT, What.CLOSED, *(What(f"nilai-{stars}") for stars in range(WORST, BEST + 1)))


def spoken(*, first: date, last: date, today: date) -> dict[UUID, Spoken]:
    """Every service that somebody reported about, anonymous and secret reports too, sealed ones never. One query.

    For modules above, which have asked who may know and hide small numbers.
    """
    now = within(Slice(since=first, until=last))
    before = within(Slice(since=first - (last - first) - timedelta(days=1), until=first - timedelta(days=1)))
    found = (
        Report.objects.filter(is_sealed=False, service__isnull=False)
        .order_by()
        .values("service")
        .annotate(
            received=Count("pk", filter=now),
            before=Count("pk", filter=before),
            **{what.name: Count("pk", filter=now & condition(what, today=today)) for what in COUNTED},
        )
    )
    return {
        row["service"]: Spoken(row["received"], row["before"], {what: row[what.name] for what in COUNTED})
        for row in map(dict[str, Any], found)
    }


@dataclass(frozen=True)
class Topic:
    """Published reports about a service under one subject: how many came in, how many of them closed with proof."""

    service: UUID
    name: str
    n: int
    closed: int


def topics(*, first: date, last: date) -> list[Topic]:
    """What everybody may read about each service, by subject, the most frequent first. One query.

    Counted are the published reports that stand under their service, so that each number opens its rows.
    """
    rows = published().filter(within(Slice(since=first, until=last)), service__isnull=False, is_anonymous=False)
    closed = Q(closed_at__isnull=False) & ~Q(state__in=sorted(rules.OPEN_STATES))
    found = rows.order_by().values_list("service", "category__name")
    return [Topic(*row) for row in found.annotate(n=Count("pk"), closed=Count("pk", filter=closed)).order_by("-n")]


@dataclass(frozen=True)
class Waiting:
    """Published reports about a service that are open today: how many, how many late, the nearest promised date."""

    n: int
    late: int
    next_due: date


def waiting(*, today: date) -> dict[UUID, Waiting]:
    """The open promises of each service, as everybody may read them. One query."""
    rows = published().filter(state__in=sorted(rules.OPEN_STATES), service__isnull=False, is_anonymous=False)
    found = (
        rows.order_by()
        .values_list("service")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(next_due__lt=today)), due=Min("next_due"))
    )
    return {service: Waiting(n, late, due) for service, n, late, due in found}
