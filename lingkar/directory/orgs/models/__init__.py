"""Units of an agency as a dated tree, and the positions in them."""

from lingkar.directory.orgs.models.positions import (
    ECHELON,
    POSITION_TELLS,
    Position,
    PositionKind,
    PositionLevel,
    PositionState,
)
from lingkar.directory.orgs.models.units import UNIT_NAMES, Succession, SuccessionKind, Unit, UnitKind, UnitState

__all__ = (
    "ECHELON",
    "POSITION_TELLS",
    "UNIT_NAMES",
    "Position",
    "PositionKind",
    "PositionLevel",
    "PositionState",
    "Succession",
    "SuccessionKind",
    "Unit",
    "UnitKind",
    "UnitState",
)
