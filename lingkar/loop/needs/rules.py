"""How large a need is: what citizens show of a service, times what those who give it still lack.

Pure. Rates are per 1,000 transactions, scores of the survey from 1 to 4, gaps in levels (0 to 5). Nothing here is a
bare number: each part is told with how many it stands on, and what too few stand on is not told.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import fmean
from typing import TypeVar

from lingkar.foundation.calendar.rules import last_of_month

K = TypeVar("K", bound=Hashable)

Z = 1.96
"""Both ends of a 95 % interval."""
PER = 1000
"""Transactions that a rate counts on."""
BEST = 4.0
WORST = 1.0
"""Ends of the scale of an unsur."""


def recency(days: int, *, half_life: int) -> float:
    """How much a case of ``days`` ago still counts: 1 today, a half after ``half_life`` days.

    >>> recency(180, half_life=180)
    0.5
    """
    return float(0.5 ** (max(days, 0) / half_life))


def used_between(months: Mapping[date, int], first: date, last: date) -> float:
    """Transactions of the days from ``first`` to ``last``, from counts by month (its first day).

    The month in which the days begin counts by its share of them, the running one as it was counted so far.

    >>> used_between({date(2026, 4, 1): 300, date(2026, 5, 1): 310}, date(2026, 4, 16), date(2026, 5, 31))
    460.0
    """
    used = 0.0
    for month, count in months.items():
        end = min(last_of_month(month), last)
        days = (end - max(month, first)).days + 1
        if days > 0:
            used += count * days / ((end - month).days + 1)
    return used


@dataclass(frozen=True)
class Cases:
    """Cases of one cell: how many, how much they still weigh, the transactions they came from, and their weights
    squared (None: each weighs one).
    """

    n: int
    weighted: float
    transactions: int
    squares: float | None = None

    @property
    def rate(self) -> float:
        """Weighted cases per 1,000 transactions; 0 where nothing was counted."""
        return self.weighted / self.exposure if self.transactions else 0.0

    @property
    def exposure(self) -> float:
        return self.transactions / PER

    def interval(self) -> tuple[float, float]:
        """95 % around ``rate``: Byar's approximation of the exact Poisson interval (Breslow and Day 1987, p. 69)."""
        if not self.transactions or not self.n:
            return (0.0, 0.0)
        scale = self.weighted / self.n / self.exposure
        return _byar_low(self.n) * scale, _byar_high(self.n) * scale


def _byar_low(n: int) -> float:
    return n * max(0.0, 1 - 1 / (9 * n) - Z / (3 * sqrt(n))) ** 3


def _byar_high(n: int) -> float:
    return (n + 1) * (1 - 1 / (9 * (n + 1)) + Z / (3 * sqrt(n + 1))) ** 3


def shrunk_rates(cells: Mapping[K, Cases]) -> dict[K, float]:
    """Rates drawn towards the rate of all: the more, the fewer transactions a cell stands on.

    Empirical Bayes by moments (Marshall 1991, Applied Statistics 40: 283–294). A count whose cases weigh less than one
    varies less than a Poisson count of that size: by the sum of the squared weights for that of the weights (as a
    compound Poisson sum). Cells without transactions are left out.
    """
    known = {key: cell for key, cell in cells.items() if cell.transactions}
    total = sum(cell.exposure for cell in known.values())
    if not total:
        return {}
    mean = sum(cell.weighted for cell in known.values()) / total
    spread = sum(cell.exposure * (cell.rate - mean) ** 2 for cell in known.values()) / total
    squares = sum(cell.weighted if cell.squares is None else cell.squares for cell in known.values())
    noise = squares / total  # the variance of a rate that stands on 1,000 transactions, by chance alone
    between = max(0.0, spread - noise * len(known) / total)
    return {key: mean + _trust(between, noise / cell.exposure) * (cell.rate - mean) for key, cell in known.items()}


