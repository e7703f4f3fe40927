"""What somebody takes part in, has a duty for, and should do next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.programmes.models import Attendance, CohortState, Duty, Participant, Session, Standing
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


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that a participant should do, in one cohort."""

    kind: DueKind
    code: str
    cohort: str
    title: str
    at: datetime | None = None
    until: datetime | None = None
    room: str = ""
    on: date | None = None


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


def due_of(person: UUID, at: datetime) -> list[Due]:
    """What somebody should do next in their programmes, the most urgent first. Two statements."""
    return [*_sessions(person, at), *_rest(person, at)]


def _sessions(person: UUID, at: datetime) -> list[Due]:
    rows = Session.objects.filter(
        cohort__state=CohortState.RUNNING,
        cohort__participants__person=person,
        cohort__participants__standing=Standing.ENROLLED,
        ends_at__gte=at,
        starts_at__lt=at + AHEAD,
    )
    there = Attendance.objects.filter(session=OuterRef("pk"), participant__person=person)
    columns = ("cohort__code", "cohort__title", "subject__title", "starts_at", "ends_at", "room")
    found = rows.filter(~Exists(there)).order_by("starts_at").values_list(*columns)[:5]
    return [
        Due(DueKind.ATTEND if start - EARLY <= at else DueKind.SESSION, code, cohort, title, start, end, room,
            timezone.localdate(start))
        for code, cohort, title, start, end, room in found
    ]  # fmt: skip


def _rest(person: UUID, at: datetime) -> list[Due]:
    today = timezone.localdate(at)
    ending = Q(cohort__last_day__lte=today, cohort__last_day__gte=today - REACTION_DAYS, reacted_on__isnull=True)
    ending &= Q(cohort__state__in=[CohortState.RUNNING, CohortState.CLOSED])
    rows = Participant.objects.filter(person=person).exclude(standing=Standing.WITHDRAWN)
    rows = rows.filter(ending | Q(standing=Standing.DEFERRED))
    found = rows.values_list("cohort__code", "cohort__title", "standing", "reacted_on", "cohort__last_day")
    told = []
    for code, title, standing, reacted_on, last_day in found:
        if standing == Standing.DEFERRED:
            told.append(Due(DueKind.REMEDY, code, title, title))
        elif reacted_on is None:
            told.append(Due(DueKind.REACT, code, title, title, on=last_day + REACTION_DAYS))
    return told
