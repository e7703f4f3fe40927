"""Make the plan of a year: money, runs, changes by hand, approval."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.grow.competence.queries import names
from lingkar.loop.planning import access, queries, rules
from lingkar.loop.planning.access import Action
from lingkar.loop.planning.events import PlanApproved
from lingkar.loop.planning.models import Assignment, Budget, Plan, PlanState, Run, Source
from lingkar.loop.planning.services.places import place


@transaction.atomic
def make_plan(*, year: int, budgets: Mapping[str, int], by: Actor, at: datetime) -> Plan:
    """Begin the plan of a year, with what each source pays in rupiah. ``Refused`` for a year that has one."""
    access.demand(by, Action.MAKE)
    if Plan.objects.filter(year=year).exists():
        raise Refused("planning.year_taken", year=year)
    plan = Plan.objects.create(agency_id=by.agency, year=year)
    _pay(plan, budgets)
    record(by, "planning.made", plan, at=at, year=year)
    return plan


@transaction.atomic
def set_budgets(*, plan: UUID, budgets: Mapping[str, int], by: Actor, at: datetime) -> None:
    """Say anew what each source pays."""
    row = draft(plan, by)
    _pay(row, budgets)
    record(by, "planning.paid", row, at=at, **{str(source): amount for source, amount in budgets.items()})


def _pay(plan: Plan, budgets: Mapping[str, int]) -> None:
    plan.budgets.all().delete()
    Budget.objects.bulk_create(
        Budget(agency_id=plan.agency_id, plan=plan, source=source, amount=amount)
        for source, amount in budgets.items()
        if amount
    )


@transaction.atomic
def add_run(
    *,
    plan: UUID,
    title: str,
    competency: str,
    level: int,
    least: int,
    most: int,
    jp: Decimal,
    cost: int,
    source: str,
    first: date,
    last: date,
    service: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Run:
    """Add a training that may be held. ``service``: only for those who serve it."""
    row = draft(plan, by)
    rules.check_run(level=level, least=least, most=most, hours=jp, cost=cost, first=first, last=last)
    rules.check_year(first, year=row.year)
    if competency not in names() or source not in Source.values:
        raise Refused("planning.unknown")
    facts = {"title": title.strip(), "competency": competency, "level": level, "least": least, "most": most, "jp": jp}
    facts |= {"cost": cost, "source": source, "first": first, "last": last, "service_id": service}
    made = Run.objects.create(agency_id=by.agency, plan=row, **facts)
    record(by, "planning.run_added", made, at=at, plan=plan, competency=competency, level=level)
    return made


@transaction.atomic
def drop_run(*, plan: UUID, run: UUID, by: Actor, at: datetime) -> None:
    """Take a training out of the plan, with everybody in it."""
    row = draft(plan, by)
    found = queries.run_in(row, run)
    record(by, "planning.run_dropped", found, at=at, plan=plan)
    found.delete()


@transaction.atomic
def decide(*, plan: UUID, run: UUID, person: UUID, goes: bool, by: Actor, at: datetime) -> None:
    """Decide by hand that somebody goes, or stays. ``Refused("planning.breaks")`` names the rules it would break.

    Who was to go and lacks nothing any more, or serves no longer, is taken out: nothing is left to be decided of them.
    """
    row = draft(plan, by)
    queries.run_in(row, run)
    material = queries.material_of(row, by=by, day=timezone.localdate(at))
    if person not in material.names:
        gone, _rows = (0, {}) if goes else Assignment.objects.filter(run=run, person=person).delete()
        if not gone:
            raise Refused("planning.unknown")
        record(by, "planning.decided", row, at=at, run=run, goes=goes)
        return
    before = set(material.broken())
    found = [fault for fault in material.with_pair((person, run), goes=goes) if fault not in before]
    if found:
        raise Refused("planning.breaks", rules=tuple(dict.fromkeys(fault.rule for fault in found)))
    Assignment.objects.filter(run=run, person=person).delete()
    why = "" if goes else rules.Why.BY_HAND
    place(row, material, (person, run), goes=goes, by_hand=True, why=why).save()
    record(by, "planning.decided", row, at=at, run=run, goes=goes)


@transaction.atomic
def approve(*, plan: UUID, by: Actor, at: datetime) -> None:
    """The plan holds. ``Refused`` while it is empty or breaks a rule."""
    row = draft(plan, by, to=Action.APPROVE)
    material = queries.material_of(row, by=by, day=timezone.localdate(at))
    if not material.pairs:
        raise Refused("planning.empty")
    if found := material.broken():
        raise Refused("planning.breaks", rules=tuple(dict.fromkeys(fault.rule for fault in found)))
    row.state, row.approved_at, row.approved_by = PlanState.APPROVED, at, by.person
    row.save(update_fields=["state", "approved_at", "approved_by"])
    record(by, "planning.approved", row, at=at, year=row.year)
    publish(PlanApproved(agency=by.agency, plan=row.pk, year=row.year, at=at))


def draft(plan: UUID, by: Actor, *, to: Action = Action.MAKE) -> Plan:
    """A plan that may change now, locked."""
    access.demand(by, to)
    row = access.visible(by).select_for_update().filter(pk=plan).first()
    if row is None:
        raise Refused("planning.unknown")
    rules.check_draft(row.state, is_searched=row.asked_at is not None)
    return row
