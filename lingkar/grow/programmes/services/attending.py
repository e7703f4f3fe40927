"""Note who was at a session: by the QR on the wall, by the code under it, or by the trainer's list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingkar.foundation.access import NOBODY, Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import access, keys, rules
from lingkar.grow.programmes.models import Attendance, CohortState, How, Participant, Session, Standing


@dataclass(frozen=True)
class Arrival:
    """That somebody was at a session, and since when it is noted. ``is_new``: by this very act."""

    session: Session
    at: datetime
    is_new: bool


@transaction.atomic
def attend(
    *, token: str = "", ticket: str = "", code: str = "", session: UUID | None = None, by: Actor, at: datetime
) -> Arrival:
    """Somebody shows that they are there: with what the QR says, or with the code of a session. ``ticket`` says that
    they opened the QR while it was fresh (``ticket_of``), however long the signal kept them waiting since.

    Shown twice, or from two devices at once, it counts once. ``at`` is the server's time; what a phone's clock says is
    never asked. ``Refused``: forged or old QR, wrong code, too early, too late, not of this cohort.
    """
    shown = _shown(token, ticket, code, session, by, at)
    item = shown.session
    participant = Participant.objects.filter(cohort=item.cohort_id, person__account=by.person or NOBODY).first()
    if participant is None or participant.standing == Standing.WITHDRAWN:
        raise Refused("programmes.not_of_this_cohort", cohort=item.cohort.title)
    there = Attendance.objects.filter(session=item, participant=participant).first()
    if there is not None:
        return Arrival(item, there.at, is_new=False)
    if not shown.is_fresh:
        raise Refused("programmes.qr_old")
    rules.check_arrival(now=at, start=item.starts_at, end=item.ends_at)
    if item.cohort.state == CohortState.CLOSED:
        raise Refused("programmes.closed")
    _insert(item, [participant.pk], how=shown.how, by=by, at=at)
    row = Attendance.objects.get(session=item, participant=participant)
    is_new = row.at == at and row.how == shown.how
    if is_new:
        record(by, "programmes.attended", item, at=at, how=shown.how, participant=participant.pk)
    return Arrival(item, row.at, is_new=is_new)


@dataclass(frozen=True)
class _Shown:
    how: How
    session: Session
    is_fresh: bool = True


def ticket_of(*, token: str, by: Actor, at: datetime) -> str:
    """A ticket for whoever opens a fresh QR; "" for an old one, a forged one, or nobody."""
    scanned = keys.read_token(token, at)
    if scanned is None or not scanned.is_fresh or by.person is None:
        return ""
    return keys.ticket_for(scanned.session, by.person, at)


def _shown(token: str, ticket: str, code: str, session: UUID | None, by: Actor, at: datetime) -> _Shown:
    """The session that a QR or a code belongs to."""
    rows = Session.objects.select_related("cohort", "subject")
    if token:
        scanned = keys.read_token(token, at)
        item = rows.filter(pk=scanned.session).first() if scanned else None
        if scanned is None or item is None:
            raise Refused("programmes.qr_forged")
        waited = keys.is_ticket(ticket, item.pk, by.person or NOBODY, at)
        return _Shown(How.QR, item, scanned.is_fresh or waited)
    mine = rows.filter(cohort__participants__person__account=by.person or NOBODY)
    if session is not None:
        mine = mine.filter(pk=session)
    else:
        mine = mine.filter(starts_at__lte=at + rules.EARLY, ends_at__gte=at)
    for item in mine:
        if keys.is_code_of(code, item.pk, at):
            return _Shown(How.CODE, item)
    raise Refused("programmes.code_wrong")


@transaction.atomic
def note_attendance(
    *, session: UUID, present: Collection[UUID], absent: Collection[UUID] = (), by: Actor, at: datetime
) -> int:
    """The trainer's list: who was there, and of whom it was noted by mistake. Returns how many lines changed.

    What somebody showed by QR or code stays; only what the list itself noted is taken back. Whoever keeps the list and
    takes part themselves shows the QR like everybody: ``Refused("programmes.notes_oneself")``.
    """
    item = access.fetch_session(by, session)
    if at < item.starts_at - rules.EARLY:
        raise Refused("programmes.too_early", opens=item.starts_at - rules.EARLY)
    is_closed = item.cohort.state == CohortState.CLOSED
    rows = Participant.objects.filter(cohort=item.cohort_id).exclude(standing=Standing.WITHDRAWN)
    if is_closed:  # a session is made up by those whom the meeting deferred
        rows = rows.filter(standing=Standing.DEFERRED)
    known = set(rows.values_list("pk", flat=True))
    if set(present) - known:
        raise Refused("programmes.closed") if is_closed else Unseen
    there = set(Attendance.objects.filter(session=item).values_list("participant", flat=True))
    new = [pk for pk in dict.fromkeys(present) if pk not in there]
    gone = Attendance.objects.filter(session=item, participant__in=set(absent) - set(present), how=How.ROSTER)
    taken_back = list(gone.values_list("participant", flat=True))
    own = set(access.own(by).filter(cohort=item.cohort_id).values_list("pk", flat=True))
    if own & {*new, *taken_back}:
        raise Refused("programmes.notes_oneself")
    gone.delete()
    _insert(item, new, how=How.ROSTER, by=by, at=at)
    if new or taken_back:
        record(by, "programmes.attendance_noted", item, at=at, present=tuple(new), taken_back=tuple(taken_back))
    return len(new) + len(taken_back)


def _insert(item: Session, participants: Collection[UUID], *, how: How, by: Actor, at: datetime) -> None:
    """What is there already stays as it is, also when two come in the same second."""
    Attendance.objects.bulk_create(
        (
            Attendance(agency_id=item.agency_id, session=item, participant_id=pk, how=how, at=at, noted_by=by.person)
            for pk in participants
        ),
        ignore_conflicts=True,
    )
