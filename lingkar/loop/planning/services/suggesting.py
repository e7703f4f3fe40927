"""Needs become trainings of a plan: each is taken or left, once."""

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.loop.needs import queries as needs
from lingkar.loop.planning.models import Plan, Run, Suggestion
from lingkar.loop.planning.services.making import add_run, draft


@transaction.atomic
def take_suggestion(
    *,
    plan: UUID,
    service: UUID,
    competency: str,
    title: str,
    level: int,
    least: int,
    most: int,
    jp: Decimal,
    cost: int,
    source: str,
    first: date,
    last: date,
    everybody: bool = False,
    by: Actor,
    at: datetime,
) -> Run:
    """What a need speaks for becomes a training of the plan, with its reason; for those who serve alone, or for
    ``everybody`` who lacks it (who serves where the need is larger still comes first). Taken before (a double tap,
    another tab), the one that is there is told. ``Unseen`` where no need speaks for it.
    """
    row = draft(plan, by)  # whoever takes holds the plan
    known = Suggestion.objects.filter(plan=row, service=service, competency=competency).first()
    if known and known.run:
        return known.run
    run = add_run(
        plan=plan, title=title, competency=competency, level=level, least=least, most=most, jp=jp, cost=cost,
        source=source, first=first, last=last, service=None if everybody else service, by=by, at=at,
    )  # fmt: skip
    _decide(row, service, competency, run=run, by=by, at=at)
    return run


@transaction.atomic
def leave_suggestion(*, plan: UUID, service: UUID, competency: str, by: Actor, at: datetime) -> None:
    """Somebody looked and leaves it this year. One that was taken stays taken."""
    row = draft(plan, by)
    if not Suggestion.objects.filter(plan=row, service=service, competency=competency).exists():
        _decide(row, service, competency, run=None, by=by, at=at)


@transaction.atomic
def reconsider(*, plan: UUID, service: UUID, competency: str, by: Actor, at: datetime) -> None:
    """What was left is open again."""
    row = draft(plan, by)
    Suggestion.objects.filter(plan=row, service=service, competency=competency, run=None).delete()
    record(by, "planning.suggestion_open", row, at=at, service=service, competency=competency)


def _decide(plan: Plan, service: UUID, competency: str, *, run: Run | None, by: Actor, at: datetime) -> None:
    """Keep what was decided with the numbers of the need on that day."""
    need = needs.top_need(by, plan.agency_id, competency=competency, service=service)
    if need is None:
        raise Unseen
    told = {"run": run, "size": need.size or 0.0, "reason": asdict(need.reason), "decided_at": at}
    Suggestion.objects.update_or_create(
        plan=plan, service_id=service, competency=competency, defaults={"agency_id": plan.agency_id, **told}
    )
    what = "planning.suggestion_taken" if run else "planning.suggestion_left"
    record(by, what, plan, at=at, service=service, competency=competency)
