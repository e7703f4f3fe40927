"""What happened to the unit tree. Plans are told when they are made, with the day from which they hold."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lingkar.foundation.events.bus import event


@event("orgs.unit_added")
@dataclass(frozen=True)
class UnitAdded:
    """A unit joined the tree."""

    agency: UUID
    unit: UUID
    at: datetime


@event("orgs.units_added")
@dataclass(frozen=True)
class UnitsAdded:
    """Many units joined the tree at once."""

    agency: UUID
    count: int
    at: datetime


@event("orgs.units_changed")
@dataclass(frozen=True)
class UnitsChanged:
    """Many units are called something else or stand elsewhere, each from its day on."""

    agency: UUID
    count: int
    at: datetime


@event("orgs.unit_moved")
@dataclass(frozen=True)
class UnitMoved:
    """A unit and all below it stand under another parent from a day on."""

    agency: UUID
    unit: UUID
    on: date
    at: datetime


@event("orgs.unit_renamed")
@dataclass(frozen=True)
class UnitRenamed:
    """A unit is called something else, or is of another kind, from a day on."""

    agency: UUID
    unit: UUID
    on: date
    at: datetime


@event("orgs.unit_ended")
@dataclass(frozen=True)
class UnitEnded:
    """A unit is no longer there after its last day, and goes on in no other one."""

    agency: UUID
    unit: UUID
    last_day: date
    at: datetime


@event("orgs.units_merged")
@dataclass(frozen=True)
class UnitsMerged:
    """Units go on in another one from a day on."""

    agency: UUID
    units: tuple[UUID, ...]
    into: UUID
    on: date
    at: datetime


@event("orgs.unit_split")
@dataclass(frozen=True)
class UnitSplit:
    """A unit goes on in others from a day on; the first takes over what was left."""

    agency: UUID
    unit: UUID
    into: tuple[UUID, ...]
    on: date
    at: datetime


@event("orgs.ending_withdrawn")
@dataclass(frozen=True)
class EndingWithdrawn:
    """A unit that was to end after its last day, alone or in others, stays."""

    agency: UUID
    unit: UUID
    last_day: date
    at: datetime


@event("orgs.position_added")
@dataclass(frozen=True)
class PositionAdded:
    """A unit has a new position."""

    agency: UUID
    position: UUID
    unit: UUID
    at: datetime


@event("orgs.positions_added")
@dataclass(frozen=True)
class PositionsAdded:
    """Many positions were added at once."""

    agency: UUID
    count: int
    at: datetime


@event("orgs.position_changed")
@dataclass(frozen=True)
class PositionChanged:
    """A position is called something else, is of another kind, or requires something else, from a day on."""

    agency: UUID
    position: UUID
    on: date
    at: datetime


@event("orgs.positions_changed")
@dataclass(frozen=True)
class PositionsChanged:
    """Many positions are something else, each from its day on."""

    agency: UUID
    count: int
    at: datetime


@event("orgs.position_ended")
@dataclass(frozen=True)
class PositionEnded:
    """A position is no longer there after its last day."""

    agency: UUID
    position: UUID
    last_day: date
    at: datetime
