"""Who somebody is, and what they may do today."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.directory.people.models import Account, RoleGrant
from lingkar.foundation.access import Actor, Grant, roles_with_second_factor
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
