"""Participants from a sheet: what each line says, who that is, and taking them in."""

from lingkar.foundation.imports.registry import register
from lingkar.grow.programmes.importer.roster import Roster

ROSTER = Roster()
register(ROSTER)
