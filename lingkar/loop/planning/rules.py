"""Who may go to which training, pure: what a plan must keep, what it is worth, and which rule a choice breaks.

A plan is a set of pairs (person, run). ``broken`` checks one without the solver: it judges what the solver found in
tests, and every change that somebody makes by hand.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from lingkar.foundation.refusals import Refused

Pair = tuple[UUID, UUID]


class Rule(StrEnum):
    """What a plan must keep."""

    SEATS = "seats"  # a run that is held has at least its smallest and at most its largest number
    BUDGET = "budget"  # runs of a source cost no more than the source has
    CLASH = "clash"  # nobody is at two runs on one day
    CAP = "cap"  # PPPK: hours of one contract
    ABSENCE = "absence"  # of a unit no more than a share is away on one day
    COUNTER = "counter"  # at a counter somebody stays
    ELIGIBLE = "eligible"  # a run closes a gap of whoever goes


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be sent: unit, counters at which they serve, hours so far, target (PNS) or cap (PPPK) of hours.

    ``gaps``: attained and required level by competency, where something is missing.
    """

    id: UUID
    unit: UUID
    gaps: Mapping[str, tuple[int, int]]
    counters: tuple[Hashable, ...] = ()
    hours: Decimal = Decimal(0)
    target: Decimal | None = None
    cap: Decimal | None = None


