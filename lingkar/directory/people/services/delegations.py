"""Hand an own role to a colleague for the days of a leave."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lingkar.directory.people import notices
from lingkar.directory.people.models import Account, Delegation, DelegationState, RoleGrant
from lingkar.directory.people.parameters import LONGEST_DELEGATION
from lingkar.directory.people.queries.accounts import account_named
from lingkar.directory.people.queries.persons import placements_on
from lingkar.directory.people.rules import delegations as rules
from lingkar.directory.people.services import approvals, lending
from lingkar.directory.people.services.accounts import finish
from lingkar.foundation.access import NOBODY, Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.notify.services import tell
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.refusals import Refused


@transaction.atomic
def offer_delegation(
    *, grant: UUID, receiver: str, valid_from: date, valid_to: date, by: Actor, at: datetime
) -> Delegation:
    """Offer an own role to a colleague, named by e-mail or NIP, from day to day. It holds once accepted.

    Never a role that ``by`` lacks, never the inspector's or operator's, only to somebody who works within its units.
    """
    held = RoleGrant.objects.filter(pk=grant, account=by.person or NOBODY).first()
    if held is None:
        raise Unseen
    account = _colleague(receiver, by)
    held = _held(grant, account.pk)
    today = timezone.localdate(at)
    _check_offer(held, (valid_from, valid_to), today=today)
    _check_receiver(held, account, valid_from)
    row = Delegation.objects.create(
        agency_id=by.agency, grant=held, receiver=account, valid_from=valid_from, valid_to=valid_to, asked_at=at
    )
    record(by, "people.delegation_offered", row, at=at, grant=grant, receiver=account.pk, to=valid_to.isoformat())
    _tell(account.pk, notices.OFFERED, row, by, at)
    return row


def _check_offer(held: RoleGrant, days: tuple[date, date], *, today: date) -> None:
    rows = Delegation.objects.filter(grant=held)
    if rows.filter(state=DelegationState.OFFERED, valid_to__gte=today).exists():
        raise Refused("people.delegated_then")
    rows.filter(state=DelegationState.OFFERED).update(state=DelegationState.WITHDRAWN)
    rules.check_offer(
        role=held.role,
        grant=(held.valid_from, held.valid_to),
        days=days,
        today=today,
        longest=value(LONGEST_DELEGATION, agency=held.agency_id, on=today),
        is_received=Delegation.objects.filter(given=held).exists(),
        others=list(rows.filter(state=DelegationState.ACCEPTED).values_list("valid_from", "valid_to")),
    )


def _colleague(name: str, by: Actor) -> Account:
    found = account_named(name)
    if found is None or found.agency_id != by.agency or not found.is_active:
        raise Refused("people.receiver_unknown")
    return found


def _held(grant: UUID, receiver: UUID) -> RoleGrant:
    """The role that changes hands, locked, and with it the account of who receives it."""
    account = lending.hold_accounts([receiver]).get(receiver)
    if account is None or not account.is_active:
        raise Refused("people.receiver_unknown")
    lending.hold([grant])
    return RoleGrant.objects.select_related("unit", "account").get(pk=grant)


def _check_receiver(held: RoleGrant, account: Account, day: date) -> None:
    top = held.unit.path if held.unit else ""
    works = placements_on(day).filter(person__account=account, unit__path__startswith=top)
    same = RoleGrant.objects.filter(account=account, role=held.role, unit=held.unit_id, valid_to__isnull=True)
    rules.check_receiver(is_self=account.pk == held.account_id, works_there=works.exists(), holds_it=same.exists())


@transaction.atomic
def answer_delegation(*, delegation: UUID, accept: bool, by: Actor, at: datetime) -> None:
    """Accept a role for its days, or decline it. Accepted twice is accepted once.

    What held when it was offered must hold still: the role, who lends it, and that the colleague works there.
    """
    found = Delegation.objects.filter(pk=delegation, receiver=by.person or NOBODY).first()
    if found is None:
        raise Unseen
    held = _held(found.grant_id, found.receiver_id)
    row = _locked(delegation)
    if row.state != DelegationState.OFFERED:
        if accept == (row.state == DelegationState.ACCEPTED):
            return
        raise Refused("people.delegation_answered")
    row.answered_at = at
    if accept:
        _take(row, held, today=timezone.localdate(at))
    else:
        row.state = DelegationState.DECLINED
    row.save()
    record(by, f"people.delegation_{row.state}", row, at=at, grant=held.pk, given=row.given_id)
    if row.given:
        approvals.publish_granted(row.given, at=at)
    _tell(held.account_id, notices.ACCEPTED if accept else notices.DECLINED, row, by, at)


def _take(row: Delegation, held: RoleGrant, *, today: date) -> None:
    """The colleague holds the role from today or the first day on, and the giver's rests."""
    days = (max(row.valid_from, today), row.valid_to)
    is_over = row.valid_to < today or not held.account.is_active
    rules.check_still_held(is_over=is_over, grant=(held.valid_from, held.valid_to), days=days)
    _check_receiver(held, row.receiver, days[0])
    row.valid_from, row.given, row.state = days[0], _given(row, held, days), DelegationState.ACCEPTED
    held.rests_from, held.rests_to = days
    held.save(update_fields=["rests_from", "rests_to"])


def _given(row: Delegation, held: RoleGrant, days: tuple[date, date]) -> RoleGrant:
    same = RoleGrant.objects.filter(account=row.receiver_id, role=held.role, unit=held.unit_id, valid_from=days[0])
    if same.exists():
        raise Refused("people.receiver_holds_it")
    return RoleGrant.objects.create(
        agency_id=row.agency_id,
        account_id=row.receiver_id,
        role=held.role,
        unit_id=held.unit_id,
        valid_from=days[0],
        valid_to=days[1],
    )


@transaction.atomic
def end_delegation(*, delegation: UUID, by: Actor, at: datetime) -> None:
    """Take an offer or a role back, or give it back, at once. Either of the two may."""
    found = Delegation.objects.filter(pk=delegation).select_related("grant").first()
    if found is None or by.person not in (found.grant.account_id, found.receiver_id):
        raise Unseen
    giver, today = found.grant.account_id, timezone.localdate(at)
    lending.hold([found.grant_id])
    row = _locked(delegation)
    if row.state == DelegationState.OFFERED:
        row.state = DelegationState.WITHDRAWN
        row.save(update_fields=["state"])
    elif row.state == DelegationState.ACCEPTED and row.given and row.valid_to >= today:
        finish(row.given, rules.yesterday(today), by=by, at=at)
    else:
        return
    record(by, "people.delegation_ended", row, at=at)
    _tell(row.receiver_id if by.person == giver else giver, notices.ENDED, row, by, at)


def _locked(delegation: UUID) -> Delegation:
    rows = Delegation.objects.select_for_update(of=("self",)).select_related("receiver")
    return rows.get(pk=delegation)


def _tell(account: UUID, kind: str, row: Delegation, by: Actor, at: datetime) -> None:
    tell(recipient=account, kind=kind, subject=row, url=reverse("people:delegations"), by=by, at=at)
