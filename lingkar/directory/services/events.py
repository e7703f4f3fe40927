"""What happened to the catalogue. Ids and times only."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("services.published")
@dataclass(frozen=True)
class ServicePublished:
    """A new version of a service holds from ``valid_from`` on."""

    agency: UUID
    service: UUID
    version: int
    valid_from: date
    at: datetime


@event("services.retired")
@dataclass(frozen=True)
class ServiceRetired:
    """A service is not offered any more after ``last_day``."""

    agency: UUID
    service: UUID
    last_day: date
    at: datetime
