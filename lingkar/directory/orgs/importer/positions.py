"""The importer of positions: into units that are there, by their code or their name."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs import queries, services
from lingkar.directory.orgs.access import Action, may_manage
from lingkar.directory.orgs.importer import cells as own
from lingkar.directory.orgs.models import Position, PositionKind, Unit
from lingkar.directory.orgs.services import NewPosition
from lingkar.directory.orgs.web.sentences import sentence
from lingkar.foundation.access import Actor
from lingkar.foundation.imports.registry import REFUSED, SAME, Row, Staged
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.cells import simple
from lingkar.foundation.sheets.tables import Column

COMPARED = ("title", "kind", "level", "echelon", "seats", "leads")
EMPTY = {"level": "", "echelon": None, "seats": 1, "leads": False}


class Positions:
    """Positions by code. One that is there already stays as it is: it ends, and another one begins."""

    kind, needs, key = "positions", Action.MANAGE, "code"
    label = _("Positions")
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "code", _("Code of the position"), ("Kode Jabatan", "Kode"), own.code, required=True,
            example="kadis-dukcapil",
        ),
        Column(
            "title", _("Title"), ("Nama Jabatan", "Jabatan"), cells.text_up_to(200), required=True,
            example="Kepala Dinas Kependudukan dan Pencatatan Sipil",
        ),
        Column(
            "unit", _("Unit"), ("Unit Kerja", "Kode Unit", "OPD", "Perangkat Daerah"), cells.text_up_to(200),
            required=True, example="dukcapil",
        ),
        Column("kind", _("Kind"), ("Jenis", "Jenis Jabatan"), own.position_kind, required=True, example="JPT Pratama"),
        Column("level", _("Level"), ("Jenjang", "Jenjang Jabatan"), own.level, example="Ahli Muda"),
        Column("echelon", _("Echelon"), ("Eselon", "Eselonering"), own.echelon, example="II.b"),
        Column(
            "seats", _("Seats"), ("Kebutuhan", "Formasi", "Jumlah", "Kebutuhan Pegawai"), cells.whole(1, 10_000),
            example="1",
        ),
        Column("leads", _("Leads the unit"), ("Memimpin", "Pimpinan", "Kepala Unit"), own.leads, example="Ya"),
        Column("since", _("Valid from"), ("Berlaku", "Berlaku Mulai", "TMT"), cells.day, example="01-01-2026"),
    )  # fmt: skip

    def check(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Against units and positions that are there."""
        today = timezone.localdate(at)
        units = _by_words(queries.units_in(by.agency, day=today))
        there = {row.code: row for row in queries.positions_in(by.agency)}
        led = {row.unit_id for row in there.values() if row.leads and row.valid_to is None}
        for row in rows:
            row.key = str(row.values.get("code", ""))
            if row.outcome != REFUSED:
                self._check(row, units, there, led, by, today)

    def _check(
        self, row: Row, units: Mapping[str, Unit | None], there: Mapping[str, Position], led: set[UUID], by: Actor,
        today: date,
    ) -> None:  # fmt: skip
        values = row.values
        unit = units.get(simple(values["unit"]))
        if unit is None or not may_manage(by, unit.path):
            row.refuse(Refused("orgs.unit_unknown", unit=values["unit"][:60]), "unit")
            return
        values["unit_code"] = unit.code
        if row.key in there:
            _compare(row, there[row.key], unit)
            return
        values["since"] = row.day("since") or max(unit.valid_from, today)
        for why, column in _faults(row, unit, led):
            row.refuse(why, column)
        if values.get("leads") and row.outcome != REFUSED:
            led.add(unit.pk)

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """All new positions in one call."""
        try:
            new = [_new(row) for batch in staged for row in batch]
            services.add_positions(agency=by.agency, rows=new, by=by, at=at)
        except Refused:
            raise Refused("imports.stale") from None

    def sentence(self, refused: Refused) -> str:
        return sentence(refused)


def _by_words(units: Iterable[Unit]) -> dict[str, Unit | None]:
    """Units by code, name and short name; a name that two units have means neither."""
    found: dict[str, Unit | None] = {}
    for unit in units:
        for words in {simple(unit.name), simple(unit.short_name)} - {""}:
            found[words] = None if words in found else unit
    return found | {simple(unit.code): unit for unit in units}


def _compare(row: Row, known: Position, unit: Unit) -> None:
    """A position that is there already: the same, or refused."""
    row.target, row.outcome = known.pk, SAME
    told = {name: row.values.get(name, getattr(known, name)) for name in COMPARED}
    if unit.pk != known.unit_id or any(told[name] != getattr(known, name) for name in COMPARED):
        row.refuse(Refused("orgs.position_there", position=known.title), "code")


def _faults(row: Row, unit: Unit, led: set[UUID]) -> list[tuple[Refused, str]]:
    values, since = row.values, row.day("since")
    found = []
    if since is not None and (since < unit.valid_from or unit.valid_to is not None):
        found.append((Refused("orgs.unit_not_there", first=unit.valid_from, last=unit.valid_to), "since"))
    if values.get("level") and values["kind"] != PositionKind.FUNCTIONAL:
        found.append((Refused("orgs.level_is_for_functional"), "level"))
    if values.get("leads") and values.get("seats", 1) > 1:
        found.append((Refused("orgs.one_head"), "seats"))
    if values.get("leads") and unit.pk in led:
        found.append((Refused("orgs.head_taken"), "leads"))
    return found


def _new(row: Row) -> NewPosition:
    since = row.day("since")
    if since is None:
        raise Refused("imports.stale")
    told = EMPTY | {name: row.values[name] for name in COMPARED if row.values.get(name) is not None}
    return NewPosition(code=row.values["code"], unit=row.values["unit_code"], valid_from=since, **told)
