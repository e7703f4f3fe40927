"""Units of the agency in scope as they stand today, and where they stand in its tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.directory.orgs.access import Action
from lingkar.directory.orgs.models import UNIT_NAMES, Unit, UnitKind
from lingkar.directory.orgs.rules import lineage
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.search.columns import AS_WRITTEN, spellings_of, words_of
from lingkar.foundation.search.queries import named
from lingkar.foundation.search.rules import Asked
from lingkar.foundation.tenancy.plain import plain
from lingkar.foundation.tenancy.prepared import prepared

INDENT = "\u2003"


def units_in(agency: UUID, *, day: date | None = None) -> QuerySet[Unit]:
    """All units in the order of the tree; with ``day`` only those that exist on it."""
    units = Unit.objects.filter(agency=agency).order_by("path")
    return units if day is None else units.filter(on(day))


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as selects and lists name it."""

    id: UUID
    code: str
    name: str
    path: str
    kind: str


def unit_lines(rows: QuerySet[Unit]) -> "QuerySet[Unit, UnitLine]":
    """Units as selects and lists name them."""
    return plain(rows, UnitLine)


@prepared
def lines_in(*, agency: UUID, day: date) -> "QuerySet[Unit, UnitLine]":
    """The units of a day, in the order of the tree, as selects and lists name them."""
    return unit_lines(units_in(agency, day=day))


def search(by: Actor, question: Asked, limit: int, *, day: date) -> list[Unit]:
    """The units of a day whose name has what was asked for, closest first, each with its parent."""
    rows = units_in(by.agency, day=day).order_by().select_related("parent")
    by_name = rows.alias(spellings=spellings_of(*UNIT_NAMES), words=words_of(*UNIT_NAMES, config=AS_WRITTEN))
    return list(named(by_name, question, shortest="path")[:limit])


def unit_of(unit: UUID) -> Unit | None:
    """The unit with this id, or nothing."""
    return Unit.objects.filter(pk=unit).first()


def known_unit(unit: UUID) -> Unit:
    """The unit with this id; ``Unseen`` when there is none."""
    found = unit_of(unit)
    if found is None:
        raise Unseen
    return found


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


def paths_of(units: Iterable[UUID]) -> dict[UUID, str]:
    """Path in the tree by id, for the units that exist."""
    return dict(Unit.objects.filter(pk__in=set(units)).values_list("pk", "path"))


def depth(path: str) -> int:
    """Levels between a unit and the top: 0 for a topmost unit."""
    return len(lineage(path)) - 1


def choices(agency: UUID, *, day: date) -> list[tuple[str, str]]:
    """``(id, name)`` for a select, in tree order, lower units set in by one em each level."""
    return [(str(unit.id), INDENT * depth(unit.path) + unit.name) for unit in lines_in(agency=agency, day=day)]


def units_to_manage(by: Actor, *, day: date) -> list[tuple[str, str]]:
    """``(id, name)`` of the units that ``by`` may change, for a select in tree order."""
    tops = ("",) if by.is_system else by.paths(Action.MANAGE)
    units = [unit for unit in lines_in(agency=by.agency, day=day) if unit.path.startswith(tops)] if tops else []
    return [(str(unit.id), INDENT * depth(unit.path) + unit.name) for unit in units]


def on(day: date) -> Q:
    """Rows whose first and last day enclose ``day``."""
    return (Q(valid_to__isnull=True) | Q(valid_to__gte=day)) & Q(valid_from__lte=day)


def _topmost(kind: UnitKind, day: date | None) -> Unit | None:
    units = Unit.objects.filter(kind=kind).order_by("path")
    return (units if day is None else units.filter(on(day))).first()
