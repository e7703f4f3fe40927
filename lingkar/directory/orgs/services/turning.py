"""What was planned for today becomes true."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs.services.chronicle import Chronicle
from lingkar.directory.orgs.services.posts import Posts, turned
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record


@transaction.atomic
def turn_units(*, agency: UUID, by: Actor, at: datetime) -> int:
    """Bring units and positions of an agency to their state of today; how many were changed. Twice changes nothing."""
    there = Chronicle.locked(agency, at=at)
    posts = Posts.locked(agency, turned(agency, there.today), at=at)
    changed = there.settle() + posts.settle(posts.rows)
    if changed:
        record(by, "orgs.units_turned", there.agency, at=at, count=changed)
    return changed
