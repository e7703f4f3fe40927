"""What the end of a role means for a delegation: nobody keeps what was lent, and it comes back to who lent it."""

from datetime import date

from lingkar.directory.people.models import Delegation, DelegationState, RoleGrant
from lingkar.directory.people.rules import delegations


def lent_by(grant: RoleGrant, last_day: date) -> list[RoleGrant]:
    """A lent grant ends after ``last_day``: offers are withdrawn; returns the grants of colleagues that end with it."""
    rows = Delegation.objects.select_for_update(of=("self",)).filter(grant=grant)
    rows.filter(state=DelegationState.OFFERED).update(state=DelegationState.WITHDRAWN)
    running = rows.filter(state=DelegationState.ACCEPTED, valid_to__gt=last_day).select_related("given")
    return [row.given for row in running if row.given]


def give_back(given: RoleGrant, last_day: date) -> None:
    """The colleague's grant ends after ``last_day``: the giver's rests no longer than that."""
    row = Delegation.objects.select_related("grant").filter(given=given, state=DelegationState.ACCEPTED).first()
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
