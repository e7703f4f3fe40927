"""Everything that a proposal is made from."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from lingkar.directory.people import queries as people
from lingkar.directory.people.models import Status
from lingkar.directory.services.queries import servers
from lingkar.foundation.access import Actor
from lingkar.foundation.parameters.queries import value
from lingkar.grow.competence import queries as competence
from lingkar.grow.credentials.queries import jp_of_many
from lingkar.loop.needs import queries as needs
from lingkar.loop.planning import rules
from lingkar.loop.planning.models import Assignment, Plan, Run
from lingkar.loop.planning.parameters import SHARE_AWAY
from lingkar.loop.planning.queries.plans import budgets_of
from lingkar.loop.planning.rules import Broken, Candidate, Course, Pair, Problem, Why

Key = TypeVar("Key", bound=Hashable)
Desk = tuple[UUID, str]
"""A counter: a service at the path of a unit."""


@dataclass(frozen=True)
class Material:
    """The problem as the solver takes it, and the names of people and units."""

    problem: Problem
    names: Mapping[UUID, str]
    units: Mapping[UUID, str]
    pairs: frozenset[Pair]

    @cached_property
    def _people(self) -> dict[UUID, Candidate]:
        return {row.id: row for row in self.problem.people}

    @cached_property
    def _runs(self) -> dict[UUID, Course]:
        return {row.id: row for row in self.problem.runs}

    def person(self, person: UUID) -> Candidate:
        """Somebody who may be sent."""
        return self._people[person]

    def course(self, run: UUID) -> Course:
        """A run as the solver takes it."""
        return self._runs[run]

    def broken(self) -> list[Broken]:
        """Every rule that the plan as it stands breaks."""
        return rules.broken(self.problem, self._known(self.pairs))

    def with_pair(self, pair: Pair, *, goes: bool) -> list[Broken]:
        """The rules that would be broken with, or without, one more."""
        pairs = {*self.pairs, pair} if goes else self.pairs - {pair}
        return rules.broken(self.problem, self._known(frozenset(pairs)))

    def left_out(self, run: UUID, *, most: int) -> list[tuple[UUID, Why]]:
        """People whose gap a run would close and who do not go, those who need it most first, each with the reason."""
        course = self.course(run)
        going = {who for who, which in self.pairs if which == run}
        others = [row for row in self.problem.people if row.id not in going and rules.steps(row, course)]
        others.sort(key=lambda row: (-self._worth(row, course), self.names[row.id]))
        return [(row.id, self._why(row, course)) for row in others[:most]]

    def _why(self, person: Candidate, course: Course) -> Why:
        if self.problem.fixed.get((person.id, course.id)) is False:
            return Why.BY_HAND
        return rules.why_not(self.problem, person, course, self._known(self.pairs))

    def _worth(self, person: Candidate, course: Course) -> float:
        code = course.competency
        return sum(rules.worth(person, code, level, self.problem.weights) for level in rules.steps(person, course))

    def _known(self, pairs: frozenset[Pair]) -> frozenset[Pair]:
        return frozenset(pair for pair in pairs if pair[0] in self._people)


def material_of(plan: Plan, *, by: Actor, day: date) -> Material:
    """Everything that a plan is made from on ``day``: people with known gaps, needs, hours, counters. About 15 queries,
    however many people. Counters are those of every service, also where the plan has no training for it.
    """
    rows = list(plan.runs.all())
    serving = people.placements_on(day).filter(is_main=True, person__status=Status.ACTIVE, person__erased_at=None)
    posts = list(serving.select_related("person"))
    unit_of, staff = {row.person_id: row.unit_id for row in posts}, _counted([row.unit_id for row in posts])
    served: dict[UUID, set[UUID]] = defaultdict(set)
    desks: dict[UUID, set[Desk]] = defaultdict(set)
    for one in servers(day=day):
        served[one.service].add(one.person)
        desks[one.person].add((one.service, one.path))
    wanted = {row.competency for row in rows}
    lacks = _lacks(set(unit_of), wanted, day)
    hours = jp_of_many(list(lacks), plan.year)
    candidates = [
        Candidate(
            id=who,
            unit=unit_of[who],
            gaps=gaps,
            counters=tuple(sorted(desks.get(who, ()), key=str)),
            hours=(had.used or had.counted) if had else Decimal(0),
            target=Decimal(had.target) if had and had.target else None,
            cap=Decimal(had.cap) if had and had.cap else None,
        )
        for who, gaps in sorted(lacks.items())
        for had in (hours.get(who),)
    ]
    places = list(Assignment.objects.filter(run__plan=plan).values_list("person", "run", "goes", "by_hand"))
    problem = Problem(
        people=candidates,
        runs=[_course(row, served) for row in rows],
        budgets=budgets_of(plan),
        weights=_weights(by, plan.agency_id),
        staff=staff,
        desks=_counted([desk for held in desks.values() for desk in held]),
        share=value(SHARE_AWAY, agency=plan.agency_id, on=day),
        fixed={(who, run): goes for who, run, goes, by_hand in places if by_hand},
    )
    names = {row.person_id: row.person.name for row in posts if row.person_id in lacks} if lacks else {}
    pairs = frozenset((who, run) for who, run, goes, _by_hand in places if goes)
    return Material(problem, names, {row.unit_id: row.unit.name for row in posts}, pairs)


def _lacks(persons: set[UUID], wanted: set[str], day: date) -> dict[UUID, dict[str, tuple[int, int]]]:
    """Attained and required level of each person in each wanted competency, where something is missing and known."""
    found: dict[UUID, dict[str, tuple[int, int]]] = {}
    for who, gaps in competence.all_gaps(persons, day=day).items():
        for row in gaps:
            if row.competency in wanted and row.attained is not None and row.attained < row.required:
                found.setdefault(who, {})[row.competency] = (row.attained, row.required)
    return found


def _weights(by: Actor, agency: UUID) -> dict[tuple[UUID, str], float]:
    """How much each competency is needed in each unit: 1 where nothing is known, up to 2 for the largest need."""
    run = needs.newest(agency)
    found: dict[tuple[UUID, str], float] = {}
    for row in needs.needs(Actor.system(by.agency), run.id) if run else ():
        key = (row.unit_id, row.competency)
        found[key] = max(found.get(key, 1.0), 1.0 + (row.size or 0.0))
    return found


def _course(row: Run, served: Mapping[UUID, set[UUID]]) -> Course:
    meant = frozenset(served.get(row.service_id, ())) if row.service_id else None
    return Course(
        row.pk, row.competency, row.level, row.least, row.most, row.jp, row.cost, row.source, row.first, row.last, meant
    )


def _counted(keys: list[Key]) -> dict[Key, int]:
    return dict(Counter(keys))
