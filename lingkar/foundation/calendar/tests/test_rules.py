"""Working days over Lebaran, the turn of the year, five- and six-day weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.calendar import rules
from lingkar.foundation.calendar.national import national_days
from lingkar.foundation.refusals import Refused

FIVE, SIX = "12345", "123456"
OFF = frozenset(day.date for year in (2025, 2026, 2027) for day in national_days(year))

DECREE_2026 = {
    "holidays": "01-01 01-16 02-17 03-19 03-21 03-22 04-03 04-05 05-01 05-14 05-27 05-31 06-01 06-16 08-17 08-25 12-25",
    "joint_leave": "02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24",
}
"""SKB 1497/2025, 2/2025, 5/2025: 17 holidays and 8 days of joint leave."""


@pytest.mark.parametrize(("kind", "is_leave"), [("holidays", False), ("joint_leave", True)])
def test_2026_is_what_the_decree_says(kind, is_leave):
    expected = [date.fromisoformat(f"2026-{day}") for day in DECREE_2026[kind].split()]
    assert [day.date for day in national_days(2026) if day.is_joint_leave is is_leave] == expected
    assert not any(day.is_estimate for day in national_days(2026))


def test_a_year_without_a_decree_is_estimated():
    days = national_days(2031)
    assert days
    assert all(day.is_estimate for day in days)
    assert not any("perkiraan" in day.name for day in days)


# Each date was counted by hand on a printed calendar with the decree of its year.
CASES = [
    # Lebaran and Nyepi 2026: 18–24 March are off
    ("2026-03-17", 0, FIVE, "2026-03-17"),
    ("2026-03-17", 1, FIVE, "2026-03-25"),
    ("2026-03-17", 3, FIVE, "2026-03-27"),
    ("2026-03-17", 5, FIVE, "2026-03-31"),
    ("2026-03-17", 14, FIVE, "2026-04-14"),
    ("2026-03-17", 1, SIX, "2026-03-25"),
    ("2026-03-17", 4, SIX, "2026-03-28"),
    ("2026-03-17", 5, SIX, "2026-03-30"),
    ("2026-03-13", 1, FIVE, "2026-03-16"),
    ("2026-03-13", 3, FIVE, "2026-03-25"),
    ("2026-03-13", 1, SIX, "2026-03-14"),
    ("2026-03-16", 2, FIVE, "2026-03-25"),
    ("2026-03-21", 1, FIVE, "2026-03-25"),
    ("2026-03-22", 5, FIVE, "2026-03-31"),
    # Good Friday 3 April 2026
    ("2026-04-02", 1, FIVE, "2026-04-06"),
    ("2026-04-02", 1, SIX, "2026-04-04"),
    ("2026-04-02", 5, FIVE, "2026-04-10"),
    # May 2026: Labour Day, Ascension with leave, Idul Adha with leave, Waisak, Pancasila
    ("2026-04-30", 1, FIVE, "2026-05-04"),
    ("2026-04-30", 1, SIX, "2026-05-02"),
    ("2026-05-13", 1, FIVE, "2026-05-18"),
    ("2026-05-13", 1, SIX, "2026-05-16"),
    ("2026-05-26", 1, FIVE, "2026-05-29"),
    ("2026-05-26", 2, FIVE, "2026-06-02"),
    ("2026-05-26", 2, SIX, "2026-05-30"),
    ("2026-05-26", 3, SIX, "2026-06-02"),
    ("2026-05-29", 1, FIVE, "2026-06-02"),
    # Islamic new year, a Tuesday; Independence Day, a Monday; Maulid, a Tuesday
    ("2026-06-15", 1, FIVE, "2026-06-17"),
    ("2026-08-14", 1, FIVE, "2026-08-18"),
    ("2026-08-14", 1, SIX, "2026-08-15"),
    ("2026-08-24", 1, FIVE, "2026-08-26"),
    ("2026-08-14", 5, FIVE, "2026-08-24"),
    ("2026-08-14", 6, FIVE, "2026-08-26"),
    # plain weeks
    ("2026-11-20", 1, FIVE, "2026-11-23"),
    ("2026-11-20", 5, FIVE, "2026-11-27"),
    ("2026-11-21", 5, FIVE, "2026-11-27"),
    ("2026-11-21", 5, SIX, "2026-11-27"),
    ("2026-11-20", 6, SIX, "2026-11-27"),
    # turns of the year
    ("2025-12-24", 1, FIVE, "2025-12-29"),
    ("2025-12-31", 1, FIVE, "2026-01-02"),
    ("2025-12-31", 2, FIVE, "2026-01-05"),
    ("2025-12-31", 2, SIX, "2026-01-03"),
    ("2026-12-23", 1, FIVE, "2026-12-28"),
    ("2026-12-23", 1, SIX, "2026-12-26"),
    ("2026-12-30", 2, FIVE, "2027-01-04"),
    ("2026-12-30", 3, FIVE, "2027-01-06"),
    ("2026-12-21", 14, FIVE, "2027-01-14"),
    # Lunar New Year 2026 with leave, Monday and Tuesday
    ("2026-02-13", 1, FIVE, "2026-02-18"),
    ("2026-02-13", 2, SIX, "2026-02-18"),
    ("2026-01-15", 1, FIVE, "2026-01-19"),
]


@pytest.mark.parametrize(("start", "count", "days", "expected"), CASES)
def test_the_promised_date(start, count, days, expected):
    found = rules.add_working_days(date.fromisoformat(start), count, days=days, off=OFF)
    assert found == date.fromisoformat(expected)


DATES = st.dates(date(2024, 1, 1), date(2030, 12, 31))
WEEKS = st.sets(st.sampled_from("1234567"), min_size=1).map(lambda chosen: "".join(sorted(chosen)))
DAYS_OFF = st.sets(st.dates(date(2024, 1, 1), date(2032, 1, 1)), max_size=200)


@given(DATES, st.integers(1, 60), WEEKS, DAYS_OFF)
def test_counting_back_gives_the_count(start, count, days, off):
    end = rules.add_working_days(start, count, days=days, off=off)
    assert rules.working_days_between(start, end, days=days, off=off) == count
    assert rules.working_days_between(end, start, days=days, off=off) == -count


@given(DATES, st.integers(1, 60), WEEKS, DAYS_OFF)
def test_a_promise_falls_on_a_working_day_and_one_more_day_is_later(start, count, days, off):
    end = rules.add_working_days(start, count, days=days, off=off)
    assert rules.is_working_day(end, days=days, off=off)
    assert rules.add_working_days(start, count + 1, days=days, off=off) > end


@given(DATES, st.integers(0, 30), st.integers(0, 30), WEEKS, DAYS_OFF)
def test_two_waits_in_a_row_are_one_long_wait(start, first, second, days, off):
    halfway = rules.add_working_days(start, first, days=days, off=off)
    assert rules.add_working_days(halfway, second, days=days, off=off) == rules.add_working_days(
        start, first + second, days=days, off=off
    )


@given(DATES, st.integers(0, 60), WEEKS, DAYS_OFF, DATES)
def test_one_more_day_off_never_makes_a_promise_earlier(start, count, days, off, more):
    before = rules.add_working_days(start, count, days=days, off=off)
    assert rules.add_working_days(start, count, days=days, off=off | {more}) >= before


@given(WEEKS, DAYS_OFF, DATES)
def test_the_version_changes_with_the_days_alone(days, off, more):
    same = rules.version_of(days, sorted(off, reverse=True))
    assert rules.version_of(days, off) == same
    assert (rules.version_of(days, off | {more}) == same) is (more in off)


def test_a_calendar_without_working_days_is_an_error():
    every_day = {date(2026, 1, 1) + timedelta(days=n) for n in range(4000)}
    with pytest.raises(ValueError, match="no working days"):
        rules.add_working_days(date(2026, 1, 1), 1, days=FIVE, off=every_day)
    with pytest.raises(ValueError, match="0 or more"):
        rules.add_working_days(date(2026, 1, 1), -1, days=FIVE, off=())


@pytest.mark.parametrize(("days", "code"), [("", "no_working_days"), ("128", "not_a_weekday"), ("x", "not_a_weekday")])
def test_a_week_has_days_that_exist(days, code):
    with pytest.raises(Refused) as no:
        rules.check_days(days)
    assert no.value.code == f"calendar.{code}"
    assert rules.check_days("5311") == "135"
