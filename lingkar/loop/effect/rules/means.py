"""What training did to a mean (a survey's score of 1 to 4), as a difference in points.

The same comparison as for counts, with addition in place of multiplication: a unit's level plus what the month was
like, weighted by how many answered.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from lingkar.loop.effect.rules.chance import NORMAL, width
from lingkar.loop.effect.rules.counts import EXACT, POWER, QUARTER, ROUNDS
from lingkar.loop.effect.rules.panel import Cell, Estimate, Panel, Part, Unit
from lingkar.loop.effect.rules.twoway import Information


@dataclass(frozen=True)
class Answers:
    """What ``n`` people answered about one unit in one month: their mean and variance (None for one answer)."""

    unit: Unit
    month: int
    n: int
    mean: float
    variance: float | None


def difference_of(panel: Panel, rows: Iterable[Answers]) -> Estimate | None:
    """Points that the mean lies above what is expected without training; None when nothing can be compared.

    Months without answers are left out.
    """
    asked = {(row.unit, row.month): row for row in rows if row.n > 0}
    panel = replace(panel, told=frozenset(asked))
    known, after = panel.before(), panel.after()
    within = _within(asked.values())
    if not after or within is None:
        return None
    levels, months = _fitted({cell: asked[cell] for cell in known})
    fitted = {cell: levels[cell[0]] + months[cell[1]] for cell in (*known, *after)}
    spread, freedom = _spread(asked, known, fitted, within)
    weights = {cell: asked[cell].n / within for cell in known}
    weigh = _Weigher(Information.of(weights), asked, fitted, within, spread, width(spread, freedom))
    return Estimate(
        whole=weigh.part(after),
        units={u: weigh.part([cell for cell in after if cell[0] == u]) for u in dict.fromkeys(u for u, _m in after)},
        quarters=_quarters(panel, after, weigh),
        smallest=weigh.smallest(after),
        spread=spread,
        compared=len({unit for unit, month in known if month in {m for _u, m in after}}),
        trained=len({unit for unit, _month in after}),
    )


class _Weigher:
    """Takes trained months together: one difference with its interval."""

    def __init__(
        self,
        information: Information,
        asked: Mapping[Cell, Answers],
        fitted: Mapping[Cell, float],
        within: float,
        spread: float,
        wide: float,
    ) -> None:
        self.information, self.asked, self.fitted = information, asked, fitted
        self.within, self.spread, self.wide = within, spread, wide

    def part(self, cells: Sequence[Cell]) -> Part:
        weights = self._weights(cells)
        seen = sum(weights[cell] * self.asked[cell].mean for cell in cells)
        expected = sum(weights[cell] * self.fitted[cell] for cell in cells)
        half = self.wide * self._error(cells)
        return Part(seen, expected, seen - expected, seen - expected - half, seen - expected + half, len(cells))

    def smallest(self, cells: Sequence[Cell]) -> float:
        return (self.wide + NORMAL.inv_cdf(POWER)) * self._error(cells)

    def _weights(self, cells: Sequence[Cell]) -> dict[Cell, float]:
        total = sum(self.asked[cell].n for cell in cells)
        return {cell: self.asked[cell].n / total for cell in cells}

    def _error(self, cells: Sequence[Cell]) -> float:
        weights = self._weights(cells)
        own = sum(weights[cell] ** 2 * self.within / self.asked[cell].n for cell in cells)
        return math.sqrt(self.spread * (own + self.information.variance(weights)))


def _fitted(known: Mapping[Cell, Answers]) -> tuple[dict[Unit, float], dict[int, float]]:
    """Level of each unit and of each month whose sums fit best (least squares, weighted by answers)."""
    levels: dict[Unit, float] = dict.fromkeys((unit for unit, _m in known), 0.0)
    months: dict[int, float] = dict.fromkeys((month for _u, month in known), 0.0)
    for _round in range(ROUNDS):
        levels = _means((unit, row.n, row.mean - months[month]) for (unit, month), row in known.items())
        fresh = _means((month, row.n, row.mean - levels[unit]) for (unit, month), row in known.items())
        moved = max(abs(fresh[month] - months[month]) for month in months)
        months = fresh
        if moved < EXACT:
            break
    return levels, months


Key = TypeVar("Key", bound=Hashable)


def _means(rows: Iterable[tuple[Key, int, float]]) -> dict[Key, float]:
    sums: dict[Key, list[float]] = {}
    for key, n, value in rows:
        told = sums.setdefault(key, [0.0, 0.0])
        told[0] += n
        told[1] += n * value
    return {key: total / n for key, (n, total) in sums.items()}


def _within(rows: Iterable[Answers]) -> float | None:
    """The variance of one answer within a unit and month, pooled; None where nobody's answers differ."""
    freedom, total = 0, 0.0
    for row in rows:
        if row.variance is not None and row.n > 1:
            freedom += row.n - 1
            total += (row.n - 1) * row.variance
    return total / freedom if freedom and total > 0 else None


def _spread(
    asked: Mapping[Cell, Answers], known: Sequence[Cell], fitted: Mapping[Cell, float], within: float
) -> tuple[float, int]:
    """How much more the untrained months scatter than their answers alone would make them; never below 1."""
    freedom = max(1, len(known) - len({unit for unit, _m in known}) - len({month for _u, month in known}) + 1)
    found = sum(asked[cell].n * (asked[cell].mean - fitted[cell]) ** 2 / within for cell in known)
    return max(1.0, found / freedom), freedom


def _quarters(panel: Panel, after: Sequence[Cell], weigh: _Weigher) -> dict[int, Part]:
    found: dict[int, list[Cell]] = {}
    for unit, month in after:
        found.setdefault((month - panel.starts[unit].shows) // QUARTER, []).append((unit, month))
    return {quarter: weigh.part(cells) for quarter, cells in sorted(found.items())}
