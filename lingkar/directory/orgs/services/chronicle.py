"""The dated tree of one agency while it is changed: read whole, checked whole, written where it differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.models import Succession, Unit, UnitState
from lingkar.directory.orgs.rules import Spell
from lingkar.foundation.access import Unseen
from lingkar.foundation.tenancy.models import Agency

HOLD = "SELECT FROM tenancy_agency WHERE id = %s FOR SHARE"
TOLD = ("name", "short_name", "kind", "parent_id")
"""What a state tells of a unit."""


def lock_tree(agency: UUID) -> Agency:
    """One change of an agency's tree at a time: two moves that are right alone may close a circle together.

    The agency's row is locked so that rows which name it can still be written.
    """
    return Agency.objects.select_for_update(no_key=True).get(pk=agency)


def hold_tree(agency: UUID) -> None:
    """The tree stays as it is until the transaction ends: for whoever puts somebody into it, before units are read.

    Many may hold it at once; who changes it (``lock_tree``) waits for all of them, and they wait for that one.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [agency])


def unit_locked(unit: UUID) -> Unit:
    """A unit of the agency in scope, with the tree locked."""
    agency = Unit.objects.filter(pk=unit).values_list("agency", flat=True).first()
    if agency is None:
        raise Unseen
    lock_tree(agency)
    return Unit.objects.get(pk=unit)


@dataclass
class Chronicle:
    """All units of an agency with all their spells, on the day ``today`` of that agency."""

    agency: Agency
    today: date
    units: dict[UUID, Unit]
    states: dict[UUID, list[UnitState]]
    spells: dict[UUID, list[Spell[UUID]]]

    @classmethod
    def locked(cls, agency: UUID, *, at: datetime) -> Self:
        """The tree of an agency, which nobody else changes until the transaction ends."""
        owner = lock_tree(agency)
        units = {unit.pk: unit for unit in Unit.objects.filter(agency=agency)}
        states: dict[UUID, list[UnitState]] = {unit: [] for unit in units}
        for state in UnitState.objects.filter(agency=agency).order_by("valid_from"):
            states[state.unit_id].append(state)
        spells = {unit: [spell_of(state) for state in known] for unit, known in states.items()}
        return cls(owner, at.astimezone(ZoneInfo(owner.timezone)).date(), units, states, spells)

    @classmethod
    def around(cls, unit: UUID, *, at: datetime) -> Self:
        """The tree in which a unit of the agency in scope stands; ``Unseen`` without one."""
        agency = Unit.objects.filter(pk=unit).values_list("agency", flat=True).first()
        if agency is None:
            raise Unseen
        return cls.locked(agency, at=at)

    def unit(self, unit: UUID) -> Unit:
        """A unit of this tree, ``Unseen`` otherwise."""
        if unit not in self.units:
            raise Unseen
        return self.units[unit]

    def path_of(self, unit: UUID | None) -> str:
        """Where a unit stands today; "" for the top."""
        return "" if unit is None else self.unit(unit).path

    def below(self, unit: UUID, on: date) -> list[UUID]:
        """Units that stand directly below another one on a day or later."""
        return [
            pk
            for pk, known in self.spells.items()
            if any(spell.parent == unit and spell.outlasts(on) for spell in known)
        ]

    def add(self, unit: Unit) -> None:
        """Take in a unit that was just saved without states."""
        self.units[unit.pk] = unit
        self.states[unit.pk] = []
        self.spells[unit.pk] = [
            Spell(unit.valid_from, unit.valid_to, unit.parent_id, unit.name, unit.short_name, unit.kind)
        ]

    def write(self, *, since: date) -> None:
        """Check the tree from ``since`` on, write what differs, and bring the units to their state of today."""
        rules.check_tree(self.spells, since=since)
        for unit, spells in self.spells.items():
            if spells != [spell_of(state) for state in self.states[unit]]:
                self.states[unit] = _rewrite(self.units[unit], self.states[unit], spells)
        self.settle()

    def settle(self) -> int:
        """Bring every unit's own row to its state of today; how many were changed."""
        changed = {pk for pk, unit in self.units.items() if self._bring(unit)}
        paths = rules.paths_of(self._reach(), {pk: unit.code for pk, unit in self.units.items()})
        for pk, path in paths.items():
            if self.units[pk].path != path:
                self.units[pk].path = path
                changed.add(pk)
        Unit.objects.bulk_update(
            [self.units[pk] for pk in changed],
            ["name", "short_name", "kind", "parent", "path", "valid_from", "valid_to"],
            batch_size=500,
        )
        return len(changed)

    def _bring(self, unit: Unit) -> bool:
        known = self.spells[unit.pk]
        now = next((spell for spell in reversed(known) if spell.first <= self.today), known[0])
        life = (known[0].first, known[-1].last)
        told = (now.name, now.short_name, now.kind, now.parent)
        if (*told, *life) == (*(getattr(unit, name) for name in TOLD), unit.valid_from, unit.valid_to):
            return False
        unit.name, unit.short_name, unit.kind, unit.parent_id = told
        unit.valid_from, unit.valid_to = life
        return True

    def _reach(self) -> dict[UUID, UUID | None]:
        """Below which unit each stands in the paths: its parent, or its heir once it has ended."""
        rows = Succession.objects.filter(agency=self.agency, is_heir=True, on__lte=self.today)
        heirs: dict[UUID, UUID] = dict(rows.values_list("from_unit", "to_unit"))
        return {pk: heirs.get(pk, unit.parent_id) for pk, unit in self.units.items()}


def spell_of(state: UnitState) -> Spell[UUID]:
    """A state as the rules read it."""
    return Spell(state.valid_from, state.valid_to, state.parent_id, state.name, state.short_name, state.kind)


def state_from(unit: Unit, spell: Spell[UUID]) -> UnitState:
    """A state that is not saved yet."""
    return UnitState(
        agency_id=unit.agency_id,
        unit=unit,
        name=spell.name,
        short_name=spell.short_name,
        kind=spell.kind,
        parent_id=spell.parent,
        valid_from=spell.first,
        valid_to=spell.last,
    )


def _rewrite(unit: Unit, known: Sequence[UnitState], spells: Sequence[Spell[UUID]]) -> list[UnitState]:
    """The states of a unit, so that they tell ``spells``; a state keeps its row while its first day stays."""
    rows = {state.valid_from: state for state in known}
    told = [state_from(unit, spell) for spell in spells]
    for state in told:
        old = rows.pop(state.valid_from, None)
        state.pk = old.pk if old else None
        state.clean_fields(exclude=["id", "agency", "unit", "parent"])
    UnitState.objects.filter(pk__in=[state.pk for state in rows.values()]).delete()
    for state in sorted(told, key=lambda state: state.valid_to is None):
        state.save()  # the closed ones first: only one may be open
    return told
