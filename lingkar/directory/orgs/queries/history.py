"""What units were, and what they will be."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lingkar.directory.orgs.models import Succession, UnitState
from lingkar.directory.orgs.queries.units import on


def states_of(unit: UUID) -> QuerySet[UnitState]:
    """Everything that a unit was called and where it stood, oldest first, plans included."""
    rows = UnitState.objects.filter(unit=unit).select_related("unit", "parent")
    return rows.order_by("valid_from")


def states_in(agency: UUID) -> QuerySet[UnitState]:
    """Everything that the units of an agency were and will be, oldest first."""
    return UnitState.objects.filter(agency=agency).order_by("valid_from")


def state_on(unit: UUID, day: date) -> UnitState | None:
    """Name, kind and parent of a unit on a day; nothing where it did not exist."""
    return UnitState.objects.filter(on(day), unit=unit).first()


def states_on(agency: UUID, day: date) -> QuerySet[UnitState]:
    """The whole tree of a day, past or planned: the state of each unit that exists on it."""
    return UnitState.objects.filter(on(day), agency=agency).select_related("unit")


def successors(unit: UUID) -> QuerySet[Succession]:
    """In which units a unit went on, the heir first."""
    return Succession.objects.filter(from_unit=unit).select_related("to_unit").order_by("-is_heir", "pk")


def predecessors(unit: UUID) -> QuerySet[Succession]:
    """Which units went on in this one, oldest first."""
    return Succession.objects.filter(to_unit=unit).select_related("from_unit").order_by("on", "pk")
