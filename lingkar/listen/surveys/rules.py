"""The mathematics of a satisfaction survey (SKM, PermenPANRB 14/2017), pure: exact sums, half-up rounding, intervals.

Scores are 1 (worst) to 4 (best). An index (IKM) lies between 25 and 100.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lingkar.foundation.calendar.rules import last_of_month
from lingkar.foundation.refusals import Refused

LEAST, MOST = 1, 4
SCALE = 25
"""What a mean of 1 to 4 is multiplied with to become an index."""


class Unsur(StrEnum):
    """The nine elements of service that the regulation asks about, in its order."""

    REQUIREMENTS = "U1"
    PROCEDURE = "U2"
    TIME = "U3"
    COST = "U4"
    PRODUCT = "U5"
    COMPETENCE = "U6"
    CONDUCT = "U7"
    COMPLAINTS = "U8"
    FACILITIES = "U9"


class Weighting(StrEnum):
    """What each of the nine weighs: a ninth, or the 0.111 that official papers print."""

    EXACT = "1/9"
    PRINTED = "0.111"

    @property
    def share(self) -> Fraction:
        return Fraction(self.value)


class Band(StrEnum):
    """Quality of a service (mutu pelayanan), by its index."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True)
class Bounds:
    """From which index on a service is C, B and A; below C it is D."""

    c: Decimal
    b: Decimal
    a: Decimal


@dataclass(frozen=True)
class Question:
    """One question of an instrument: the element it measures, its words, the words of scores 1 to 4."""

    unsur: Unsur
    text: str
    options: tuple[str, str, str, str]


def check_questions(questions: Sequence[Question]) -> None:
    """An instrument asks about each of the nine at least once; the order is its own."""
    missing = set(Unsur) - {question.unsur for question in questions}
    if missing:
        raise Refused("surveys.unsur_missing", missing=sorted(missing))


def check_answers(answers: Sequence[int], *, questions: Sequence[Question]) -> None:
    """Every question has one answer from 1 to 4."""
    if len(answers) != len(questions):
        raise Refused("surveys.not_all_answered", answered=len(answers), asked=len(questions))
    if not all(LEAST <= score <= MOST for score in answers):
        raise Refused("surveys.no_such_answer")


def check_day(day: date, *, today: date) -> None:
    """An answer is of a day that has come."""
    if day > today:
        raise Refused("surveys.day_ahead", day=day)


def twelve_months(today: date) -> tuple[date, date]:
    """The year over which an index is told wherever no other period is asked for: this month and the eleven before it.

    >>> twelve_months(date(2026, 11, 22))
    (datetime.date(2025, 12, 1), datetime.date(2026, 11, 30))
    """
    first = date(today.year - 1, today.month + 1, 1) if today.month < 12 else date(today.year, 1, 1)
    return first, last_of_month(today)


def by_unsur(answers: Sequence[int], questions: Sequence[Question]) -> dict[Unsur, Decimal]:
    """One person's score of each element: the mean of its questions, to four decimals."""
    found: dict[Unsur, list[int]] = {unsur: [] for unsur in Unsur}
    for score, question in zip(answers, questions, strict=True):
        found[question.unsur].append(score)
    return {unsur: _mean_of(scores) for unsur, scores in found.items()}


def _mean_of(scores: Sequence[int]) -> Decimal:
    return Decimal(scores[0]) if len(scores) == 1 else half_up(Fraction(sum(scores), len(scores)), 4)


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """Rounded as people do it on paper: a half goes up. ``round`` would send it to the even neighbour."""
    step = int(10**places)
    return Decimal(math.floor(value * step + Fraction(1, 2))) / step


def index_of(means: Iterable[Fraction], weighting: Weighting = Weighting.EXACT) -> Fraction:
    """The index of nine means (IKM): Σ mean × weight × 25, not rounded.

    Example of the regulation's scheme: means that sum to 28.5 give 79.17, and 79.09 with a weight of 0.111.
    """
    return sum(means, Fraction(0)) * weighting.share * SCALE


