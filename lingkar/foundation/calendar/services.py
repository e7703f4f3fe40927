"""Change days off and working weeks. A change never moves a promise already made."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.calendar import rules
from lingkar.foundation.calendar.access import demand_edit
from lingkar.foundation.calendar.events import CalendarChanged
from lingkar.foundation.calendar.models import DayOff, DayOffKind, FilledYear, WorkWeek
from lingkar.foundation.calendar.national import NationalDay, national_days
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency

YEARS_BACK, YEARS_AHEAD = 1, 2
FIRST_WEEKS = (("Lima hari kerja", "12345", True), ("Enam hari kerja", "123456", False))


@transaction.atomic
def seed(*, agency: UUID, at: datetime) -> int:
    """Give an agency its first working weeks, and the national days off of each year that was not filled yet.

    Reaches from last year to two years ahead; safe to repeat. Returns how many days were added.
    """
    by = Actor.system(agency)
    if not WorkWeek.objects.filter(agency=agency).exists():
        WorkWeek.objects.bulk_create(
            WorkWeek(agency_id=agency, name=name, days=days, is_default=default) for name, days, default in FIRST_WEEKS
        )
    this_year = timezone.localdate(at).year
    known = set(FilledYear.objects.filter(agency=agency).values_list("year", flat=True))
    wanted = [year for year in range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1) if year not in known]
    return sum(_add_year(year, by=by, at=at) for year in wanted)


@transaction.atomic
def refresh_year(*, year: int, by: Actor, at: datetime) -> int:
    """Replace the estimated days of ``year`` by what the package knows now; days set by a person stay.

    Returns how many days were added.
    """
    demand_edit(by)
    rules.check_day_off(date(year, 1, 1))
    DayOff.objects.filter(agency=by.agency, date__year=year, is_estimate=True).delete()
    added = _add_year(year, by=by, at=at)
    publish(CalendarChanged(agency=by.agency, at=at))
    return added


def _add_year(year: int, *, by: Actor, at: datetime) -> int:
    taken = set(DayOff.objects.filter(agency=by.agency, date__year=year).values_list("date", flat=True))
    rows = [_row(day, by.agency) for day in national_days(year) if day.date not in taken]
    DayOff.objects.bulk_create(rows)
    FilledYear.objects.get_or_create(agency_id=by.agency, year=year)
    agency = Agency.objects.get(pk=by.agency)
    record(by, "calendar.year_filled", agency, at=at, year=year, days=len(rows))
    return len(rows)


def _row(day: NationalDay, agency: UUID) -> DayOff:
    return DayOff(
        agency_id=agency,
        date=day.date,
        name=day.name,
        kind=DayOffKind.JOINT_LEAVE if day.is_joint_leave else DayOffKind.HOLIDAY,
        is_estimate=day.is_estimate,
        source=day.source,
    )


@transaction.atomic
def add_day_off(*, date: date, name: str, kind: str, source: str = "", by: Actor, at: datetime) -> DayOff:
    """A day on which the agency does not work. Refused when that date is off already."""
    demand_edit(by)
    row = DayOff(agency_id=by.agency, kind=DayOffKind(kind))
    _write(row, date, name, source)
    record(by, "calendar.day_off_added", row, at=at, date=f"{date:%Y-%m-%d}", kind=kind)
    publish(CalendarChanged(agency=by.agency, at=at))
    return row


@transaction.atomic
def change_day_off(
    *, day_off: int, date: date, name: str, kind: str, source: str = "", by: Actor, at: datetime
) -> None:
    """Move or rename a day off. What a person has set is no estimate any more."""
    demand_edit(by)
    row = _locked(day_off, by)
    before = row.date
    row.kind, row.is_estimate = DayOffKind(kind), False
    _write(row, date, name, source)
    record(by, "calendar.day_off_changed", row, at=at, date=f"{date:%Y-%m-%d}", before=f"{before:%Y-%m-%d}", kind=kind)
    publish(CalendarChanged(agency=by.agency, at=at))


@transaction.atomic
def remove_day_off(*, day_off: int, by: Actor, at: datetime) -> None:
    """Make a day off a working day again."""
    demand_edit(by)
    row = _locked(day_off, by)
    record(by, "calendar.day_off_removed", row, at=at, date=f"{row.date:%Y-%m-%d}", kind=row.kind)
    row.delete()
    publish(CalendarChanged(agency=by.agency, at=at))


def _locked(day_off: int, by: Actor) -> DayOff:
    row = DayOff.objects.select_for_update().filter(agency=by.agency, pk=day_off).first()
    if row is None:
        raise Unseen
    return row


def _write(row: DayOff, date: date, name: str, source: str) -> None:
    rules.check_day_off(date)
    row.date, row.name, row.source = date, rules.check_name(name, most=120), source.strip()[:200]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused("calendar.date_taken", date=date) from None


@transaction.atomic
def add_week(*, name: str, days: str, is_default: bool = False, by: Actor, at: datetime) -> WorkWeek:
    """A working week that units may name."""
    demand_edit(by)
    row = WorkWeek(agency_id=by.agency)
    _write_week(row, name, days, is_default=is_default)
    record(by, "calendar.week_added", row, at=at, days=row.days, is_default=row.is_default)
    publish(CalendarChanged(agency=by.agency, at=at))
    return row


@transaction.atomic
def change_week(*, week: int, name: str, days: str, is_default: bool, by: Actor, at: datetime) -> None:
    """Rename a working week, change its days, or make it the one that units without a week of their own keep.

    An agency is never without a default: the default week stays so until another one is chosen.
    """
    demand_edit(by)
    row = _locked_week(week, by)
    _write_week(row, name, days, is_default=is_default)
    record(by, "calendar.week_changed", row, at=at, days=row.days, is_default=row.is_default)
    publish(CalendarChanged(agency=by.agency, at=at))


@transaction.atomic
def remove_week(*, week: int, by: Actor, at: datetime) -> None:
    """Remove a working week that no unit keeps and that is not the default."""
    demand_edit(by)
    row = _locked_week(week, by)
    if row.is_default:
        raise Refused("calendar.week_is_default")
    record(by, "calendar.week_removed", row, at=at, days=row.days)
    try:
        row.delete()
    except ProtectedError:
        raise Refused("calendar.week_in_use") from None


def _locked_week(week: int, by: Actor) -> WorkWeek:
    """One week, with every week of the agency locked: two operators cannot both choose the default."""
    rows = {row.pk: row for row in WorkWeek.objects.select_for_update().filter(agency=by.agency).order_by("pk")}
    if week not in rows:
        raise Unseen
    return rows[week]


def _write_week(row: WorkWeek, name: str, days: str, *, is_default: bool) -> None:
    row.name, row.days = rules.check_name(name, most=80), rules.check_days(days)
    if is_default:
        WorkWeek.objects.filter(agency=row.agency_id).exclude(pk=row.pk).update(is_default=False)
        row.is_default = True
    row.save()
