"""The maklumat pelayanan of a unit."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs.queries import unit_of
from lingkar.directory.services import access, rules
from lingkar.directory.services.models import Pledge
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused


@transaction.atomic
def sign_pledge(
    *,
    unit: UUID,
    statements: Sequence[str],
    signer: str,
    signer_title: str,
    signed_on: date,
    by: Actor,
    at: datetime,
) -> Pledge:
    """Publish the signed pledge of a unit; it holds for the unit and all below it until the next one is signed."""
    found = unit_of(unit)
    if found is None:
        raise Unseen
    access.demand(by, found.path)
    rules.check_review(signed_on, today=timezone.localdate(at))
    if not all((*statements, signer.strip(), signer_title.strip())) or not statements:
        raise Refused("services.pledge_incomplete")
    pledge = Pledge(agency_id=by.agency, unit=found, statements=list(statements), signed_on=signed_on, added_at=at)
    pledge.signer, pledge.signer_title = signer.strip(), signer_title.strip()
    pledge.full_clean()
    pledge.save(force_insert=True)
    record(by, "services.pledge_signed", pledge, at=at, unit=found.pk, signed_on=f"{signed_on:%Y-%m-%d}")
    return pledge
