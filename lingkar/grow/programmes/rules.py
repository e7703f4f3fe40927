"""What a kind of programme asks, and what follows from marks and attendance. Pure.

A scheme is data: parts with hours (JP), phases, weighted components, gates, questions at the end. Nothing here knows a
kind of programme by its name.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from lingkar.foundation.refusals import Refused

CENT = Decimal("0.01")
FULL = Decimal(100)
EARLY = timedelta(minutes=30)
"""Attendance opens so long before a session begins, and ends with it."""
MOST_SEATS = 500


class State(StrEnum):
    """How far a cohort is."""

    DRAFT = "draft"
    OPEN = "open"
    RUNNING = "running"
    CLOSED = "closed"


class Standing(StrEnum):
    """Where a participant stands."""

    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    PASSED = "passed"
    DEFERRED = "deferred"
    FAILED = "failed"


def source_of(cohort: UUID) -> str:
    """Through what people of a cohort come to its courses and quizzes."""
    return f"cohort:{cohort}"


IN_CLASS = (Standing.ENROLLED, Standing.DEFERRED)
"""Who still takes part: a place in the class, marks that may change."""


class Predicate(StrEnum):
    """The bands of a final mark, from the top."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    DEFERRED = "deferred"
    POOR = "poor"


class Marker(StrEnum):
    """Who gives the mark of a component: somebody with that duty, the training office, or a quiz by itself."""

    TRAINER = "trainer"
    MENTOR = "mentor"
    COACH = "coach"
    EXAMINER = "examiner"
    OFFICE = "office"
    QUIZ = "quiz"


@dataclass(frozen=True)
class Part:
    """A part of the curriculum. ``office``: each of its subjects is made with a unit of the agency."""

    code: str
    name: str
    min_jp: int = 0
    max_jp: int | None = None
    office: bool = False


@dataclass(frozen=True)
class Phase:
    """A stretch of a programme: self-study, sessions, field study, project, evaluation."""

    code: str
    name: str


@dataclass(frozen=True)
class Component:
    """Something that is marked 0–100 and counts ``weight`` of 100."""

    code: str
    name: str
    weight: Decimal
    by: Marker
    phase: str = ""


@dataclass(frozen=True)
class Gates:
    """What somebody must have, whatever the marks: a share of the sessions in percent."""

    attendance: int = 0


@dataclass(frozen=True)
class Question:
    """A statement that participants rate 1 to 5 at the end."""

    code: str
    words: str


class Paper(StrEnum):
    """What somebody gets at the end; nothing where the scheme says ""."""

    CERTIFICATE = "certificate"
    STATEMENT = "statement"
    NOTHING = ""


@dataclass(frozen=True)
class Papers:
    """What those get who passed, and those who did not; ``form``: the code of the table of hours (JP) to credit."""

    passed: Paper = Paper.CERTIFICATE
    failed: Paper = Paper.NOTHING
    form: str = "B3"


@dataclass(frozen=True)
class Scheme:
    """A kind of programme, whole. ``remedial``: what a later try at a quiz counts at most."""

    parts: tuple[Part, ...]
    phases: tuple[Phase, ...]
    components: tuple[Component, ...]
    gates: Gates = Gates()
    questions: tuple[Question, ...] = ()
    remedial: int = 100
    papers: Papers = Papers()

    def component(self, code: str) -> Component:
        """One component. ``Refused`` for a code that the scheme has not."""
        for item in self.components:
            if item.code == code:
                return item
        raise Refused("programmes.component_unknown", component=code)

    def part(self, code: str) -> Part:
        for item in self.parts:
            if item.code == code:
                return item
        raise Refused("programmes.part_unknown", part=code)


def check_scheme(scheme: Scheme) -> None:
    """Weights sum to 100, codes stand once, phases exist, hours can be met."""
    for codes in ([part.code for part in scheme.parts], [item.code for item in scheme.components]):
        if not codes or len(set(codes)) != len(codes):
            raise Refused("programmes.codes_not_once")
    total = sum((item.weight for item in scheme.components), Decimal(0))
    if total != FULL or any(item.weight <= 0 for item in scheme.components):
        raise Refused("programmes.weights", total=total.normalize())
    phases = {phase.code for phase in scheme.phases} | {""}
    if any(item.phase not in phases for item in scheme.components):
        raise Refused("programmes.phase_unknown")
    if any(part.max_jp is not None and part.max_jp < part.min_jp for part in scheme.parts):
        raise Refused("programmes.hours_impossible")
    if not 0 <= scheme.gates.attendance <= 100:
        raise Refused("programmes.gate_impossible")
    if not 0 <= scheme.remedial <= 100:
        raise Refused("programmes.remedial_impossible")


