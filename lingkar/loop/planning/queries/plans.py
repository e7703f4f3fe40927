"""The plan of a year: its runs, who goes and why, what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.loop.planning import access
from lingkar.loop.planning.models import Assignment, Budget, Plan, PlanState, Run

if TYPE_CHECKING:
    from django.db.models import QuerySet

PLACES = Count("assignments", filter=Q(assignments__goes=True))
MEANT_FOR = Coalesce("service_id", "suggestion__service_id")


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
    found: Plan | None = next(iter(_plan(by.sight, year, account=by.person)), None)
    if found is None:
        raise Unseen
    return found


@prepared
def _plan(sight: Actor, year: int, *, account: UUID | None) -> "QuerySet[Plan]":
    return access.visible(sight.seen_by(account)).filter(year=year)


def next_draft(by: Actor, *, year: int) -> Plan | None:
    """The plan that trainings are written into now: the earliest draft from ``year`` on; None where there is none."""
    return access.visible(by).filter(year__gte=year, state=PlanState.DRAFT).order_by("year").first()


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
    return [RunLine(row, row.places) for row in _runs(plan=plan.pk)]


@prepared
def _runs(*, plan: UUID) -> "QuerySet[Run]":
    going = Assignment.objects.filter(run=OuterRef("pk"), goes=True).order_by().values("run").values(many=Count("pk"))
    rows = Run.objects.filter(plan=plan).select_related("service").annotate(places=Coalesce(Subquery(going), 0))
    return rows.order_by("first", "title", "pk")


@dataclass(frozen=True, slots=True)
class ForService:
    """A training of some year's plan that is meant for a service, for those who serve it alone or for others as well:
    how many go, whether the plan holds already, and the code of the cohort that was opened from it.
    """

    run: UUID = column("pk")  # noqa: RUF009
    service: UUID = column("meant")  # noqa: RUF009
    year: int = column("plan__year")
    state: str = column("plan__state")
    title: str = column("title")
    competency: str = column("competency")
    first: date = column("first")  # noqa: RUF009
    last: date = column("last")  # noqa: RUF009
    places: int = column("places")
    cohort: str | None = column("cohort__code")


def for_services(*, years: Sequence[int]) -> list[ForService]:
    """What the plans of these years have for each service, by day: for modules above. One query."""
    rows = Run.objects.filter(plan__year__in=years).annotate(places=PLACES, meant=MEANT_FOR)
    rows = rows.filter(meant__isnull=False)
    return list(plain(rows.order_by("first", "title", "pk"), ForService))


def run_in(plan: Plan, run: UUID) -> Run:
    """One run of a plan; ``Unseen`` for another."""
    found = plan.runs.select_related("service", "cohort", "suggestion").filter(pk=run).first()
    if found is None:
        raise Unseen
    return found


def budgets_of(plan: Plan) -> dict[str, int]:
    """What each source pays."""
    return dict(_budgets(plan=plan.pk))


@prepared
def _budgets(*, plan: UUID) -> "QuerySet[Budget, Any]":
    return Budget.objects.filter(plan=plan).values_list("source", "amount")


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
