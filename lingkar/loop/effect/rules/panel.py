"""Units by months: who was trained when, which months may be compared with which."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

Unit = UUID
Cell = tuple[Unit, int]


@dataclass(frozen=True)
class Start:
    """When a unit's training began, and from which month on it is expected to show: month numbers (``month_of``).

    Months from ``began`` until before ``shows`` belong to neither side. A unit that was not trained has no start.
    """

    began: int
    shows: int


@dataclass(frozen=True)
class Counted:
    """Cases of one unit in one month."""

    unit: Unit
    month: int
    cases: int


@dataclass(frozen=True)
class Panel:
    """Every month from ``first`` to ``last`` of units that are followed, with the start of those that are trained.

    ``told``: the months of which something is known (None: all). ``ends``: for pretended starts, when to stop looking.
    """

    units: Sequence[Unit]
    first: int
    last: int
    starts: Mapping[Unit, Start]
    told: frozenset[Cell] | None = None
    ends: Mapping[Unit, int] = field(default_factory=dict)

    def before(self) -> list[Cell]:
        """Months of units that were not trained yet: what would be without training is learned from them alone."""
        found = ((unit, month) for unit in self.units for month in self._untrained(unit))
        return [cell for cell in found if self._is_told(cell)]

    def after(self) -> list[Cell]:
        """Months of trained units that can be compared: the unit was followed before, and in the same month some unit
        was not trained yet, and both are connected through months of others.
        """
        group = _connected(self.before())
        return [
            (unit, month)
            for unit, month in self._trained()
            if ("unit", unit) in group and group["unit", unit] == group.get(("month", month))
        ]

    def lost(self) -> int:
        """Months of trained units that have nothing to be compared with."""
        return len(self._trained()) - len(self.after())

    def earlier(self, months: int) -> "Panel":
        """The same units as if training had begun so many months earlier, followed until it really began."""
        starts = {unit: Start(start.began - months, start.began - months) for unit, start in self.starts.items()}
        return replace(self, starts=starts, ends={unit: start.began for unit, start in self.starts.items()})

    def without(self, unit: Unit) -> "Panel":
        """All but one unit: does one alone carry the result?"""
        starts = {one: start for one, start in self.starts.items() if one != unit}
        return replace(self, units=[one for one in self.units if one != unit], starts=starts)

    def _untrained(self, unit: Unit) -> range:
        start = self.starts.get(unit)
        return range(self.first, self.last + 1 if start is None else min(start.began, self.last + 1))

    def _trained(self) -> list[Cell]:
        found = (
            (unit, month)
            for unit, start in self.starts.items()
            for month in range(max(start.shows, self.first), min(self.last + 1, self.ends.get(unit, self.last + 1)))
        )
        return [cell for cell in found if self._is_told(cell)]

    def _is_told(self, cell: Cell) -> bool:
        return self.told is None or cell in self.told


def _connected(cells: Iterable[Cell]) -> dict[tuple[str, Hashable], int]:
    """Which units and months can be compared through each other: the same number means they can."""
    group: dict[tuple[str, Hashable], int] = {}
    members: dict[int, list[tuple[str, Hashable]]] = {}
    for number, (unit, month) in enumerate(cells):
        pair: list[tuple[str, Hashable]] = [("unit", unit), ("month", month)]
        known = sorted({group[one] for one in pair if one in group})
        into = known[0] if known else number
        found = [*pair, *(one for old in known for one in members.pop(old))]
        members[into] = list(dict.fromkeys(found))
        group.update(dict.fromkeys(members[into], into))
    return group


@dataclass(frozen=True)
class Part:
    """Trained months taken together: what was seen, what would be expected without training, and what that means.

    For counts ``value`` is the ratio seen ÷ expected, for means the difference; ``low`` and ``high`` bound it (95 %).
    """

    seen: float
    expected: float
    value: float
    low: float
    high: float
    months: int


@dataclass(frozen=True)
class Estimate:
    """What training did over all trained months, by unit, and by quarter since it should show (0 is the first).

    ``smallest``: the smallest drop (counts: share 0–1, means: points) that so many months find 8 times of 10.
    ``spread``: how much more the numbers scatter than chance alone would make them (1: no more).
    """

    whole: Part
    units: Mapping[Unit, Part]
    quarters: Mapping[int, Part]
    smallest: float
    spread: float
    compared: int
    trained: int


def month_of(day: date) -> int:
    """Months since the year 0: what panels count in."""
    return day.year * 12 + day.month - 1


def month_after(day: date) -> int:
    """The first whole month from ``day`` on: its own when it is the first of it."""
    return month_of(day) + (day.day > 1)


def months_between(first: date, last: date) -> range:
    """Month numbers from one day to another, both included."""
    return range(month_of(first), month_of(last) + 1)
