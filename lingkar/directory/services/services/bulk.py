"""Many services in one call: a file that is imported, a city that is set up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs.queries import units_in
from lingkar.directory.services import access, rules
from lingkar.directory.services.events import ServicePublished
from lingkar.directory.services.models import Service, Transactions, Version
from lingkar.directory.services.rules import Standard
from lingkar.directory.services.services.catalogue import fill
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.tenancy.models import Agency

KNOWN = ("agency", "service", "unit", "search", "spellings")
"""Fields that this module gave: looking each of them up would be a statement for every row."""


@dataclass(frozen=True)
class ServiceRow:
    """One service as it is: its standard in force since ``valid_from``, or a draft without that day.

    ``transactions`` maps the first day of a month to a count.
    """

    code: str
    unit: UUID
    standard: Standard
    valid_from: date | None = None
    reviewed_on: date | None = None
    transactions: Mapping[date, int] = field(default_factory=dict)


@transaction.atomic
def add_services(*, rows: Sequence[ServiceRow], by: Actor, at: datetime) -> dict[str, Service]:
    """Add services that are not there yet, each with its first version. Returns them by code.

    All or nothing: a code that is taken raises ``IntegrityError``, an unknown unit ``Unseen``, what does not fit its
    field ``ValidationError``; a row with ``valid_from`` must have what people need at the counter, and its unit must
    exist on that day, and is announced as published.
    """
    units = {unit.pk: unit for unit in units_in(by.agency)}
    if not {row.unit for row in rows} <= units.keys():
        raise Unseen
    for unit in {row.unit for row in rows}:
        access.demand(by, units[unit].path)
    found = {
        rules.code_from(row.code): Service(
            agency_id=by.agency, code=rules.code_from(row.code), name=row.standard.name, unit=units[row.unit]
        )
        for row in rows
    }
    versions = [_version(row, found[rules.code_from(row.code)], at) for row in rows]
    for item in (*found.values(), *versions):
        item.clean_fields(exclude=KNOWN)
    for month in {month for row in rows for month in row.transactions}:
        rules.check_month(month, today=timezone.localdate(at))
    Service.objects.bulk_create(found.values())
    Version.objects.bulk_create(versions)
    Transactions.objects.bulk_create(
        Transactions(agency_id=by.agency, service=found[rules.code_from(row.code)], month=month, count=count)
        for row in rows
        for month, count in row.transactions.items()
    )
    record(by, "services.many_added", Agency.objects.get(pk=by.agency), at=at, services=len(found))
    for version in versions:
        if version.valid_from is not None:
            _announce(version, at)
    return found


def _announce(version: Version, at: datetime) -> None:
    since = version.valid_from
    assert since is not None  # noqa: S101  # asked before
    service, number = version.service_id, version.number
    publish(ServicePublished(agency=version.agency_id, service=service, version=number, valid_from=since, at=at))


def _version(row: ServiceRow, service: Service, at: datetime) -> Version:
    version = Version(agency_id=service.agency_id, service=service, number=1, unit=service.unit)
    fill(version, row.standard)
    if row.valid_from is not None:
        rules.check_publishable(row.standard)
        rules.check_unit(row.valid_from, valid_from=service.unit.valid_from, valid_to=service.unit.valid_to)
        version.published_at, version.valid_from = at, row.valid_from
        version.reviewed_on = row.reviewed_on or min(row.valid_from, timezone.localdate(at))
        rules.check_review(version.reviewed_on, today=timezone.localdate(at))
    return version