@dataclass(frozen=True)
class Taught:
    """What the check of hours needs of a subject."""

    part: str
    jp: int
    has_office: bool


@dataclass(frozen=True)
class Hours:
    """A part with the hours that its subjects have."""

    part: Part
    jp: int

    @property
    def is_met(self) -> bool:
        return self.jp >= self.part.min_jp and (self.part.max_jp is None or self.jp <= self.part.max_jp)


def hours_of(scheme: Scheme, subjects: Collection[Taught]) -> tuple[Hours, ...]:
    """The hours of each part, in the order of the scheme."""
    return tuple(Hours(part, sum(it.jp for it in subjects if it.part == part.code)) for part in scheme.parts)


def check_hours(scheme: Scheme, subjects: Collection[Taught]) -> None:
    """Each part has the hours that it needs and no more, and what must come from an office names one."""
    for hours in hours_of(scheme, subjects):
        part = hours.part
        if hours.jp < part.min_jp:
            raise Refused("programmes.hours_too_few", part=part.name, jp=hours.jp, least=part.min_jp)
        if part.max_jp is not None and hours.jp > part.max_jp:
            raise Refused("programmes.hours_too_many", part=part.name, jp=hours.jp, most=part.max_jp)
        if part.office and any(it.part == part.code and not it.has_office for it in subjects):
            raise Refused("programmes.office_missing", part=part.name)


# --- a cohort ------------------------------------------------------------------------------------------------------

TRANSITIONS: Mapping[tuple[State, State], bool] = {
    (State.DRAFT, State.OPEN): True,
    (State.OPEN, State.RUNNING): True,
    (State.RUNNING, State.CLOSED): True,
}


def check_move(now: State, then: State) -> None:
    """Draft → open → running → closed, and nothing else."""
    if not TRANSITIONS.get((now, then)):
        raise Refused("programmes.cannot_move", now=now, then=then)


def check_days(first: date, last: date) -> None:
    """A cohort ends on or after the day on which it begins."""
    if last < first:
        raise Refused("programmes.ends_before_it_begins")


def check_seats(seats: int, *, taken: int, more: int = 0) -> None:
    """There is a seat for everybody: 53 people do not fit 52 seats."""
    if not 1 <= seats <= MOST_SEATS:
        raise Refused("programmes.seats_impossible", most=MOST_SEATS)
    if taken + more > seats:
        raise Refused("programmes.seats_full", seats=seats, wanted=taken + more, over=taken + more - seats)


def check_taking_part(state: State) -> None:
    """People join and leave a cohort until it is closed."""
    if state == State.CLOSED:
        raise Refused("programmes.closed")


def check_session(start: datetime, end: datetime, *, first: date, last: date, days: tuple[date, date]) -> None:
    """A session has a length of at most a day and lies within its cohort. ``days``: its local first and last day."""
    if not start < end <= start + timedelta(hours=14):
        raise Refused("programmes.session_length")
    if days[0] < first or days[1] > last:
        raise Refused("programmes.session_outside", first=first, last=last)


def check_sessions(days: Iterable[tuple[date, date]], *, first: date, last: date) -> None:
    """Other days of a cohort hold every session that is there. ``days``: the first and last day of each."""
    outside = [begin for begin, end in days if begin < first or end > last]
    if outside:
        raise Refused("programmes.sessions_outside", on=min(outside))


# --- attendance ----------------------------------------------------------------------------------------------------


def check_arrival(*, now: datetime, start: datetime, end: datetime) -> None:
    """Attendance by QR or code opens half an hour before a session and ends with it, by the server's clock."""
    if now < start - EARLY:
        raise Refused("programmes.too_early", opens=start - EARLY)
    if now > end:
        raise Refused("programmes.too_late", ended=end)


def attendance_rate(attended: int, held: int) -> Decimal:
    """The share of the sessions held so far in percent, half-up; 100 while none was held."""
    return FULL if held == 0 else (Decimal(attended) * 100 / held).quantize(CENT, ROUND_HALF_UP)


