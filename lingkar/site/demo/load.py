"""Load the demo once, all of it or nothing."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from lingkar.directory.orgs.models import Unit
from lingkar.directory.people.models import Account, RoleGrant
from lingkar.directory.places.models import Place
from lingkar.foundation.access import Actor
from lingkar.foundation.audit import services as audit
from lingkar.foundation.calendar.models import WorkWeek
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.site.demo.city import FOUNDED, GOVERNMENTS, PASSWORD, Government, PersonRow, PlaceRow, UnitRow


@transaction.atomic
def load(*, at: datetime) -> bool:
    """The fictional city and its neighbour as they are on the day of ``at``; False when they are there already."""
    if Agency.objects.filter(code=GOVERNMENTS[0].code).exists():
        return False
    password = make_password(PASSWORD)  # once: a slow hash for each of thirty people would cost seconds
    for government in GOVERNMENTS:
        _found(government, password, at)
    return True


def _found(rows: Government, password: str, at: datetime) -> None:
    agency = Agency.objects.create(code=rows.code, name=rows.name, host=rows.host, timezone=rows.timezone)
    with agency_scope(agency.pk):
        WorkWeek.objects.create(agency=agency, name="Lima hari kerja", days="12345", is_default=True)
        units = _units(agency, rows.units)
        _places(agency, rows.places)
        for person in rows.people:
            _employ(agency, person, units, password)
        audit.record(Actor.system(agency.pk), "demo.loaded", agency, at=at)


def _units(agency: Agency, rows: tuple[UnitRow, ...]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for row in rows:
        above = units.get(row.parent)
        units[row.code] = Unit.objects.create(
            agency=agency,
            kind=row.kind,
            code=row.code,
            name=row.name,
            short_name=row.short,
            parent=above,
            path=f"{above.path if above else ''}{row.code}.",
            valid_from=FOUNDED,
        )
    return units


def _places(agency: Agency, rows: tuple[PlaceRow, ...]) -> None:
    places: dict[str, Place] = {}
    for row in rows:
        places[row.code] = Place.objects.create(
            agency=agency,
            kind="village" if row.parent else "district",
            code=row.code,
            name=row.name,
            parent=places.get(row.parent),
            latitude=row.latitude,
            longitude=row.longitude,
        )


def _employ(agency: Agency, person: PersonRow, units: dict[str, Unit], password: str) -> None:
    account = Account.objects.create(
        agency=agency, name=person.name, nip=person.nip, email=person.email, password=password
    )
    RoleGrant.objects.create(
        agency=agency, account=account, role=person.role, unit=units.get(person.unit), valid_from=FOUNDED
    )
