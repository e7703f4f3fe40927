"""The importer of positions: into units that are there, by their code or their name."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs import queries, rules, services
from lingkar.directory.orgs.access import Action, may_manage
from lingkar.directory.orgs.importer import cells as own
from lingkar.directory.orgs.models import Position, PositionKind, PositionLevel, Unit
from lingkar.directory.orgs.rules import Post
from lingkar.directory.orgs.services import ChangedPosition, NewPosition
from lingkar.directory.orgs.services.posts import post_of
from lingkar.directory.orgs.web.sentences import sentence
from lingkar.foundation.access import Actor
from lingkar.foundation.imports.registry import CHANGED, NEW, REFUSED, SAME, Row, Staged
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.cells import simple
from lingkar.foundation.sheets.tables import Column

COMPARED = ("title", "kind", "level", "echelon", "seats", "leads")
EMPTY = {"level": "", "echelon": None, "seats": 1, "leads": False}
LABELS = {"kind": PositionKind, "level": PositionLevel}


class Positions:
    """Positions by code. A line whose position is there changes it from its day on; it stays in its unit."""

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
        there, posts = _there(by.agency)
        for row in rows:
            row.key = str(row.values.get("code", ""))
            if row.outcome == REFUSED:
                continue
            unit = units.get(simple(row.values["unit"]))
            if unit is None or not may_manage(by, unit.path):
                row.refuse(Refused("orgs.unit_unknown", unit=row.values["unit"][:60]), "unit")
            elif row.key in there:
                known = there[row.key]
                _compare(row, known, posts[known.pk], unit, today)
            else:
                _check_new(row, unit, today)

    def check_whole(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:  # noqa: ARG002 asked of each
        """On no day a unit is led by two: one line may take over what another one gives up."""
        there, posts = _there(by.agency)
        units = {row.pk: row.unit_id for row in there.values()}
        codes = {unit.code: unit.pk for unit in queries.units_in(by.agency)}
        refused = True
        while refused:  # a line that is refused gives nothing up
            refused = False
            going = {row.target for row in rows if row.outcome == CHANGED}
            led = Led({pk: known for pk, known in posts.items() if pk not in going}, units)
            for row in rows:
                if row.outcome in {NEW, CHANGED} and not led.takes(codes[row.values["unit_code"]], row, posts):
                    row.refuse(Refused("orgs.head_taken"), "leads")
                    refused = True

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """Those that change first, since a new head may follow one of them; all of each by one call."""
        try:
            changed = [_changed(row) for batch in staged.having(CHANGED) for row in batch]
            if changed:
                services.change_positions(agency=by.agency, rows=changed, by=by, at=at)
            new = [_new(row) for batch in staged.having(NEW) for row in batch]
            if new:
                services.add_positions(agency=by.agency, rows=new, by=by, at=at)
        except Refused as refused:
            if refused.code == "orgs.head_taken" and not staged.count(CHANGED):
                raise Refused("orgs.head_needs_changes") from None
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


def _there(agency: UUID) -> tuple[dict[str, Position], dict[UUID, list[Post]]]:
    """The positions of an agency by code, and what each was and will be."""
    there = {row.code: row for row in queries.positions_in(agency)}
    posts: dict[UUID, list[Post]] = {}
    for state in queries.position_states_in(agency):
        posts.setdefault(state.position_id, []).append(post_of(state))
    return there, posts


class Led:
    """Who leads each unit when."""

    def __init__(self, posts: Mapping[UUID, Sequence[Post]], units: Mapping[UUID, UUID]) -> None:
        self._led: dict[UUID, list[Post]] = {}
        for pk, known in posts.items():
            self._led.setdefault(units[pk], []).extend(post for post in known if post.leads)

    def takes(self, unit: UUID, row: Row, posts: Mapping[UUID, Sequence[Post]]) -> bool:
        """Whether a line may lead its unit when it says so; then it does."""
        led, will = self._led.setdefault(unit, []), [post for post in _will_be(row, posts) if post.leads]
        try:
            rules.check_heads(led, will, unit=unit, named=row.key)
        except Refused:
            return False
        led += will
        return True


def _will_be(row: Row, posts: Mapping[UUID, Sequence[Post]]) -> list[Post]:
    """What the position of a line is, once it was written."""
    since = row.day("since")
    if since is None:
        raise Refused("imports.stale")
    if row.target is not None:
        return rules.post_changed(posts[row.target], since, _facts(row))
    told = EMPTY | {name: row.values[name] for name in COMPARED if row.values.get(name) is not None}
    return [Post(since, None, **told)]


def _compare(row: Row, known: Position, posts: Sequence[Post], unit: Unit, today: date) -> None:
    """What a line changes about a position that is there, against what it is on that day."""
    values, row.target = row.values, known.pk
    if unit.pk != known.unit_id:
        row.refuse(Refused("orgs.position_elsewhere", position=known.title, unit=known.unit.name), "unit")
        return
    since = row.day("since") or max(known.valid_from, today)
    values |= {"unit_code": unit.code, "since": since}
    before, facts = rules.stretch_on(posts, since), _facts(row)
    row.changes = {
        name: (_in_words(name, getattr(before, name)), _in_words(name, value))
        for name, value in facts.items()
        if (value or None) != (getattr(before, name) or None)
    }
    row.outcome = CHANGED if row.changes else SAME
    if not row.changes:
        return
    try:
        for post in rules.post_changed(posts, since, facts):
            rules.check_post(post)
    except Refused as refused:
        row.refuse(refused, COLUMN_OF.get(refused.code, "since"))


COLUMN_OF = {"orgs.level_is_for_functional": "level", "orgs.one_head": "seats"}


def _facts(row: Row) -> dict[str, Any]:
    """What a line tells of a position that is there; an empty cell takes nothing away."""
    told = {name: row.values[name] for name in COMPARED if name in row.values}
    if "echelon" in told:
        told["echelon"] = told["echelon"] or None
    if "kind" in told and told["kind"] != PositionKind.FUNCTIONAL:
        told.setdefault("level", "")
    return told


def _in_words(name: str, value: Any) -> Any:
    """A fact as the preview shows it."""
    return str(LABELS[name](value).label) if name in LABELS and value else value


def _check_new(row: Row, unit: Unit, today: date) -> None:
    values = row.values
    values |= {"unit_code": unit.code, "since": row.day("since") or max(unit.valid_from, today)}
    if values["since"] < unit.valid_from or unit.valid_to is not None:
        row.refuse(Refused("orgs.unit_not_there", first=unit.valid_from, last=unit.valid_to), "since")
    if values.get("level") and values["kind"] != PositionKind.FUNCTIONAL:
        row.refuse(Refused("orgs.level_is_for_functional"), "level")
    if values.get("leads") and values.get("seats", 1) > 1:
        row.refuse(Refused("orgs.one_head"), "seats")


def _new(row: Row) -> NewPosition:
    since = row.day("since")
    if since is None:
        raise Refused("imports.stale")
    told = EMPTY | {name: row.values[name] for name in COMPARED if row.values.get(name) is not None}
    return NewPosition(code=row.values["code"], unit=row.values["unit_code"], valid_from=since, **told)


def _changed(row: Row) -> ChangedPosition:
    since = row.day("since")
    if row.target is None or since is None:
        raise Refused("imports.stale")
    return ChangedPosition(row.target, since, _facts(row))
