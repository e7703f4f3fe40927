"""Lines about people whom the agency does not know yet."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from lingkar.directory.people.access import keeps_records
from lingkar.directory.people.importer.known import of_row
from lingkar.directory.people.importer.units import Place, Units
from lingkar.directory.people.models import PersonKind
from lingkar.directory.people.queries import taken_nips
from lingkar.directory.people.rules import numbers, persons
from lingkar.foundation.access import Actor
from lingkar.foundation.imports.ids import ordered_id
from lingkar.foundation.imports.registry import NEW, Row
from lingkar.foundation.refusals import Refused

FACTS = tuple(field.name for field in fields(persons.PersonFacts))
ALL_OF = attrgetter(*FACTS)
PNS, PPPK, EXTERNAL = str(PersonKind.PNS), str(PersonKind.PPPK), str(PersonKind.EXTERNAL)
COLUMN_OF = {
    "nip": "nip", "name": "name", "golongan": "golongan", "unit": "unit", "email": "email", "phone": "phone",
    "born": "birth_date", "kind": "kind", "since": "since", "before": "since", "placed": "since",
}  # fmt: skip
"""First word of a code of this module → the column that it is about."""


def check_new(rows: Sequence[Row], units: Units, ages: numbers.Ages, *, by: Actor, today: date) -> None:
    """Whether they can be recorded, with an id and the facts as they will be stored: two statements for all rows."""
    taken = taken_nips(row.values["nip"] for row in rows if "nip" in row.values)
    reached: dict[str, bool] = {}
    is_everywhere = keeps_records(by, "")
    for row in rows:
        place = _complete(row, units, today)
        facts = persons.tidied(of_row(row))
        row.values |= {name: value for name, value in zip(FACTS, ALL_OF(facts), strict=True) if value}
        row.outcome, row.target = NEW, ordered_id()
        for refused in persons.reasons(facts, ages=ages, today=today):
            row.refuse(refused, column_of(refused))
        if facts.nip in taken:
            row.refuse(Refused("people.nip_known"), "nip")
        if place is not None and place.pk not in reached:
            reached[place.pk] = keeps_records(by, place.path)
        if place is None:
            _without_unit(row, is_everywhere)
        elif not reached[place.pk]:
            row.refuse(Refused("people.unit_unknown"), "unit")
        else:
            _since(row, facts.nip)


def _without_unit(row: Row, is_everywhere: bool) -> None:
    if row.values["kind"] != EXTERNAL:
        row.refuse(Refused("people.unit_needed_here"), "unit")
    elif not is_everywhere:
        row.refuse(Refused("people.unit_needed"), "unit")


def _since(row: Row, nip: str) -> None:
    first = persons.first_day(nip)
    if first is not None and row.values["since"] < first:
        row.refuse(Refused("people.before_service", since=first), "since")


def _complete(row: Row, units: Units, today: date) -> Place | None:
    """What the line does not tell of somebody new: the kind, and since when they work there."""
    values = row.values
    if "kind" not in values:
        values["kind"] = _kind_of(values)
    if "unit_id" not in values:
        return None
    place = units.by_id[values["unit_id"]]
    values["since"] = max(row.day("since") or today, place.valid_from)
    return place


def _kind_of(values: dict[str, Any]) -> str:
    nip = values.get("nip")
    if not nip:
        return EXTERNAL if values.get("institution") else PNS
    is_contract = len(nip) == numbers.LENGTH and nip.isdecimal() and numbers.told_by(nip).contract
    return PPPK if is_contract else PNS


def column_of(refused: Refused) -> str:
    """The column that a reason is about; "" for the line as a whole."""
    if refused.code == "people.too_long":
        return str(refused.details["field"])
    return COLUMN_OF.get(refused.code.removeprefix("people.").partition("_")[0], "")
