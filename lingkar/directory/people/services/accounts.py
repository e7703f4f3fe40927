"""Open accounts, give and end roles. Every argument that names a row is its id."""

from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.orgs import services as tree
from lingkar.directory.people import access, mail, rules, sessions
from lingkar.directory.people.access import Action, demand_grant
from lingkar.directory.people.events import AccountClosed, AccountOpened, GrantEnded
from lingkar.directory.people.models import Account, Role, RoleGrant, digits
from lingkar.directory.people.queries.accounts import account_named, grants_from
from lingkar.directory.people.services import approvals, lending
from lingkar.foundation.access import Actor, Unseen, fetch
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency


@transaction.atomic
def open_account(
    *,
    agency: UUID,
    name: str,
    email: str | None = None,
    nip: str | None = None,
    password: str | None = None,
    invite_from: str = "",
    by: Actor,
    at: datetime,
) -> Account:
    """A new account that signs in with an e-mail address or a NIP (spaces are dropped).

    Without ``password`` nobody can sign in until one was set by mail: with ``invite_from`` (the address of this
    installation) the holder is mailed a link that does. ``Refused`` when the address or NIP is taken,
    ``ValidationError`` when it is none.
    """
    demand_grant(by)
    for code, taken in (("people.email_taken", email), ("people.nip_taken", nip and digits(nip))):
        if taken and account_named(taken):
            raise Refused(code)
    account = Account.objects.create_user(
        agency=Agency.objects.get(pk=agency), name=name, email=email, nip=nip, password=password
    )
    record(by, "people.account_opened", account, at=at)
    publish(AccountOpened(agency=agency, account=account.pk, at=at))
    if invite_from:
        invite(account=account.pk, base=invite_from, by=by, at=at)
    return account


def ask_link(*, name: str, base: str) -> None:
    """Mail a link that sets a new password to the holder of the account ``name``, if there is one.

    ``base`` is the address of this installation as the person sees it. Takes the same steps for every name.
    """
    account = account_named(name)
    mail.queue(mail.Kind.RESET, account if account and account.is_active else None, base=base)


@transaction.atomic
def invite(*, account: UUID, base: str, by: Actor, at: datetime) -> None:
    """Mail the holder of an account a link that sets their first password."""
    holder = fetch(access.AccountPolicy(), by, account, Action.ACCOUNT)
    if not holder.email:
        raise Refused("people.no_email")
    mail.queue(mail.Kind.INVITATION, holder, base=base)
    record(by, "people.invited", holder, at=at)


@transaction.atomic
def note(*, account: Account, what: str, at: datetime, **details: str | int) -> None:
    """Keep an act of sign-in in the audit trail: ``signed_in``, ``password_changed``, ``factor_added`` …"""
    record(Actor(agency=account.agency_id, person=account.pk), f"people.{what}", account, at=at, **details)


@transaction.atomic
def grant_role(
    *,
    account: UUID,
    role: str,
    unit: UUID | None = None,
    valid_from: date,
    valid_to: date | None = None,
    by: Actor,
    at: datetime,
) -> RoleGrant:
    """Give a role over a unit and all below it; without ``unit`` over the whole agency. Both days are included.

    A sealed role (``rules.needs_two``) ``waits`` for a second person, unless the installation itself gives it.
    """
    lending.hold_accounts([account])
    holder = fetch(access.AccountPolicy(), by, account, Action.GRANT)
    rules.check_not_self(account, by.person)
    rules.check_reach(is_watchdog=role == Role.INSPECTOR, unit=unit)
    rules.check_dates(valid_from, valid_to)
    tree.hold_tree(holder.agency_id)
    demand_grant(by, _path_of(unit))
    _check_unit_lasts(unit, valid_to)
    if RoleGrant.objects.filter(account=holder, role=role, unit=unit, valid_from=valid_from).exists():
        raise Refused("people.same_grant")
    grant = RoleGrant(
        agency_id=holder.agency_id, account=holder, role=role, unit_id=unit, valid_from=valid_from, valid_to=valid_to
    )
    grant.given_by, grant.waits = by.person, by.person is not None and approvals.needs_two(role, by=by, at=at)
    grant.full_clean()
    grant.save(force_insert=True)
    verb = "people.role_asked" if grant.waits else "people.role_granted"
    record(by, verb, grant, at=at, account=account, role=str(role), unit=unit)
    if grant.waits:
        approvals.tell_others(grant, by=by, at=at)
    else:
        approvals.publish_granted(grant, at=at)
    return grant


