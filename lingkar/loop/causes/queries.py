"""Why cases arose: of one case, of those one looks after, and counted for the loop. Sealed cases are never counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.foundation.tenancy.together import HowMany
from lingkar.listen.reports import access as reports
from lingkar.listen.reports.queries import published
from lingkar.loop.causes import rules
from lingkar.loop.causes.models import Cause
from lingkar.loop.causes.rules import Earlier, Kind, Suggestion

if TYPE_CHECKING:
    from lingkar.listen.reports.models import Report


TRAINABLE = tuple(kind for kind in Kind if kind in rules.TRAINABLE)
"""Causes that training can do something about, in the order in which they are told."""


def cause_of(report: UUID) -> Cause | None:
    """Why a case arose, or nothing when nobody has said so. Ask for the case first: this does not."""
    return Cause.objects.filter(report=report).select_related("service", "unit").first()


def suggestion_for(report: UUID, *, text: str, service: UUID | None, category: UUID) -> Suggestion | None:
    """What the words of a case, and earlier codings of its service (else of its subject), speak for."""
    like = Q(service=service) if service else Q(report__category=category)
    rows = Cause.objects.filter(like, report__is_sealed=False).exclude(report=report).order_by()
    counted = rows.values_list("kind", "competency").annotate(n=Count("pk"))
    return rules.suggest(text, [Earlier(Kind(kind), competency, n) for kind, competency, n in counted])


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A closed case without a cause, as the worklist shows it: no words, so that sealed ones may stand there too."""

    id: UUID
    number: int
    closed_at: datetime
    is_sealed: bool
    category: str = column("category__name")
    unit: str = column("unit__name")
    service: str | None = column("service__name")


def worklist(by: Actor) -> "QuerySet[Report, CaseLine]":
    """Closed cases whose cause ``by`` may say and nobody has said, the newest first."""
    mine = reports.visible(by).filter(_handled_by(by), closed_at__isnull=False)
    open_ones = ("received", "in_progress", "reopened")
    rows = mine.exclude(state__in=open_ones).exclude(pk__in=Cause.objects.values("report"))
    return plain(rows.order_by("-closed_at", "pk"), CaseLine)


def waiting(by: Actor, most: int) -> int:
    """How many of them there are, counted up to ``most``."""
    ((found,),) = _waiting(by.sight, most, account=by.person)
    return int(found)


@prepared
def _waiting(sight: Actor, most: int, *, account: UUID | None) -> "QuerySet[Agency, Any]":
    rows = worklist(sight.seen_by(account)).order_by()[:most].values("pk")
    return Agency.objects.order_by().values_list(HowMany(rows))[:1]


def _handled_by(by: Actor) -> Q:
    """Open to handling: cases of units where ``by`` is officer, sealed ones of inspectors."""
    found = Q(is_sealed=True)
    for path in by.paths(reports.Action.HANDLE):
        found |= Q(unit__path__startswith=path)
    return found


@dataclass(frozen=True)
class Counted:
    """How many cases a cause had."""

    kind: Kind
    competency: str
    n: int


def counts(
    *, first: date, last: date, service: UUID | None = None, unit: UUID | None = None, paths: Iterable[str] = ("",)
) -> list[Counted]:
    """Causes of cases that came in from ``first`` to ``last``, the most frequent first. Sealed cases are left out.

    ``unit`` is that unit alone, ``paths`` are tree paths with all below them.
    """
    rows = _counted().filter(happened_on__range=(first, last))
    rows = rows.filter(service=service) if service else rows
    rows = rows.filter(unit=unit) if unit else rows
    rows = rows.filter(_below(paths))
    found = rows.values_list("kind", "competency").annotate(n=Count("pk")).order_by("-n", "kind", "competency")
    return [Counted(Kind(kind), competency, n) for kind, competency, n in found]


def by_service(*, first: date, last: date) -> dict[UUID, dict[Kind, int]]:
    """How many cases each cause had, of cases that came in from ``first`` to ``last``, by service. One query.

    Small numbers too: whoever shows them hides those.
    """
    rows = _counted().filter(happened_on__range=(first, last), service__isnull=False)
    found: dict[UUID, dict[Kind, int]] = {}
    for service, kind, n in rows.values_list("service", "kind").annotate(n=Count("pk")):
        found.setdefault(service, {})[Kind(kind)] = n
    return found


@dataclass(frozen=True)
class MonthCount:
    """Cases of a service at one unit in one month, by cause. Months without a case have no row."""

    unit: UUID
    month: date
    kind: Kind
    competency: str
    n: int


def monthly(*, service: UUID) -> list[MonthCount]:
    """Every month of every unit of a service, by cause: to compute with, small cells too. Never shown as it is."""
    rows = _counted().filter(service=service).annotate(month=TruncMonth("happened_on"))
    found = rows.values_list("unit", "month", "kind", "competency").annotate(n=Count("pk"))
    return [MonthCount(u, month, Kind(kind), code, n) for u, month, kind, code, n in found.order_by("month", "unit")]


@dataclass(frozen=True)
class Evidence:
    """Causes by service, unit and competency: what a need is made of."""

    service: UUID
    unit: UUID
    competency: str
    happened_on: date
    n: int


def evidence(*, first: date, last: date, service: UUID | None = None) -> list[Evidence]:
    """Trainable causes by service, unit, competency and day. One query for the whole agency."""
    rows = _counted().filter(happened_on__range=(first, last), service__isnull=False).exclude(competency="")
    rows = rows.filter(service=service) if service else rows
    found = rows.values_list("service", "unit", "competency", "happened_on").annotate(n=Count("pk"))
    return [Evidence(*row) for row in found.order_by("happened_on")]


@dataclass(frozen=True, slots=True)
class LearningCase:
    """A published case as everybody may read it, with why it arose: no name, no place nearer than the village."""

    report_id: UUID
    kind: str
    competency: str
    service_id: UUID | None
    happened_on: date
    number: int = column("report__number")
    text: str = column("report__text_shown")
    service_name: str | None = column("service__name")
    place: str | None = column("report__place__name")


def cases_for_learning(
    *,
    service: UUID | None = None,
    unit: UUID | None = None,
    competency: str = "",
    kinds: Iterable[str] = (),
    report: UUID | None = None,
) -> "QuerySet[Cause, LearningCase]":
    """Published cases with a cause, the newest first: what training may begin from. Masked words only.

    Anonymous ones are left out: beside the service it could be guessed who wrote (docs/decisions/0122).
    """
    rows = Cause.objects.filter(report__in=published().values("pk"), report__is_anonymous=False)
    rows = rows.exclude(report__text_shown="")
    rows = rows.filter(report=report) if report else rows
    rows = rows.filter(service=service) if service else rows
    rows = rows.filter(unit=unit) if unit else rows
    rows = rows.filter(competency=competency) if competency else rows
    rows = rows.filter(kind__in=list(kinds)) if kinds else rows
    return plain(rows.order_by(F("happened_on").desc(), "pk"), LearningCase)


def _counted() -> QuerySet[Cause]:
    return Cause.objects.filter(report__is_sealed=False).order_by()


def _below(paths: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(unit__path__startswith=path)
    return found
