"""Numbers as drawings: bars for parts, a trend for months. Geometry and words only; the elements draw them.

A drawing never stands alone: bars are a table, a trend has one behind it, and each number may lead to its rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import formats

from lingkar.foundation.ui.words import number


@dataclass(frozen=True)
class Bar:
    """One bar: a name, a number, where its rows are; and a second number in words beside it."""

    label: str
    value: int
    href: str = ""
    beside: str = ""
    beside_href: str = ""
    beside_kind: str = ""


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its length, a percentage of the longest as SVG takes it."""

    bar: Bar
    length: str

    @property
    def words(self) -> str:
        return number(self.bar.value)


def bars(rows: Sequence[Bar]) -> list[DrawnBar]:
    """Bars in the order given, the longest reaching the end."""
    most = max((row.value for row in rows), default=0)
    return [DrawnBar(row, _percent(row.value, most)) for row in rows]


@dataclass(frozen=True)
class Month:
    """One month: what it came to, what the same month came to a year before (None: not known), where its rows are."""

    first: date
    value: int
    before: int | None = None
    href: str = ""


@dataclass(frozen=True)
class DrawnMonth:
    """A column of a trend: heights are percentages of the highest, as SVG takes them."""

    month: Month
    height: str
    top: str
    before_top: str

    @property
    def short(self) -> str:
        return str(formats.date_format(self.month.first, "M"))

    @property
    def long(self) -> str:
        return str(formats.date_format(self.month.first, "F Y"))

    @property
    def words(self) -> str:
        return number(self.month.value)

    @property
    def before_words(self) -> str:
        return "–" if self.month.before is None else number(self.month.before)


@dataclass(frozen=True)
class Trend:
    """Columns of months. ``has_before``: the year before is drawn too."""

    months: tuple[DrawnMonth, ...]
    has_before: bool
    is_empty: bool


def trend(months: Iterable[Month]) -> Trend:
    """Months in order, with the year before as a line across each column."""
    rows = list(months)
    most = max((number for row in rows for number in (row.value, row.before or 0)), default=0)
    drawn = tuple(
        DrawnMonth(row, _percent(row.value, most), _rest(row.value, most), _rest(row.before or 0, most)) for row in rows
    )
    return Trend(drawn, any(row.before for row in rows), most == 0)


def _percent(value: int, most: int) -> str:
    return f"{100 * value / most:.1f}" if most else "0"


def _rest(value: int, most: int) -> str:
    return f"{100 - 100 * value / most:.1f}" if most else "100"
