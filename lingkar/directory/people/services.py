"""Open accounts, give and end roles. Every argument that names a row is its id."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import access, rules
from lingkar.directory.people.access import Action, demand_grant
from lingkar.directory.people.events import AccountOpened, GrantEnded, RoleGranted
from lingkar.directory.people.models import Account, Role, RoleGrant
from lingkar.foundation.access import Actor, Unseen, fetch
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.tenancy.models import Agency


@transaction.atomic
def open_account(
    *,
    agency: UUID,
    name: str,
    email: str | None = None,
    nip: str | None = None,
    password: str | None = None,
    by: Actor,
    at: datetime,
) -> Account:
    """A new account that signs in with an e-mail address or a NIP (spaces are dropped).

    Without ``password`` nobody can sign in until one was set by mail. An address or NIP that is taken raises
    ``ValidationError``.
    """
    demand_grant(by)
    account = Account.objects.create_user(
        agency=Agency.objects.get(pk=agency), name=name, email=email, nip=nip, password=password
    )
    record(by, "people.account_opened", account, at=at)
    publish(AccountOpened(agency=agency, account=account.pk, at=at))
    return account


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
    """Give a role over a unit and all below it; without ``unit`` over the whole agency. Both days are included."""
    holder = fetch(access.AccountPolicy(), by, account, Action.GRANT)
    rules.check_not_self(account, by.person)
    rules.check_dates(valid_from, valid_to)
    demand_grant(by, _path_of(unit))
    grant = RoleGrant(
        agency_id=holder.agency_id, account=holder, role=role, unit_id=unit, valid_from=valid_from, valid_to=valid_to
    )
    grant.full_clean()
    grant.save(force_insert=True)
    record(by, "people.role_granted", grant, at=at, account=account, role=str(role), unit=unit)
    publish(
        RoleGranted(agency=holder.agency_id, account=account, grant=grant.pk, role=str(role), unit=unit, at=at),
    )
    return grant


@transaction.atomic
def end_grant(*, grant: UUID, last_day: date, by: Actor, at: datetime) -> None:
    """The role ends after ``last_day`` (yesterday: at once). The agency always keeps an operator."""
    item = fetch(access.GrantPolicy(), by, grant, Action.GRANT, lock=True)
    rules.check_not_self(item.account_id, by.person)
    end = rules.end_of(last_day, valid_from=item.valid_from, valid_to=item.valid_to, today=timezone.localdate(at))
    if item.role == Role.OPERATOR and item.unit_id is None:
        rules.check_operator_remains(_other_operators(item), last_day=end)
    item.valid_to = end
    item.save(update_fields=["valid_to"])
    record(by, "people.grant_ended", item, at=at, account=item.account_id, last_day=end.isoformat())
    publish(
        GrantEnded(agency=item.agency_id, account=item.account_id, grant=item.pk, role=item.role, last_day=end, at=at)
    )


def _path_of(unit: UUID | None) -> str:
    if unit is None:
        return ""
    found = orgs.unit_of(unit)
    if found is None:
        raise Unseen
    return found.path


def _other_operators(item: RoleGrant) -> list[tuple[date, date | None]]:
    """Days of the other people's operator grants, locked: two operators cannot end each other at the same time."""
    rows = RoleGrant.objects.select_for_update(of=("self",)).filter(
        role=Role.OPERATOR, unit__isnull=True, account__is_active=True
    )
    return [(row.valid_from, row.valid_to) for row in rows.order_by("pk") if row.account_id != item.account_id]
