"""What people said about a service, and whether its promises were kept: for everybody, who can count the rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Q, QuerySet

from lingkar.listen.reports import rules
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.queries.public import PublicLine, public_lines, published

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


def promised(rows: QuerySet[Report], which: Promised, *, today: date) -> QuerySet[Report]:
    """The published ``rows`` of a year whose promise came due, or those among them where it was kept."""
    late = Q(state__in=rules.OPEN_STATES, due__lt=today)
    closed = Q(closed_at__isnull=False) & ~Q(state__in=rules.OPEN_STATES)
    kept = closed & Q(closed_at__date__lte=F("due"))
    return rows.filter(kept if which == Promised.KEPT else late | closed, received_at__date__gt=today - LOOKED_BACK)


def promises_kept(service: UUID, *, today: date) -> PromisesKept:
    """The published reports about a service, by their promises: nobody has to believe a number without its rows."""
    due, kept = (promised(published(service=service), which, today=today).count() for which in Promised)
    return PromisesKept(due, kept)


def newest_about(service: UUID, *, most: int) -> list[PublicLine]:
    """The newest published reports about a service."""
    return list(public_lines(published(service=service))[:most])
