"""What somebody takes part in, has a duty for, and should do next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.foundation.tenancy.together import part, together
from lingkar.grow.programmes.models import Attendance, CohortState, Duty, Participant, Session, Standing
from lingkar.grow.programmes.queries.sessions import end_of_day, taught_by
from lingkar.grow.programmes.rules import EARLY

AHEAD = timedelta(days=7)
"""Sessions of the coming days are told."""
REACTION_DAYS = timedelta(days=30)
"""For so long after its end a cohort asks what people thought of it."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A programme that somebody takes part in."""

    id: UUID
    standing: str
    predicate: str
    reacted_on: date | None
    cohort: UUID = column("cohort_id")  # noqa: RUF009
    code: str = column("cohort__code")
    title: str = column("cohort__title")
    state: str = column("cohort__state")
    kind: str = column("cohort__type__title")
    first_day: date = column("cohort__first_day")  # noqa: RUF009
    last_day: date = column("cohort__last_day")  # noqa: RUF009


@dataclass(frozen=True, slots=True)
class Guided:
    """A participant whom somebody guides, and as what."""

    id: UUID
    person: UUID
    name: str
    cohort: UUID
    code: str
    title: str
    kinds: tuple[str, ...]


class DueKind(StrEnum):
    """What there may be to do next."""

    ATTEND = "attend"
    SESSION = "session"
    REACT = "react"
    REMEDY = "remedy"
    TEACH = "teach"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that a participant or a trainer should do, in one cohort. ``session`` is the one to be taught."""

    kind: DueKind
    code: str
    cohort: str
    title: str
    at: datetime | None = None
    until: datetime | None = None
    room: str = ""
    on: date | None = None
    session: UUID | None = None


def my_programmes(person: UUID) -> "QuerySet[Participant, Mine]":
    """The programmes of a person: the newest first, no drafts, none from which they withdrew."""
    rows = Participant.objects.filter(person=person).exclude(standing=Standing.WITHDRAWN)
    rows = rows.exclude(cohort__state=CohortState.DRAFT)
    return plain(rows.order_by("-cohort__first_day", "cohort__code"), Mine)


def duties_of(person: UUID) -> "QuerySet[Duty]":
    """The duties of a person in cohorts that are not closed."""
    rows = Duty.objects.filter(person=person).exclude(cohort__state=CohortState.CLOSED)
    return rows.select_related("cohort").order_by("cohort__first_day", "kind")


def guided_by(person: UUID, *, kinds: Collection[str], cohort: UUID | None = None) -> list[Guided]:
    """Participants whom a person mentors, coaches, examines or trains, by name. Two statements."""
    duties = Duty.objects.filter(person=person, kind__in=list(kinds))
    if cohort:
        duties = duties.filter(cohort=cohort)
    given = list(duties.values_list("cohort", "participant", "kind"))
    whole = [row[0] for row in given if row[1] is None]
    rows = Participant.objects.filter(Q(pk__in=[row[1] for row in given if row[1]]) | Q(cohort__in=whole))
    rows = rows.exclude(standing=Standing.WITHDRAWN).exclude(cohort__state=CohortState.DRAFT)
    columns = ("pk", "person", "person__name", "cohort", "cohort__code", "cohort__title")
    found = rows.order_by("-cohort__first_day", "person__name").values_list(*columns)
    return [
        Guided(pk, who, name, group, code, title, _kinds(given, pk, group))
        for pk, who, name, group, code, title in found
    ]


def _kinds(given: Collection[tuple[UUID, UUID | None, str]], participant: UUID, cohort: UUID) -> tuple[str, ...]:
    return tuple(sorted({kind for group, pk, kind in given if group == cohort and pk in (None, participant)}))


def due_of(by: Actor, at: datetime) -> list[Due]:
    """What somebody should do next in programmes, learning and teaching, the most urgent first. One statement."""
    if by.person is None:
        return []
    today = timezone.localdate(at)
    rows = _due(
        account=by.person, at=at, soon=at + AHEAD, today=today, ended=today - REACTION_DAYS, night=end_of_day(today)
    )
    return [TELLERS[name](told, at) for name, told in rows]


@prepared
def _due(
    *, account: UUID, at: datetime, soon: datetime, today: date, ended: date, night: datetime
) -> "QuerySet[Any, tuple[str, dict[str, Any]]]":
    cohort = {"code": "cohort__code", "cohort": "cohort__title"}
    session = cohort | {"title": "subject__title", "start": "starts_at", "end": "ends_at", "room": "room"}
    there = Attendance.objects.filter(session=OuterRef("pk"), participant__person__account=account)
    mine = Session.objects.filter(
        cohort__state=CohortState.RUNNING,
        cohort__participants__person__account=account,
        cohort__participants__standing=Standing.ENROLLED,
        ends_at__gte=at,
        starts_at__lt=soon,
    ).filter(~Exists(there))
    ending = Q(cohort__last_day__lte=today, cohort__last_day__gte=ended, reacted_on__isnull=True)
    ending &= Q(cohort__state__in=[CohortState.RUNNING, CohortState.CLOSED])
    rest = Participant.objects.filter(ending | Q(standing=Standing.DEFERRED), person__account=account)
    rest = rest.exclude(standing=Standing.WITHDRAWN)
    taught = taught_by(account).filter(ends_at__gte=at, starts_at__lt=night)
    return together(
        part("session", mine.order_by("starts_at", "pk")[:5], **session),
        part("rest", rest, **cohort, standing="standing", last_day="cohort__last_day"),
        part("teach", taught.order_by("starts_at", "pk"), **session, session="pk"),
    )


def _told_session(told: dict[str, Any], at: datetime) -> Due:
    start, end = datetime.fromisoformat(told["start"]), datetime.fromisoformat(told["end"])
    is_teaching = "session" in told
    kind = DueKind.TEACH if is_teaching else DueKind.ATTEND if start - EARLY <= at else DueKind.SESSION
    return Due(kind, told["code"], told["cohort"], told["title"], start, end, told["room"], timezone.localdate(start),
               UUID(told["session"]) if is_teaching else None)  # fmt: skip


def _told_rest(told: dict[str, Any], _at: datetime) -> Due:
    if told["standing"] == Standing.DEFERRED:
        return Due(DueKind.REMEDY, told["code"], told["cohort"], told["cohort"])
    last = date.fromisoformat(told["last_day"])
    return Due(DueKind.REACT, told["code"], told["cohort"], told["cohort"], on=last + REACTION_DAYS)


TELLERS = {"session": _told_session, "rest": _told_rest, "teach": _told_session}
