"""What is known of one service, from heard to proven. Pure data, without words: a number that few people stand behind
is never kept, so that no page can tell it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Station(StrEnum):
    """Where the circle of a service passes. The order is that of the circle."""

    HEARD = "heard"
    WHY = "why"
    NEED = "need"
    PLANNED = "planned"
    TRAINED = "trained"
    PROVEN = "proven"


TELLS = frozenset({"better", "no_larger_than", "worse"})
"""Verdicts that say something; "cannot tell" does not close a circle."""
MIXED = "mixed"


def few(n: int, *, smallest: int) -> int | None:
    """The number, or None where so few stand behind it that it is not told. Nobody at all is no secret."""
    return None if 0 < n < smallest else n


@dataclass(frozen=True)
class Part:
    """Cases of one cause, or of several that are too small to be told alone; ``n`` None: too few even together."""

    kinds: tuple[str, ...]
    n: int | None


def fold(counts: Mapping[str, int], *, smallest: int) -> tuple[Part, ...]:
    """Counts, the largest first; small ones are told together, or not at all where they are few even so.

    >>> fold({"budget": 9, "tool": 3, "staffing": 2}, smallest=5)
    (Part(kinds=('budget',), n=9), Part(kinds=('tool', 'staffing'), n=5))
    >>> fold({"budget": 9, "tool": 3}, smallest=5)
    (Part(kinds=('budget',), n=9), Part(kinds=('tool',), n=None))
    """
    order = sorted(((kind, n) for kind, n in counts.items() if n), key=lambda row: (-row[1], row[0]))
    told = tuple(Part((kind,), n) for kind, n in order if n >= smallest)
    rest = [(kind, n) for kind, n in order if n < smallest]
    if not rest:
        return told
    return (*told, Part(tuple(kind for kind, _n in rest), few(sum(n for _kind, n in rest), smallest=smallest)))


NOTHING_WRONG = "none"


@dataclass(frozen=True)
class Causes:
    """Why the cases arose, those that training cures apart from the others. A sum leaves out what is too small to be
    told, so that nothing can be had by taking the others off it.
    """

    trainable: tuple[Part, ...] = ()
    others: tuple[Part, ...] = ()

    @property
    def curable(self) -> int | None:
        """Cases that training can do something about; None where there are some, too few to be told."""
        return told(self.trainable)

    @property
    def n(self) -> int | None:
        """Cases whose cause is known; None where there are some, too few to be told."""
        return told((*self.trainable, *self.others))

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out of the sums."""
        return all(part.n is not None for part in (*self.trainable, *self.others))

    @property
    def is_known(self) -> bool:
        return any(part.n for part in (*self.trainable, *self.others))


def told(parts: tuple[Part, ...]) -> int | None:
    """The sum of the parts that are told."""
    known = [part.n for part in parts if part.n is not None]
    return None if parts and not known else sum(known)


def causes(counts: Mapping[str, int], *, trainable: Iterable[str], smallest: int) -> Causes:
    """The causes of a service with small numbers folded. Cases in which nothing went wrong have none in the service."""
    kinds = set(trainable)
    curable = {kind: n for kind, n in counts.items() if kind in kinds}
    others = {kind: n for kind, n in counts.items() if kind not in kinds and kind != NOTHING_WRONG}
    return Causes(fold(curable, smallest=smallest), fold(others, smallest=smallest))


@dataclass(frozen=True)
class Heard:
    """Reports of a year and of the year before; the share answered in time; how reporters rated the answers.

    None: too few to be told. ``kept`` of ``decided`` first promises were kept.
    """

    reports: int | None = 0
    before: int | None = 0
    decided: int | None = 0
    kept: int | None = 0
    rated: int | None = 0
    rating: float | None = None
    rating_low: float | None = None
    rating_high: float | None = None


@dataclass(frozen=True)
class Survey:
    """The index of satisfaction (IKM) of twelve months from ``first`` on, as it is published: n, value, interval, band,
    and the weakest element.
    """

    n: int
    value: float
    low: float | None
    high: float | None
    band: str
    weakest: str
    weakest_mean: float
    first: date | None = None


