"""Say where somebody works, from when to when."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.orgs import services as tree
from lingkar.directory.people import access
from lingkar.directory.people.access import Action
from lingkar.directory.people.events import PersonPlaced
from lingkar.directory.people.models import Person, Placement, Status
from lingkar.directory.people.rules import persons
from lingkar.foundation.access import Actor, Unseen, fetch
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish


@transaction.atomic
def place(
    *,
    person: UUID,
    unit: UUID,
    position: UUID | None = None,
    title: str = "",
    since: date,
    until: date | None = None,
    is_main: bool = True,
    by: Actor,
    at: datetime,
) -> Placement:
    """Somebody works in ``unit`` from ``since`` on: their first placement, a move, or an acting duty beside it.

    A main placement that holds on ``since`` ends on the day before. One that begins later is never overwritten:
    ``Refused("people.placed_then")``. Both days are included.
    """
    item = fetch(access.PersonPolicy(), by, person, Action.RECORDS, lock=True)
    persons.check_not_own_record(item.account_id, by.person)
    return put(item, Post(unit, position, title), (since, until), is_main=is_main, by=by, at=at)


@dataclass(frozen=True)
class Post:
    """Where somebody works and as what; without a title the one of the position."""

    unit: UUID
    position: UUID | None = None
    title: str = ""


def put(item: Person, post: Post, days: persons.Days, *, is_main: bool = True, by: Actor, at: datetime) -> Placement:
    """``place`` for a row that is locked or new."""
    since, until = days
    tree.hold_tree(item.agency_id)
    place_of = orgs.unit_of(post.unit)
    if place_of is None or not access.keeps_records(by, place_of.path):
        raise Unseen
    position = orgs.position_of(post.position) if post.position else None
    persons.check_position(unit=post.unit, wanted=post.position, found=position.unit_id if position else None)
    persons.check_seat(until, ends=position.valid_to if position else None)
    if is_main:
        _end_current(item, since)
    running = Placement.objects.filter(person=item, is_main=True).values_list("valid_from", "valid_to")
    persons.check_placement(
        (since, until),
        running=list(running),
        unit=(place_of.valid_from, place_of.valid_to),
        since=persons.first_day(item.nip or ""),
        is_serving=item.status == Status.ACTIVE,
        is_main=is_main,
    )
    row = Placement(
        agency_id=item.agency_id,
        person=item,
        unit_id=post.unit,
        position=position,
        title=" ".join(post.title.split()) or (position.title if position else ""),
        is_main=is_main,
        valid_from=since,
        valid_to=until,
    )
    row.full_clean(validate_constraints=False)
    row.save(force_insert=True)
    record(by, "people.placed", row, at=at, person=item.pk, unit=post.unit, since=since.isoformat(), main=is_main)
    publish(PersonPlaced(agency=item.agency_id, person=item.pk, unit=post.unit, since=since, at=at))
    return row


def _end_current(item: Person, since: date) -> None:
    """The placement that holds on ``since`` ends on the day before, unless it began no earlier."""
    for row in Placement.objects.filter(person=item, is_main=True, valid_from__lt=since):
        if row.valid_to is None or row.valid_to >= since:
            row.valid_to = since - persons.ONE_DAY
            row.save(update_fields=["valid_to"])


@transaction.atomic
def end_placement(*, placement: UUID, last_day: date, by: Actor, at: datetime) -> None:
    """A placement ends after ``last_day``, which still counts. It is shortened, never lengthened."""
    found = Placement.objects.filter(pk=placement).first()
    if found is None:
        raise Unseen
    item = fetch(access.PersonPolicy(), by, found.person_id, Action.RECORDS, lock=True)
    persons.check_not_own_record(item.account_id, by.person)
    row = Placement.objects.get(pk=placement)
    persons.check_end(last_day, valid_from=row.valid_from, valid_to=row.valid_to)
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    record(by, "people.placement_ended", row, at=at, person=item.pk, last_day=last_day.isoformat())
