"""The dated tree of one agency while it is changed: read whole, checked whole, written where it differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.models import Succession, Unit, UnitState
from lingkar.directory.orgs.rules import Spell
from lingkar.foundation.access import Unseen
from lingkar.foundation.tenancy.models import Agency


def lock_tree(agency: UUID) -> Agency:
    """One change of an agency's tree at a time: two moves that are right alone may close a circle together.

    The agency's row is locked so that rows which name it can still be written.
    """
    return Agency.objects.select_for_update(no_key=True).get(pk=agency)


def unit_locked(unit: UUID) -> Unit:
    """A unit of the agency in scope, with the tree locked."""
    agency = Unit.objects.filter(pk=unit).values_list("agency", flat=True).first()
    if agency is None:
        raise Unseen
    lock_tree(agency)
    return Unit.objects.select_for_update(of=("self",)).get(pk=unit)


@dataclass
class Chronicle:
    """All units of an agency with all their states."""

    agency: UUID
    units: dict[UUID, Unit]
    states: dict[UUID, list[UnitState]]

    @classmethod
    def of(cls, agency: UUID) -> Self:
        units = {unit.pk: unit for unit in Unit.objects.filter(agency=agency)}
        states: dict[UUID, list[UnitState]] = {unit: [] for unit in units}
        for state in UnitState.objects.filter(agency=agency).order_by("valid_from"):
            states[state.unit_id].append(state)
        return cls(agency, units, states)

    def spells(self) -> dict[UUID, list[Spell[UUID]]]:
        """Where each unit stood, stands and will stand."""
        return {
            unit: [Spell(state.valid_from, state.valid_to, state.parent_id) for state in known]
            for unit, known in self.states.items()
        }

    def check(self, *, since: date) -> None:
        """No circle and no missing parent on any day from ``since`` on."""
        rules.check_tree(self.spells(), since=since)

    def settle(self, *, today: date) -> int:
        """Bring every unit's own row to its state of today; how many were changed."""
        changed = [unit for unit in self.units.values() if self._bring(unit, today)]
        paths = rules.paths_of(self._reach(today), {pk: unit.code for pk, unit in self.units.items()})
        for pk, path in paths.items():
            if self.units[pk].path != path:
                self.units[pk].path = path
                changed.append(self.units[pk])
        rows = list({unit.pk: unit for unit in changed}.values())
        _write_paths(rows)
        return len(rows)

    def _bring(self, unit: Unit, today: date) -> bool:
        known = self.states[unit.pk]
        state = next((s for s in reversed(known) if s.valid_from <= today), known[0])
        told = (state.name, state.short_name, state.kind, state.parent_id, known[0].valid_from, known[-1].valid_to)
        if told == (unit.name, unit.short_name, unit.kind, unit.parent_id, unit.valid_from, unit.valid_to):
            return False
        unit.name, unit.short_name, unit.kind, unit.parent_id, unit.valid_from, unit.valid_to = told
        return True

    def _reach(self, today: date) -> dict[UUID, UUID | None]:
        """Below which unit each stands in the paths: its parent, or its heir once it has ended."""
        heirs = dict(
            Succession.objects.filter(agency=self.agency, is_heir=True, on__lte=today).values_list(
                "from_unit", "to_unit"
            )
        )
        return {pk: heirs.get(pk, unit.parent_id) for pk, unit in self.units.items()}


FIELDS = ("name", "short_name", "kind", "parent", "path", "valid_from", "valid_to")


def _write_paths(rows: Iterable[Unit]) -> None:
    """Each code stands once in an agency and ends its path, so that no path is ever taken by another unit."""
    Unit.objects.bulk_update(rows, FIELDS, batch_size=500)
