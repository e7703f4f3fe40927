"""What training did to how often something happens, as a ratio: 0.40 means that 40 of 100 cases are left.

Staggered starts (units trained one after another) make plain before-and-after and two-way regressions wrong. Here the
cases of a trained unit are compared with what would have been expected of it: its own level times what the month was
like, both learned from months of units that were not trained yet (imputation: Borusyak, Jaravel, Spiess 2024; for
counts: Wooldridge 2023; the same not-yet-trained comparison as Callaway and Sant'Anna 2021, which needs logarithms and
so fails on the many months with no case). What moves all units alike cancels out: seasons, more trust in reporting,
transactions of the service.

How sure it is: seen and expected are counts, compared as two Poisson numbers (Jeffreys' interval, which holds for few
cases too), widened by how much the untrained months scatter beyond chance (decision 0191).
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from lingkar.loop.effect.rules.chance import NORMAL, beta_quantile, width
from lingkar.loop.effect.rules.panel import Cell, Counted, Estimate, Panel, Part, Unit
from lingkar.loop.effect.rules.twoway import Information

ROUNDS = 5000
EXACT = 1e-11
LEAST = 1e-9
"""The smallest tail that is computed."""
POWER = 0.8
QUARTER = 3
MOST = 1e6
"""A ratio that has no upper bound."""

Levels = tuple[dict[Unit, float], dict[int, float]]


def ratio_of(panel: Panel, rows: Iterable[Counted]) -> Estimate | None:
    """The ratio of cases seen to cases expected without training; None when nothing can be compared.

    Nothing can be compared without a unit that was trained later or never, without months before, or without any case
    before. Units and months without a row had no case.
    """
    cases: dict[Cell, int] = {}
    for row in rows:
        cases[row.unit, row.month] = cases.get((row.unit, row.month), 0) + row.cases
    known = {cell: float(cases.get(cell, 0)) for cell in panel.before()}
    after = panel.after()
    if not after or not any(known.values()):
        return None
    levels, months = _fitted(known)
    expected = {cell: levels[cell[0]] * months.get(cell[1], 0.0) for cell in after}
    if sum(expected.values()) <= 0:
        return None
    fitted = {cell: levels[cell[0]] * months[cell[1]] for cell in known}
    spread, freedom = _spread(known, fitted)
    weigh = _Weigher(Information.of(fitted), cases, expected, spread, width(spread, freedom))
    return Estimate(
        whole=weigh.part(after),
        units={unit: weigh.part([cell for cell in after if cell[0] == unit]) for unit in _in_order(after)},
        quarters=_quarters(panel, after, weigh),
        smallest=weigh.smallest(after),
        spread=spread,
        compared=len({unit for unit, month in known if month in {m for _u, m in after}}),
        trained=len({unit for unit, _month in after}),
    )


class _Weigher:
    """Takes trained months together: one ratio with its interval."""

    def __init__(
        self,
        information: Information,
        cases: Mapping[Cell, int],
        expected: Mapping[Cell, float],
        spread: float,
        wide: float,
    ) -> None:
        self.information, self.cases, self.expected = information, cases, expected
        self.spread, self.tail = spread, max(LEAST, 1 - NORMAL.cdf(wide))

    def part(self, cells: Sequence[Cell]) -> Part:
        seen, total = sum(self.cases.get(cell, 0) for cell in cells), sum(self.expected[cell] for cell in cells)
        if total <= 0:
            return Part(seen, total, math.inf if seen else 1.0, 0.0, MOST, len(cells))
        worth = self._worth(cells, total)
        if worth < 1:
            return Part(seen, total, seen / total, 0.0, MOST, len(cells))
        a, b = seen / self.spread + 0.5, worth / self.spread + 0.5
        low = _odds(beta_quantile(self.tail, a, b)) * worth / total if seen else 0.0
        high = _odds(beta_quantile(1 - self.tail, a, b)) * worth / total
        return Part(seen, total, seen / total, low, min(high, MOST), len(cells))

    def smallest(self, cells: Sequence[Cell]) -> float:
        """The smallest drop (share) that is found 8 times of 10, at the expected numbers."""
        total = sum(self.expected[cell] for cell in cells)
        error = math.sqrt(self.spread * (1 / total + 1 / self._worth(cells, total)))
        return 1 - math.exp(-(NORMAL.inv_cdf(1 - self.tail) + NORMAL.inv_cdf(POWER)) * error)

    def _worth(self, cells: Sequence[Cell], total: float) -> float:
        """Of how many cases the comparison is worth: as sure as a count of so many. Less than one case bounds nothing:
        the half a case that the interval adds (Jeffreys) would be all that it knows.
        """
        variance = self.information.variance({cell: self.expected[cell] for cell in cells})
        return total**2 / variance if variance > 0 else total


def _fitted(known: Mapping[Cell, float]) -> Levels:
    """Level of each unit and each month: what they multiply to fits both margins (maximum likelihood of Poisson)."""
    levels: dict[Unit, float] = dict.fromkeys((unit for unit, _m in known), 1.0)
    months: dict[int, float] = dict.fromkeys((month for _u, month in known), 1.0)
    cases_of, in_month = _margins(known)
    for _round in range(ROUNDS):
        sums = dict.fromkeys(levels, 0.0)
        for unit, month in known:
            sums[unit] += months[month]
        levels = {unit: cases_of[unit] / total if total else 0.0 for unit, total in sums.items()}
        share = dict.fromkeys(months, 0.0)
        for unit, month in known:
            share[month] += levels[unit]
        fresh = {month: in_month[month] / total if total else 0.0 for month, total in share.items()}
        moved = max(abs(fresh[month] - months[month]) / (1 + months[month]) for month in months)
        months = fresh
        if moved < EXACT:
            break
    return levels, months


def _margins(known: Mapping[Cell, float]) -> Levels:
    units: dict[Unit, float] = {}
    months: dict[int, float] = {}
    for (unit, month), value in known.items():
        units[unit] = units.get(unit, 0.0) + value
        months[month] = months.get(month, 0.0) + value
    return units, months


def _spread(known: Mapping[Cell, float], fitted: Mapping[Cell, float]) -> tuple[float, int]:
    """Pearson's χ² by its degrees of freedom, by month and by quarter: the larger, and never below 1.

    A quarter at once shows what months on their own hide: a unit that stays above or below its level for a while.
    """
    live = [cell for cell in known if fitted[cell] > 0]
    units, months = {unit for unit, _m in live}, {month for _u, month in live}
    freedom = max(1, len(live) - len(units) - len(months) + 1)
    by_month = sum((known[cell] - fitted[cell]) ** 2 / fitted[cell] for cell in live) / freedom
    blocks: dict[tuple[Unit, int], list[float]] = {}
    for unit, month in live:
        block = blocks.setdefault((unit, month // QUARTER), [0.0, 0.0])
        block[0] += known[unit, month] - fitted[unit, month]
        block[1] += fitted[unit, month]
    left = freedom * len(blocks) / max(1, len(live))
    by_quarter = sum(gap**2 / mean for gap, mean in blocks.values()) / max(1.0, left)
    return max(1.0, by_month, by_quarter), freedom


def _quarters(panel: Panel, after: Sequence[Cell], weigh: _Weigher) -> dict[int, Part]:
    found: dict[int, list[Cell]] = {}
    for unit, month in after:
        found.setdefault((month - panel.starts[unit].shows) // QUARTER, []).append((unit, month))
    return {quarter: weigh.part(cells) for quarter, cells in sorted(found.items())}


def _in_order(cells: Iterable[Cell]) -> list[Unit]:
    return list(dict.fromkeys(unit for unit, _month in cells))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else MOST
