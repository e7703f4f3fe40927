"""Load the demo once, all of it or nothing."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from lingkar.directory.orgs import services as orgs
from lingkar.directory.people import services as people
from lingkar.directory.places import services as places
from lingkar.foundation.access import Actor
from lingkar.foundation.calendar import services as calendar
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.site.demo import bulk
from lingkar.site.demo.city import FOUNDED, GOVERNMENTS, PASSWORD, Government, PersonRow, PlaceRow, UnitRow
from lingkar.site.demo.reports import load_reports
from lingkar.site.home import SetupError
from lingkar.site.operate.starter import add_subjects


@transaction.atomic
def load(*, at: datetime) -> bool:
    """The fictional city and its neighbour as they are on the day of ``at``; False when they are there already.

    ``SetupError`` where a real agency is set up: in the demo everybody may sign in as anybody, without a password.
    """
    if Agency.objects.exclude(code__in=[government.code for government in GOVERNMENTS]).exists():
        raise SetupError(
            "This installation holds an agency of its own, and in the demo everybody may sign in as anybody. Set "
            "LINGKAR_HOME to another folder for the demo, or run lingkar serve."
        )
    if Agency.objects.filter(code=GOVERNMENTS[0].code).exists():
        return False
    password = make_password(PASSWORD)  # once: a slow hash for each of thirty people would cost seconds
    for government in GOVERNMENTS:
        _found(government, password, at)
    return True


def load_bench(count: int, *, at: datetime) -> int:
    """``count`` made-up reports for the city, for benches; returns how many it has now."""
    agency = Agency.objects.get(code=GOVERNMENTS[0].code)
    with agency_scope(agency.pk):
        total = bulk.add_reports(agency=agency.pk, count=count, at=at)
    bulk.analyse()
    return total


def _found(rows: Government, password: str, at: datetime) -> None:
    agency = Agency.objects.create(code=rows.code, name=rows.name, host=rows.host, timezone=rows.timezone)
    with agency_scope(agency.pk):
        calendar.seed(agency=agency.pk, at=at)
        by = Actor.system(agency.pk)
        units = _units(agency, rows.units, by, at)
        _places(agency, rows.places, by, at)
        for person in rows.people:
            _employ(person, units, password, by, at)
        add_subjects(by=by, at=at)
        if rows is GOVERNMENTS[0]:
            load_reports(agency=agency, at=at)


def _units(agency: Agency, rows: tuple[UnitRow, ...], by: Actor, at: datetime) -> dict[str, UUID]:
    units: dict[str, UUID] = {}
    for row in rows:
        units[row.code] = orgs.add_unit(
            agency=agency.pk,
            kind=row.kind,
            code=row.code,
            name=row.name,
            short_name=row.short,
            parent=units.get(row.parent),
            valid_from=FOUNDED,
            by=by,
            at=at,
        ).pk
    return units


def _places(agency: Agency, rows: tuple[PlaceRow, ...], by: Actor, at: datetime) -> None:
    known: dict[str, UUID] = {}
    for row in rows:
        known[row.code] = places.add_place(
            agency=agency.pk,
            kind="village" if row.parent else "district",
            code=row.code,
            name=row.name,
            parent=known.get(row.parent),
            latitude=row.latitude,
            longitude=row.longitude,
            by=by,
            at=at,
        ).pk


def _employ(person: PersonRow, units: dict[str, UUID], password: str, by: Actor, at: datetime) -> None:
    account = people.open_account(agency=by.agency, name=person.name, nip=person.nip, email=person.email, by=by, at=at)
    account.password = password
    account.save(update_fields=["password"])
    unit = units.get(person.unit)
    people.grant_role(account=account.pk, role=person.role, unit=unit, valid_from=FOUNDED, by=by, at=at)
