"""A further agency on this installation, with the operator who fills it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from lingkar.directory.people import services as people
from lingkar.directory.people.models import Role
from lingkar.foundation.access import Actor
from lingkar.foundation.audit import services as audit
from lingkar.foundation.calendar import services as calendar
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.site.home import SetupError
from lingkar.site.operate.starter import add_first_units, add_subjects, missing


@transaction.atomic
def found_agency(
    *,
    code: str,
    name: str,
    host: str,
    zone: str,
    operator: str,
    email: str,
    password: str,
    starter: bool = True,
    at: datetime,
) -> Agency:
    """An agency with its calendar and one operator over all of it. What is taken raises ``SetupError``.

    With ``starter`` it has a secretariat, an Inspektorat, and subjects of reports that the secretariat answers.
    """
    agency = Agency(code=code, name=name, host=host, timezone=zone)
    try:
        agency.full_clean()
        agency.save(force_insert=True)
        by = Actor.system(agency.pk)
        with agency_scope(agency.pk):
            calendar.seed(agency=agency.pk, at=at)
            account = people.open_account(agency=agency.pk, name=operator, email=email, password=password, by=by, at=at)
            today = timezone.localdate(at)
            people.grant_role(account=account.pk, role=Role.OPERATOR, valid_from=today, by=by, at=at)
            if starter:
                add_first_units(by=by, at=at)
                add_subjects(by=by, at=at)
            audit.record(by, "operate.agency_founded", agency, at=at)
    except ValidationError as fault:
        raise SetupError("; ".join(fault.messages)) from None
    return agency


def still_missing(agency: Agency, *, at: datetime) -> list[str]:
    """What the agency needs before citizens can be served."""
    with agency_scope(agency.pk):
        return list(missing(at=at))
