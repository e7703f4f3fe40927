"""Record people of other institutions, who take part in what the agency offers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lingkar.directory.people import access
from lingkar.directory.people.events import PeopleAdded
from lingkar.directory.people.models import Person
from lingkar.directory.people.queries.checks import Guest, guest_reasons
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.tenancy.models import Agency


@transaction.atomic
def add_guests(*, guests: Sequence[Guest], by: Actor, at: datetime) -> int:
    """Record people from outside, all of them or none, with one line in the audit trail. They work in no unit.

    ``Refused`` with the first thing that is wrong. Returns how many were recorded.
    """
    access.demand_guests(by)
    for wrong in guest_reasons(guests, by=by, at=at):
        if wrong:
            raise wrong[0]
    rows = [_row(guest, by) for guest in guests]
    Person.objects.bulk_create(rows, batch_size=1_000)
    if rows:
        record(by, "people.guests_added", Agency.objects.get(pk=by.agency), at=at, count=len(rows))
        publish(PeopleAdded(agency=by.agency, count=len(rows), at=at))
    return len(rows)


def _row(guest: Guest, by: Actor) -> Person:
    told = guest.facts
    email_by = by.person if told.email else None
    return Person(
        id=guest.person, agency_id=by.agency, kind=told.kind, name=told.name, institution=told.institution,
        email=told.email, phone=told.phone, email_by=email_by,
    )  # fmt: skip
