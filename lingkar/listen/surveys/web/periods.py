"""Periods of the publication page: twelve months, a quarter, a year; each has an address."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lingkar.foundation.calendar.rules import last_of_month
from lingkar.listen.surveys import rules
from lingkar.listen.surveys.queries import Spans

QUARTERS = 8
YEAR = "setahun"


@dataclass(frozen=True)
class Period:
    """Whole months from ``first`` to ``last``. ``code`` stands in the address."""

    code: str
    first: date
    last: date
    label: str


def choices(today: date) -> list[Period]:
    """The last twelve months, then the quarters up to this one, the newest first."""
    return [twelve_months(today), *quarters(today)]


def chosen(code: str, today: date) -> Period:
    """The period with this code; the last twelve months for one that is not known."""
    found = choices(today)
    return next((period for period in found if period.code == code), found[0])


def twelve_months(today: date) -> Period:
    """This month and the eleven before it."""
    return Period(YEAR, *rules.twelve_months(today), _("Last twelve months"))


def quarters(today: date) -> list[Period]:
    """Quarters up to this one, the newest first."""
    return list(_back(today, QUARTERS))


def beside(period: Period, today: date) -> Spans | None:
    """What is told beside a quarter: the twelve months, and the other quarters. Nothing beside the twelve months."""
    if period.code == YEAR:
        return None
    year = twelve_months(today)
    return Spans((year.first, year.last), tuple((quarter.first, quarter.last) for quarter in quarters(today)))


def _back(today: date, count: int) -> Iterator[Period]:
    year, quarter = today.year, (today.month - 1) // 3 + 1
    for _number in range(count):
        first = date(year, 3 * quarter - 2, 1)
        label = _("Quarter %(quarter)s of %(year)s") % {"quarter": ("I", "II", "III", "IV")[quarter - 1], "year": year}
        yield Period(f"{year}-{quarter}", first, last_of_month(date(year, 3 * quarter, 1)), label)
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
