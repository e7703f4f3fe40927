"""Units and positions from a sheet: what each line means against what is there, and writing it."""

from lingkar.directory.orgs.importer.positions import Positions
from lingkar.directory.orgs.importer.units import Units
from lingkar.foundation.imports.registry import register

UNITS, POSITIONS = Units(), Positions()
register(UNITS)
register(POSITIONS)
