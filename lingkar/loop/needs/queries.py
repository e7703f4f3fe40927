"""What people need to learn, from the newest computation that a viewer may see."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Subquery

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.listed import Listed, listed
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.loop.causes import queries as causes
from lingkar.loop.needs import access
from lingkar.loop.needs.models import Computation, Need
from lingkar.loop.needs.telling import Reason as Reason  # told of in the face

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lingkar.loop.causes.models import Cause


def reason_from(kept: Mapping[str, Any]) -> Reason:
    """A reason that was kept as data (``dataclasses.asdict``)."""
    return Reason(**kept)


@dataclass(frozen=True, slots=True)
class Line:
    """One need with every part it was made of; see ``models.Need`` for units and ranges."""

    id: UUID
    rank: int
    competency: str
    cases: int | None
    transactions: int | None
    rate: float | None
    rate_low: float | None
    rate_high: float | None
    rate_shrunk: float | None
    rate_of_all: float | None
    unsur: str
    answers: int | None
    score: float | None
    score_low: float | None
    score_high: float | None
    score_shrunk: float | None
    people: int
    measured: int
    is_pooled: bool
    lack: float | None
    evidence: float | None
    capability: float | None
    size: float | None
    service_id: UUID
    unit_id: UUID
    service: str = column("service__name")
    service_code: str = column("service__code")
    unit: str = column("unit__name")

    @property
    def reason(self) -> Reason:
        """What the need stands on, to be told (``words``) or kept."""
        return Reason(**{one.name: getattr(self, one.name) for one in fields(Reason)})


@dataclass(frozen=True, slots=True)
class Run:
    """A computation, as pages tell of it."""

    id: UUID
    at: datetime
    first: date
    last: date
    half_life: int
    smallest: int
    hidden: int


def newest(agency: UUID) -> Run | None:
    """The newest computation of an agency, or none was made yet."""
    return next(iter(_newest(agency=agency)), None)


@prepared
def _newest(*, agency: UUID) -> "QuerySet[Computation, Run]":
    return plain(Computation.objects.filter(agency=agency).order_by("-at"), Run)[:1]


def needs(by: Actor, run: UUID, *, service: str = "", competency: str = "", path: str = "") -> "QuerySet[Need, Line]":
    """Needs of one computation that ``by`` may see, the largest first; of one ``service`` by its code."""
    rows = access.visible(by).filter(computation=run)
    rows = rows.filter(service__code=service) if service else rows
    rows = rows.filter(competency=competency) if competency else rows
    rows = rows.filter(unit__path__startswith=path) if path else rows
    return plain(rows.order_by("rank"), Line)


def pages(by: Actor, run: UUID, *, service: str = "", competency: str = "") -> Listed[Line]:
    """The same, to be read page by page."""
    return _pages(by.sight, service, competency, account=by.person, run=run)


@listed
def _pages(sight: Actor, service: str, competency: str, *, account: UUID | None, run: UUID) -> "QuerySet[Need, Line]":
    return needs(sight.seen_by(account), run, service=service, competency=competency)


def largest(by: Actor, run: UUID) -> list[Line]:
    """Of each service and competency the unit that needs it most, the largest need first. One query.

    Needs of nobody who lacks anything, and those whose lack cannot be told, are left out.
    """
    return sorted(_largest(by.sight, account=by.person, run=run), key=lambda row: row.rank)


@prepared
def _largest(sight: Actor, *, account: UUID | None, run: UUID) -> "QuerySet[Need, Line]":
    rows = access.visible(sight.seen_by(account)).filter(computation=run, size__gt=0)
    rows = rows.order_by("service_id", "competency", "rank")
    return plain(rows.distinct("service_id", "competency"), Line)


def top_need(by: Actor, agency: UUID, *, competency: str, service: UUID | None = None, code: str = "") -> Line | None:
    """The largest need of a service (by its id or code) in a competency, by the newest computation. One query."""
    newest_run = Computation.objects.filter(agency=agency).order_by("-at").values("pk")[:1]
    rows = access.visible(by).filter(computation=Subquery(newest_run), competency=competency, size__gt=0)
    rows = rows.filter(service=service) if service else rows.filter(service__code=code)
    return plain(rows.order_by("rank"), Line).first()


def need_of(by: Actor, need: UUID) -> Line:
    """One need; ``Unseen`` (404) for who may not see it."""
    found = plain(access.visible(by).filter(pk=need), Line).first()
    if found is None:
        raise Unseen
    return found


def cases_behind(need: Line) -> "QuerySet[Cause, causes.LearningCase]":
    """Published, masked cases of the need, the newest first. Fewer than were counted: not every case is published."""
    return causes.cases_for_learning(service=need.service_id, unit=need.unit_id, competency=need.competency)
