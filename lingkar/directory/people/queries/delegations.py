"""Roles that were handed to colleagues."""

from datetime import date

from django.db.models import Q, QuerySet

from lingkar.directory.people import access
from lingkar.directory.people.models import Delegation, DelegationState, RoleGrant
from lingkar.directory.people.rules.delegations import DELEGABLE
from lingkar.foundation.access import NOBODY, Actor


def delegations_of(by: Actor) -> QuerySet[Delegation]:
    """Roles that ``by`` handed over or was offered, the newest first."""
    own = by.person or NOBODY
    rows = Delegation.objects.filter(Q(grant__account=own) | Q(receiver=own))
    return rows.select_related("grant__account", "grant__unit", "receiver").order_by("-asked_at", "pk")


def delegations_in(by: Actor) -> QuerySet[Delegation]:
    """Every delegation of the roles that ``by`` looks after, the newest first: for the operator."""
    rows = Delegation.objects.filter(grant__in=access.GrantPolicy().visible(by))
    return rows.select_related("grant__account", "grant__unit", "receiver").order_by("-asked_at", "pk")


def delegable_of(by: Actor, *, day: date) -> QuerySet[RoleGrant]:
    """Own roles that may be handed to a colleague: those that hold or will, and were not themselves lent."""
    rows = RoleGrant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        account=by.person or NOBODY,
        role__in=DELEGABLE,
        waits=False,
    )
    lent = Delegation.objects.filter(given__isnull=False, state=DelegationState.ACCEPTED).values("given")
    return rows.exclude(pk__in=lent).select_related("unit").order_by("role", "unit__path")
