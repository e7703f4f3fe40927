"""The calendar of an agency: seeded, edited, versioned."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from lingkar.foundation.access import Actor, Forbidden, Grant, Unseen
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.calendar import queries, services
from lingkar.foundation.calendar.models import DayOff, DayOffKind, WorkWeek
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def agency():
    agency = Agency.objects.create(code="kota", name="Kota")
    with agency_scope(agency.pk):
        services.seed(agency=agency.pk, at=NOW)
        yield agency


@pytest.fixture
def operator(agency):
    return Actor(agency=agency.pk, person=uuid4(), grants=(Grant("operator"),))


def add(operator, day, **fields):
    fields = {"name": "Hari jadi kota", "kind": DayOffKind.LOCAL, "by": operator, "at": NOW} | fields
    return services.add_day_off(date=day, **fields)


def test_a_new_agency_has_two_weeks_and_four_years(agency):
    assert [(week.days, week.is_default) for week in queries.weeks()] == [("12345", True), ("123456", False)]
    assert queries.years_known() == [2025, 2026, 2027, 2028]
    assert queries.year_of(2026).estimates == 0
    assert queries.year_of(2028).estimates == len(queries.year_of(2028).days)
    assert len(queries.year_of(2026).days) == 25


def test_five_days_after_17_march_2026_is_31_march(agency):
    found = queries.deadline(date(2026, 3, 17), 5, agency=agency.pk)
    assert (found.date, found.rule) == (date(2026, 3, 31), "5wd:12345")
    six = WorkWeek.objects.get(days="123456")
    assert queries.deadline(date(2026, 3, 17), 5, agency=agency.pk, work_week_id=six.pk).date == date(2026, 3, 30)


def test_the_calendar_is_two_queries(agency, django_assert_num_queries):
    with django_assert_num_queries(2):
        calendar = queries.calendar_for(agency.pk)
    assert calendar.works_on(date(2026, 3, 17))
    assert not calendar.works_on(date(2026, 3, 18))
    assert calendar.between(date(2026, 3, 17), date(2026, 3, 31)) == 5


def test_an_agency_without_rows_works_five_days(agency):
    other = Agency.objects.create(code="kab", name="Kabupaten")
    with agency_scope(other.pk):
        assert queries.deadline(date(2026, 3, 17), 5, agency=other.pk).date == date(2026, 3, 24)


def test_seeding_again_does_not_bring_back_what_a_person_removed(agency, operator):
    day = DayOff.objects.get(date=date(2026, 3, 18))
    services.remove_day_off(day_off=day.pk, by=operator, at=NOW)
    assert services.seed(agency=agency.pk, at=NOW) == 0
    assert queries.calendar_for(agency.pk).works_on(date(2026, 3, 18))


def test_the_version_follows_the_days(agency, operator):
    before = queries.calendar_for(agency.pk).version
    row = add(operator, date(2026, 4, 1))
    after = queries.calendar_for(agency.pk).version
    assert after != before
    services.change_day_off(day_off=row.pk, date=row.date, name="Nama lain", kind=DayOffKind.LOCAL, by=operator, at=NOW)
    assert queries.calendar_for(agency.pk).version == after
    services.remove_day_off(day_off=row.pk, by=operator, at=NOW)
    assert queries.calendar_for(agency.pk).version == before


def test_a_day_off_moves_new_promises(agency, operator):
    add(operator, date(2026, 3, 25))
    assert queries.deadline(date(2026, 3, 17), 5, agency=agency.pk).date == date(2026, 4, 1)


def test_every_change_is_audited(agency, operator):
    row = add(operator, date(2026, 4, 1))
    services.change_day_off(day_off=row.pk, date=date(2026, 4, 2), name="Pilkada", kind="local", by=operator, at=NOW)
    services.remove_day_off(day_off=row.pk, by=operator, at=NOW)
    verbs = AuditEntry.objects.filter(person=operator.person).order_by("at", "id").values_list("verb", flat=True)
    assert sorted(verbs) == ["calendar.day_off_added", "calendar.day_off_changed", "calendar.day_off_removed"]


@pytest.mark.parametrize(
    ("day", "fields", "code"),
    [
        (date(2026, 3, 18), {}, "date_taken"),
        (date(1999, 12, 31), {}, "year_out_of_reach"),
        (date(2101, 1, 1), {}, "year_out_of_reach"),
        (date(2026, 4, 1), {"name": "  "}, "name_missing"),
        (date(2026, 4, 1), {"name": "x" * 121}, "name_too_long"),
    ],
)
def test_a_wrong_day_off_is_refused(agency, operator, day, fields, code):
    with pytest.raises(Refused) as no:
        add(operator, day, **fields)
    assert no.value.code == f"calendar.{code}"
    assert DayOff.objects.filter(kind=DayOffKind.LOCAL).count() == 0


@pytest.mark.parametrize("grants", [(), (Grant("officer"),), (Grant("operator", "dinas."),)])
def test_only_an_operator_of_the_whole_agency_changes_the_calendar(agency, grants):
    with pytest.raises(Forbidden):
        add(Actor(agency=agency.pk, person=uuid4(), grants=grants), date(2026, 4, 1))


def test_a_row_of_another_agency_is_unseen(agency, operator):
    other = Agency.objects.create(code="kab", name="Kabupaten")
    with agency_scope(other.pk):
        row = DayOff.objects.create(agency=other, date=date(2026, 4, 1), name="Lain")
    with pytest.raises(Unseen):
        services.remove_day_off(day_off=row.pk, by=operator, at=NOW)


def test_an_estimate_gives_way_to_the_decree_and_local_days_stay(agency, operator):
    add(operator, date(2028, 4, 3))
    DayOff.objects.filter(date__year=2028, kind=DayOffKind.HOLIDAY).exclude(date=date(2028, 1, 1)).delete()
    assert services.refresh_year(year=2028, by=operator, at=NOW) > 10
    assert DayOff.objects.filter(date=date(2028, 4, 3), kind=DayOffKind.LOCAL).exists()


def test_what_a_person_set_is_no_estimate(agency, operator):
    row = DayOff.objects.filter(date__year=2028).first()
    services.change_day_off(day_off=row.pk, date=row.date, name=row.name, kind=row.kind, by=operator, at=NOW)
    row.refresh_from_db()
    assert not row.is_estimate


def test_there_is_always_one_default_week(agency, operator):
    five, six = queries.weeks()
    services.change_week(week=six.pk, name=six.name, days=six.days, is_default=True, by=operator, at=NOW)
    assert [week.pk for week in queries.weeks() if week.is_default] == [six.pk]
    services.change_week(week=six.pk, name="Senin–Sabtu", days="123456", is_default=False, by=operator, at=NOW)
    assert queries.calendar_for(agency.pk).days == "123456"
    with pytest.raises(Refused, match="week_is_default"):
        services.remove_week(week=six.pk, by=operator, at=NOW)
    services.remove_week(week=five.pk, by=operator, at=NOW)
    assert WorkWeek.objects.count() == 1


def test_a_new_week_can_be_kept(agency, operator):
    week = services.add_week(name="Selasa–Sabtu", days="65432", by=operator, at=NOW)
    assert queries.calendar_for(agency.pk, week.pk).days == "23456"
