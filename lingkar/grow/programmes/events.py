"""What happened in programmes. Ids and times only."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("programmes.joined")
@dataclass(frozen=True)
class ParticipantsJoined:
    """People joined a cohort."""

    agency: UUID
    cohort: UUID
    count: int
    at: datetime


@event("programmes.duties_changed")
@dataclass(frozen=True)
class DutiesChanged:
    """Somebody trains, mentors, coaches or examines in a cohort who did not, or does no longer."""

    agency: UUID
    cohort: UUID
    at: datetime


@event("programmes.cohort_closed")
@dataclass(frozen=True)
class CohortClosed:
    """A meeting decided, and the cohort is over; told again when a later meeting decides who was deferred."""

    agency: UUID
    cohort: UUID
    at: datetime


@event("programmes.passed")
@dataclass(frozen=True)
class ParticipantPassed:
    """Somebody passed a programme that ended on ``finished_on``."""

    agency: UUID
    cohort: UUID
    participant: UUID
    person: UUID
    finished_on: date
    at: datetime
