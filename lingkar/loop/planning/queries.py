"""The plan of a year: its runs, who goes and why, what it costs, and everything that a proposal is made from."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Count, Q

from lingkar.directory.people import queries as people
from lingkar.directory.people.models import Status
from lingkar.directory.services.queries import Serving, staff_of
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.competence import queries as competence
from lingkar.grow.credentials.queries import jp_of_many
from lingkar.loop.needs import queries as needs
from lingkar.loop.planning import access, rules
from lingkar.loop.planning.models import Assignment, Plan, Run
from lingkar.loop.planning.parameters import SHARE_AWAY
from lingkar.loop.planning.rules import Broken, Candidate, Course, Pair, Problem, Why

if TYPE_CHECKING:
    from django.db.models import QuerySet

Key = TypeVar("Key", bound=Hashable)
PLACES = Count("assignments", filter=Q(assignments__goes=True))


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan as the list shows it."""

    id: UUID
    year: int
    state: str
    value: float | None
    solved_at: datetime | None
    approved_at: datetime | None


def plans(by: Actor) -> "QuerySet[Plan, PlanLine]":
    """The plans that ``by`` may read, the newest first."""
    return plain(access.visible(by).order_by("-year"), PlanLine)


def plan_for(by: Actor, year: int) -> Plan:
    """The plan of a year; ``Unseen`` where there is none or ``by`` may not read it."""
    found = access.visible(by).filter(year=year).first()
    if found is None:
        raise Unseen
    return found


def plan_of(year: int) -> Plan | None:
    """The plan of a year, for modules above."""
    return Plan.objects.filter(year=year).first()


@dataclass(frozen=True)
class RunLine:
    """A run with how many go."""

    run: Run
    places: int

    @property
    def is_held(self) -> bool:
        return self.places > 0


def runs_of(plan: Plan) -> list[RunLine]:
    """The runs of a plan by day, each with how many go. One query."""
    rows = plan.runs.select_related("service").annotate(places=PLACES).order_by("first", "title", "pk")
    return [RunLine(row, row.places) for row in rows]


def run_in(plan: Plan, run: UUID) -> Run:
    """One run of a plan; ``Unseen`` for another."""
    found = plan.runs.select_related("service").filter(pk=run).first()
    if found is None:
        raise Unseen
    return found


def budgets_of(plan: Plan) -> dict[str, int]:
    """What each source pays."""
    return dict(plan.budgets.values_list("source", "amount"))


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody who goes to a run, and what it closes."""

    person_id: UUID
    attained: int
    closes: int
    by_hand: bool
    why: str
    name: str = column("person__name")


def places_of(run: UUID) -> "QuerySet[Assignment, Place]":
    """Who goes to a run, by name."""
    return plain(Assignment.objects.filter(run=run, goes=True).order_by("person__name", "person"), Place)


def left_out_of(run: UUID) -> "QuerySet[Assignment, Place]":
    """Who stays although a run would close a gap, with the reason: those who need it most, as of the last proposal."""
    return plain(Assignment.objects.filter(run=run, goes=False).order_by("pk"), Place)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A run that somebody goes to, as they read it themselves."""

    attained: int
    closes: int
    run_id: UUID
    title: str = column("run__title")
    competency: str = column("run__competency")
    first: date = column("run__first")  # noqa: RUF009
    last: date = column("run__last")  # noqa: RUF009


def assigned(person: UUID) -> "QuerySet[Assignment, Assigned]":
    """The runs of approved plans to which somebody goes, by day. For modules above, which have asked who may know."""
    rows = Assignment.objects.filter(person=person, goes=True, run__plan__state="approved")
    return plain(rows.order_by("run__first"), Assigned)


# --- what a proposal is made from ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Material:
    """The problem as the solver takes it, and the names of people and units."""

    problem: Problem
    names: Mapping[UUID, str]
    units: Mapping[UUID, str]
    pairs: frozenset[Pair]

    def broken(self) -> list[Broken]:
        """Every rule that the plan as it stands breaks."""
        return rules.broken(self.problem, self._known(self.pairs))

    def with_pair(self, pair: Pair, *, goes: bool) -> list[Broken]:
        """The rules that would be broken with, or without, one more."""
        pairs = {*self.pairs, pair} if goes else self.pairs - {pair}
        return rules.broken(self.problem, self._known(frozenset(pairs)))

    def left_out(self, run: UUID, *, most: int) -> list[tuple[UUID, Why]]:
        """People whose gap a run would close and who do not go, those who need it most first, each with the reason."""
        course = next(row for row in self.problem.runs if row.id == run)
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
        people = {row.id for row in self.problem.people}
        return frozenset(pair for pair in pairs if pair[0] in people)


def material_of(plan: Plan, *, by: Actor, day: date) -> Material:
    """Everything that a plan is made from on ``day``: people with known gaps, needs, hours, counters. About 15 queries,
    however many people; services add two each.
    """
    rows = list(plan.runs.all())
    posts = list(people.placements_on(day).filter(is_main=True, person__status=Status.ACTIVE, person__erased_at=None))
    unit_of, staff = {row.person_id: row.unit_id for row in posts}, _counted([row.unit_id for row in posts])
    served = {service: staff_of(service, day=day) for service in {row.service_id for row in rows if row.service_id}}
    desks: dict[UUID, tuple[tuple[UUID, UUID], ...]] = {}
    for service, positions in served.items():
        for serving in positions:
            for who in serving.people:
                desks[who] = (*desks.get(who, ()), (service, serving.position.unit_id))
    wanted = {row.competency for row in rows}
    lacks = _lacks(set(unit_of), wanted, day)
    hours = jp_of_many(list(lacks), plan.year)
    candidates = [
        Candidate(
            id=who,
            unit=unit_of[who],
            gaps=gaps,
            counters=tuple(sorted(set(desks.get(who, ())), key=str)),
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
        desks=_counted([desk for held in desks.values() for desk in set(held)]),
        share=float(value(SHARE_AWAY, agency=plan.agency_id, on=day)),
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


def _course(row: Run, served: Mapping[UUID, Sequence[Serving]]) -> Course:
    meant = None
    if row.service_id:
        meant = frozenset(who for serving in served[row.service_id] for who in serving.people)
    return Course(
        row.pk, row.competency, row.level, row.least, row.most, row.jp, row.cost, row.source, row.first, row.last, meant
    )


def _counted(keys: list[Key]) -> dict[Key, int]:
    return dict(Counter(keys))
