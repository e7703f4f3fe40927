"""Where people go by approved plans: as they, their line manager and whoever opens cohorts read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.loop.planning.access import Action
from lingkar.loop.planning.models import Assignment, PlanState

if TYPE_CHECKING:
    from django.db.models import QuerySet


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
    rows = Assignment.objects.filter(person=person, goes=True, run__plan__state=PlanState.APPROVED)
    return plain(rows.order_by("run__first"), Assigned)


@dataclass(frozen=True, slots=True)
class TeamPlace:
    """Somebody of a team and the run that they go to."""

    name: str = column("person__name")
    title: str = column("run__title")
    first: date = column("run__first")  # noqa: RUF009
    last: date = column("run__last")  # noqa: RUF009


def of_team(by: Actor, *, day: date) -> "QuerySet[Assignment, TeamPlace]":
    """Who of the units of a line manager goes where from ``day`` on, by approved plans, the next one first."""
    paths = by.paths(Action.TEAM)
    rows = Assignment.objects.filter(goes=True, run__plan__state=PlanState.APPROVED, run__last__gte=day)
    rows = rows.filter(person__in=people.serving(paths).values("pk")) if paths else rows.none()
    return plain(rows.order_by("run__first", "run__title", "person__name"), TeamPlace)


@dataclass(frozen=True)
class Goer:
    """Somebody to take into a cohort: their kind of employment and unit on the day."""

    person: UUID
    kind: str
    unit: UUID | None


def goers(run: UUID, *, day: date) -> list[Goer]:
    """Who goes to a run and still serves, with where they work on ``day``. Two queries."""
    persons = Assignment.objects.filter(run=run, goes=True).values("person")
    serving = people.serving().filter(pk__in=persons).order_by("name", "pk").values_list("pk", "kind")
    found = list(serving)
    units = _units([pk for pk, _kind in found], day)
    return [Goer(pk, kind, units.get(pk)) for pk, kind in found]


def _units(persons: Collection[UUID], day: date) -> dict[UUID, UUID]:
    rows = people.placements_on(day).filter(person__in=persons, is_main=True)
    return dict(rows.values_list("person", "unit"))