@dataclass(frozen=True)
class Wanted:
    """One need: its place in the order of the agency, its size from 0 to 1, and what it was made of."""

    need: UUID
    competency: str
    unit: str
    rank: int
    size: float | None
    cases: int | None
    rate: float | None
    lack: float | None


@dataclass(frozen=True)
class Lack:
    """What those who serve lack on average, in levels, of a competency; of how many that is known."""

    competency: str
    people: int
    assessed: int
    mean: float


@dataclass(frozen=True)
class Planned:
    """A training of the plan: how many go (None: few), whether the plan holds, and the cohort opened from it (code)."""

    run: UUID
    year: int
    title: str
    competency: str
    first: date
    last: date
    places: int | None
    is_approved: bool
    cohort: str = ""


@dataclass(frozen=True)
class Held:
    """A training that runs or is over: how many passed and take part (None: few), and how many hours it has."""

    code: str
    title: str
    first: date
    last: date
    is_over: bool
    hours: int | None
    taking_part: int | None
    passed: int | None


@dataclass(frozen=True)
class Effect:
    """What a study said last; see ``effect.queries.Verdict``."""

    study: UUID
    outcome: str
    on: date
    kind: str
    doubt: str | None
    change: float | None
    low: float | None
    high: float | None
    bound: float | None
    mde: float | None
    n: int
    is_ratio: bool
    is_late: bool


@dataclass(frozen=True)
class Promises:
    """Published reports that are open: how many, how many of them late, the nearest date that was promised."""

    n: int = 0
    late: int = 0
    next_due: date | None = None


@dataclass(frozen=True)
class Topic:
    """Published reports of a year under one subject, and how many of them were closed with proof."""

    name: str
    n: int
    closed: int


@dataclass(frozen=True)
class Facts:
    """Everything that is known of one service on a day. Competencies stand there by their names."""

    first: date
    last: date
    before_first: date
    before_last: date
    smallest: int
    heard: Heard = Heard()
    topics: tuple[Topic, ...] = ()
    survey: Survey | None = None
    survey_before: Survey | None = None
    answers_few: bool = False
    causes: Causes = Causes()
    needs: tuple[Wanted, ...] = ()
    needs_at: datetime | None = None
    staff: int = 0
    lacks: tuple[Lack, ...] = ()
    planned: tuple[Planned, ...] = ()
    held: tuple[Held, ...] = ()
    effects: tuple[Effect, ...] = ()
    promises: Promises = Promises()

    @property
    def passed(self) -> int | None:
        """People who passed a training for the service; None where any of the numbers is too small to be told."""
        return _sum(row.passed for row in self.held)

    @property
    def going(self) -> int | None:
        """People whom approved plans send; None where any of the numbers is too small to be told."""
        return _sum(row.places for row in self.planned if row.is_approved)

    @property
    def verdict(self) -> str:
        """What the studies say together: one kind, ``MIXED`` where they differ, "" where there is none."""
        kinds = {row.kind for row in self.effects}
        return "" if not kinds else kinds.pop() if len(kinds) == 1 else MIXED

    @property
    def reached(self) -> tuple[Station, ...]:
        """The stations that the circle of this service has passed, in their order."""
        held = {
            Station.HEARD: bool(self.heard.reports) or self.survey is not None,
            Station.WHY: self.causes.is_known,
            Station.NEED: any(row.size is not None for row in self.needs),
            Station.PLANNED: any(row.is_approved and row.places != 0 for row in self.planned),
            Station.TRAINED: any(row.passed != 0 for row in self.held),
            Station.PROVEN: any(row.kind in TELLS for row in self.effects),
        }
        return tuple(station for station in Station if held[station])

    @property
    def stops_at(self) -> str:
        """The first station that was not passed, "" where the circle is closed."""
        return next((station for station in Station if station not in self.reached), "")


def _sum(counts: Iterable[int | None]) -> int | None:
    rows = list(counts)
    return None if None in rows else sum(n for n in rows if n is not None)
