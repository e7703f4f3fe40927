"""Hours of learning and SKP predicates from a sheet: what each line means against what is there, and writing it."""

from lingkar.foundation.imports.registry import register
from lingkar.grow.credentials.importer.hours import Hours
from lingkar.grow.credentials.importer.skp import Predicates

HOURS, PREDICATES = Hours(), Predicates()
register(HOURS)
register(PREDICATES)
