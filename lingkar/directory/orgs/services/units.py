"""Add units, rename and move them. What was before stays true: it is told by the states of the unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.access import demand_manage
from lingkar.directory.orgs.events import UnitAdded, UnitMoved, UnitRenamed, UnitsAdded, UnitsChanged
from lingkar.directory.orgs.models import Unit, UnitState
from lingkar.directory.orgs.rules import Spell
from lingkar.directory.orgs.services.chronicle import Chronicle, spell_of, state_from, unit_locked
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused

NEW = UUID(int=0)
"""Stands for the unit that is being added."""


@dataclass(frozen=True)
class NewUnit:
    """A unit to be added with many others; ``parent`` is the code of the unit above, in the batch or there already."""

    code: str
    kind: str
    name: str
    valid_from: date
    parent: str = ""
    short_name: str = ""
    valid_to: date | None = None
    work_week: int | None = None


@transaction.atomic
def add_unit(
    *,
    agency: UUID,
    kind: str,
    code: str,
    name: str,
    short_name: str = "",
    parent: UUID | None = None,
    work_week: int | None = None,
    valid_from: date,
    by: Actor,
    at: datetime,
) -> Unit:
    """A new unit under ``parent``, or at the top; its path is kept by this module alone.

    A code that is taken in this agency raises ``ValidationError``, an unknown parent ``Unseen``, a parent that is not
    there on the first day ``Refused("orgs.parent_not_there")``.
    """
    above = unit_locked(parent) if parent else None
    demand_manage(by, above.path if above else "")
    if above is not None:
        there = Spell[UUID](above.valid_from, above.valid_to, None)
        rules.check_tree({above.pk: [there], NEW: [Spell(valid_from, None, above.pk)]}, since=valid_from)
    unit = made(agency, NewUnit(code, kind, name, valid_from, "", short_name, None, work_week), above)
    unit.full_clean()
    unit.save(force_insert=True)
    _first_state(unit).save(force_insert=True)
    record(by, "orgs.unit_added", unit, at=at, code=code, kind=str(kind), parent=parent)
    publish(UnitAdded(agency=agency, unit=unit.pk, at=at))
    return unit


@transaction.atomic
def add_units(*, agency: UUID, rows: Sequence[NewUnit], by: Actor, at: datetime) -> dict[str, UUID]:
    """Many units at once, all or none; a parent may stand below its children in ``rows``. The ids by code.

    One line in the audit trail, one event. ``Refused``: ``orgs.code_taken``, ``orgs.parent_unknown``, ``orgs.circle``,
    ``orgs.parent_not_there``; ``ValidationError`` for a row that cannot stand.
    """
    demand_manage(by, "")
    there = Chronicle.locked(agency, at=at)
    known = {unit.code: unit for unit in there.units.values()}
    new = _unlinked(agency, rows, known)
    for row in rows:
        if row.parent and row.parent not in new and row.parent not in known:
            raise Refused("orgs.parent_unknown", named=row.code, parent=row.parent)
        new[row.code].parent = new.get(row.parent) or known.get(row.parent)
    first = {unit: _first_state(unit) for unit in new.values()}
    spells = there.spells | {unit.pk: [spell_of(state)] for unit, state in first.items()}
    rules.check_tree(spells, since=min((row.valid_from for row in rows), default=date.max))
    _place(new, known)
    Unit.objects.bulk_create(new.values(), batch_size=1000)
    UnitState.objects.bulk_create(first.values(), batch_size=1000)
    record(by, "orgs.units_added", there.agency, at=at, count=len(new))
    publish(UnitsAdded(agency=agency, count=len(new), at=at))
    return {code: unit.pk for code, unit in new.items()}


@dataclass(frozen=True)
class ChangedUnit:
    """What changes about a unit on a day: ``facts`` (name, short_name, kind), and the code of its parent ("": none)."""

    unit: UUID
    on: date
    facts: Mapping[str, str]
    parent: str | None = None


@transaction.atomic
def change_units(*, agency: UUID, rows: Sequence[ChangedUnit], by: Actor, at: datetime) -> None:
    """Rename and move many units, each on its day; all or none, one line in the audit trail.

    ``Refused`` as for one unit, and ``orgs.parent_unknown``.
    """
    there = Chronicle.locked(agency, at=at)
    codes = {unit.code: unit.pk for unit in there.units.values()}
    for row in rows:
        facts: dict[str, object] = dict(row.facts)
        if row.parent is not None:
            if row.parent and row.parent not in codes:
                raise Refused("orgs.parent_unknown", parent=row.parent)
            facts["parent"] = codes.get(row.parent)
            demand_manage(by, there.path_of(codes.get(row.parent)))
        demand_manage(by, there.unit(row.unit).path)
        there.spells[row.unit] = rules.changed(there.spells[row.unit], row.on, **facts)
    there.write(since=min((row.on for row in rows), default=there.today))
    record(by, "orgs.units_changed", there.agency, at=at, count=len(rows))
    publish(UnitsChanged(agency=agency, count=len(rows), at=at))


@transaction.atomic
def rename_unit(
    *,
    unit: UUID,
    name: str,
    short_name: str = "",
    kind: str | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> None:
    """Call a unit something else from ``on`` on; without ``kind`` it stays what it is.

    Everything that belongs to the unit stays with it. ``Refused``: ``orgs.not_begun``, ``orgs.ended``,
    ``orgs.nothing_changes``; ``ValidationError`` for a name that cannot be.
    """
    there = Chronicle.around(unit, at=at)
    item = there.unit(unit)
    demand_manage(by, item.path)
    facts = {"name": name, "short_name": short_name} | ({"kind": kind} if kind else {})
    there.spells[unit] = rules.changed(there.spells[unit], on, **facts)
    there.write(since=on)
    record(by, "orgs.unit_renamed", item, at=at, on=on.isoformat())
    publish(UnitRenamed(agency=item.agency_id, unit=unit, on=on, at=at))


@transaction.atomic
def move_unit(*, unit: UUID, parent: UUID | None, on: date | None = None, by: Actor, at: datetime) -> None:
    """Put a unit, with everything below it, under another parent (or at the top, without one) from ``on`` on.

    Grants follow on that day: who holds a role over the new parent then reaches the unit. Without ``on``, today.
    ``Refused``: ``orgs.circle``, ``orgs.parent_not_there``, ``orgs.not_begun``, ``orgs.ended``,
    ``orgs.nothing_changes``.
    """
    there = Chronicle.around(unit, at=at)
    item, on = there.unit(unit), on or there.today
    demand_manage(by, item.path, there.path_of(parent))
    there.spells[unit] = rules.changed(there.spells[unit], on, parent=parent)
    there.write(since=on)
    record(by, "orgs.unit_moved", item, at=at, parent=parent, on=on.isoformat())
    publish(UnitMoved(agency=item.agency_id, unit=unit, on=on, at=at))


def made(agency: UUID, row: NewUnit, above: Unit | None) -> Unit:
    """A unit that is not saved yet."""
    return Unit(
        agency_id=agency,
        kind=row.kind,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        parent=above,
        path=rules.path_below(above.path if above else "", row.code),
        work_week_id=row.work_week,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _unlinked(agency: UUID, rows: Sequence[NewUnit], known: Mapping[str, Unit]) -> dict[str, Unit]:
    """The units of a batch by code, without parents yet."""
    new: dict[str, Unit] = {}
    for row in rows:
        if row.code in known or row.code in new:
            raise Refused("orgs.code_taken", named=row.code)
        new[row.code] = made(agency, row, None)
        new[row.code].clean_fields(exclude=["agency", "parent", "work_week"])
    return new


def _place(new: Mapping[str, Unit], known: Mapping[str, Unit]) -> None:
    """Give the units of a batch their paths."""
    codes = {unit.pk: unit.code for unit in new.values()}
    parents = {unit.pk: unit.parent_id for unit in new.values()}
    paths = rules.paths_of(parents, codes, {unit.pk: unit.path for unit in known.values()})
    for unit in new.values():
        unit.path = paths[unit.pk]


def _first_state(unit: Unit) -> UnitState:
    life = Spell(unit.valid_from, unit.valid_to, unit.parent_id, unit.name, unit.short_name, unit.kind)
    return state_from(unit, life)
