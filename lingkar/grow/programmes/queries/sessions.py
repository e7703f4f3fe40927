"""The schedule, and who was at a session."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from lingkar.foundation.access import NOBODY, Actor
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.grow.programmes import access
from lingkar.grow.programmes.models import Attendance, Cohort, CohortState, DutyKind, Participant, Session, Standing


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as lists show it, with how many were there."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    room: str
    present: int
    title: str = column("subject__title")
    jp: int = column("subject__jp")
    trainer: str | None = column("trainer__name")
    cohort: str = column("cohort__title")
    code: str = column("cohort__code")
    state: str = column("cohort__state")


@dataclass(frozen=True, slots=True)
class Present:
    """A participant and whether, how and when they were at a session."""

    id: UUID
    name: str
    institution: str
    how: str
    at: datetime | None


def _lines(rows: "QuerySet[Session]") -> "QuerySet[Session, SessionLine]":
    return plain(rows.annotate(present=Count("attendances")).order_by("starts_at", "pk"), SessionLine)


def schedule_of(cohort: Cohort) -> "QuerySet[Session, SessionLine]":
    """The sessions of a cohort that was fetched for somebody, in time."""
    return _lines(Session.objects.filter(cohort=cohort))


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as a participant sees it: ``there`` since when they are noted, None while they are not."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    room: str
    there: datetime | None
    title: str = column("subject__title")
    jp: int = column("subject__jp")
    trainer: str | None = column("trainer__name")


def own_schedule(participant: Participant) -> "list[OwnSession]":
    """The sessions of a participant's cohort, in time, with when they were noted."""
    return _own_schedule(participant=participant.pk, cohort=participant.cohort_id)


@prepared
def _own_schedule(*, participant: UUID, cohort: UUID) -> "QuerySet[Session, OwnSession]":
    noted = Attendance.objects.filter(session=OuterRef("pk"), participant=participant).values("at")
    rows = Session.objects.filter(cohort=cohort).annotate(there=Subquery(noted[:1]))
    return plain(rows.order_by("starts_at", "pk"), OwnSession)


def session_for(by: Actor, session: UUID) -> Session:
    """A session for who teaches or manages it; ``Unseen`` and ``Forbidden`` for others."""
    return access.fetch_session(by, session)


def teaching(by: Actor, *, day: date, days: int = 1) -> "QuerySet[Session, SessionLine]":
    """The sessions that ``by`` teaches from a day on, for some days. Drafts are not told."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    rows = taught_by(by.person or NOBODY)
    return _lines(rows.filter(starts_at__gte=start, starts_at__lt=start + timedelta(days=days)))


def taught_by(account: UUID) -> "QuerySet[Session]":
    """Every session that somebody teaches: as its trainer, or as one of the cohort's where none is named. No drafts."""
    duty = access.duties_in_cohort(account, kinds=(DutyKind.TRAINER.value,), cohort="cohort")
    own = Q(trainer__account=account) | Q(trainer__isnull=True) & Q(duty)
    return Session.objects.filter(own).exclude(cohort__state=CohortState.DRAFT)


def end_of_day(day: date) -> datetime:
    """The midnight after a day, where the agency is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def present_at(session: Session) -> list[Present]:
    """Everybody of the cohort by name, with what was noted for a session that was fetched for somebody."""
    there = {
        pk: (how, at)
        for pk, how, at in Attendance.objects.filter(session=session).values_list("participant", "how", "at")
    }
    rows = Participant.objects.filter(cohort=session.cohort_id).exclude(standing=Standing.WITHDRAWN)
    people = rows.order_by("person__name").values_list("pk", "person__name", "institution", "unit__name")
    return [Present(pk, name, outside or unit or "", *there.get(pk, ("", None))) for pk, name, outside, unit in people]
