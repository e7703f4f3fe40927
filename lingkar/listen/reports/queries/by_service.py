"""What people said about a service, and whether its promises were kept: for everybody."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Q

from lingkar.listen.reports import rules
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.queries.public import PublicLine, public_lines, published

SMALLEST = 5
"""Fewer promises than this are not counted in public: a number of two or three is about persons."""
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


def promises_kept(service: UUID, *, today: date) -> PromisesKept:
    """The open reports about a service, by their promises. Sealed ones count nowhere. One query."""
    rows = Report.objects.filter(service=service, is_sealed=False, received_at__date__gt=today - LOOKED_BACK)
    late = Q(state__in=rules.OPEN_STATES, due__lt=today)
    closed = Q(closed_at__isnull=False) & ~Q(state__in=rules.OPEN_STATES)
    found = rows.aggregate(
        came_due=Count("pk", filter=late | closed), kept=Count("pk", filter=closed & Q(closed_at__date__lte=F("due")))
    )
    return PromisesKept(found["came_due"], found["kept"])


def newest_about(service: UUID, *, most: int) -> list[PublicLine]:
    """The newest published reports about a service."""
    return list(public_lines(published(service=service))[:most])
