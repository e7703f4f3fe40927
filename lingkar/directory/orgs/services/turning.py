"""What was planned for today becomes true."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs.services.chronicle import Chronicle
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record


@transaction.atomic
def turn_units(*, agency: UUID, by: Actor, at: datetime) -> int:
    """Bring the units of an agency to their state of today; how many were changed. Twice changes nothing."""
    there = Chronicle.locked(agency, at=at)
    changed = there.settle()
    if changed:
        record(by, "orgs.units_turned", there.agency, at=at, count=changed)
    return changed
