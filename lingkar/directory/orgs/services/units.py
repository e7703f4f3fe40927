"""Add units and change them on a day. What was before stays true: it is told by the states of the unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.access import demand_manage
from lingkar.directory.orgs.events import UnitAdded, UnitMoved, UnitsAdded
from lingkar.directory.orgs.models import Unit, UnitState
from lingkar.directory.orgs.rules import Spell
from lingkar.directory.orgs.services.chronicle import Chronicle, lock_tree, unit_locked
from lingkar.foundation.access import Actor, Unseen
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
    unit = _made(agency, NewUnit(code, kind, name, valid_from, "", short_name, None, work_week), above)
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
    owner = lock_tree(agency)
    there = Chronicle.of(agency)
    known = {unit.code: unit for unit in there.units.values()}
    new = _unlinked(agency, rows, known)
    for row in rows:
        if row.parent and row.parent not in new and row.parent not in known:
            raise Refused("orgs.parent_unknown", named=row.code, parent=row.parent)
        new[row.code].parent = new.get(row.parent) or known.get(row.parent)
    spells = there.spells() | {u.pk: [Spell(u.valid_from, u.valid_to, u.parent_id)] for u in new.values()}
    rules.check_tree(spells, since=min((row.valid_from for row in rows), default=date.max))
    _place(new, known)
    Unit.objects.bulk_create(new.values(), batch_size=1000)
    UnitState.objects.bulk_create([_first_state(unit) for unit in new.values()], batch_size=1000)
    record(by, "orgs.units_added", owner, at=at, count=len(new))
    publish(UnitsAdded(agency=agency, count=len(new), at=at))
    return {code: unit.pk for code, unit in new.items()}


@transaction.atomic
def move_unit(*, unit: UUID, parent: UUID | None, on: date | None = None, by: Actor, at: datetime) -> None:
    """Put a unit, with everything below it, under another parent (or at the top, without one) from ``on`` on.

    Grants follow on that day: who holds a role over the new parent then reaches the unit. Without ``on``, today.
    """
    item = unit_locked(unit)
    today = timezone.localdate(at)
    on = on or today
    there = Chronicle.of(item.agency_id)
    above = _known(there, parent)
    demand_manage(by, item.path, above.path if above else "")
    spells = there.spells()
    spells[unit] = rules.moved(spells[unit], parent, on)
    rules.check_tree(spells, since=on)
    change(there, item, on, parent_id=parent)
    there.settle(today=today)
    record(by, "orgs.unit_moved", item, at=at, parent=parent, on=on.isoformat())
    publish(UnitMoved(agency=item.agency_id, unit=item.pk, on=on, at=at))


def change(there: Chronicle, unit: Unit, on: date, **fields: object) -> UnitState:
    """Close the running state of a unit the day before ``on`` and begin the next one; on the same day, correct it."""
    known = there.states[unit.pk]
    latest = known[-1]
    if latest.valid_from != on:
        begun = UnitState(
            agency_id=latest.agency_id,
            unit=unit,
            name=latest.name,
            short_name=latest.short_name,
            kind=latest.kind,
            parent_id=latest.parent_id,
            valid_from=on,
        )
        latest.valid_to = on - rules.ONE_DAY
        latest.save(update_fields=["valid_to"])
        known.append(begun)
    for name, value in fields.items():
        setattr(known[-1], name, value)
    known[-1].full_clean(exclude=["agency", "unit", "parent"], validate_constraints=False)
    known[-1].save()
    return known[-1]


def _known(there: Chronicle, unit: UUID | None) -> Unit | None:
    if unit is None:
        return None
    if unit not in there.units:
        raise Unseen
    return there.units[unit]


def _made(agency: UUID, row: NewUnit, above: Unit | None) -> Unit:
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
        new[row.code] = _made(agency, row, None)
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
    return UnitState(
        agency_id=unit.agency_id,
        unit=unit,
        name=unit.name,
        short_name=unit.short_name,
        kind=unit.kind,
        parent_id=unit.parent_id,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )
