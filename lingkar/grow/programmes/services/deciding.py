"""The meeting that decides who passes."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import access, rules
from lingkar.grow.programmes.events import CohortClosed, ParticipantPassed
from lingkar.grow.programmes.models import Cohort, CohortState, Decision, Meeting, Participant, Standing
from lingkar.grow.programmes.queries.book import verdicts_of
from lingkar.grow.programmes.rules import State, Verdict
from lingkar.grow.programmes.services import certifying


@dataclass(frozen=True)
class MeetingFacts:
    """What the minutes say besides the decisions, and who signs the certificates: whoever led, when nobody is named."""

    held_on: date
    chair: str
    members: str = ""
    place: str = ""
    notes: str = ""
    signer: str = ""
    signer_title: str = ""


@transaction.atomic
def hold_meeting(*, cohort: UUID, facts: MeetingFacts, number: int | None = None, by: Actor, at: datetime) -> Meeting:
    """Decide about everybody who is still in class, by marks, bands and gates, keep the minutes, and give everybody who
    is decided the paper that the scheme promises.

    The first meeting closes a running cohort. Who is deferred makes up what was missing and is decided by a later one.
    ``number``: which meeting is meant, 1 is the first. ``Refused("programmes.meeting_kept")`` when that is kept already
    (a double tap, another tab), ``nobody_to_decide`` when everybody is decided, ``meeting_ahead`` for a day to come.
    """
    item = access.fetch_cohort(by, cohort, lock=True)
    _check(item, facts, today=timezone.localdate(at))
    held = Meeting.objects.filter(cohort=item).count()
    if number is not None and number != held + 1:
        raise Refused("programmes.meeting_kept")
    open_rows = Participant.objects.select_for_update().filter(cohort=item, standing__in=rules.IN_CLASS)
    participants = {row.pk: row for row in open_rows}
    if not participants:
        raise Refused("programmes.nobody_to_decide")
    meeting = Meeting.objects.create(
        agency_id=by.agency, cohort=item, number=held + 1, kept_at=at,
        held_on=facts.held_on, chair=facts.chair.strip(), members=facts.members, place=facts.place, notes=facts.notes,
    )  # fmt: skip
    found = verdicts_of(item, list(participants), day=facts.held_on)
    _decide(meeting, participants, found, at)
    _close(item, by=by, at=at)
    passed = [row for row in participants.values() if row.standing == Standing.PASSED]
    signer = facts.signer.strip() or facts.chair.strip(), facts.signer_title.strip() or _("Chair of the pass meeting")
    papers = certifying.issue(meeting, participants.values(), signer=signer, by=by, at=at)
    record(
        by, "programmes.meeting_held", item, at=at, meeting=meeting.pk, decided=len(found), passed=len(passed),
        papers=papers,
    )  # fmt: skip
    for row in passed:
        publish(
            ParticipantPassed(
                agency=by.agency, cohort=item.pk, participant=row.pk, person=row.person_id,
                finished_on=facts.held_on, at=at,
            )
        )  # fmt: skip
    publish(CohortClosed(agency=by.agency, cohort=item.pk, at=at))
    return meeting


def _check(item: Cohort, facts: MeetingFacts, *, today: date) -> None:
    if item.state not in (CohortState.RUNNING, CohortState.CLOSED):
        raise Refused("programmes.cannot_move", now=item.state, then=State.CLOSED)
    if not facts.chair.strip():
        raise Refused("programmes.chair_missing")
    if facts.held_on < item.first_day:
        raise Refused("programmes.meeting_too_early", first=item.first_day)
    if facts.held_on > today:
        raise Refused("programmes.meeting_ahead")


def _decide(meeting: Meeting, participants: dict[UUID, Participant], found: dict[UUID, Verdict], at: datetime) -> None:
    for pk, verdict in found.items():
        row = participants[pk]
        row.standing = verdict.standing.value
        row.final, row.predicate = verdict.final, verdict.predicate.value if verdict.predicate else ""
        is_over = verdict.standing != rules.Standing.DEFERRED
        row.ended_at, row.finished_on = (at, meeting.held_on) if is_over else (None, None)
    Participant.objects.bulk_update(
        participants.values(), ["standing", "final", "predicate", "ended_at", "finished_on"]
    )
    Decision.objects.bulk_create(
        Decision(
            agency_id=meeting.agency_id, meeting=meeting, participant_id=pk, standing=verdict.standing.value,
            final=verdict.final, predicate=verdict.predicate.value if verdict.predicate else "",
            attendance=verdict.attendance, why=verdict.why,
        )
        for pk, verdict in found.items()
    )  # fmt: skip


def _close(item: Cohort, *, by: Actor, at: datetime) -> None:
    if item.state == CohortState.CLOSED:
        return
    rules.check_move(State(item.state), State.CLOSED)
    item.state, item.closed_at = CohortState.CLOSED, at
    item.save(update_fields=["state", "closed_at"])
    record(by, "programmes.cohort_closed", item, at=at)
