"""Hand a record over to another agency of the installation: one releases it, the other takes it."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from lingkar.directory.people import access
from lingkar.directory.people.access import Action
from lingkar.directory.people.events import PeopleAdded
from lingkar.directory.people.models import Account, Person, Transfer, TransferState
from lingkar.directory.people.queries.persons import facts_of
from lingkar.directory.people.queries.transfers import other_agencies, transfer_to, transfers_from
from lingkar.directory.people.rules import persons
from lingkar.directory.people.services.placements import Post, put
from lingkar.foundation.access import Actor, Unseen, fetch
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope


@transaction.atomic
def release_person(*, person: UUID, to: UUID, by: Actor, at: datetime) -> Transfer:
    """Let another agency take the record of somebody who left. Until it does, this can be withdrawn."""
    item = fetch(access.PersonPolicy(), by, person, Action.RECORDS, lock=True)
    persons.check_not_own_record(item.account_id, by.person)
    persons.check_leaves(status=item.status, nip=item.nip)
    if not other_agencies(by).filter(pk=to).exists():
        raise Unseen
    try:
        with transaction.atomic():
            row = Transfer.objects.create(
                agency_id=by.agency, person=item, to_id=to, released_by=by.person, released_at=at
            )
    except IntegrityError:
        raise Refused("people.released_already") from None
    record(by, "people.person_released", row, at=at, person=item.pk, to=to)
    return row


@transaction.atomic
def withdraw_release(*, transfer: UUID, by: Actor, at: datetime) -> None:
    """The other agency may no longer take it. Withdrawn twice is withdrawn once."""
    found = transfers_from(by).filter(pk=transfer).first()
    if found is None:
        raise Unseen
    fetch(access.PersonPolicy(), by, found.person_id, Action.RECORDS, lock=True)
    row = Transfer.objects.select_for_update().get(pk=transfer)
    if row.state == TransferState.TAKEN:
        raise Refused("people.release_over")
    if row.state == TransferState.RELEASED:
        row.state, row.ended_at = TransferState.WITHDRAWN, at
        row.save(update_fields=["state", "ended_at"])
        record(by, "people.release_withdrawn", row, at=at, person=row.person_id)


@transaction.atomic
def take_person(*, transfer: UUID, unit: UUID, title: str = "", since: date, by: Actor, at: datetime) -> Person:
    """Record somebody whom another agency released, with their first placement here.

    The number moves along, and so does a closed account, which stays closed until an operator here opens it. The other
    agency keeps its history; both audit trails tell of it.
    """
    access.demand_records(by, "")
    found = transfer_to(by, transfer)
    with agency_scope(found.agency_id):
        facts, account = _let_go(found, by=by, at=at)
    person = Person(agency_id=by.agency, **asdict(facts) | {"nip": facts.nip or None}, account=account)
    person.save(force_insert=True)
    record(by, "people.person_taken", person, at=at, transfer=transfer, of=found.agency_id)
    publish(PeopleAdded(agency=by.agency, count=1, at=at))
    put(person, Post(unit, None, title), (since, None), by=by, at=at)
    return person


def _let_go(found: Transfer, *, by: Actor, at: datetime) -> tuple[persons.PersonFacts, Account | None]:
    """In the agency that released it: what goes along leaves the record, the history stays."""
    item = Person.objects.select_for_update(of=("self",)).get(pk=found.person_id)
    row = Transfer.objects.select_for_update().get(pk=found.pk)
    if row.state != TransferState.RELEASED or item.erased_at is not None:
        raise Refused("people.release_over")
    persons.check_leaves(status=item.status, nip=item.nip)
    facts = facts_of(item)
    account = Account.objects.select_for_update(no_key=True).filter(holder=item, is_active=False).first()
    item.nip, item.account, item.moved_at = None, None, at
    item.save(update_fields=["nip", "account", "moved_at"])
    row.state, row.taken_by, row.ended_at = TransferState.TAKEN, by.person, at
    row.save(update_fields=["state", "taken_by", "ended_at"])
    if account:
        account.agency_id = by.agency
        account.save(update_fields=["agency"])
    record(Actor.system(row.agency_id), "people.person_taken", row, at=at, person=item.pk, to=by.agency)
    return facts, account
