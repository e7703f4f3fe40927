"""The importer of services: each line is the standard of one, a draft or in force from its day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingkar.directory.services import queries, rules, services
from lingkar.directory.services.access import Action
from lingkar.directory.services.importer.columns import COLUMNS
from lingkar.directory.services.importer.known import Known
from lingkar.directory.services.importer.sentences import sentence
from lingkar.directory.services.importer.words import in_words
from lingkar.directory.services.rules import Standard
from lingkar.directory.services.services import ServiceRow
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.imports.registry import CHANGED, NEW, REFUSED, SAME, Row, Staged
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.cells import shown, simple
from lingkar.foundation.sheets.tables import Column

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit

NOTED = {"working_days": "time_note", "cost": "cost_note"}
"""A number → where the words go when it is not all that is said."""
LONGEST_CODE = 40


class Services:
    """Services by code, or by name and unit. With a day they are in force from then on; without one, drafts."""

    kind, needs, key = "services", Action.MANAGE, "code"
    label = _("Services")
    shown = ("name", "code", "unit", "since")
    columns: ClassVar[tuple[Column, ...]] = COLUMNS

    def check(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Against the units, the services that are there, and what a standard needs to be in force."""
        today = timezone.localdate(at)
        known = Known.of(by, today)
        for row in rows:
            _gathered(row)
            row.key = str(row.values.get("code", ""))
            if row.outcome != REFUSED:
                _check(row, known, by, today)

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """New ones by one call, then those that change one by one: each is a version of its own."""
        try:
            new = [_new(row) for batch in staged.having(NEW) for row in batch]
            if new:
                services.add_services(rows=new, by=by, at=at)
                staged.say(len(new))
            for batch in staged.having(CHANGED):
                self._change(batch, by=by, at=at)
        except (Refused, Unseen, ValidationError):
            raise Refused("imports.stale") from None

    def _change(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        again = [Row(row.sheet, row.line, dict(row.values)) for row in rows]
        self.check(again, by=by, at=at)
        known = Known.of(by, timezone.localdate(at))
        for now, then in zip(again, rows, strict=True):
            if now.outcome != CHANGED or _plain(now) != _plain(then):
                raise Refused("imports.stale")
            _write(now, known, by=by, at=at)

    def sentence(self, refused: Refused) -> str:
        return sentence(refused)


def _gathered(row: Row) -> None:
    """A number with its words as two facts; a code where none is told."""
    values = row.values
    for name, note in NOTED.items():
        if isinstance(values.get(name), tuple):
            amount, words = values.pop(name)
            values[name] = amount  # None: said in words alone, so a number of before no longer holds
            if words:
                values[note] = f"{words}. {values[note]}" if values.get(note) else words
    if isinstance(values.get("hours"), dict):
        values["opening"] = values.pop("hours")
        values["hours"] = in_words("hours", values["opening"])
    if (link := values.get("online")) and "://" not in link:
        values["online"] = f"https://{link}"


def _check(row: Row, known: Known, by: Actor, today: date) -> None:
    values = row.values
    unit = known.units.get(simple(values.get("unit_code") or values["unit"]))
    if unit is None or not (by.is_system or by.may(Action.MANAGE, unit.path)):
        row.refuse(Refused("services.unit_unknown", value=shown(values["unit"])), "unit")
        return
    _check_day(row, unit, today)
    values |= {"unit_id": str(unit.pk), "unit_code": unit.code, "unit": unit.name}
    named = known.named.get((simple(values["name"]), unit.pk), "")
    values["code"] = row.key = values.get("code") or named or rules.code_from(values["name"])[:LONGEST_CODE].strip("-")
    service = known.services.get(row.key)
    if service is not None:
        _compare(row, known, service.pk, unit, today)
    elif row.key in known.taken:
        row.refuse(Refused("services.not_yours"), "code")
    else:
        _check_standard(row, merged(row, Standard(name=values["name"])), None, today)


def _check_day(row: Row, unit: "Unit", today: date) -> None:
    """The unit is there on the day; a draft may wait for one that begins later."""
    day = row.day("since") or max(today, unit.valid_from)
    try:
        rules.check_unit(day, valid_from=unit.valid_from, valid_to=unit.valid_to)
    except Refused as refused:
        row.refuse(refused, "since" if "since" in row.values else "unit")


def _compare(row: Row, known: Known, service: UUID, unit: "Unit", today: date) -> None:
    """What a line changes about a service that is there."""
    draft, newest = known.drafts.get(service), known.newest.get(service)
    base = draft or newest
    row.target = service
    if base is None:
        row.refuse(Refused("services.not_yours"), "code")
        return
    before = queries.standard_of(base)
    after = merged(row, before)
    row.changes = {
        name: (in_words(name, getattr(before, name)), in_words(name, getattr(after, name)))
        for name in rules.differences(before, after)
    }
    if base.unit_id != unit.pk:
        row.changes["unit"] = (base.unit.name, unit.name)
    if draft is not None and row.day("since"):
        row.changes["since"] = (_draft_words(), str(row.day("since")))
    if row.outcome != REFUSED:
        row.outcome = CHANGED if row.changes else SAME
    if row.changes:
        _check_standard(row, after, newest.valid_from if newest else None, today)


def _draft_words() -> str:
    return in_words("draft", None)


def merged(row: Row, base: Standard) -> Standard:
    """What is known, with what the line tells. An empty cell takes nothing away."""
    told: dict[str, Any] = {name: row.values[name] for name in rules.FIELDS if name in row.values and name != "hours"}
    told |= {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    if "opening" in row.values:
        told["hours"] = rules.check_hours(row.values["opening"])
    for name, note in NOTED.items():  # a new time is not explained by the words of the old one
        if name in told:
            told = {note: ""} | told
    return replace(base, **told)


def _check_standard(row: Row, standard: Standard, last: date | None, today: date) -> None:
    """Whether it can be in force from its day; a draft may lack anything."""
    since, reviewed = row.day("since"), row.day("reviewed_on")
    if standard.online and not _is_address(standard.online):
        row.refuse(Refused("services.no_address", value=shown(standard.online)), "online")
    if reviewed and reviewed > today:
        row.refuse(Refused("services.reviewed_in_the_future", today=today), "reviewed_on")
    if since is None:
        return
    try:
        rules.check_start(since, last=last, today=today)
    except Refused as refused:
        row.refuse(refused, "since")
    try:
        rules.check_publishable(standard)
    except Refused as refused:
        row.refuse(Refused(f"{refused.code}_in_sheet", **refused.details), "")


def _is_address(words: str) -> bool:
    try:
        URLValidator(schemes=("http", "https"))(words)
    except ValidationError:
        return False
    return len(words) <= 300


def _reviewed(row: Row, today: date) -> date:
    return row.day("reviewed_on") or min(row.day("since") or today, today)


def _new(row: Row) -> ServiceRow:
    since = row.day("since")
    return ServiceRow(
        code=row.values["code"],
        unit=UUID(row.values["unit_id"]),
        standard=merged(row, Standard(name=row.values["name"])),
        valid_from=since,
        reviewed_on=row.day("reviewed_on") if since else None,
    )


def _write(row: Row, known: Known, *, by: Actor, at: datetime) -> None:
    """A draft is written; with a day it is published."""
    service = cast("UUID", row.target)
    draft, newest = known.drafts.get(service), known.newest.get(service)
    base = draft or newest
    if base is None:
        raise Refused("imports.stale")
    services.change_service(
        service=service,
        unit=UUID(row.values["unit_id"]),
        standard=merged(row, queries.standard_of(base)),
        seen=draft.revision if draft else None,
        by=by,
        at=at,
    )
    since = row.day("since")
    if since:
        reviewed = _reviewed(row, timezone.localdate(at))
        services.publish_service(service=service, valid_from=since, reviewed_on=reviewed, by=by, at=at)


def _plain(row: Row) -> dict[str, list[str]]:
    """Changes as they look after they were kept."""
    return {name: [str(value or "") for value in pair] for name, pair in row.changes.items()}
