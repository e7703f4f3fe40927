"""Who somebody is, and what they may do today."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.directory.orgs.queries import lineage
from lingkar.directory.people.models import Account, RoleGrant
from lingkar.foundation.access import Actor, Grant, roles_for, roles_with_second_factor
from lingkar.foundation.tenancy.queries import agency_scope


def grants_on(account: UUID, day: date) -> QuerySet[RoleGrant]:
    """Grants of an account that hold on ``day``."""
    return RoleGrant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), account=account, valid_from__lte=day
    ).select_related("unit")


def actor_for(account: Account, *, day: date) -> Actor:
    """The actor that ``account`` is on ``day``, with its grants as tree paths."""
    with agency_scope(account.agency_id):
        grants = tuple(
            Grant(role=row.role, path=row.unit.path if row.unit else "", unit=row.unit_id)
            for row in grants_on(account.pk, day)
        )
    return Actor(agency=account.agency_id, person=account.pk, name=account.name, grants=grants)


def needs_second_factor(by: Actor) -> bool:
    """Whether one of the actor's roles demands a second factor at sign-in."""
    roles = roles_with_second_factor()
    return any(grant.role in roles for grant in by.grants)


def holders_of(action: str, unit_path: str, *, day: date) -> QuerySet[Account]:
    """Active accounts of the agency in scope that may do ``action`` for the unit at ``unit_path`` on ``day``."""
    grants = RoleGrant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        Q(unit__isnull=True) | Q(unit__path__in=lineage(unit_path)),
        role__in=roles_for(action),
        valid_from__lte=day,
    )
    return Account.objects.filter(is_active=True, pk__in=grants.values("account")).order_by("name")


def names_of(accounts: Iterable[UUID]) -> dict[UUID, str]:
    """Name by id, for the accounts that exist. An erased account has an empty name."""
    return dict(Account.objects.filter(pk__in=set(accounts)).values_list("pk", "name"))
