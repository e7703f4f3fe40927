"""IP ASN: qualification 25, competence 40, performance 30, discipline 5 (PermenPANRB 38/2018, PerBKN 8/2019). Pure.

Every number is a parameter. Points are in tenths inside the parameters of competence (22.5 points are 225).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

NONE = Decimal(0)


class Group(StrEnum):
    """Which row of the table of competence holds for somebody."""

    STRUCTURAL = "structural"
    FUNCTIONAL = "functional"
    EXECUTIVE = "executive"


class Level(StrEnum):
    """The bands of the index."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    VERY_LOW = "very_low"


class Schooling(StrEnum):
    """Steps of qualification, the highest first, as the parameter lists them."""

    S3 = "s3"
    S2 = "s2"
    S1 = "s1"
    D3 = "d3"
    SMA = "sma"
    BELOW = "below"


PREDICATES = ("very_good", "good", "needs_improvement", "poor", "very_poor")
SEVERITIES = ("none", "light", "moderate", "severe")
BANDS = (Level.VERY_HIGH, Level.HIGH, Level.MEDIUM, Level.LOW)


@dataclass(frozen=True)
class Numbers:
    """The numbers in force on a day; tuples in the order of ``Schooling``, ``PREDICATES``, ``SEVERITIES``, ``BANDS``.

    ``training``: points of diklat, of 20 JP, of a seminar, by group (an executive has no diklat: 0).
    """

    qualification: tuple[int, ...]
    training: dict[Group, tuple[Decimal, Decimal, Decimal]]
    performance: tuple[int, ...]
    discipline: tuple[int, ...]
    bands: tuple[int, ...]
    hours: int
    prorated: bool


@dataclass(frozen=True)
class Facts:
    """What is known of somebody. None means not known: then there is no index, because nothing is guessed."""

    group: Group | None
    schooling: Schooling | None
    diklat: bool
    hours: Decimal
    seminar: bool
    predicate: str | None
    severity: str = "none"


@dataclass(frozen=True)
class Available:
    """Points that somebody may still get in competence, by ``what``; and how many ``hours`` are missing for them."""

    what: str
    points: Decimal
    hours: Decimal = NONE


@dataclass(frozen=True)
class Index:
    """The parts and, where all are known, the whole with its band; ``missing`` names what is not known."""

    qualification: Decimal | None
    competence: Decimal | None
    performance: Decimal | None
    discipline: Decimal
    available: tuple[Available, ...]
    missing: tuple[str, ...]
    value: Decimal | None
    level: Level | None


def index(facts: Facts, numbers: Numbers) -> Index:
    """The index of one person, and what learning could still add to it."""
    qualification = _at(numbers.qualification, tuple(Schooling), facts.schooling)
    performance = _at(numbers.performance, PREDICATES, facts.predicate)
    discipline = _at(numbers.discipline, SEVERITIES, facts.severity) or NONE
    competence, available = _competence(facts, numbers) if facts.group else (None, ())
    named = {"education": qualification, "position": competence, "rating": performance}
    missing = tuple(name for name, points in named.items() if points is None)
    if qualification is None or competence is None or performance is None:
        return Index(qualification, competence, performance, discipline, available, missing, None, None)
    value = (qualification + competence + performance + discipline).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Index(
        qualification, competence, performance, discipline, available, (), value, level_of(value, numbers.bands)
    )


def _at(points: Sequence[int], names: Sequence[str], name: str | None) -> Decimal | None:
    return Decimal(points[list(names).index(name)]) if name and name in names else None


def _competence(facts: Facts, numbers: Numbers) -> tuple[Decimal, tuple[Available, ...]]:
    assert facts.group is not None  # noqa: S101  # asked before
    diklat, hours, seminar = numbers.training[facts.group]
    share = min(facts.hours / numbers.hours, Decimal(1)) if numbers.prorated else Decimal(facts.hours >= numbers.hours)
    got = (diklat if facts.diklat else NONE, hours * share, seminar if facts.seminar else NONE)
    lacks = max(numbers.hours - facts.hours, NONE)
    rows = (
        Available("diklat", diklat - got[0]),
        Available("hours", hours - got[1], lacks),
        Available("seminar", seminar - got[2]),
    )
    left = sorted((row for row in rows if row.points > 0), key=lambda row: -row.points)
    return sum(got, NONE), tuple(left)


def level_of(value: Decimal, bands: Sequence[int]) -> Level:
    """The band: ≥ 91 very high, else ≥ 81 high, else ≥ 71 medium, else ≥ 61 low, else very low.

    The printed table leaves gaps (90.5 stands in none of its rows); a value in a gap belongs to the lower band.
    """
    return next((level for level, least in zip(BANDS, bands, strict=True) if value >= least), Level.VERY_LOW)


WORDS: tuple[tuple[Schooling, tuple[str, ...]], ...] = (
    (Schooling.S3, ("s3", "s-3", "doktor", "strata 3", "strata iii")),
    (Schooling.S2, ("s2", "s-2", "magister", "spesialis", "strata 2", "strata ii", "master")),
    (Schooling.D3, ("diploma iii", "diploma 3", "d3", "d-3", "d.iii", "d-iii", "d iii", "diii", "sarjana muda",
                    "ahli madya")),
    (Schooling.S1, ("s1", "s-1", "sarjana", "profesi", "diploma iv", "diploma 4", "d4", "d-4", "d.iv", "d-iv", "d iv",
                    "div", "strata 1")),
    (Schooling.SMA, ("diploma i", "diploma 1", "diploma ii", "diploma 2", "d1", "d2", "d-1", "d-2", "d-i", "d-ii",
                     "sma", "smk", "slta", "smu", "stm", "madrasah aliyah", "paket c")),
    (Schooling.BELOW, ("smp", "sltp", "sd", "sekolah dasar", "tsanawiyah", "paket a", "paket b")),
)  # fmt: skip
"""Words of an education as records have it; the first step with a word that fits is taken."""


def schooling_of(text: str) -> Schooling | None:
    """The step of an education as somebody wrote it: "Magister Manajemen" → S2; None for what is not understood."""
    words = f" {' '.join(text.casefold().replace('/', ' ').replace(',', ' ').split())} "
    return next((step for step, names in WORDS if any(f" {name} " in words for name in names)), None)
