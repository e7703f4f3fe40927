"""The importer of people: columns, what each line means against what is known, and writing."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingkar.directory.people import services
from lingkar.directory.people.access import Action, keeps_records
from lingkar.directory.people.importer.columns import COLUMNS
from lingkar.directory.people.importer.known import Known, of_row
from lingkar.directory.people.importer.newcomers import check_new, column_of
from lingkar.directory.people.importer.sentences import sentence
from lingkar.directory.people.importer.units import Units
from lingkar.directory.people.models import Person, Placement, Status
from lingkar.directory.people.queries import facts_of
from lingkar.directory.people.queries.checks import ages_on
from lingkar.directory.people.rules import numbers, persons
from lingkar.directory.people.rules.persons import PersonFacts
from lingkar.directory.people.services.changes import ChangedPerson
from lingkar.foundation.access import Actor
from lingkar.foundation.imports.registry import CHANGED, NEW, REFUSED, SAME, Row, Staged
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.cells import simple
from lingkar.foundation.sheets.tables import Column

FACTS = tuple(field.name for field in fields(PersonFacts))


class People:
    """Civil servants and people from outside, by NIP; people without one by e-mail address, or name and institution."""

    kind, needs, key = "people", Action.RECORDS, "nip"
    label = _("People")
    shown = ("name", "nip", "title", "unit")
    columns: ClassVar[tuple[Column, ...]] = COLUMNS

    def check(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Against the number's own rules, the units, the people known, and what ``by`` may."""
        today = timezone.localdate(at)
        units = Units.of(by.agency, today)
        for row in rows:
            _gathered(row, units)
            row.key = _key(row)
        known = Known.of(rows, by=by, today=today)
        ages = ages_on(by.agency, today)
        new = [row for row in rows if row.outcome != REFUSED and known.person_of(row) is None]
        check_new(new, units, ages, by=by, today=today)
        for row in rows:
            person = known.person_of(row)
            if row.outcome != REFUSED and person is not None:
                place, latest = known.placements.get(person.pk), known.latest.get(person.pk)
                _check_known(row, person, place, units, ages, by=by, today=today)
                _check_ahead(row, latest)

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """New people by one statement, changes batch by batch; what moved since the preview makes it stale."""
        try:
            if count := staged.count(NEW):
                services.add_staged_people(source=staged.source, count=count, by=by, at=at)
                staged.say(count)
            for batch in staged.having(CHANGED):
                self._change(batch, by=by, at=at)
        except Refused:
            raise Refused("imports.stale") from None

    def _change(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        again = [Row(row.sheet, row.line, dict(row.values)) for row in rows]
        self.check(again, by=by, at=at)
        if any(_differs(now, row) for now, row in zip(again, rows, strict=True)):
            raise Refused("imports.stale")
        services.change_people(rows=[_changed(row, row.target) for row in again if row.target], by=by, at=at)

    def sentence(self, refused: Refused) -> str:
        return sentence(refused)


def _gathered(row: Row, units: Units) -> None:
    """Values of several columns as one fact: birth, the printed name, the unit."""
    values = row.values
    place, day = values.pop("birth", (None, None))
    for name, told in (("birth_place", place), ("birth_date", day)):
        if told:
            values.setdefault(name, told)
    before, after = values.pop("title_before", ""), values.pop("title_after", "")
    if before or after:
        values["name"] = f"{before} {values.get('name', '')}{', ' if after else ''}{after}".strip()
    if "unit_id" not in values:  # else it was looked up when the sheet was read
        _look_up(row, units)


def _look_up(row: Row, units: Units) -> None:
    values = row.values
    column = "unit" if "unit" in values else "above"
    if column in values:
        try:
            found = units.of_words(values[column], values.get("above", "") if column == "unit" else "")
        except Refused as refused:
            row.refuse(refused, column)
        else:
            values["unit"], values["unit_id"] = found.name, found.pk
            values.pop("above", None)


def _key(row: Row) -> str:
    """What makes two lines the same person."""
    if nip := row.values.get("nip"):
        return str(nip)
    if address := row.values.get("email"):
        return f"@{address}"
    name = row.values.get("name")
    return f"~{simple(name)} {simple(row.values.get('institution', ''))}" if name else ""


def _check_known(
    row: Row, person: Person, place: Placement | None, units: Units, ages: numbers.Ages, *, by: Actor, today: date
) -> None:
    """Somebody of one's own agency: what would change, and whether it may."""
    row.target, facts = person.pk, facts_of(person)
    at = units.by_id.get(str(place.unit_id)) if place else None
    path = at.path if at else ""
    if not keeps_records(by, path):
        row.refuse(Refused("people.not_yours"))
        return
    told = _merged(facts, row)
    changes: dict[str, tuple[Any, Any]] = {
        name: (before, after) for name in FACTS if (before := getattr(facts, name)) != (after := getattr(told, name))
    }
    _add_move(row, place, units, changes, by=by, today=today)
    if changes and person.account_id is not None and person.account_id == by.person:
        row.refuse(Refused("people.own_record"))
    for refused in persons.reasons(told, ages=ages, today=today) if changes else ():
        row.refuse(refused, column_of(refused))
    if changes and person.status != Status.ACTIVE:
        row.refuse(Refused("people.not_serving"))
    row.changes = changes
    if row.outcome != REFUSED:
        row.outcome = CHANGED if changes else SAME


def _merged(facts: PersonFacts, row: Row) -> PersonFacts:
    """What is known, with what the line tells. An empty cell takes nothing away."""
    told = of_row(row)
    new = {name: value for name in FACTS if name in row.values and (value := getattr(told, name)) not in ("", None)}
    return persons.tidied(replace(facts, **new))


def _add_move(
    row: Row, place: Placement | None, units: Units, changes: dict[str, tuple[Any, Any]], *, by: Actor, today: date
) -> None:
    """Another unit, or another title in it, from the day that is told or from today."""
    now = units.by_id.get(str(place.unit_id)) if place else None
    target = units.by_id.get(row.values["unit_id"]) if "unit_id" in row.values else now
    title, before = row.values.get("title"), place.title if place else ""
    moves, renamed = target != now, title is not None and title != before
    if target is None or not (moves or renamed):
        return
    if not keeps_records(by, target.path):
        row.refuse(Refused("people.unit_unknown"), "unit")
        return
    since = max(row.day("since") or today, target.valid_from)
    if place is not None and since < place.valid_from:
        if moves:
            row.refuse(Refused("people.placed_then", other_from=place.valid_from), "since")
            return
        since = place.valid_from
    row.values |= {"unit_id": target.pk, "moves_on": since}
    if moves:
        changes["unit"] = (now.name if now else "", target.name)
    if renamed:
        changes["title"] = (before, title)


def _check_ahead(row: Row, latest: date | None) -> None:
    """No move before a placement that begins later: it would make the whole sheet stale when it is written."""
    since = row.day("moves_on") if "unit" in row.changes or "title" in row.changes else None
    if since is not None and latest is not None and latest > since:
        row.refuse(Refused("people.placed_then", other_from=latest), "since")


def _changed(row: Row, target: UUID) -> ChangedPerson:
    moves = "unit" in row.changes or "title" in row.changes
    return ChangedPerson(
        person=target,
        facts={name: after for name, (_before, after) in row.changes.items() if name in FACTS},
        unit=UUID(row.values["unit_id"]) if moves else None,
        title=row.changes["title"][1] if "title" in row.changes else None,
        since=row.day("moves_on") if moves else None,
    )


def _plain(changes: dict[str, tuple[Any, Any]]) -> dict[str, list[str]]:
    """Changes as they look after they were kept: days are text."""
    return {name: [str(value or "") for value in pair] for name, pair in changes.items()}


def _differs(now: Row, then: Row) -> bool:
    """Whether something moved between the preview and the writing."""
    return now.outcome != CHANGED or _plain(now.changes) != _plain(then.changes)
