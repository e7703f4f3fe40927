"""Counting working days. Pure: the days off come as an argument."""

import hashlib
from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from lingkar.foundation.refusals import Refused

LONGEST_WAIT = 3660
"""Days looked ahead at most: a calendar without a single working day in ten years is a fault of its data."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years in which a day off may lie."""


def last_of_month(day: date) -> date:
    """The last day of the month in which ``day`` lies."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def is_working_day(day: date, *, days: str, off: Collection[date]) -> bool:
    """Whether an office that works the weekdays ``days`` ("12345": Monday to Friday) is open on ``day``."""
    return str(day.isoweekday()) in days and day not in off


def add_working_days(start: date, count: int, *, days: str, off: Collection[date]) -> date:
    """The ``count``-th working day after ``start``; ``start`` itself is never counted. ``count`` 0 gives ``start``.

    Check: 5 working days after 17 March 2026 is 31 March 2026 (Nyepi, Idulfitri and five days of cuti bersama lie
    between). Raises ``ValueError`` for a negative count or a calendar without working days.
    """
    if count < 0:
        raise ValueError("count must be 0 or more")
    day = start
    for _ in range(LONGEST_WAIT):
        if count == 0:
            return day
        day += timedelta(days=1)
        count -= is_working_day(day, days=days, off=off)
    raise ValueError("this calendar has no working days")


def working_days_between(start: date, end: date, *, days: str, off: Collection[date]) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``."""
    if end < start:
        return -working_days_between(end, start, days=days, off=off)
    span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, days=days, off=off) for day in span)


def check_days(days: str) -> str:
    """The weekdays of a working week, sorted and once each; refused when there is none or a digit is not 1 to 7."""
    chosen = "".join(sorted(set(days)))
    if not chosen:
        raise Refused("calendar.no_working_days")
    if not set(chosen) <= set("1234567"):
        raise Refused("calendar.not_a_weekday")
    return chosen


def check_name(name: str, *, most: int) -> str:
    """A name that says something, without spaces around it."""
    if not name.strip():
        raise Refused("calendar.name_missing")
    if len(name.strip()) > most:
        raise Refused("calendar.name_too_long", most=most)
    return name.strip()


def check_day_off(day: date) -> None:
    """A day off lies in a year that promises reach; anything else is a slip of the keyboard."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("calendar.year_out_of_reach", first=FIRST_YEAR, last=LAST_YEAR)


def version_of(days: str, off: Collection[date]) -> str:
    """A short print of a calendar: it changes if and only if a working day does."""
    content = "|".join([days, *(day.isoformat() for day in sorted(off))])
    return hashlib.sha256(content.encode()).hexdigest()[:12]
