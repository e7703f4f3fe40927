"""Open accounts for many people: asked for once, carried out in the background, a hundred at a time."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from lingkar.directory.people import access, mail, notices
from lingkar.directory.people.access import Action
from lingkar.directory.people.events import AccountOpened
from lingkar.directory.people.models import Account, Person, Round
from lingkar.directory.people.queries.invitations import Chosen, invitation_preview, may_invite, to_invite
from lingkar.directory.people.services import lending
from lingkar.foundation.access import Actor, Forbidden, Unseen, fetch
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.notify.services import tell
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency

AT_ONCE = 100
NAME = 150
"""Letters of a name on an account."""


@transaction.atomic
def invite_many(*, chosen: Chosen, key: UUID, base: str, by: Actor, at: datetime) -> Round:
    """Open an account for everybody in ``chosen`` who has none and has an address of their own; letters follow.

    Nobody invites to an address that they wrote on the record themselves: they could sign in as somebody else.

    ``key`` is the form's: the same press sent twice is one round. Work goes on in a job.
    """
    if not may_invite(by, chosen.path):
        raise Forbidden
    done = Round.objects.filter(agency=by.agency, key=key).first()
    if done:
        return done
    link_accounts(by=by, at=at)
    total = invitation_preview(by, chosen).ready
    if not total:
        raise Refused("people.nobody_to_invite")
    row, is_new = Round.objects.get_or_create(
        agency_id=by.agency,
        key=key,
        defaults={**vars(chosen), "base": base, "total": total, "asked_by": by.person, "asked_at": at},
    )
    if is_new:
        record(by, "people.invited_many", row, at=at, total=total)
        app.configure_task("people.invite_many", lock=f"invitations:{by.agency}").defer(
            agency=str(by.agency), invitations=str(row.pk)
        )
    return row


@transaction.atomic
def invite_next(*, invitations: UUID, by: Actor, at: datetime) -> bool:
    """Open the next hundred accounts of a round; whether there are more. Called by the job until there are none."""
    row = Round.objects.select_for_update().filter(pk=invitations).first()
    if row is None:
        raise Unseen
    chosen = Chosen(path=row.path, kind=row.kind, golongan=row.golongan)
    people = list(to_invite(by, chosen, asked_by=row.asked_by)[:AT_ONCE]) if row.ended_at is None else []
    accounts = [_account_of(person) for person in people]
    Account.objects.bulk_create(accounts)
    for person, account in zip(people, accounts, strict=True):
        person.account = account
        mail.queue(mail.Kind.INVITATION, account, base=row.base)
        record(by, "people.account_opened", account, at=at, person=person.pk)
        publish(AccountOpened(agency=by.agency, account=account.pk, at=at))
    Person.objects.bulk_update(people, ["account"])
    row.done += len(people)
    if len(people) < AT_ONCE:
        row.ended_at = row.ended_at or at
    row.save(update_fields=["done", "ended_at"])
    return row.ended_at is None


def _account_of(person: Person) -> Account:
    account = Account(
        agency_id=person.agency_id, name=person.name[:NAME], nip=person.nip, email=person.email.strip().lower()
    )
    account.set_unusable_password()
    return account


LINK = """
UPDATE people_person person SET account_id = account.id FROM people_account account
WHERE person.agency_id = %(agency)s AND account.agency_id = person.agency_id AND account.nip = person.nip
  AND person.account_id IS NULL AND person.erased_at IS NULL
  AND NOT EXISTS (SELECT FROM people_person held WHERE held.account_id = account.id)
"""


@transaction.atomic
def link_accounts(*, by: Actor, at: datetime) -> int:
    """Join people with the accounts that were opened before with the same NIP; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(LINK, {"agency": by.agency})
        linked = int(cursor.rowcount)
    if linked:
        record(by, "people.accounts_linked", Agency.objects.get(pk=by.agency), at=at, count=linked)
    return linked


@transaction.atomic
def link_account(*, person: UUID, account: UUID | None, by: Actor, at: datetime) -> None:
    """Say whose account it is; without ``account`` that it is nobody's. Of the same agency, never one's own.

    Both holders hear of it: the one who had the account, and the one whose it is now.
    """
    item = fetch(access.PersonPolicy(), by, person, Action.RECORDS, lock=True)
    before = item.account_id
    if by.person in (before, account) and by.person is not None:
        raise Refused("people.own_record")
    lending.hold_accounts(filter(None, (before, account)))
    if before:
        fetch(access.AccountPolicy(), by, before, Action.ACCOUNT)
    item.account = _joinable(item, account, by) if account else None
    if item.account_id == before:
        return
    item.save(update_fields=["account"])
    record(by, "people.account_linked", item, at=at, account=account, before=before)
    for holder in filter(None, (before, account)):
        tell(recipient=holder, kind=notices.LINKED, subject=item, url=reverse("people:mine"), by=by, at=at)


def _joinable(item: Person, account: UUID, by: Actor) -> Account:
    """The account, when it may be this person's."""
    found = fetch(access.AccountPolicy(), by, account, Action.ACCOUNT)
    if not found.is_active:
        raise Refused("people.account_closed")
    if Person.objects.filter(account=found).exclude(pk=item.pk).exists():
        raise Refused("people.account_of_other")
    if item.nip and found.nip and item.nip != found.nip:
        raise Refused("people.account_other_nip")
    return found