@dataclass(frozen=True)
class Scores:
    """Answers to one unsur in one cell; ``variance`` of the sample, None for a single answer."""

    n: int
    mean: float
    variance: float | None

    def interval(self) -> tuple[float, float] | None:
        """95 % around the mean, within the scale; None where the answers do not say how much they differ."""
        if not self.variance:
            return None
        half = Z * sqrt(self.variance / self.n)
        return max(WORST, self.mean - half), min(BEST, self.mean + half)


def shrunk_means(cells: Mapping[K, Scores]) -> dict[K, float]:
    """Means drawn towards the mean of all answers (normal empirical Bayes, variance components by moments)."""
    n = sum(cell.n for cell in cells.values())
    if not n:
        return {}
    mean = sum(cell.n * cell.mean for cell in cells.values()) / n
    free = sum(cell.n - 1 for cell in cells.values())
    within = sum((cell.n - 1) * (cell.variance or 0.0) for cell in cells.values()) / free if free else 0.0
    over = n - sum(cell.n**2 for cell in cells.values()) / n
    apart = sum(cell.n * (cell.mean - mean) ** 2 for cell in cells.values()) - (len(cells) - 1) * within
    between = max(0.0, apart / over) if over > 0 else 0.0
    return {key: mean + _trust(between, within / cell.n) * (cell.mean - mean) for key, cell in cells.items()}


def _trust(between: float, within: float) -> float:
    """The share of a difference that is kept: 0 where cells do not differ, 1 where a cell knows its own value."""
    return between / (between + within) if between > 0 else 0.0


def deficit(mean: float) -> float:
    """What an unsur lacks to the best score, from 0 (all 4) to 1 (all 1)."""
    return min(1.0, max(0.0, (BEST - mean) / (BEST - WORST)))


@dataclass(frozen=True)
class Capability:
    """Those who give the service: how many, how many of them were assessed, and what they lack on average, in levels.

    Who is above the standard lacks nothing: a surplus of one does not fill the gap of another.
    """

    people: int
    measured: int
    lack: float

    @classmethod
    def of(cls, gaps: "list[int | None]") -> "Capability":
        known = [max(0, gap) for gap in gaps if gap is not None]
        return cls(len(gaps), len(known), fmean(known) if known else 0.0)

    @property
    def coverage(self) -> float:
        return self.measured / self.people if self.people else 0.0


@dataclass(frozen=True)
class Parts:
    """What one (service, unit, competency) shows; None where too few speak or nothing is known."""

    cases: float | None
    """Shrunk rate per 1,000 transactions."""
    survey: float | None
    """Shrunk deficit of its unsur, 0 to 1."""
    lack: float | None
    """Mean gap in levels."""


@dataclass(frozen=True)
class Size:
    """A need within its agency: evidence and capability from 0 to 1, and their product; None: cannot tell."""

    evidence: float | None
    capability: float | None

    @property
    def need(self) -> float | None:
        if self.evidence is None or self.capability is None:
            return None
        return self.evidence * self.capability


def sizes(parts: Mapping[K, Parts]) -> dict[K, Size]:
    """Each part as a share of the largest in the agency; evidence is the mean of the parts that speak.

    Need = evidence × capability (METHODS, "Need"). Who lacks nothing needs no training, whatever citizens say; where
    nobody complains, nothing is urgent.
    """
    top_cases = max((part.cases or 0.0 for part in parts.values()), default=0.0)
    top_survey = max((part.survey or 0.0 for part in parts.values()), default=0.0)
    top_lack = max((part.lack or 0.0 for part in parts.values()), default=0.0)
    return {
        key: Size(_mean(_share(part.cases, top_cases), _share(part.survey, top_survey)), _share(part.lack, top_lack))
        for key, part in parts.items()
    }


def _share(value: float | None, top: float) -> float | None:
    if value is None:
        return None
    return value / top if top else 0.0


def _mean(*values: float | None) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
