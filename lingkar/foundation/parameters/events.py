"""What happened to a parameter."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("parameters.changed")
@dataclass(frozen=True)
class ParameterChanged:
    """An agency gave ``key`` a new value that begins on ``valid_from``."""

    agency: UUID
    key: str
    valid_from: date
    at: datetime
