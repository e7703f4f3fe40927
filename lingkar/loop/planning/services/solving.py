"""Look for the best plan, in the background; what is found is kept with its bound, what cannot be says why."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.loop.planning import access, queries, rules
from lingkar.loop.planning.access import Action
from lingkar.loop.planning.models import Assignment, Plan, Run, Stage
from lingkar.loop.planning.optimiser import Solution, solve
from lingkar.loop.planning.queries import Material
from lingkar.loop.planning.services.making import draft
from lingkar.loop.planning.services.places import place

LEFT_OUT = 20
"""Of so many who stay a run keeps the reason."""
SECONDS = 10.0
"""The longest that a proposal is looked for; what is found by then is shown with its bound."""


@transaction.atomic
def ask(*, plan: UUID, by: Actor, at: datetime) -> None:
    """Have a proposal looked for in the background. Asked again while one is looked for, that one goes on."""
    access.demand(by, Action.MAKE)
    row = access.visible(by).select_for_update().filter(pk=plan).first()
    if row is None:
        raise Refused("planning.unknown")
    if row.asked_at is not None:
        return
    rules.check_draft(row.state, is_searched=False)
    if not row.runs.exists():
        raise Refused("planning.no_runs")
    row.asked_at, row.stage, row.collide, row.ran_out = at, Stage.WAITING, [], False
    row.save(update_fields=["asked_at", "stage", "collide", "ran_out"])
    record(by, "planning.asked", row, at=at)
    told = {"agency": str(by.agency), "plan": str(row.pk), "asked": at.isoformat()}
    app.configure_task("planning.work_out", lock=f"plan:{row.pk}").defer(**told)


@transaction.atomic
def stop(*, plan: UUID, by: Actor, at: datetime) -> None:
    """Look no longer: what stood before stays. What the job still finds is thrown away."""
    access.demand(by, Action.MAKE)
    row = access.visible(by).select_for_update().filter(pk=plan).first()
    if row is None or row.asked_at is None:
        return
    row.asked_at = None
    row.save(update_fields=["asked_at"])
    record(by, "planning.stopped", row, at=at)


def work_out(*, plan: UUID, asked: datetime, by: Actor, at: datetime) -> None:
    """The job: gather, search, keep. Nothing is locked while it searches; done twice or stopped, it changes nothing."""
    access.demand(by, Action.MAKE)
    row = Plan.objects.filter(pk=plan, asked_at=asked).first()
    if row is None:
        return
    _tell(row, Stage.GATHERING)
    material = queries.material_of(row, by=by, day=timezone.localdate(at))
    _tell(row, Stage.SEARCHING)
    found = solve(material.problem, seconds=SECONDS)
    with transaction.atomic():
        now = Plan.objects.select_for_update().filter(pk=plan, asked_at=asked).first()
        if now is None:
            return
        now.asked_at, now.ran_out = None, found.ran_out
        if found.collide or found.ran_out:
            now.collide = [str(rule) for rule in found.collide]
            now.save(update_fields=["asked_at", "collide", "ran_out"])
        else:
            _keep(now, material, found, by=by, at=at)


def _tell(plan: Plan, stage: Stage) -> None:
    Plan.objects.filter(pk=plan.pk).update(stage=stage)


@transaction.atomic
def propose(*, plan: UUID, by: Actor, at: datetime) -> Solution:
    """Find the best plan and write who goes, at once; what was decided by hand is kept.
    ``Refused("planning.collide")`` with the rules where it cannot be kept, ``planning.ran_out`` where nothing was found
    in time: what stood before stays.
    """
    row = draft(plan, by)
    material = queries.material_of(row, by=by, day=timezone.localdate(at))
    found = solve(material.problem, seconds=SECONDS)
    if found.collide:
        raise Refused("planning.collide", rules=found.collide)
    if found.ran_out:
        raise Refused("planning.ran_out")
    _keep(row, material, found, by=by, at=at)
    return found


def _keep(plan: Plan, material: Material, found: Solution, *, by: Actor, at: datetime) -> None:
    """Write who goes, who stays and why, and why a run is not held."""
    Assignment.objects.filter(run__plan=plan, by_hand=False).delete()
    kept = {pair for pair, goes in material.problem.fixed.items() if goes}
    Assignment.objects.bulk_create(place(plan, material, pair) for pair in sorted(found.pairs - kept))
    _say_why_not(plan, replace(material, pairs=found.pairs))
    plan.value, plan.bound, plan.targets_kept, plan.solved_at = found.value, found.bound, found.targets_kept, at
    plan.collide, plan.ran_out = [], False
    plan.save(update_fields=["value", "bound", "targets_kept", "solved_at", "asked_at", "collide", "ran_out"])
    record(by, "planning.proposed", plan, at=at, people=len(found.pairs))


def _say_why_not(plan: Plan, material: Material) -> None:
    """Keep with each run who needs it most and stays, and why; with a run that is not held, what keeps it."""
    decided, held = material.problem.fixed, {run for _who, run in material.pairs}
    runs = {run.pk: run for run in plan.runs.all()}
    for course in material.problem.runs:
        runs[course.id].why_not = "" if course.id in held else rules.why_not_held(material.problem, course)
    Run.objects.bulk_update(runs.values(), ["why_not"])
    Assignment.objects.bulk_create(
        place(plan, material, (person, run.id), goes=False, why=why)
        for run in material.problem.runs
        for person, why in material.left_out(run.id, most=LEFT_OUT)
        if (person, run.id) not in decided
    )
