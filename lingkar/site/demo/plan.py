"""Two plans of the city: the one of this year, approved two weeks ago, and a draft with a proposal for the next."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.grow.competence.queries import names
from lingkar.loop.planning import queries, services
from lingkar.loop.planning.queries import State, Suggested

if TYPE_CHECKING:
    from lingkar.loop.planning.models import Plan

BUDGETS = {"apbd": 180_000_000, "blud": 60_000_000}
COST, SEATS, FEWEST = 650_000, 30, 6
"""Rupiah for a seat of a training of some days in the own hall, and how many sit there."""
THIS_YEAR, NEXT_YEAR, LEFT = 2, 3, 1
"""Trainings that were taken this year, and are taken next year; and what was left."""


def load_plans(*, by: Actor, at: datetime) -> None:
    """Take what needs speak for, ask for a proposal, approve the older plan. Nothing where nobody needs anything."""
    today, before = timezone.localdate(at), at - timedelta(days=14)
    now = services.make_plan(year=today.year, budgets=BUDGETS, by=by, at=before)
    offered = _offered(by, now)
    if not offered:
        return
    soon = min(today + timedelta(days=10), date(today.year, 12, 14))
    for number, row in enumerate(offered[:THIS_YEAR]):
        _take(now, row, first=soon + timedelta(days=7 * number), by=by, at=before)
    if services.propose(plan=now.pk, by=by, at=at).pairs:
        services.approve(plan=now.pk, by=by, at=before)
    later = services.make_plan(year=today.year + 1, budgets=BUDGETS, by=by, at=at)
    offered = _offered(by, later)
    for number, row in enumerate(offered[:NEXT_YEAR]):
        _take(later, row, first=date(today.year + 1, 2, 1 + 7 * number), by=by, at=at)
    for row in offered[NEXT_YEAR : NEXT_YEAR + LEFT]:
        services.leave_suggestion(plan=later.pk, service=row.service, competency=row.competency, by=by, at=at)
    services.propose(plan=later.pk, by=by, at=at)


def _offered(by: Actor, plan: "Plan") -> list[Suggested]:
    """The largest need of each competency: a class serves several services."""
    largest: dict[str, Suggested] = {}
    for row in queries.suggestions(by, plan, state=State.OPEN):
        largest.setdefault(row.competency, row)
    return list(largest.values())


def _take(plan: "Plan", row: Suggested, *, first: date, by: Actor, at: datetime) -> None:
    outline = queries.outline_of(plan, row, day=timezone.localdate(at))
    first += timedelta(days=-first.weekday() % 7)
    services.take_suggestion(
        plan=plan.pk,
        service=row.service,
        competency=row.competency,
        title=f"{names()[row.competency]}, terutama petugas {row.service_name}"[:160],
        level=outline.level,
        least=FEWEST,
        most=SEATS,
        jp=Decimal(outline.jp),
        cost=COST * SEATS,
        source=outline.source,
        everybody=outline.everybody,
        first=first,
        last=first + (outline.last - outline.first),
        by=by,
        at=at,
    )
