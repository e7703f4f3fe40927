"""Read the calendar of an agency, and find the date of a promise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet

from lingkar.foundation.calendar import rules
from lingkar.foundation.calendar.models import DayOff, WorkWeek

FIVE_DAYS = "12345"


@dataclass(frozen=True)
class Calendar:
    """When an office works: weekdays ``days`` ("12345") without the dates ``off``.

    ``version`` changes if and only if a working day does. Store it beside every date that was promised.
    """

    days: str
    off: frozenset[date]
    version: str

    def works_on(self, day: date) -> bool:
        """Whether the office works on ``day``."""
        return rules.is_working_day(day, days=self.days, off=self.off)

    def after(self, start: date, working_days: int) -> date:
        """The n-th working day after ``start``; ``start`` is never counted."""
        return rules.add_working_days(start, working_days, days=self.days, off=self.off)

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
        return rules.working_days_between(start, end, days=self.days, off=self.off)


@dataclass(frozen=True)
class Deadline:
    """A promised date with what it was counted from: ``rule`` ("5wd:12345") and the calendar's ``version``."""

    date: date
    rule: str
    version: str


def calendar_for(agency: UUID, work_week: int | None = None) -> Calendar:
    """The calendar of an agency's office that keeps ``work_week``, or the agency's default week. Two queries."""
    weeks = WorkWeek.objects.filter(agency=agency)
    week = weeks.filter(is_default=True).first() if work_week is None else weeks.get(pk=work_week)
    days = week.days if week else FIVE_DAYS
    off = frozenset(DayOff.objects.filter(agency=agency).order_by().values_list("date", flat=True))
    return Calendar(days, off, rules.version_of(days, off))


def calendars(agency: UUID) -> dict[int | None, Calendar]:
    """Every working week of an agency as a calendar, by id; ``None`` is the default week. Two queries."""
    off = frozenset(DayOff.objects.filter(agency=agency).order_by().values_list("date", flat=True))
    found: dict[int | None, Calendar] = {None: Calendar(FIVE_DAYS, off, rules.version_of(FIVE_DAYS, off))}
    for week in WorkWeek.objects.filter(agency=agency):
        found[week.pk] = Calendar(week.days, off, rules.version_of(week.days, off))
        if week.is_default:
            found[None] = found[week.pk]
    return found


def deadline(start: date, working_days: int, *, agency: UUID, work_week_id: int | None = None) -> Deadline:
    """The date ``working_days`` after ``start``: 5 after 17 March 2026 is 31 March 2026."""
    calendar = calendar_for(agency, work_week_id)
    return Deadline(calendar.after(start, working_days), f"{working_days}wd:{calendar.days}", calendar.version)


def weeks() -> QuerySet[WorkWeek]:
    """The working weeks of the agency in scope, the default first."""
    return WorkWeek.objects.order_by("-is_default", "name", "pk")


@dataclass(frozen=True)
class Month:
    """Days off of one month, by date."""

    first: date
    days: tuple[DayOff, ...]


@dataclass(frozen=True)
class Year:
    """A year's days off by month. ``estimates`` counts days whose decree is not out yet."""

    year: int
    months: tuple[Month, ...]

    @property
    def days(self) -> tuple[DayOff, ...]:
        return tuple(day for month in self.months for day in month.days)

    @property
    def estimates(self) -> int:
        return sum(day.is_estimate for day in self.days)


def year_of(year: int) -> Year:
    """The days off of ``year`` in the agency in scope; months without any are left out."""
    rows: Iterable[DayOff] = DayOff.objects.filter(date__year=year).order_by("date")
    months = groupby(rows, key=lambda row: row.date.replace(day=1))
    return Year(year, tuple(Month(first, tuple(days)) for first, days in months))


def days_off(start: date, end: date) -> list[DayOff]:
    """Days off of the agency in scope after ``start`` up to and including ``end``, by date."""
    return list(DayOff.objects.filter(date__gt=start, date__lte=end).order_by("date"))


def years_known() -> list[int]:
    """Years with at least one day off, ascending."""
    return [day.year for day in DayOff.objects.dates("date", "year")]


def day_off(pk: int) -> DayOff | None:
    """One day off of the agency in scope."""
    return DayOff.objects.filter(pk=pk).first()
