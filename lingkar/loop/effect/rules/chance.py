"""Quantiles that the standard library lacks: of the beta distribution, and Student's t."""

import math
from statistics import NormalDist

NORMAL = NormalDist()
SIDE = 0.025
"""Left out on each side of an interval of 95 %."""
STEPS = 200
EXACT = 1e-10
TINY = 1e-300


def beta_quantile(share: float, a: float, b: float) -> float:
    """The value below which ``share`` of a beta distribution lies: Newton's steps, halving where they would leave the
    bounds. Exact to 1e-10.
    """
    low, high, x = 0.0, 1.0, a / (a + b)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    for _step in range(STEPS):
        gap = beta_share(x, a, b) - share
        low, high = (x, high) if gap < 0 else (low, x)
        slope = math.exp(front + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x))
        following = x - gap / slope if slope > TINY else -1.0
        following = following if low < following < high else (low + high) / 2
        if abs(following - x) <= EXACT * following:
            return following
        x = following
    return x


def beta_share(x: float, a: float, b: float) -> float:
    """The share of a beta distribution below ``x`` (the regularised incomplete beta function)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, _inverse(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = _inverse(1 + even * d), _away(1 + even / c)
        found *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = _inverse(1 + odd * d), _away(1 + odd / c)
        found *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return found


def _away(value: float) -> float:
    return value if abs(value) > TINY else TINY


def _inverse(value: float) -> float:
    return 1 / _away(value)


def student(share: float, freedom: int) -> float:
    """Student's t, for shares above a half: 2.2281 for 0.975 and 10 degrees of freedom."""
    x = beta_quantile(2 * (1 - share), freedom / 2, 0.5)
    return math.sqrt(freedom * (1 / x - 1))


def width(spread: float, freedom: int) -> float:
    """How many standard errors an interval of 95 % goes to each side: Student's t where the scatter beyond chance was
    itself estimated, the normal where chance alone explains it.
    """
    share = 1 - SIDE
    return student(share, freedom) if spread > 1 else NORMAL.inv_cdf(share)
