"""Hand an own role to a colleague for the days of a leave."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lingkar.directory.people import access, notices
from lingkar.directory.people.events import RoleGranted
from lingkar.directory.people.models import Account, Delegation, DelegationState, RoleGrant
from lingkar.directory.people.parameters import LONGEST_DELEGATION
from lingkar.directory.people.queries.accounts import account_named
from lingkar.directory.people.queries.persons import placements_on
from lingkar.directory.people.rules import delegations as rules
from lingkar.directory.people.services.accounts import finish
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
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
    own = RoleGrant.objects.select_for_update(of=("self",)).filter(pk=grant, account=by.person or access.NOBODY)
    held = own.select_related("unit").first()
    if held is None:
        raise Unseen
    today = timezone.localdate(at)
    _check_offer(held, (valid_from, valid_to), today=today)
    account = _colleague(receiver, by)
    _check_receiver(held, account, valid_from, by)
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


def _check_receiver(held: RoleGrant, account: Account, day: date, by: Actor) -> None:
    top = held.unit.path if held.unit else ""
    works = placements_on(day).filter(person__account=account, unit__path__startswith=top)
    same = RoleGrant.objects.filter(account=account, role=held.role, unit=held.unit_id, valid_to__isnull=True)
    rules.check_receiver(is_self=account.pk == by.person, works_there=works.exists(), holds_it=same.exists())


@transaction.atomic
def answer_delegation(*, delegation: UUID, accept: bool, by: Actor, at: datetime) -> None:
    """Accept a role for its days, or decline it. Accepted twice is accepted once."""
    row = _locked(delegation)
    if row.receiver_id != by.person:
        raise Unseen
    if row.state != DelegationState.OFFERED:
        if accept == (row.state == DelegationState.ACCEPTED):
            return
        raise Refused("people.delegation_answered")
    held = RoleGrant.objects.select_for_update(of=("self",)).get(pk=row.grant_id)
    today = timezone.localdate(at)
    row.answered_at = at
    if accept:
        days = (max(row.valid_from, today), row.valid_to)
        _check_running(row, held, today)
        row.valid_from, row.given, row.state = days[0], _given(row, held, days), DelegationState.ACCEPTED
        held.rests_from, held.rests_to = days
        held.save(update_fields=["rests_from", "rests_to"])
    else:
        row.state = DelegationState.DECLINED
    row.save()
    record(by, f"people.delegation_{row.state}", row, at=at, grant=held.pk, given=row.given_id)
    if row.given:
        _publish(row.given, at)
    _tell(held.account_id, notices.ACCEPTED if accept else notices.DECLINED, row, by, at)


def _check_running(row: Delegation, held: RoleGrant, today: date) -> None:
    over = row.valid_to < today or (held.valid_to is not None and held.valid_to < row.valid_to)
    if over or not Account.objects.filter(pk=held.account_id, is_active=True).exists():
        raise Refused("people.delegation_over")


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


def _publish(given: RoleGrant, at: datetime) -> None:
    publish(
        RoleGranted(
            agency=given.agency_id,
            account=given.account_id,
            grant=given.pk,
            role=given.role,
            unit=given.unit_id,
            at=at,
        )
    )


@transaction.atomic
def end_delegation(*, delegation: UUID, by: Actor, at: datetime) -> None:
    """Take an offer or a role back, or give it back, at once. Either of the two may."""
    row = _locked(delegation)
    giver = RoleGrant.objects.values_list("account", flat=True).get(pk=row.grant_id)
    today = timezone.localdate(at)
    if by.person not in (giver, row.receiver_id):
        raise Unseen
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
    row = Delegation.objects.select_for_update(of=("self",)).filter(pk=delegation).first()
    if row is None:
        raise Unseen
    return row


def _tell(account: UUID, kind: str, row: Delegation, by: Actor, at: datetime) -> None:
    tell(recipient=account, kind=kind, subject=row, url=reverse("people:delegations"), by=by, at=at)
