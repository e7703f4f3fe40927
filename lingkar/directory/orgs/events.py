"""What happened to the unit tree."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("orgs.unit_added")
@dataclass(frozen=True)
class UnitAdded:
    """A unit joined the tree."""

    agency: UUID
    unit: UUID
    at: datetime


@event("orgs.unit_moved")
@dataclass(frozen=True)
class UnitMoved:
    """A unit and all below it stand under another parent."""

    agency: UUID
    unit: UUID
    at: datetime
