"""What happened to studies. Ids and times only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("effect.registered")
@dataclass(frozen=True)
class StudyRegistered:
    """It was said what is looked at to see whether training helps a service."""

    agency: UUID
    study: UUID
    service: UUID
    at: datetime


@event("effect.turned")
@dataclass(frozen=True)
class VerdictTurned:
    """A study says something else than before."""

    agency: UUID
    study: UUID
    service: UUID
    kind: str
    at: datetime
