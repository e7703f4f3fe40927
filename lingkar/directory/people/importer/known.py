"""Who of the lines of a sheet is known to the agency already, and where they work."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from lingkar.directory.people import queries
from lingkar.directory.people.access import PersonPolicy
from lingkar.directory.people.models import Person, PersonKind, Placement
from lingkar.directory.people.rules.persons import PersonFacts
from lingkar.foundation.access import Actor
from lingkar.foundation.imports.registry import Row
from lingkar.foundation.sheets.cells import simple


@dataclass
class Known:
    """People by the key of their line, and their main placement."""

    persons: dict[str, Person] = field(default_factory=dict)
    placements: dict[object, Placement] = field(default_factory=dict)
    latest: dict[object, date] = field(default_factory=dict)
    """The first day of the main placement that begins last: it may lie ahead, and none is put before it."""

    @classmethod
    def of(cls, rows: Sequence[Row], *, by: Actor, today: date) -> "Known":
        nips = {row.key for row in rows if row.key[:1].isdigit()}
        persons: dict[str, Person] = dict(queries.by_nip(by, nips)) if nips else {}
        outside = {row.key for row in rows if row.key[:1] in ("@", "~")}
        persons |= _from_outside(by, rows) if outside else {}
        ids = [person.pk for person in persons.values()]
        if not ids:
            return cls(persons)
        placed = queries.placements_on(today).filter(person__pk__one_of=ids, is_main=True)
        begun = Placement.objects.filter(person__pk__one_of=ids, is_main=True).order_by("valid_from")
        return cls(
            persons,
            {placement.person_id: placement for placement in placed},
            dict(begun.values_list("person_id", "valid_from")),
        )

    def person_of(self, row: Row) -> Person | None:
        return self.persons.get(row.key)


def _from_outside(by: Actor, rows: Sequence[Row]) -> dict[str, Person]:
    """People without a NIP, by e-mail address or by name and institution."""
    names = {row.values.get("name") for row in rows if "nip" not in row.values}
    addresses = {row.values.get("email") for row in rows if "nip" not in row.values}
    seen = PersonPolicy().visible(by).filter(kind=PersonKind.EXTERNAL)
    found: dict[str, Person] = {}
    for person in seen.filter(name__in=names - {None}) | seen.filter(email__in=addresses - {None}):
        found[f"~{simple(person.name)} {simple(person.institution)}"] = person
        if person.email:
            found[f"@{person.email}"] = person
    return found


def of_row(row: Row) -> PersonFacts:
    """What a line tells about somebody."""
    values = row.values
    return PersonFacts(
        kind=values.get("kind", ""),
        name=values.get("name", ""),
        nip=values.get("nip", ""),
        birth_place=values.get("birth_place", ""),
        birth_date=row.day("birth_date"),
        sex=values.get("sex", ""),
        golongan=values.get("golongan", ""),
        education=values.get("education", ""),
        email=values.get("email", ""),
        phone=values.get("phone", ""),
        institution=values.get("institution", ""),
    )
