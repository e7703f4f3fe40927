"""What the end of a role means for a delegation: nobody keeps what was lent, and it comes back to who lent it.

Everybody takes locks in one order, so that two people who act at once wait for each other and never in a circle: the
account, the roles that are lent or may be (by id), the roles that were received for them (by id), the delegation.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from lingkar.directory.people.models import Account, Delegation, DelegationState, Role, RoleGrant
from lingkar.directory.people.rules import delegations


def hold_accounts(accounts: Iterable[UUID]) -> dict[UUID, Account]:
    """Lock accounts, and read them as they are now."""
    rows = Account.objects.select_for_update(no_key=True).filter(pk__in=set(accounts))
    return {row.pk: row for row in rows.order_by("pk")}


def hold(grants: Iterable[UUID]) -> None:
    """Lock grants, those for which they were received, and those that were lent for them.

    What was received is never handed on, so the first round locks everything that can change the second. With one
    operator's role come those of all operators: whether another remains is asked of rows that stand still.
    """
    named = set(grants)
    lent = dict(Delegation.objects.filter(given__in=named).values_list("given", "grant"))
    first = {lent.get(grant, grant) for grant in named}
    operators = Q(role=Role.OPERATOR, unit__isnull=True)
    one_of_them = RoleGrant.objects.filter(operators, pk__in=first).exists()
    _lock(Q(pk__in=first) | operators if one_of_them else Q(pk__in=first))
    received = Delegation.objects.filter(grant__in=first, given__isnull=False).values("given")
    _lock(Q(pk__in=received))


def _lock(which: Q) -> None:
    list(RoleGrant.objects.select_for_update(no_key=True).filter(which).order_by("pk").values_list("pk"))


def lent_by(grant: RoleGrant, last_day: date) -> list[RoleGrant]:
    """A lent grant ends after ``last_day``: offers are withdrawn; returns the grants of colleagues that end with it."""
    rows = Delegation.objects.select_for_update(of=("self",)).filter(grant=grant)
    rows.filter(state=DelegationState.OFFERED).update(state=DelegationState.WITHDRAWN)
    running = rows.filter(state=DelegationState.ACCEPTED, valid_to__gt=last_day).select_related("given")
    return [row.given for row in running if row.given]


def give_back(given: RoleGrant, last_day: date) -> None:
    """The colleague's grant ends after ``last_day``: the giver's rests no longer than that."""
    rows = Delegation.objects.select_for_update(of=("self",)).filter(given=given, state=DelegationState.ACCEPTED)
    row = rows.select_related("grant").first()
    if row is None:
        return
    rest = delegations.rest_after((row.valid_from, row.valid_to), last_day=last_day)
    row.grant.rests_from, row.grant.rests_to = rest or (None, None)
    row.grant.save(update_fields=["rests_from", "rests_to"])
    if rest is None:
        row.state = DelegationState.WITHDRAWN
    else:
        row.valid_to = rest[1]
    row.save(update_fields=["state", "valid_to"])
