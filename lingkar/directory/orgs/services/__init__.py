"""Change the unit tree and its positions. Every argument that names a row is its id, unless it says code."""

from lingkar.directory.orgs.services.positions import NewPosition, add_position, add_positions
from lingkar.directory.orgs.services.units import NewUnit, add_unit, add_units, move_unit

__all__ = ("NewPosition", "NewUnit", "add_position", "add_positions", "add_unit", "add_units", "move_unit")
