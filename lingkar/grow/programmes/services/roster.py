"""Who takes part, who leaves, and who has a duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import access, rules
from lingkar.grow.programmes.events import DutiesChanged, ParticipantsJoined
from lingkar.grow.programmes.models import Cohort, CohortState, Duty, DutyKind, Participant, Standing
from lingkar.grow.programmes.rules import State
from lingkar.grow.programmes.services import learning


@dataclass(frozen=True)
class NewParticipant:
    """Somebody to take into a cohort. ``institution``: from where, for people of other institutions."""

    person: UUID
    origin: str = "agency"
    institution: str = ""


@dataclass(frozen=True)
class NewDuty:
    """Somebody's duty for a cohort, or for one participant of it."""

    person: UUID
    kind: str
    participant: UUID | None = None


@transaction.atomic
def add_participants(*, cohort: UUID, people: Sequence[NewParticipant], by: Actor, at: datetime) -> int:
    """Take people into a cohort: all of them or nobody. Who withdrew comes back; who is there stays. Once it is open
    they learn from the courses of its subjects.

    ``Refused("programmes.seats_full")`` when there are more people than seats. Returns how many are new.
    """
    item = access.fetch_cohort(by, cohort, lock=True)  # whoever adds holds the cohort: the last seat is given once
    rules.check_taking_part(State(item.state))
    there = dict(Participant.objects.filter(cohort=item).values_list("person", "standing"))
    taken = sum(standing != Standing.WITHDRAWN for standing in there.values())
    new = {row.person: row for row in people if there.get(row.person, Standing.WITHDRAWN) == Standing.WITHDRAWN}
    rules.check_seats(item.seats, taken=taken, more=len(new))
    _write(item, list(new.values()), known=set(there), at=at)
    learning.enrol(item, list(new), by=by, at=at)
    if new:
        record(by, "programmes.joined", item, at=at, count=len(new))
        publish(ParticipantsJoined(agency=by.agency, cohort=item.pk, count=len(new), at=at))
    return len(new)


def _write(item: Cohort, rows: Sequence[NewParticipant], *, known: set[UUID], at: datetime) -> None:
    units = _units_of([row.person for row in rows], at)
    back = [row.person for row in rows if row.person in known]
    Participant.objects.filter(cohort=item, person__in=back).update(
        standing=Standing.ENROLLED, ended_at=None, reason="", joined_at=at
    )
    Participant.objects.bulk_create(
        Participant(
            agency_id=item.agency_id,
            cohort=item,
            person_id=row.person,
            unit_id=units.get(row.person),
            origin=row.origin,
            institution=row.institution,
            joined_at=at,
        )
        for row in rows
        if row.person not in known
    )


def _units_of(persons: Sequence[UUID], at: datetime) -> dict[UUID, UUID]:
    """Where people work on the day, by their main placement."""
    rows = people.placements_on(timezone.localdate(at)).filter(person__in=persons, is_main=True)
    return dict(rows.values_list("person", "unit"))


@transaction.atomic
def withdraw(*, participant: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Somebody leaves a cohort and its courses. Attendance, marks and lessons done stay, and so does the row: only the
    seat is free again.

    ``Refused("programmes.withdrawal_reason")`` without a reason.
    """
    found = access.fetch_participant(by, participant, access.Action.MANAGE)
    cohort = access.fetch_cohort(by, found.cohort_id, lock=True)
    rules.check_taking_part(State(cohort.state))
    item = Participant.objects.get(pk=participant)
    if item.standing == Standing.WITHDRAWN:
        return
    if not reason.strip():
        raise Refused("programmes.withdrawal_reason")
    item.standing, item.ended_at, item.reason = Standing.WITHDRAWN, at, reason.strip()[:300]
    item.save(update_fields=["standing", "ended_at", "reason"])
    learning.end(cohort, item.person_id, by=by, at=at)
    record(by, "programmes.withdrawn", item, at=at, cohort=cohort.pk)


@transaction.atomic
def add_duties(*, cohort: UUID, duties: Sequence[NewDuty], by: Actor, at: datetime) -> int:
    """Trainers, mentors, coaches and examiners. Said twice is said once; nobody guides themselves.

    Returns how many are new.
    """
    item = access.fetch_cohort(by, cohort, lock=True)
    if item.state == CohortState.CLOSED:
        raise Refused("programmes.closed")
    if any(row.kind not in DutyKind.values for row in duties):
        raise Refused("programmes.duty_unknown")
    there = set(Duty.objects.filter(cohort=item).values_list("person", "kind", "participant"))
    persons = dict(Participant.objects.filter(cohort=item).values_list("pk", "person"))
    new = [row for row in dict.fromkeys(duties) if (row.person, row.kind, row.participant) not in there]
    for row in new:
        if row.participant and row.participant not in persons:
            raise Unseen
        if persons.get(row.participant) == row.person:  # type: ignore[arg-type]
            raise Refused("programmes.guides_oneself")
    Duty.objects.bulk_create(
        Duty(agency_id=by.agency, cohort=item, person_id=row.person, kind=row.kind, participant_id=row.participant)
        for row in new
    )
    if new:
        record(by, "programmes.duties_added", item, at=at, count=len(new))
        publish(DutiesChanged(agency=by.agency, cohort=item.pk, at=at))
    return len(new)


@transaction.atomic
def remove_duty(*, duty: UUID, by: Actor, at: datetime) -> None:
    """A duty ends. What was marked and said under it stays."""
    row = Duty.objects.filter(pk=duty).first()
    if row is None:
        raise Unseen
    item = access.fetch_cohort(by, row.cohort_id, lock=True)
    row.delete()
    record(by, "programmes.duty_removed", item, at=at, kind=row.kind, person=row.person_id)
    publish(DutiesChanged(agency=by.agency, cohort=item.pk, at=at))
