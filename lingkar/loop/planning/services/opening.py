"""From an approved run a cohort is opened, with the people who go: nothing is typed twice."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from lingkar.directory.people.models import PersonKind
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.grow.programmes import services as programmes
from lingkar.grow.programmes.services import CohortFacts, NewParticipant
from lingkar.loop.planning import access, queries, rules
from lingkar.loop.planning.access import Action
from lingkar.loop.planning.models import Plan, Run

if TYPE_CHECKING:
    from lingkar.grow.programmes.models import Cohort


@transaction.atomic
def open_cohort(*, plan: UUID, run: UUID, kind: str, code: str, by: Actor, at: datetime) -> "Cohort":
    """Open a cohort of a kind of programme from a run, with title, seats, days, service, units and people of the plan.
    Opened before, that one is told. ``Refused`` while the plan is a draft, or by ``programmes``.
    """
    access.demand(by, Action.MAKE)
    row = queries.run_in(Plan.objects.get(pk=plan), run)
    row = Run.objects.select_for_update(of=("self",)).select_related("plan", "cohort", "suggestion").get(pk=row.pk)
    if row.cohort:
        return row.cohort
    going = queries.goers(run, day=row.first)
    rules.check_opening(row.plan.state, going=len(going))
    facts = CohortFacts(
        title=row.title,
        seats=max(row.most, len(going)),  # whoever was decided by hand and lacks nothing any more goes, too
        first_day=row.first,
        last_day=row.last,
        service=row.meant_for,
        competencies=(row.competency,),
        units=tuple(sorted({who.unit for who in going if who.unit})),
    )
    made = programmes.open_cohort(type=kind, code=code, facts=facts, by=by, at=at)
    people = [NewParticipant(who.person, "cpns" if who.kind == PersonKind.CPNS else "agency") for who in going]
    programmes.add_participants(cohort=made.pk, people=people, by=by, at=at)
    row.cohort = made
    row.save(update_fields=["cohort"])
    record(by, "planning.cohort_opened", row, at=at, cohort=made.pk)
    return made
