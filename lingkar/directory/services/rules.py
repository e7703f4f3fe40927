"""The standard of a service and its versions. Pure: what a standard says, what it lacks, when a version holds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from lingkar.foundation.refusals import Refused

Range = tuple[str, str]
"""From and to within one day, as ``("08:00", "15:30")``."""

Hours = Mapping[str, tuple[Range, ...]]
"""Opening hours by weekday, ``"1"`` (Monday) to ``"7"``; a weekday that is not there is closed."""

WEEKDAYS = "1234567"
ONE_DAY = timedelta(days=1)
LONGEST_LOOK = 60
"""Days looked ahead for the next opening: a counter closed for longer has no next day to promise."""


class Component(StrEnum):
    """The 14 components of a service standard, in the order of PermenPANRB 15/2014 (UU 25/2009, article 21).

    The first six belong to the delivery of the service: people at the counter read them. The other eight belong to its
    making within the office.
    """

    REQUIREMENTS = "requirements"
    PROCEDURE = "procedure"
    TIME = "time"
    COST = "cost"
    PRODUCT = "product"
    COMPLAINTS = "complaints"
    LEGAL_BASIS = "legal_basis"
    FACILITIES = "facilities"
    COMPETENCE = "competence"
    SUPERVISION = "supervision"
    STAFF = "staff"
    GUARANTEE = "guarantee"
    SAFETY = "safety"
    EVALUATION = "evaluation"


DELIVERY = tuple(Component)[:6]
MAKING = tuple(Component)[6:]


@dataclass(frozen=True)
class Standard:
    """What one version of a service says: its name in plain words, the 14 components, where and when.

    ``working_days`` 0 means "the same day", ``cost`` (rupiah) 0 means free; None means that it is not said, or said in
    words alone. A channel that is empty is not offered.
    """

    name: str
    summary: str = ""
    need: str = "other"
    words: str = ""

    requirements: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    working_days: int | None = None
    time_note: str = ""
    cost: int | None = None
    cost_note: str = ""
    product: str = ""
    complaints: str = ""

    legal_basis: tuple[str, ...] = ()
    facilities: str = ""
    competence: str = ""
    supervision: str = ""
    staff: int | None = None
    guarantee: str = ""
    safety: str = ""
    evaluation: str = ""

    at_counter: str = ""
    online: str = ""
    by_phone: str = ""
    mobile: str = ""
    hours: Hours = field(default_factory=dict)
    on_holidays: bool = False


FIELDS = tuple(item.name for item in fields(Standard))


def said(standard: Standard) -> dict[Component, bool]:
    """For each component, whether the standard says anything about it."""
    return {
        Component.REQUIREMENTS: bool(standard.requirements),
        Component.PROCEDURE: bool(standard.steps),
        Component.TIME: standard.working_days is not None or bool(standard.time_note),
        Component.COST: standard.cost is not None or bool(standard.cost_note),
        Component.PRODUCT: bool(standard.product),
        Component.COMPLAINTS: bool(standard.complaints),
        Component.LEGAL_BASIS: bool(standard.legal_basis),
        Component.FACILITIES: bool(standard.facilities),
        Component.COMPETENCE: bool(standard.competence),
        Component.SUPERVISION: bool(standard.supervision),
        Component.STAFF: standard.staff is not None,
        Component.GUARANTEE: bool(standard.guarantee),
        Component.SAFETY: bool(standard.safety),
        Component.EVALUATION: bool(standard.evaluation),
    }


def missing(standard: Standard) -> tuple[Component, ...]:
    """Components about which the standard says nothing yet, in the order of the law."""
    return tuple(component for component, there in said(standard).items() if not there)


def has_channel(standard: Standard) -> bool:
    """Whether people can reach the service at all."""
    return any((standard.at_counter, standard.online, standard.by_phone, standard.mobile))


def check_publishable(standard: Standard) -> None:
    """What people read at the counter must be there: a summary, the six components of delivery, and a way to reach it.

    The eight components of its making may follow: the catalogue says how many are missing.
    """
    if not standard.summary:
        raise Refused("services.no_summary")
    lacking = [component for component in missing(standard) if component in DELIVERY]
    if lacking:
        raise Refused("services.components_missing", components=tuple(lacking))
    if not has_channel(standard):
        raise Refused("services.no_channel")
    if standard.at_counter and not standard.hours:
        raise Refused("services.no_hours")


def check_start(valid_from: date, *, last: date | None, today: date) -> None:
    """A first version may have begun long ago. A later one begins today at the earliest: what was promised stays true.

    ``last`` is the first day of the newest published version. Two versions of one day: the second replaces the first,
    which then never held.
    """
    if last is None:
        return
    if valid_from < today:
        raise Refused("services.starts_in_the_past", today=today)
    if valid_from < last:
        raise Refused("services.starts_before_the_last", last=last)


def check_unit(day: date, *, valid_from: date, valid_to: date | None) -> None:
    """A unit promises nothing before its first day or after its last one."""
    if not holds_on(day, valid_from=valid_from, valid_to=valid_to):
        raise Refused("services.unit_not_there", valid_from=valid_from, valid_to=valid_to)


def check_review(reviewed_on: date, *, today: date) -> None:
    """A review is something that happened."""
    if reviewed_on > today:
        raise Refused("services.reviewed_in_the_future", today=today)


def check_retirement(last_day: date, *, valid_from: date, valid_to: date | None, today: date) -> None:
    """A service ends today at the earliest, and not before its newest version has begun.

    ``valid_to``: it ends then already. An earlier day may still be told; for a later one it is published anew.
    """
    if valid_to is not None and last_day > valid_to:
        raise Refused("services.ends_already", valid_to=valid_to)
    if last_day < today - ONE_DAY:
        raise Refused("services.ends_in_the_past", today=today)
    if last_day < valid_from - ONE_DAY:
        raise Refused("services.ends_before_it_begins", valid_from=valid_from)


def check_month(month: date, *, today: date) -> None:
    """Transactions are counted for a month that has begun, named by its first day."""
    if month.day != 1:
        raise ValueError("a month is named by its first day")
    if month > today:
        raise Refused("services.month_to_come")


def holds_on(day: date, *, valid_from: date, valid_to: date | None) -> bool:
    """Whether a version with these first and last days is in force on ``day``."""
    return valid_from <= day and (valid_to is None or day <= valid_to)


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month: 31 January + 1 is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - ONE_DAY).day
    return date(year, month + 1, min(day.day, last))


MOST_LINES, LONGEST_LINE = 40, 300


def check_lines(*lists: tuple[str, ...]) -> None:
    """A list that somebody reads at a counter has an end."""
    for lines in lists:
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            raise Refused("services.too_many_lines", most=MOST_LINES, longest=LONGEST_LINE)


def differences(before: Standard, after: Standard) -> tuple[str, ...]:
    """Names of the fields in which two standards differ, in the order of ``FIELDS``."""
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


# --- hours -------------------------------------------------------------------------------------------------------

CLOCK = re.compile(r"^([01]?\d|2[0-4])[.:]?([0-5]\d)?$")
DASH = re.compile(r"\s*(?:-|–|—|s/d|sd|sampai|hingga|until|to)\s*", re.IGNORECASE)
ALL_DAY = re.compile(r"^24\s*(?:jam|hours?|h)$", re.IGNORECASE)


def parse_hours(text: str) -> tuple[Range, ...]:
    """The hours of one day as people type them: ``"08.00–12.00, 13.00–15.30"``, ``"8-15"``, ``"24 jam"``; "" is closed.

    ``Refused("services.hours_unreadable")`` for anything else, ``("services.hours_overlap")`` for ranges that meet.
    """
    if ALL_DAY.match(text.strip()):
        return (("00:00", "24:00"),)
    parts = (part.strip() for part in re.split(r"[,;]|\bdan\b|\band\b", text))
    ranges = tuple(_range(part) for part in parts if part)
    if any(before[1] > after[0] for before, after in pairwise(ranges)):
        raise Refused("services.hours_overlap", text=text)
    return ranges


def _range(text: str) -> Range:
    clocks = [_clock(part) for part in DASH.split(text)]
    if len(clocks) != 2 or "" in clocks or clocks[0] >= clocks[1]:
        raise Refused("services.hours_unreadable", text=text)
    return clocks[0], clocks[1]


def _clock(text: str) -> str:
    found = CLOCK.match(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    return f"{hour:02}:{minute:02}" if hour * 60 + minute <= 24 * 60 else ""


def check_hours(hours: Mapping[str, Iterable[Iterable[str]]]) -> dict[str, tuple[Range, ...]]:
    """Hours that came as data (a file, a row) in the form in which they are kept; days without any are left out."""
    if not set(hours) <= set(WEEKDAYS):
        raise Refused("services.hours_unreadable", text=", ".join(map(str, hours)))
    read = {day: parse_hours(", ".join("-".join(pair) for pair in hours[day])) for day in sorted(hours)}
    return {day: ranges for day, ranges in read.items() if ranges}


def hours_on(day: date, hours: Hours, *, is_off: bool, on_holidays: bool) -> tuple[Range, ...]:
    """When the counter is open on ``day``: its weekday's hours, none on a day off unless it works on those too."""
    if is_off and not on_holidays:
        return ()
    return tuple(hours.get(str(day.isoweekday()), ()))


def next_opening(after: date, hours: Hours, *, off: "frozenset[date]", on_holidays: bool) -> date | None:
    """The first day after ``after`` on which the counter opens, or None within ``LONGEST_LOOK`` days."""
    for step in range(1, LONGEST_LOOK + 1):
        day = after + timedelta(days=step)
        if hours_on(day, hours, is_off=day in off, on_holidays=on_holidays):
            return day
    return None


def code_from(text: str) -> str:
    """A code as it is stored and printed: lower case, letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.strip().lower()).strip("-")