# --- marks ---------------------------------------------------------------------------------------------------------


def check_mark(value: Decimal) -> Decimal:
    """A mark from 0 to 100 with at most two decimals: 101 is refused, and so is 80.125."""
    if not value.is_finite() or not 0 <= value <= 100:
        raise Refused("programmes.mark_out_of_range", value=str(value)[:12])
    if value != value.quantize(CENT):
        raise Refused("programmes.mark_too_exact")
    return value.quantize(CENT)


def check_change(before: Decimal | None, after: Decimal, reason: str) -> None:
    """A mark that stands is changed with a reason only."""
    if before is not None and before != after and not reason.strip():
        raise Refused("programmes.reason_missing")


def mark_of_quizzes(tries: Sequence[Sequence[Decimal]], *, most: int) -> Decimal | None:
    """The mean of quizzes, two decimals half-up; None while one of them was not taken.

    Of each the best try counts; one after the first counts ``most`` at most (remedial): with 80, tries of 60 and 95
    make 80, and a first try of 90 stays 90.
    """
    if not tries or not all(tries):
        return None
    best = [max(scores[0], min(max(scores), Decimal(most))) for scores in tries]
    return (sum(best, Decimal(0)) / len(best)).quantize(CENT, ROUND_HALF_UP)


def final_mark(scheme: Scheme, marks: Mapping[str, Decimal]) -> Decimal | None:
    """Marks by their weights, two decimals half-up; None while a component has no mark."""
    if any(item.code not in marks for item in scheme.components):
        return None
    total = sum((marks[item.code] * item.weight for item in scheme.components), Decimal(0)) / FULL
    return total.quantize(CENT, ROUND_HALF_UP)


def mark_so_far(scheme: Scheme, marks: Mapping[str, Decimal]) -> Decimal:
    """What the marks given so far bring of 100, two decimals half-up."""
    total = sum((marks[item.code] * item.weight for item in scheme.components if item.code in marks), Decimal(0))
    return (total / FULL).quantize(CENT, ROUND_HALF_UP)


def predicate_of(final: Decimal, bounds: Iterable[int]) -> Predicate:
    """The band of a final mark. ``bounds`` are four numbers from the top: a band begins above its number.

    With 90, 80, 70, 60: 90.01 is excellent, 90.00 good, 70.005 rounds to 70.01 and is fair, 60.00 is poor.
    """
    rounded = final.quantize(CENT, ROUND_HALF_UP)
    for bound, predicate in zip(bounds, Predicate, strict=False):
        if rounded > bound:
            return predicate
    return Predicate.POOR


def check_bounds(bounds: tuple[int, ...]) -> tuple[int, ...]:
    """Four falling numbers."""
    if len(bounds) != 4 or list(bounds) != sorted(set(bounds), reverse=True):
        raise Refused("programmes.bounds")
    return bounds


@dataclass(frozen=True)
class Verdict:
    """What the meeting is told of somebody: the final mark with its band, and whether the gates are open."""

    final: Decimal | None
    predicate: Predicate | None
    attendance: Decimal
    is_gate_open: bool
    standing: Standing

    @property
    def why(self) -> str:
        """The code of what stands in the way, "" for somebody who passes."""
        if self.final is None:
            return "marks"
        if not self.is_gate_open:
            return "attendance"
        return "" if self.standing == Standing.PASSED else "band"


def verdict(scheme: Scheme, marks: Mapping[str, Decimal], attendance: Decimal, bounds: tuple[int, ...]) -> Verdict:
    """Passed, deferred or failed. A missing mark or too little attendance defers: both can be made up."""
    final = final_mark(scheme, marks)
    band = None if final is None else predicate_of(final, check_bounds(bounds))
    is_open = attendance >= scheme.gates.attendance
    if band == Predicate.POOR:
        standing = Standing.FAILED
    elif band in (None, Predicate.DEFERRED) or not is_open:
        standing = Standing.DEFERRED
    else:
        standing = Standing.PASSED
    return Verdict(final, band, attendance, is_open, standing)


def check_ratings(scheme: Scheme, ratings: Mapping[str, int]) -> None:
    """Each question of the scheme is answered, 1 to 5."""
    if set(ratings) != {item.code for item in scheme.questions} or not all(1 <= it <= 5 for it in ratings.values()):
        raise Refused("programmes.ratings_missing")
