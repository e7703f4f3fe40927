"""Hours of learning (jam pelajaran, JP): what each of 24 forms gives, and the limits of some. Pure.

The table is the one of BPS (B-031/BPS/2600/02/2019), whose codes follow PerLAN 10/2018; its numbers are parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from lingkar.foundation.refusals import Refused

CENT = Decimal("0.01")
NONE = Decimal(0)
TOLD, BY_FILE = "told", "import"
WRITTEN = (TOLD, BY_FILE)
"""Sources of what people wrote down: one by one, or by a sheet."""


class Measure(StrEnum):
    """What the amount of an entry counts."""

    SEMESTER = "semester"
    HOURS = "hours"
    DAY = "day"
    TIME = "time"


MEASURES: Mapping[str, Measure] = {
    **dict.fromkeys(("A1", "A2"), Measure.SEMESTER),
    **dict.fromkeys(("B1", "B2", "B3", "B4", "B5", "B8", "B9", "B10"), Measure.HOURS),
    **dict.fromkeys(("B6", "B7", "B11"), Measure.DAY),
    **dict.fromkeys(("C1", "C2", "C5", "C7", "C8", "C11"), Measure.TIME),
    **dict.fromkeys(("C3", "C4", "C6", "C9", "C10"), Measure.HOURS),
}
"""How each form is measured: semesters, actual hours of 45 minutes, days, or times."""
ONLY_NATIONAL = frozenset({"B1"})


@dataclass(frozen=True)
class Table:
    """The numbers in force on a day.

    ``fixed``: JP for one semester, day or time, at home and abroad. ``surcharge``: percent that actual hours abroad
    count more. ``daily``: most JP in a day, at home and abroad; ``monthly``: how often in a month.
    """

    fixed: Mapping[str, tuple[int, int]]
    surcharge: int
    daily: Mapping[str, tuple[int, int]]
    monthly: Mapping[str, int]


@dataclass(frozen=True)
class Earned:
    """What an entry gives: ``full`` by the table, ``jp`` within the limits."""

    full: Decimal
    jp: Decimal

    @property
    def is_limited(self) -> bool:
        return self.jp < self.full


def earned(
    form: str,
    amount: Decimal,
    *,
    table: Table,
    international: bool = False,
    days: int = 1,
    earlier_jp: Decimal = NONE,
    earlier_times: Decimal = NONE,
) -> Earned:
    """The JP of an ``amount`` of a form.

    ``days`` over which it went, ``earlier_jp`` of the same form on these days and ``earlier_times`` in the same month
    matter for forms with limits. Refused: ``credentials.form_unknown``, ``amount_unusable``, ``only_national``.
    """
    check(form, amount, international=international, days=days)
    if form in table.fixed:
        each = Decimal(table.fixed[form][international])
        counted = _times_left(form, amount, table, earlier_times)
        return Earned(_rounded(amount * each), _rounded(counted * each))
    full = amount * _surcharge(form, table, international)
    return Earned(_rounded(full), _rounded(min(full, _hours_left(form, table, international, days, earlier_jp, full))))


def check(form: str, amount: Decimal, *, international: bool, days: int) -> None:
    """A form of the table, more than nothing, and abroad only where the table has a number for it."""
    if form not in MEASURES:
        raise Refused("credentials.form_unknown")
    if amount <= 0 or days < 1 or amount > MOST:
        raise Refused("credentials.amount_unusable")
    if international and form in ONLY_NATIONAL:
        raise Refused("credentials.only_national")


MOST = Decimal(2000)
"""More hours, days or times than any one training has: a slip of the finger."""


def _times_left(form: str, amount: Decimal, table: Table, earlier: Decimal) -> Decimal:
    return min(amount, max(table.monthly[form] - earlier, NONE)) if form in table.monthly else amount


def _surcharge(form: str, table: Table, international: bool) -> Decimal:
    """Actual hours abroad count more; where a day has another limit abroad, that limit is the difference."""
    own_limit = form in table.daily and len(set(table.daily[form])) > 1
    return 1 + Decimal(table.surcharge) / 100 if international and not own_limit else Decimal(1)


def _hours_left(form: str, table: Table, international: bool, days: int, earlier: Decimal, full: Decimal) -> Decimal:
    if form not in table.daily:
        return full
    limit = table.daily[form][international] * _surcharge(form, table, international)
    return max(limit * days - earlier, NONE)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Year:
    """The hours of somebody in a year: ``total`` earned, ``counted`` of them, a ``target`` (PNS) or a ``cap`` (PPPK).

    A target is reached from below; a cap is the most that counts in one contract, of which ``used`` was used so far.
    """

    year: int
    total: Decimal
    counted: Decimal
    target: int | None = None
    cap: int | None = None
    used: Decimal | None = None

    @property
    def missing(self) -> Decimal:
        """What is missing to the target; 0 without one."""
        return max(Decimal(self.target) - self.counted, NONE) if self.target else NONE


def year_of(year: int, *, total: Decimal, target: int | None, cap: int | None, contract: Decimal | None) -> Year:
    """A year's hours: for a target all of them count; for a cap only what the contract still has room for.

    ``contract`` is everything earned in the contract until the end of this year.
    """
    if cap is None or contract is None:
        return Year(year, total, total, target, cap)
    before = min(contract - total, Decimal(cap))
    counted = min(total, max(Decimal(cap) - before, NONE))
    return Year(year, total, counted, target, cap, min(contract, Decimal(cap)))
