"""A sealed role holds only once a second person has looked at it (decision 0113)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lingkar.directory.people import access, notices, rules
from lingkar.directory.people.access import Action
from lingkar.directory.people.events import RoleGranted
from lingkar.directory.people.models import RoleGrant
from lingkar.directory.people.parameters import TWO_FOR_OPERATORS
from lingkar.directory.people.queries.accounts import holders_of
from lingkar.directory.people.services import lending
from lingkar.foundation.access import Actor, fetch
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.notify.services import tell
from lingkar.foundation.parameters.queries import value

MOST_TOLD = 20


@transaction.atomic
def decide_grant(*, grant: UUID, approve: bool, by: Actor, at: datetime) -> None:
    """Approve a role that waits, which then holds, or decline it, which takes it away. Neither giver nor receiver."""
    lending.hold([grant])
    item = fetch(access.GrantPolicy(), by, grant, Action.GRANT)
    is_over = item.valid_to is not None and item.valid_to < timezone.localdate(at)
    rules.check_second(
        waits=item.waits,
        is_over=is_over or not item.account.is_active,
        given_by=item.given_by,
        account=item.account_id,
        by=by.person,
    )
    facts: dict[str, str | UUID | None] = {
        "account": item.account_id,
        "role": str(item.role),
        "given_by": item.given_by,
    }
    if item.given_by:
        url = reverse("people:account", args=[item.account_id])
        tell(recipient=item.given_by, kind=notices.GRANT_DECIDED, subject=item, url=url, by=by, at=at)
    if not approve:
        record(by, "people.role_declined", item, at=at, **facts)
        item.delete()
        return
    item.waits, item.approved_by = False, by.person
    item.save(update_fields=["waits", "approved_by"])
    record(by, "people.role_granted", item, at=at, **facts)
    publish_granted(item, at=at)


def needs_two(role: str, *, by: Actor, at: datetime) -> bool:
    """Whether a role that ``by`` gives waits for a second person."""
    also = value(TWO_FOR_OPERATORS, agency=by.agency, on=timezone.localdate(at))
    return rules.needs_two(role, also_operators=also)


def tell_others(grant: RoleGrant, *, by: Actor, at: datetime) -> None:
    """Whoever may approve the role hears of it."""
    path = grant.unit.path if grant.unit else ""
    others = holders_of(Action.GRANT, path, day=timezone.localdate(at)).exclude(pk__in=[by.person, grant.account_id])
    for other in others[:MOST_TOLD]:
        tell(recipient=other.pk, kind=notices.GRANT_WAITS, subject=grant, url=reverse("people:grants"), by=by, at=at)


def publish_granted(grant: RoleGrant, *, at: datetime) -> None:
    """Tell the modules above that an account may do more from now on."""
    publish(
        RoleGranted(
            agency=grant.agency_id,
            account=grant.account_id,
            grant=grant.pk,
            role=str(grant.role),
            unit=grant.unit_id,
            at=at,
        )
    )
