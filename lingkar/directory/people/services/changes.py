"""Tell something else about many people at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.orgs import services as tree
from lingkar.directory.people import access
from lingkar.directory.people.events import PersonPlaced
from lingkar.directory.people.models import Person, Placement
from lingkar.directory.people.rules import persons
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency

AT_ONCE = 500


@dataclass(frozen=True)
class ChangedPerson:
    """What changes: the facts by name, and, with ``since``, unit or title from that day on."""

    person: UUID
    facts: Mapping[str, Any]
    unit: UUID | None = None
    title: str | None = None
    since: date | None = None


@transaction.atomic
def change_people(*, rows: Sequence[ChangedPerson], by: Actor, at: datetime) -> int:
    """Change many people, all or none, with one line in the audit trail; returns how many.

    The facts were checked by who calls (an import, row by row). Nobody changes their own record.
    """
    access.demand_records(by)
    tree.hold_tree(by.agency)
    locked = Person.objects.select_for_update().filter(agency=by.agency, erased_at=None)
    found = {person.pk: person for person in locked.filter(pk__in=[row.person for row in rows]).order_by("pk")}
    if len(found) < len(rows):
        raise Refused("people.moved_on")
    for row in rows:
        persons.check_not_own_record(found[row.person].account_id, by.person)
    _change_facts(rows, found, by)
    _move([row for row in rows if row.since is not None], by=by, at=at)
    record(by, "people.people_changed", Agency(pk=by.agency), at=at, count=len(rows))
    return len(rows)


def _change_facts(rows: Sequence[ChangedPerson], found: Mapping[UUID, Person], by: Actor) -> None:
    names: set[str] = set()
    for row in rows:
        if "email" in row.facts and row.facts["email"] != found[row.person].email:
            found[row.person].email_by = by.person
            names.add("email_by")
        for name, value in row.facts.items():
            setattr(found[row.person], name, value or (None if name in ("nip", "birth_date") else ""))
            names.add(name)
    if names:
        Person.objects.bulk_update([found[row.person] for row in rows if row.facts], sorted(names), AT_ONCE)


def _move(rows: Sequence[ChangedPerson], *, by: Actor, at: datetime) -> None:
    """Ends what holds on that day, the day before; what began on that day is corrected."""
    running = Placement.objects.select_for_update().filter(person__in=[row.person for row in rows], is_main=True)
    held = {placement.person_id: placement for placement in running.order_by("valid_from")}
    moved = [_moved(row, row.since, held.get(row.person), by.agency) for row in rows if row.since]
    ending = dict(orgs.units_in(by.agency).filter(valid_to__isnull=False).values_list("pk", "valid_to"))
    for item in moved:
        if item.unit_id in ending:
            raise Refused("people.unit_ended", unit_to=ending[item.unit_id])
    Placement.objects.bulk_update(list(held.values()), ["unit", "title", "valid_to"], AT_ONCE)
    Placement.objects.bulk_create([placement for placement in moved if placement._state.adding], AT_ONCE)
    for item in moved:
        publish(PersonPlaced(agency=by.agency, person=item.person_id, unit=item.unit_id, since=item.valid_from, at=at))


def _moved(row: ChangedPerson, since: date, before: Placement | None, agency: UUID) -> Placement:
    """The placement that holds from ``since`` on: a new one, or the one that began on that day, corrected."""
    if before is None:
        if row.unit is None:
            raise Refused("people.unit_needed")
        return _placement(agency, row, row.unit, row.title or "", since)
    if before.valid_from > since:
        raise Refused("people.placed_then", other_from=before.valid_from)
    unit, title = row.unit or before.unit_id, before.title if row.title is None else row.title
    if before.valid_from == since:
        before.unit_id, before.title = unit, title
        return before
    if before.valid_to is None or before.valid_to >= since:
        before.valid_to = since - timedelta(days=1)
    return _placement(agency, row, unit, title, since)


def _placement(agency: UUID, row: ChangedPerson, unit: UUID, title: str, since: date) -> Placement:
    return Placement(agency_id=agency, person_id=row.person, unit_id=unit, title=title, valid_from=since)
