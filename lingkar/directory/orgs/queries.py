"""Units of the agency in scope, where they stand in its tree, and the positions in them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from lingkar.directory.orgs import parameters, rules
from lingkar.directory.orgs.models import UNIT_NAMES, Position, Succession, Unit, UnitKind, UnitState
from lingkar.directory.orgs.rules import lineage
from lingkar.foundation.access import Actor
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.search.columns import AS_WRITTEN, spellings_of, words_of
from lingkar.foundation.search.queries import named
from lingkar.foundation.search.rules import Asked

__all__ = (
    "ancestors",
    "choices",
    "depth",
    "head_position",
    "inspectorate",
    "leader_positions",
    "lineage",
    "names_of",
    "position_coded",
    "position_of",
    "positions_in",
    "positions_of",
    "predecessors",
    "profile_of",
    "search",
    "secretariat",
    "state_on",
    "states_of",
    "states_on",
    "successors",
    "unit_coded",
    "unit_for",
    "unit_of",
    "units_in",
)

INDENT = "\u2003"


def units_in(agency: UUID, *, day: date | None = None) -> QuerySet[Unit]:
    """All units in the order of the tree; with ``day`` only those that exist on it."""
    units = Unit.objects.filter(agency=agency).order_by("path")
    return units if day is None else units.filter(_on(day))


def search(by: Actor, question: Asked, limit: int, *, day: date) -> list[Unit]:
    """The units of a day whose name has what was asked for, closest first, each with its parent."""
    rows = units_in(by.agency, day=day).order_by().select_related("parent")
    by_name = rows.alias(spellings=spellings_of(*UNIT_NAMES), words=words_of(*UNIT_NAMES, config=AS_WRITTEN))
    return list(named(by_name, question)[:limit])


def unit_of(unit: UUID) -> Unit | None:
    """The unit with this id, or nothing."""
    return Unit.objects.filter(pk=unit).first()


def unit_for(path: str) -> Unit | None:
    """The unit that stands at a tree path such as ``"dukcapil.loket."``, or nothing."""
    return Unit.objects.filter(path=path).first()


def unit_coded(code: str) -> Unit | None:
    """The unit with this code (unique in its agency), or nothing."""
    return Unit.objects.filter(code=code).first()


def inspectorate(*, day: date | None = None) -> Unit | None:
    """The unit that takes sensitive cases: the topmost Inspectorate, or nothing where none is set up."""
    return _topmost(UnitKind.INSPECTORATE, day)


def secretariat(*, day: date | None = None) -> Unit | None:
    """The topmost regional secretariat (Setda), or nothing where none is set up."""
    return _topmost(UnitKind.SECRETARIAT, day)


def ancestors(path: str) -> list[Unit]:
    """The units above a path, from the top, ending with the unit itself."""
    return list(Unit.objects.filter(path__in=lineage(path)).order_by("path"))


def names_of(units: Iterable[UUID]) -> dict[UUID, str]:
    """Full name by id, for the units that exist."""
    return dict(Unit.objects.filter(pk__in=set(units)).values_list("pk", "name"))


def depth(path: str) -> int:
    """Levels between a unit and the top: 0 for a topmost unit."""
    return len(lineage(path)) - 1


def choices(agency: UUID, *, day: date) -> list[tuple[str, str]]:
    """``(id, name)`` for a select, in tree order, lower units set in by one em each level."""
    return [(str(unit.pk), INDENT * depth(unit.path) + unit.name) for unit in units_in(agency, day=day)]


def _topmost(kind: UnitKind, day: date | None) -> Unit | None:
    units = Unit.objects.filter(kind=kind).order_by("path")
    return (units if day is None else units.filter(_on(day))).first()


def _on(day: date) -> Q:
    """Rows whose first and last day enclose ``day``."""
    return (Q(valid_to__isnull=True) | Q(valid_to__gte=day)) & Q(valid_from__lte=day)


# --- what was, and what will be ----------------------------------------------------------------------------------


def states_of(unit: UUID) -> QuerySet[UnitState]:
    """Everything that a unit was called and where it stood, oldest first, plans included."""
    return UnitState.objects.filter(unit=unit).select_related("parent").order_by("valid_from")


def state_on(unit: UUID, day: date) -> UnitState | None:
    """Name, kind and parent of a unit on a day; nothing where it did not exist."""
    return UnitState.objects.filter(_on(day), unit=unit).first()


def states_on(agency: UUID, day: date) -> QuerySet[UnitState]:
    """The whole tree of a day, past or planned: the state of each unit that exists on it."""
    return UnitState.objects.filter(_on(day), agency=agency).select_related("unit")


def successors(unit: UUID) -> QuerySet[Succession]:
    """In which units a unit went on, the heir first."""
    return Succession.objects.filter(from_unit=unit).select_related("to_unit").order_by("-is_heir", "pk")


def predecessors(unit: UUID) -> QuerySet[Succession]:
    """Which units went on in this one, oldest first."""
    return Succession.objects.filter(to_unit=unit).select_related("from_unit").order_by("on", "pk")


# --- positions ---------------------------------------------------------------------------------------------------


def positions_of(unit: UUID, day: date | None = None) -> QuerySet[Position]:
    """The positions of a unit on a day (None: of all times), its head first, then by rank as the echelon says."""
    rows = Position.objects.filter(unit=unit) if day is None else Position.objects.filter(_on(day), unit=unit)
    return rows.order_by("-leads", F("echelon").asc(nulls_last=True), "title", "code")


def positions_in(agency: UUID, *, day: date | None = None) -> QuerySet[Position]:
    """All positions of an agency with their units, in the order of the tree."""
    rows = Position.objects.filter(agency=agency).select_related("unit")
    return (rows if day is None else rows.filter(_on(day))).order_by("unit__path", "-leads", "title", "code")


def position_of(position: UUID) -> Position | None:
    """The position with this id, or nothing."""
    return Position.objects.select_related("unit").filter(pk=position).first()


def position_coded(code: str) -> Position | None:
    """The position with this code (unique in its agency), or nothing."""
    return Position.objects.select_related("unit").filter(code=code).first()


def head_position(unit: UUID, day: date) -> Position | None:
    """The position that leads a unit on a day, or nothing."""
    return Position.objects.filter(_on(day), unit=unit, leads=True).first()


def leader_positions(units: Iterable[UUID], day: date) -> dict[UUID, Position]:
    """The position that leads each of these units on a day, by id of the unit."""
    return {row.unit_id: row for row in Position.objects.filter(_on(day), unit__in=set(units), leads=True)}


def profile_of(position: Position, on: date) -> dict[str, int]:
    """The level from 1 to 5 that each competency must have in a position, by code.

    Its own profile, or the standard of its group on that day; {} where there is none (a functional position without
    a level).
    """
    if position.profile is not None:
        return dict(position.profile)
    standard = parameters.PROFILES.get(rules.profile_group(position.kind, position.level))
    return rules.default_profile(value(standard, agency=position.agency_id, on=on)) if standard else {}
