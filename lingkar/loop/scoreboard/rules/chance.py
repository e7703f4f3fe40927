"""How sure a number is. Pure: counts in, shares, medians and their intervals out."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, sqrt

Z = 1.959964
"""The normal deviate that leaves 5 % outside."""
FEWEST = 5
"""Below this many cases a share or a median says more about chance than about work."""


@dataclass(frozen=True)
class Share:
    """``part`` of ``whole`` with its 95 % interval; ``is_enough`` unless there are fewer than five."""

    part: int
    whole: int

    @property
    def is_enough(self) -> bool:
        return self.whole >= FEWEST

    @property
    def percent(self) -> int:
        return round(100 * self.part / self.whole)

    @property
    def interval(self) -> tuple[int, int]:
        """Percentages between which the share lies (Wilson 1927). Check: 45 of 50 gives 79 to 96."""
        low, high = wilson(self.part, self.whole)
        return round(100 * low), round(100 * high)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % score interval of a share. Check: 0 of 10 gives 0 to 0.2775."""
    share, squared = part / whole, Z * Z
    centre = share + squared / (2 * whole)
    reach = Z * sqrt(share * (1 - share) / whole + squared / (4 * whole * whole))
    below = 1 + squared / whole
    return max(0.0, (centre - reach) / below), min(1.0, (centre + reach) / below)


def changed(now: Share, before: Share) -> int:
    """1 or -1 when a share rose or fell by more than chance explains, else 0 (Newcombe 1998, method 10).

    Check: 56 of 70 against 48 of 80 rose: the difference 0.20 lies between 0.0524 and 0.3339.
    """
    if not (now.is_enough and before.is_enough):
        return 0
    low, high = difference(now, before)
    return 1 if low > 0 else -1 if high < 0 else 0


def difference(now: Share, before: Share) -> tuple[float, float]:
    """The 95 % interval of the difference of two shares."""
    one, other = now.part / now.whole, before.part / before.whole
    (low1, high1), (low2, high2) = wilson(now.part, now.whole), wilson(before.part, before.whole)
    down = sqrt((one - low1) ** 2 + (high2 - other) ** 2)
    up = sqrt((high1 - one) ** 2 + (other - low2) ** 2)
    return one - other - down, one - other + up


@dataclass(frozen=True)
class Median:
    """The middle of counted days, with a 95 % interval by order statistics."""

    count: int
    days: float
    low: int
    high: int

    @property
    def is_enough(self) -> bool:
        return self.count >= FEWEST


def median(counts: Mapping[int, int]) -> Median:
    """The median of ``value → how many``. Check: {1: 2, 2: 1, 9: 2} is 2; {1: 1, 2: 1} is 1.5."""
    total = sum(counts.values())
    if not total:
        return Median(0, 0, 0, 0)
    middle = (nth(counts, (total + 1) // 2) + nth(counts, total // 2 + 1)) / 2
    reach = Z * sqrt(total) / 2
    low, high = max(1, floor(total / 2 - reach)), min(total, ceil(total / 2 + reach + 1))
    return Median(total, middle, nth(counts, low), nth(counts, high))


def nth(counts: Mapping[int, int], place: int) -> int:
    """The value that stands at a place (from 1) when all are put in order."""
    for value in sorted(counts):
        place -= counts[value]
        if place <= 0:
            return value
    raise ValueError("there are not so many")


@dataclass(frozen=True)
class Mean:
    """The mean of ratings with its 95 % interval; of fewer than five nothing is said."""

    count: int
    mean: float
    low: float
    high: float

    @property
    def is_enough(self) -> bool:
        return self.count >= FEWEST


def mean_of(stars: Mapping[int, int]) -> Mean:
    """The mean of ``stars → how many``, its interval cut at 1 and 5. Check: {5: 5, 3: 5} is 4."""
    count = sum(stars.values())
    if not count:
        return Mean(0, 0, 0, 0)
    mean = sum(value * many for value, many in stars.items()) / count
    spread = sum(many * (value - mean) ** 2 for value, many in stars.items()) / max(count - 1, 1)
    reach = Z * sqrt(spread / count)
    return Mean(count, mean, max(1, mean - reach), min(5, mean + reach))
