"""When the counter of a service is open: its hours, and the days off of the agency."""

from dataclasses import dataclass
from datetime import date

from lingkar.directory.services import rules
from lingkar.directory.services.models import Version
from lingkar.directory.services.queries.versions import standard_of
from lingkar.foundation.calendar.queries import days_off


@dataclass(frozen=True)
class Opening:
    """``today``: hours of this day, none when closed. ``day_off`` names the holiday, ``next_day`` opens again."""

    today: tuple[rules.Range, ...]
    day_off: str
    next_day: date | None
    next_hours: tuple[rules.Range, ...]


def opening_of(version: Version, *, day: date) -> Opening | None:
    """When people can come on ``day`` or next; nothing for a service without hours. One query."""
    if not version.hours:
        return None
    hours = standard_of(version).hours
    names = {row.date: row.name for row in days_off(day - rules.ONE_DAY, day + rules.ONE_DAY * rules.LONGEST_LOOK)}
    off, also = frozenset(names), version.on_holidays
    today = rules.hours_on(day, hours, is_off=day in off, on_holidays=also)
    following = rules.next_opening(day, hours, off=off, on_holidays=also)
    after = rules.hours_on(following, hours, is_off=False, on_holidays=also) if following else ()
    return Opening(today, names.get(day, "") if not also else "", following, after)
