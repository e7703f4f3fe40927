"""People from a sheet: what each line says, how it differs from what is known, and writing it."""

from lingkar.directory.people.importer.people import People
from lingkar.foundation.imports.registry import register

PEOPLE = People()
register(PEOPLE)