@transaction.atomic
def end_grant(*, grant: UUID, last_day: date, by: Actor, at: datetime) -> None:
    """The role ends after ``last_day`` (yesterday: at once). The agency always keeps an operator."""
    lending.hold([grant])
    item = fetch(access.GrantPolicy(), by, grant, Action.GRANT)
    rules.check_not_self(item.account_id, by.person)
    finish(item, last_day, by=by, at=at)


def finish(item: RoleGrant, last_day: date, *, by: Actor, at: datetime) -> None:
    """End a grant. Who may ask for it was checked; what was lent ends with it, what was received goes back."""
    end = rules.end_of(last_day, valid_from=item.valid_from, valid_to=item.valid_to, today=timezone.localdate(at))
    if item.role == Role.OPERATOR and item.unit_id is None:
        rules.check_operator_remains(_other_operators(item), last_day=end)
    item.valid_to = end
    item.save(update_fields=["valid_to"])
    lending.give_back(item, end)
    for lent in lending.lent_by(item, end):
        finish(lent, end, by=by, at=at)
    record(by, "people.grant_ended", item, at=at, account=item.account_id, last_day=end.isoformat())
    publish(
        GrantEnded(agency=item.agency_id, account=item.account_id, grant=item.pk, role=item.role, last_day=end, at=at)
    )


@transaction.atomic
def close_account(*, account: UUID, by: Actor, at: datetime) -> None:
    """Nobody signs in with this account from now on: its sessions and its roles end."""
    holder = fetch(access.AccountPolicy(), by, account, Action.ACCOUNT, lock=True)
    rules.check_not_own_account(account, by.person)
    shut(holder, by=by, at=at)


def shut(holder: Account, *, by: Actor, at: datetime) -> None:
    """End all that an account may do. Who may ask for it was checked; the agency always keeps an operator.

    An operator's role is ended by operators alone: a record that was joined with their account takes nothing from them.
    """
    today = timezone.localdate(at)
    lending.hold_accounts([holder.pk])
    lending.hold(grants_from(holder.pk, today).values_list("pk", flat=True))
    for grant in grants_from(holder.pk, today):
        if grant.role == Role.OPERATOR and not access.may_grant(by, grant.unit.path if grant.unit else ""):
            raise Refused("people.operator_first")
        finish(grant, today - rules.ONE_DAY, by=by, at=at)
    holder.is_active = False
    holder.save(update_fields=["is_active"])
    sessions.end_all_sessions(holder, by=by, at=at)
    record(by, "people.account_closed", holder, at=at)
    publish(AccountClosed(agency=holder.agency_id, account=holder.pk, at=at))


@transaction.atomic
def reopen_account(*, account: UUID, by: Actor, at: datetime) -> None:
    """The account can sign in again, without any role."""
    holder = fetch(access.AccountPolicy(), by, account, Action.ACCOUNT, lock=True)
    holder.is_active = True
    holder.save(update_fields=["is_active"])
    record(by, "people.account_reopened", holder, at=at)


@transaction.atomic
def reset_factors(*, account: UUID, base: str = "", by: Actor, at: datetime) -> None:
    """Remove the second step of somebody who lost phone and recovery codes, and sign them out everywhere.

    The operator has checked in person who asks. The holder is told by mail when ``base`` is given.
    """
    holder = fetch(access.AccountPolicy(), by, account, Action.ACCOUNT, lock=True)
    rules.check_not_own_account(account, by.person)
    Authenticator.objects.filter(user=holder).delete()
    sessions.end_all_sessions(holder, by=by, at=at)
    record(by, "people.factors_reset", holder, at=at)
    if base:
        mail.queue(mail.Kind.FACTOR_REMOVED, holder, base=base)


def _path_of(unit: UUID | None) -> str:
    if unit is None:
        return ""
    found = orgs.unit_of(unit)
    if found is None:
        raise Unseen
    return found.path


def _check_unit_lasts(unit: UUID | None, valid_to: date | None) -> None:
    """A role ends with its unit at the latest."""
    last = None if unit is None else getattr(orgs.unit_of(unit), "valid_to", None)
    if last is not None and (valid_to is None or valid_to > last):
        raise Refused("people.role_outlasts_unit", unit_to=last)


def _other_operators(item: RoleGrant) -> list[tuple[date, date | None]]:
    """Days of the other people's operator grants. ``lending.hold`` locked them: two operators never end each other."""
    rows = RoleGrant.objects.filter(role=Role.OPERATOR, unit__isnull=True, waits=False, account__is_active=True)
    return [(row.valid_from, row.valid_to) for row in rows if row.account_id != item.account_id]