@dataclass(frozen=True)
class Course:
    """A run that may be held: what it teaches up to which level, seats, hours, cost and its source, its days.

    ``people``: for whom it is (those who serve a service); None for everybody.
    """

    id: UUID
    competency: str
    level: int
    least: int
    most: int
    hours: Decimal
    cost: int
    source: str
    first: date
    last: date
    people: frozenset[UUID] | None = None

    def meets(self, other: "Course") -> bool:
        """Whether both take place on one day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Problem:
    """Everything that a plan is made from.

    ``weights``: how much a competency is needed in a unit (1 where nothing is known). ``staff``: people of each unit,
    ``desks``: people at each counter, on any day. ``share``: of a unit that may be away on one day (at least one
    person). ``fixed``: pairs decided by hand, True to go, False to stay.
    """

    people: Sequence[Candidate]
    runs: Sequence[Course]
    budgets: Mapping[str, int]
    weights: Mapping[tuple[UUID, str], float] = field(default_factory=dict)
    staff: Mapping[UUID, int] = field(default_factory=dict)
    desks: Mapping[Hashable, int] = field(default_factory=dict)
    share: Decimal = Decimal("0.1")
    fixed: Mapping[Pair, bool] = field(default_factory=dict)

    def away(self, unit: UUID) -> int:
        """How many of a unit may be away on one day."""
        return max(1, int(self.share * self.staff.get(unit, 0)))


DIMINISHING = 0.5
"""A second level closed for somebody in a competency is worth half of the first, a third a quarter."""


def steps(person: Candidate, run: Course) -> range:
    """The levels that a run closes for somebody: those above the attained one, up to the required one."""
    if run.competency not in person.gaps or (run.people is not None and person.id not in run.people):
        return range(0)
    attained, required = person.gaps[run.competency]
    return range(attained + 1, min(run.level, required) + 1)


def worth(person: Candidate, competency: str, level: int, weights: Mapping[tuple[UUID, str], float]) -> float:
    """What closing one level is worth: the need of the unit, halved with each level further."""
    attained, _required = person.gaps[competency]
    need = weights.get((person.unit, competency), 1.0)
    return float(need * DIMINISHING ** (level - attained - 1))


def value_of(problem: Problem, pairs: Iterable[Pair]) -> float:
    """What a plan closes: each level of a person counts once, however many runs teach it."""
    people = {person.id: person for person in problem.people}
    runs = {run.id: run for run in problem.runs}
    closed = {(who, runs[run].competency, level) for who, run in pairs for level in steps(people[who], runs[run])}
    return sum(worth(people[who], code, level, problem.weights) for who, code, level in closed)


@dataclass(frozen=True)
class Broken:
    """A rule that a plan breaks: where (a run, a source, a person, a unit, a counter), by how much, on which day."""

    rule: Rule
    where: Hashable
    allowed: Decimal
    planned: Decimal
    on: date | None = None


def broken(problem: Problem, pairs: Collection[Pair]) -> list[Broken]:
    """Every rule that a plan breaks. A run without anybody is not held and costs nothing."""
    people = {person.id: person for person in problem.people}
    runs = {run.id: run for run in problem.runs}
    chosen = [(people[who], runs[run]) for who, run in sorted(set(pairs))]
    found = [*_seats(chosen, runs), *_money(problem, chosen), *_times(chosen), *_away(problem, chosen)]
    found += [Broken(Rule.ELIGIBLE, (p.id, r.id), Decimal(1), Decimal(0)) for p, r in chosen if not steps(p, r)]
    return found


Chosen = Sequence[tuple[Candidate, Course]]


def _seats(chosen: Chosen, runs: Mapping[UUID, Course]) -> Iterator[Broken]:
    for run, count in Counter(run.id for _person, run in chosen).items():
        if not runs[run].least <= count <= runs[run].most:
            bound = runs[run].least if count < runs[run].least else runs[run].most
            yield Broken(Rule.SEATS, run, Decimal(bound), Decimal(count))


def _money(problem: Problem, chosen: Chosen) -> Iterator[Broken]:
    held = {run for _person, run in chosen}
    for source in {run.source for run in held}:
        cost = sum(run.cost for run in held if run.source == source)
        if cost > problem.budgets.get(source, 0):
            yield Broken(Rule.BUDGET, source, Decimal(problem.budgets.get(source, 0)), Decimal(cost))


def _times(chosen: Chosen) -> Iterator[Broken]:
    own: dict[UUID, list[Course]] = {}
    people = {person.id: person for person, _run in chosen}
    for person, run in chosen:
        own.setdefault(person.id, []).append(run)
    for who, attended in own.items():
        for one, other in pairwise(sorted(attended, key=lambda run: (run.first, run.last))):
            if one.meets(other):
                yield Broken(Rule.CLASH, who, Decimal(1), Decimal(2), other.first)
        cap, hours = people[who].cap, people[who].hours + sum(run.hours for run in attended)
        if cap is not None and hours > cap:
            yield Broken(Rule.CAP, who, cap, hours)


def _away(problem: Problem, chosen: Chosen) -> Iterator[Broken]:
    for on in sorted({run.first for _person, run in chosen}):  # the most are away on some first day
        absent = {person.id: person for person, run in chosen if run.first <= on <= run.last}.values()
        for unit, count in Counter(person.unit for person in absent).items():
            if count > problem.away(unit):
                yield Broken(Rule.ABSENCE, unit, Decimal(problem.away(unit)), Decimal(count), on)
        for desk, count in Counter(desk for person in absent for desk in person.counters).items():
            if count >= problem.desks.get(desk, count + 1):
                yield Broken(Rule.COUNTER, desk, Decimal(problem.desks[desk] - 1), Decimal(count), on)


def overlapping(runs: Iterable[Course]) -> list[frozenset[UUID]]:
    """Runs that take place on one day, the largest sets alone: what is limited for each, is limited for every day."""
    rows = list(runs)
    sets = {frozenset(run.id for run in rows if run.first <= on <= run.last) for on in {run.first for run in rows}}
    return sorted(
        (one for one in sets if not any(one < other for other in sets)), key=lambda one: sorted(map(str, one))
    )


class Why(StrEnum):
    """Why somebody goes, or does not go although a gap is known."""

    BY_HAND = "by_hand"
    FULL = "full"
    NOT_HELD = "not_held"
    CLASHES = "clashes"
    CAPPED = "capped"
    UNIT_AWAY = "unit_away"
    LAST_AT_COUNTER = "last_at_counter"
    OTHERS_FIRST = "others_first"


REASONS = {
    Rule.SEATS: Why.FULL,
    Rule.CLASH: Why.CLASHES,
    Rule.CAP: Why.CAPPED,
    Rule.ABSENCE: Why.UNIT_AWAY,
    Rule.COUNTER: Why.LAST_AT_COUNTER,
}


def why_not(problem: Problem, person: Candidate, run: Course, pairs: Collection[Pair]) -> Why:
    """Why somebody with a gap does not go to a run that would close it: what adding them would break."""
    if run.id not in {which for _who, which in pairs}:
        return Why.NOT_HELD
    before = set(broken(problem, pairs))
    found = [fault for fault in broken(problem, {*pairs, (person.id, run.id)}) if fault not in before]
    return REASONS.get(found[0].rule, Why.OTHERS_FIRST) if found else Why.OTHERS_FIRST


class NotHeld(StrEnum):
    """Why a run is not held in a proposal."""

    NOBODY = "nobody"  # nobody is known to lack what it teaches
    TOO_FEW = "too_few"  # fewer lack it than must take part
    MONEY = "money"  # it costs more than its source has
    RULES = "rules"  # so many cannot be away, or have hours left
    OTHERS = "others"  # the money and days go to runs that close more


def why_not_held(problem: Problem, run: Course) -> NotHeld:
    """What keeps a run from being held: what stands against it by itself first, then the others."""
    able = [person for person in problem.people if steps(person, run)]
    if not able:
        return NotHeld.NOBODY
    if len(able) < run.least:
        return NotHeld.TOO_FEW
    if run.cost > problem.budgets.get(run.source, 0):
        return NotHeld.MONEY
    return NotHeld.RULES if _at_most(problem, run, able) < run.least else NotHeld.OTHERS


def _at_most(problem: Problem, run: Course, able: Sequence[Candidate]) -> int:
    """How many could go at the same time if this run were the only one (an upper bound)."""
    free = [
        person
        for person in able
        if (person.cap is None or person.hours + run.hours <= person.cap)
        and all(problem.desks.get(desk, 2) > 1 for desk in person.counters)
    ]
    units = Counter(person.unit for person in free)
    return sum(min(count, problem.away(unit)) for unit, count in units.items())


def level_to_reach(required: Collection[int]) -> int:
    """The level that most of those who lack something need; of several the highest."""
    counted = Counter(required)
    return max(counted, key=lambda level: (counted[level], level))


def free_days(taken: Iterable[tuple[date, date]], *, earliest: date, days: int) -> tuple[date, date]:
    """The first week from ``earliest`` on, from its Monday, in which no other run takes place."""
    spans, first = list(taken), earliest + timedelta(days=-earliest.weekday() % 7)
    while any(begin <= first + timedelta(days=days - 1) and first <= end for begin, end in spans):
        first += timedelta(days=7)
    return first, first + timedelta(days=days - 1)


def check_run(*, level: int, least: int, most: int, hours: Decimal, cost: int, first: date, last: date) -> None:
    """A run has a level from 1 to 5, a smallest number not above its largest, hours, days in order."""
    if not 1 <= level <= 5:
        raise Refused("planning.level_unusable")
    if not 1 <= least <= most:
        raise Refused("planning.seats_unusable", least=least, most=most)
    if hours <= 0 or cost < 0:
        raise Refused("planning.numbers_unusable")
    if last < first:
        raise Refused("planning.days_unusable")


def check_year(first: date, *, year: int) -> None:
    """A run begins in the year of its plan."""
    if first.year != year:
        raise Refused("planning.other_year", year=year)


def check_draft(state: str, *, is_searched: bool) -> None:
    """What is approved changes no more; while a proposal is looked for, nothing changes under it."""
    if state != "draft":
        raise Refused("planning.approved")
    if is_searched:
        raise Refused("planning.searching")


def check_opening(state: str, *, going: int) -> None:
    """A cohort is opened from a run that somebody goes to, of an approved plan."""
    if state != "approved":
        raise Refused("planning.not_approved")
    if not going:
        raise Refused("planning.nobody_goes")
