"""Least squares with one number for each unit and one for each month, without building large matrices."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from lingkar.loop.effect.rules.panel import Cell, Unit

SMALL = 1e-11
Key = TypeVar("Key", bound=Hashable)
Matrix = list[list[float]]


@dataclass(frozen=True)
class Information:
    """What weighted cells say about the numbers of units and months.

    Units are eliminated first (they stand alone on the diagonal); ``inverse`` is of what is left, the months' size.
    """

    units: Mapping[Unit, float]
    months: Sequence[int]
    rows: Mapping[Unit, Mapping[int, float]]
    inverse: Matrix

    @classmethod
    def of(cls, cells: Mapping[Cell, float]) -> "Information":
        kept = [(unit, month, weight) for (unit, month), weight in cells.items() if weight > 0]
        by_month = sums((month, weight) for _unit, month, weight in kept)
        months = sorted(by_month)
        place = {month: number for number, month in enumerate(months)}
        rows: dict[Unit, dict[int, float]] = {}
        for unit, month, weight in kept:
            rows.setdefault(unit, {})[place[month]] = weight
        units = {unit: sum(row.values()) for unit, row in rows.items()}
        system = [[by_month[month] if month == other else 0.0 for other in months] for month in months]
        for unit, row in rows.items():
            for one, weight in row.items():
                line, share = system[one], weight / units[unit]
                for other, beside in row.items():
                    line[other] -= share * beside
        return cls(units, months, rows, _inverse(system))

    def variance(self, asked: Mapping[Cell, float]) -> float:
        """The variance of a sum of fitted values, each times its weight in ``asked``: c'N⁻¹c.

        A direction that the cells say nothing about adds nothing: ask only for what can be compared.
        """
        by_unit = sums((unit, weight) for (unit, _month), weight in asked.items() if unit in self.units)
        by_month = sums((month, weight) for (_unit, month), weight in asked.items())
        right = [by_month.get(month, 0.0) for month in self.months]
        for unit, weight in by_unit.items():
            for number, told in self.rows[unit].items():
                right[number] -= told * weight / self.units[unit]
        first = sum(weight**2 / self.units[unit] for unit, weight in by_unit.items())
        return first + sum(
            value * sum(a * b for a, b in zip(row, right, strict=True))
            for value, row in zip(right, self.inverse, strict=True)
        )


def sums(pairs: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    """What belongs together, added up."""
    found: dict[Key, float] = {}
    for key, value in pairs:
        found[key] = found.get(key, 0.0) + value
    return found


def _inverse(system: Matrix) -> Matrix:
    """The inverse of a symmetric matrix without negative directions; a direction without weight stays out (zeros)."""
    size = len(system)
    scale = max((system[i][i] for i in range(size)), default=0.0)
    rows = [[*row, *(1.0 if i == j else 0.0 for j in range(size))] for i, row in enumerate(system)]
    used = []
    for i in range(size):
        if rows[i][i] <= SMALL * scale:
            continue
        used.append(i)
        pivot = rows[i][i]
        rows[i] = [value / pivot for value in rows[i]]
        own = rows[i]
        for j in range(size):
            factor = rows[j][i]
            if j != i and factor:
                rows[j] = [a - factor * b for a, b in zip(rows[j], own, strict=True)]
    live = set(used)
    return [[rows[i][size + j] if i in live and j in live else 0.0 for j in range(size)] for i in range(size)]
