"""What is wrong with people who are about to be recorded, asked before anything is written."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import access
from lingkar.directory.people.parameters import AGES, OLDEST_START, YOUNGEST_PNS, YOUNGEST_PPPK
from lingkar.directory.people.queries.persons import taken_nips
from lingkar.directory.people.rules import numbers, persons
from lingkar.directory.people.rules.persons import PersonFacts
from lingkar.foundation.access import Actor
from lingkar.foundation.parameters.queries import values
from lingkar.foundation.refusals import Refused

MANY = 5000
"""Numbers asked for in one statement."""


@dataclass(frozen=True)
class Earlier:
    """A main placement that is over, both days included."""

    unit: UUID
    title: str
    since: date
    until: date


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is about to be recorded; with unit, position, title and first day where these are known.

    ``person`` is the id that the row shall get; without one it is made. ``account`` is one that they sign in with
    already, ``earlier`` where they worked before.
    """

    facts: PersonFacts
    unit: UUID | None = None
    position: UUID | None = None
    title: str = ""
    since: date | None = None
    person: UUID | None = None
    account: UUID | None = None
    earlier: tuple[Earlier, ...] = ()

    def tidied(self) -> "NewPerson":
        """As it is stored."""
        return replace(self, facts=persons.tidied(self.facts), title=" ".join(self.title.split()))


@dataclass(frozen=True)
class Guest:
    """Somebody of another institution, without NIP. ``person`` is the id that the row shall get."""

    person: UUID
    name: str
    institution: str
    email: str = ""
    phone: str = ""

    @property
    def facts(self) -> PersonFacts:
        """As they are stored."""
        told = PersonFacts("external", self.name, institution=self.institution, email=self.email, phone=self.phone)
        return persons.tidied(told)


Reasons = tuple[Refused, ...]


def ages_on(agency: UUID, day: date) -> numbers.Ages:
    """The ages of appointment that the law has on ``day``."""
    found = values(AGES, agency=agency, on=day)
    return numbers.Ages(found[YOUNGEST_PNS.key], found[YOUNGEST_PPPK.key], found[OLDEST_START.key])


def reasons_against(rows: Sequence[NewPerson], *, by: Actor, at: datetime) -> list[Reasons]:
    """For each row what is wrong with it: empty for a row that can be recorded. Eight statements for any number.

    A number that stands twice among the rows is refused from its second row on.
    """
    today = timezone.localdate(at)
    ages = ages_on(by.agency, today)
    told = [row.tidied() for row in rows]
    units = {unit.pk: (unit.path, (unit.valid_from, unit.valid_to)) for unit in orgs.units_in(by.agency)}
    rows_of = orgs.positions_in(by.agency).values_list("pk", "unit", "valid_to")
    positions = {pk: (unit, ends) for pk, unit, ends in rows_of}
    taken = _taken([row.facts.nip for row in told if row.facts.nip])
    seen: Counter[str] = Counter()
    found: list[Reasons] = []
    for row in told:
        nip = row.facts.nip
        seen[nip] += 1
        again = [Refused("people.nip_twice")] if nip and seen[nip] > 1 else []
        known = [Refused("people.nip_known")] if nip in taken else []
        alone = persons.reasons(row.facts, ages=ages, today=today)
        found.append((*alone, *again, *known, *_misplaced(row, units, positions, by)))
    return found


def guest_reasons(guests: Sequence[Guest], *, by: Actor, at: datetime) -> list[Reasons]:
    """For each guest what is wrong with them: empty for one who can be recorded."""
    today = timezone.localdate(at)
    ages = ages_on(by.agency, today)
    return [persons.reasons(guest.facts, ages=ages, today=today) for guest in guests]


def _taken(nips: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(nips), MANY):
        found |= taken_nips(nips[start : start + MANY])
    return found


def _misplaced(
    row: NewPerson,
    units: dict[UUID, tuple[str, persons.Days]],
    positions: Mapping[UUID, tuple[UUID, date | None]],
    by: Actor,
) -> Iterator[Refused]:
    if row.unit is None:
        if not access.keeps_records(by, ""):
            yield Refused("people.unit_needed")
        return
    path, days = units.get(row.unit, ("", None))
    if days is None or not access.keeps_records(by, path):
        yield Refused("people.unit_unknown")
        return
    if row.since is None:
        yield Refused("people.since_needed")
        return
    found, ends = positions.get(row.position, (None, None)) if row.position else (None, None)
    try:
        persons.check_position(unit=row.unit, wanted=row.position, found=found)
        persons.check_seat(None, ends=ends)
        persons.check_placement(
            (row.since, None),
            running=(),
            unit=days,
            since=persons.first_day(row.facts.nip),
            is_serving=True,
            is_main=True,
        )
    except Refused as refusal:
        yield refusal
