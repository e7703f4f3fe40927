"""The schedule of a cohort."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.locks import hold_alone
from lingkar.grow.programmes import access, rules
from lingkar.grow.programmes.models import Attendance, Cohort, Duty, DutyKind, Session, Subject
from lingkar.grow.programmes.rules import State


@dataclass(frozen=True)
class NewSession:
    """A session to be held."""

    subject: UUID
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    trainer: UUID | None = None


def plan_session(*, cohort: UUID, session: NewSession, by: Actor, at: datetime) -> Session:
    """One session; see ``plan_sessions``."""
    return plan_sessions(cohort=cohort, sessions=[session], by=by, at=at)[0]


@transaction.atomic
def plan_sessions(*, cohort: UUID, sessions: Sequence[NewSession], by: Actor, at: datetime) -> list[Session]:
    """Sessions within the days of a cohort. Their trainers get the duty, too.

    ``Refused("programmes.trainer_busy")`` when a trainer teaches elsewhere at that time, ``room_busy`` likewise. One
    plans at a time: another cohort, planned at the same moment, would not be seen.
    """
    hold_alone("programmes.schedule", by.agency)
    item = access.fetch_cohort(by, cohort, lock=True)
    rules.check_taking_part(State(item.state))
    subjects = set(Subject.objects.filter(cohort=item).values_list("pk", flat=True))
    made = []
    for new in sessions:
        if new.subject not in subjects:
            raise Unseen
        _check(item, new)
        row = Session(
            agency_id=by.agency, cohort=item, subject_id=new.subject, starts_at=new.starts_at, ends_at=new.ends_at,
            room=new.room.strip(), trainer_id=new.trainer,
        )  # fmt: skip
        row.save(force_insert=True)
        made.append(row)
    _give_duties(item, {row.trainer_id for row in made if row.trainer_id})
    record(by, "programmes.sessions_planned", item, at=at, count=len(made))
    return made


@transaction.atomic
def drop_session(*, session: UUID, by: Actor, at: datetime) -> None:
    """A session is not held. One at which somebody was stays: ``Refused("programmes.session_held")``."""
    row = Session.objects.filter(pk=session).first()
    if row is None:
        raise Unseen
    item = access.fetch_cohort(by, row.cohort_id, lock=True)
    if Attendance.objects.filter(session=row).exists():
        raise Refused("programmes.session_held")
    row.delete()
    record(by, "programmes.session_dropped", item, at=at, session=session)


def _check(item: Cohort, new: NewSession) -> None:
    days = timezone.localdate(new.starts_at), timezone.localdate(new.ends_at)
    rules.check_session(new.starts_at, new.ends_at, first=item.first_day, last=item.last_day, days=days)
    same_time = Session.objects.filter(starts_at__lt=new.ends_at, ends_at__gt=new.starts_at)
    taken = Q(pk__in=[])
    if new.trainer:
        taken |= Q(trainer=new.trainer)
    if new.room.strip():
        taken |= Q(room__iexact=new.room.strip())
    clash = same_time.filter(taken).select_related("cohort").first()
    if clash is not None:
        is_trainer = new.trainer is not None and clash.trainer_id == new.trainer
        code = "programmes.trainer_busy" if is_trainer else "programmes.room_busy"
        raise Refused(code, cohort=clash.cohort.title, start=clash.starts_at)


def _give_duties(item: Cohort, trainers: set[UUID]) -> None:
    rows = Duty.objects.filter(cohort=item, kind=DutyKind.TRAINER, participant__isnull=True)
    there = set(rows.values_list("person", flat=True))
    Duty.objects.bulk_create(
        Duty(agency_id=item.agency_id, cohort=item, person_id=person, kind=DutyKind.TRAINER)
        for person in trainers - there
    )