def band_of(index: Decimal, bounds: Bounds) -> Band:
    """The band of an index that was rounded half-up to two decimals before: there is no gap between bands."""
    if index >= bounds.a:
        return Band.A
    if index >= bounds.b:
        return Band.B
    return Band.C if index >= bounds.c else Band.D


# --- how sure it is -----------------------------------------------------------------------------------------------

T_95 = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
)  # fmt: skip
"""Student's t for a two-sided interval of 95 %, for 1 to 30 degrees of freedom."""
Z_95 = 1.959964


def t_95(freedom: int) -> float:
    """Student's t for 95 %: from the table, beyond it by expansion about the normal (error below 0.0001)."""
    if freedom <= len(T_95):
        return T_95[freedom - 1]
    z, n = Z_95, freedom
    return z + (z**3 + z) / (4 * n) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)


class NoInterval(StrEnum):
    """Why a mean has no interval."""

    NONE = "none"  # nobody answered
    ONE = "one"  # one answer says nothing about others
    SAME = "same"  # everybody gave the same: the spread cannot be told


@dataclass(frozen=True)
class Moments:
    """Count, sum and sum of squares: all that a mean and its interval need, and what adds up over cells."""

    n: int
    total: Fraction
    squares: Fraction

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(self.n + other.n, self.total + other.total, self.squares + other.squares)

    @property
    def mean(self) -> Fraction:
        return self.total / self.n

    @property
    def variance(self) -> Fraction | None:
        """Of the sample (n − 1); None for fewer than two answers."""
        return (self.squares - self.total**2 / self.n) / (self.n - 1) if self.n > 1 else None


def interval(of: Moments, *, least: float, most: float) -> tuple[float, float] | NoInterval:
    """The 95 % confidence interval of a mean (Student's t), within what scores can be; or why there is none."""
    if of.n < 2:
        return NoInterval.ONE if of.n else NoInterval.NONE
    variance = of.variance
    if not variance:
        return NoInterval.SAME
    mean, half = float(of.mean), t_95(of.n - 1) * math.sqrt(float(variance) / of.n)
    return max(least, mean - half), min(most, mean + half)


def sample_size(population: int, *, margin: float = 0.05, chi_square: float = 3.841) -> int:
    """How many answers are enough for ``population`` users of a service (Krejcie and Morgan 1970, P = 0.5).

    S = χ²NP(1−P) / (d²(N−1) + χ²P(1−P)), rounded to the nearest: 100 → 80, 1,000 → 278, 1,000,000 → 384.
    """
    if population <= 0:
        return 0
    spread = chi_square * 0.25
    exact = spread * population / (margin**2 * (population - 1) + spread)
    return min(population, math.floor(exact + 0.5))


# --- what an index says -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """A mean with its interval (both None where ``no_interval`` says why)."""

    mean: Decimal
    low: Decimal | None
    high: Decimal | None
    no_interval: NoInterval | None = None

    @property
    def half(self) -> Decimal | None:
        """Half the width of the interval, as it stands after ±; None where there is none."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


def measured(of: Moments, *, times: Fraction = Fraction(1), places: int = 2) -> Measured:
    """A mean of scores as it is told: multiplied by ``times``, rounded half-up, with its interval."""
    value = half_up(of.mean * times, places)
    found = interval(of, least=LEAST, most=MOST)
    if isinstance(found, NoInterval):
        return Measured(value, None, None, found)
    low, high = (half_up(Fraction(edge) * times, places) for edge in found)
    return Measured(value, low, high)


def index_moments(totals: Moments) -> Moments:
    """The moments of a person's mean over the nine elements, from those of the person's sum of the nine."""
    nine = len(Unsur)
    return Moments(totals.n, totals.total / nine, totals.squares / nine**2)


def measured_index(totals: Moments, weighting: Weighting) -> Measured:
    """The index with its interval, from the moments of each person's sum of the nine scores."""
    return measured(index_moments(totals), times=SCALE * len(Unsur) * weighting.share)
