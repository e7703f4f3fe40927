"""The importer of units. A parent may stand below its children in the sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs import queries, rules, services
from lingkar.directory.orgs.access import Action, may_manage
from lingkar.directory.orgs.importer import cells as own
from lingkar.directory.orgs.models import Unit, UnitKind
from lingkar.directory.orgs.rules import Spell
from lingkar.directory.orgs.services import ChangedUnit, NewUnit
from lingkar.directory.orgs.services.chronicle import spell_of
from lingkar.directory.orgs.web.sentences import sentence
from lingkar.foundation.access import Actor
from lingkar.foundation.imports.registry import CHANGED, NEW, REFUSED, SAME, Row, Staged
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.tables import Column

MOST = 50_000
"""Lines of one file: its tree is checked as a whole. No agency has as many units."""
TOP = "-"
"""Written as the parent of a unit that stands at the top, to move one there: an empty cell takes nothing away."""


def _parent(cell: Any) -> str | None:
    return TOP if cells.text(cell) == TOP else own.code(cell)


@dataclass(frozen=True)
class Known:
    """The units that are there, by code, and what each was and will be."""

    units: Mapping[str, Unit]
    codes: Mapping[UUID, str]
    spells: Mapping[UUID, Sequence[Spell[UUID]]]

    @classmethod
    def of(cls, agency: UUID) -> "Known":
        units = {unit.code: unit for unit in queries.units_in(agency)}
        spells: dict[UUID, list[Spell[UUID]]] = {}
        for state in queries.states_in(agency):
            spells.setdefault(state.unit_id, []).append(spell_of(state))
        return cls(units, {unit.pk: code for code, unit in units.items()}, spells)

    def parent_of(self, unit: Unit) -> str:
        return self.codes[unit.parent_id] if unit.parent_id else ""


class Units:
    """Units by code. A line whose unit is there renames or moves it from its day on."""

    kind, needs, key = "units", Action.MANAGE, "code"
    label = _("Units")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("code", _("Code"), ("Kode", "Kode Unit", "Kode OPD"), own.code, required=True, example="dukcapil"),
        Column(
            "name", _("Name"), ("Nama", "Nama Unit", "Unit Kerja", "Nama Perangkat Daerah", "OPD"),
            cells.text_up_to(200), required=True, example="Dinas Kependudukan dan Pencatatan Sipil",
        ),
        Column("short_name", _("Short name"), ("Singkatan", "Nama Singkat"), cells.text_up_to(60), example="Dukcapil"),
        Column("kind", _("Kind"), ("Jenis", "Jenis Unit"), own.unit_kind, required=True, example="Dinas"),
        Column("parent", _("Parent"), ("Induk", "Kode Induk", "Unit Induk"), _parent, example="setda"),
        Column("since", _("Valid from"), ("Berlaku", "Berlaku Mulai", "TMT"), cells.day, example="01-01-2026"),
    )  # fmt: skip

    def check(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Against the units that are there."""
        today, known = timezone.localdate(at), Known.of(by.agency)
        for row in rows:
            row.key = str(row.values.get("code", ""))
            if row.outcome != REFUSED:
                _compare(row, known, by, today)

    def check_whole(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """A parent may stand in any line of any sheet of the file."""
        if len(rows) > MOST:
            raise Refused("orgs.too_many_rows", most=MOST)
        _check_parents(rows, Known.of(by.agency), timezone.localdate(at))

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """New ones first, then those that change, each by one statement of this module's services."""
        try:
            new = [_new(row) for batch in staged.having(NEW) for row in batch]
            if new:
                services.add_units(agency=by.agency, rows=new, by=by, at=at)
                staged.say(len(new))
            changed = [_changed(row) for batch in staged.having(CHANGED) for row in batch]
            if changed:
                services.change_units(agency=by.agency, rows=changed, by=by, at=at)
        except Refused:
            raise Refused("imports.stale") from None

    def sentence(self, refused: Refused) -> str:
        return sentence(refused)


def _compare(row: Row, known: Known, by: Actor, today: date) -> None:
    """What a line changes about a unit that is there; a new one needs the whole agency."""
    row.values.setdefault("since", today)
    unit = known.units.get(row.key)
    if not may_manage(by, unit.path if unit else ""):
        row.refuse(Refused("orgs.not_yours"))
        return
    if unit is None:
        return
    row.target = unit.pk
    since = row.day("since") or today
    then = rules.stretch_on(known.spells[unit.pk], since)
    before = {
        "name": then.name, "short_name": then.short_name, "kind": then.kind,
        "parent": known.codes[then.parent] if then.parent else TOP,
    }  # fmt: skip
    told = {name: row.values[name] for name in before if name in row.values}
    row.changes = {
        name: (_in_words(name, before[name]), _in_words(name, value))
        for name, value in told.items()
        if value != before[name]
    }
    row.outcome = CHANGED if row.changes else SAME
    if row.changes and (since < unit.valid_from or (unit.valid_to is not None and since > unit.valid_to)):
        day = unit.valid_to if unit.valid_to and since > unit.valid_to else unit.valid_from
        row.refuse(Refused("orgs.ended" if day == unit.valid_to else "orgs.not_begun", day=day), "since")


def _in_words(name: str, value: str) -> str:
    """A fact as the preview shows it."""
    return str(UnitKind(value).label) if name == "kind" else value


def _check_parents(rows: Sequence[Row], known: Known, today: date) -> None:
    """Parents are in the sheet or there already, from the day on; none stands below itself."""
    told: dict[str, Row] = {}
    for row in rows:
        if row.key:
            told.setdefault(row.key, row)  # a code that stands there twice is that of the first line
    parents = {code: known.parent_of(unit) or None for code, unit in known.units.items()}
    parents |= {code: _parent_told(row, parents.get(code)) for code, row in told.items()}
    looped = True
    while looped:
        looped = False
        for code in rules.circle(parents):
            looped = True
            parents[code] = None
            if code in told:
                told[code].refuse(Refused("orgs.circle"), "parent")
    refused = True
    while refused:  # whoever stands below a refused line is refused, too
        refused = sum(_check_parent(row, told, known, today) for row in rows if row.outcome in {NEW, CHANGED}) > 0


def _parent_told(row: Row, before: str | None) -> str | None:
    parent = row.values.get("parent")
    return before if parent is None else None if parent == TOP else str(parent)


def _check_parent(row: Row, told: Mapping[str, Row], known: Known, today: date) -> bool:
    """Refuse a line whose parent cannot be one; whether it was refused."""
    parent = row.values.get("parent")
    if parent in (None, TOP):
        return False
    why = _fault_of_parent(str(parent), row.day("since") or today, told, known, today)
    if why is not None:
        row.refuse(why, "parent")
    return why is not None


def _fault_of_parent(parent: str, since: date, told: Mapping[str, Row], known: Known, today: date) -> Refused | None:
    unit, above = known.units.get(parent), told.get(parent)
    if unit is None and above is None:
        return Refused("orgs.parent_unknown", parent=parent)
    if unit is None and above is not None:
        if above.outcome == REFUSED:
            return Refused("orgs.parent_refused", parent=parent)
        begins, ends = above.day("since") or today, None
    elif unit is not None:
        begins, ends = unit.valid_from, unit.valid_to
    if since < begins or ends is not None:
        return Refused("orgs.parent_not_there", parent=parent, day=since if since < begins else ends)
    return None


def _new(row: Row) -> NewUnit:
    values, parent = row.values, row.values.get("parent")
    since = row.day("since")
    if since is None:
        raise Refused("imports.stale")
    return NewUnit(
        code=values["code"],
        kind=values["kind"],
        name=values["name"],
        valid_from=since,
        parent="" if parent in (None, TOP) else parent,
        short_name=values.get("short_name", ""),
    )


def _changed(row: Row) -> ChangedUnit:
    since = row.day("since")
    if row.target is None or since is None:
        raise Refused("imports.stale")
    after = {name: row.values[name] for name in row.changes}
    change = ChangedUnit(row.target, since, {name: v for name, v in after.items() if name != "parent"})
    if "parent" not in after:
        return change
    return replace(change, parent="" if after["parent"] == TOP else after["parent"])
