"""Change the unit tree and its positions. Every argument that names a row is its id, unless it says code."""

from lingkar.directory.orgs.services.chronicle import hold_tree
from lingkar.directory.orgs.services.endings import Part, end_unit, merge_units, split_unit
from lingkar.directory.orgs.services.occupants import Ending, Occupied, asked_before_end, occupied
from lingkar.directory.orgs.services.position_changes import (
    ChangedPosition,
    change_position,
    change_positions,
    end_position,
    set_profile,
)
from lingkar.directory.orgs.services.positions import NewPosition, add_position, add_positions
from lingkar.directory.orgs.services.previewing import Consequence, Effect, preview, told_between
from lingkar.directory.orgs.services.turning import turn_units
from lingkar.directory.orgs.services.units import (
    ChangedUnit,
    NewUnit,
    add_unit,
    add_units,
    change_units,
    move_unit,
    rename_unit,
)
from lingkar.directory.orgs.services.withdrawing import withdraw_ending

__all__ = (
    "ChangedPosition",
    "ChangedUnit",
    "Consequence",
    "Effect",
    "Ending",
    "NewPosition",
    "NewUnit",
    "Occupied",
    "Part",
    "add_position",
    "add_positions",
    "add_unit",
    "add_units",
    "asked_before_end",
    "change_position",
    "change_positions",
    "change_units",
    "end_position",
    "end_unit",
    "hold_tree",
    "merge_units",
    "move_unit",
    "occupied",
    "preview",
    "rename_unit",
    "set_profile",
    "split_unit",
    "told_between",
    "turn_units",
    "withdraw_ending",
)
