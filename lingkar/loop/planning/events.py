"""What happened to plans. Ids and times only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("planning.approved")
@dataclass(frozen=True)
class PlanApproved:
    """The plan of a year holds: it changes no more."""

    agency: UUID
    plan: UUID
    year: int
    at: datetime
