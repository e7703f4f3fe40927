"""What this module announces."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("needs.computed")
@dataclass(frozen=True)
class NeedsComputed:
    """The needs of an agency were computed anew."""

    agency: UUID
    computation: UUID
    at: datetime
