"""A small city: three offices, the Inspektorat, their people, four categories."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import NAMESPACE_DNS, uuid5

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from lingkar.directory.orgs.models import Unit, UnitKind
from lingkar.directory.orgs.services import add_unit
from lingkar.directory.people.models import Role
from lingkar.directory.places.models import Place, PlaceKind
from lingkar.foundation.access import Actor, Grant
from lingkar.foundation.calendar.services import seed as seed_calendar
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports import keys, services
from lingkar.listen.reports.models import Category, Report
from lingkar.listen.reports.tests.office import Office, subjects_of
from tests.copies import Mould, instance
from tests.pages import Browser

AT = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)
"""Tuesday 17 March 2026, 10.00 WIB: two days before Nyepi."""


@dataclass
class City:
    """The city's rows, and its people as actors."""

    agency: Agency
    units: dict[str, Unit]
    categories: dict[str, Category]
    place: Place
    at: datetime = AT

    def actor(self, role: str, unit: str = "") -> Actor:
        path = self.units[unit].path if unit else ""
        name = f"{role} {unit}"
        return Actor(self.agency.pk, person=uuid5(NAMESPACE_DNS, name), name=name, grants=(Grant(role, path),))

    @property
    def officer(self) -> Actor:
        return self.actor(Role.OFFICER, "dukcapil")

    @property
    def inspector(self) -> Actor:
        return self.actor(Role.INSPECTOR, "inspektorat")

    @property
    def visitor(self) -> Actor:
        return Actor.visitor(self.agency.pk)

    def send(self, text: str = "Antrean KTP lama sekali", *, token: str = "", **choices: object) -> tuple[Report, str]:
        """A sent report and its code."""
        token = token or keys.new_token()
        services.save_words(token=token, text=text, photos=[], by=self.visitor, at=self.at)
        services.save_where(token=token, place=self.place.pk, location="depan loket", latitude=None, longitude=None)
        receipt = services.send_report(token=token, by=self.visitor, at=self.at, **choices)  # type: ignore[arg-type]
        return Report.objects.select_related("unit").get(pk=receipt.report), receipt.code


FIRST: list[tuple[Mould, City]] = []
"""The city as it was first made in this process (``tests.copies``)."""


@pytest.fixture
def city(db):
    found = again() if connection.in_atomic_block else founded()
    with agency_scope(found.agency.pk):
        yield found


def again() -> City:
    """The city under new ids."""
    if not FIRST:
        FIRST.append(Mould.around(founded, {}))
        return copied(FIRST[0][1], {})
    mould, first = FIRST[0]
    return copied(first, mould.pour({}))


def copied(first: City, ids: dict[str, str]) -> City:
    units = {code: instance(row, ids) for code, row in first.units.items()}
    categories = {code: instance(row, ids) for code, row in first.categories.items()}
    return City(instance(first.agency, ids), units, categories, instance(first.place, ids))


def founded() -> City:
    """The city made through the services."""
    agency = Agency.objects.create(code="kota-uji", name="Kota Uji")
    system = Actor.system(agency.pk)
    since = date(2020, 1, 1)
    with agency_scope(agency.pk):
        units = {
            code: add_unit(agency=agency.pk, kind=kind, code=code, name=name, valid_from=since, by=system, at=AT)
            for code, kind, name in (
                ("setda", UnitKind.SECRETARIAT, "Sekretariat Daerah"),
                ("inspektorat", UnitKind.INSPECTORATE, "Inspektorat Daerah"),
                ("dukcapil", UnitKind.OFFICE, "Dinas Kependudukan dan Pencatatan Sipil"),
                ("pupr", UnitKind.OFFICE, "Dinas Pekerjaan Umum dan Penataan Ruang"),
                ("kominfo", UnitKind.OFFICE, "Dinas Komunikasi dan Informatika"),
            )
        }
        seed_calendar(agency=agency.pk, at=AT)
        district = Place.objects.create(agency=agency, kind=PlaceKind.DISTRICT, code="990101", name="Air Hulu")
        place = Place.objects.create(
            agency=agency, kind=PlaceKind.VILLAGE, code="9901011001", name="Air Batu", parent=district
        )
        categories = {
            code: services.add_category(
                code=code,
                name=name,
                request_class=request_class,
                unit=units[unit].pk,
                terms=terms,
                sensitive=request_class == "supervised",
                by=system,
                at=AT,
            )
            for code, name, request_class, unit, terms in (
                ("kependudukan", "Kependudukan", "complaint", "dukcapil", ["ktp", "kartu keluarga", "akta"]),
                ("jalan", "Jalan", "complaint", "pupr", ["jalan rusak", "lubang"]),
                ("pungli", "Pungutan liar", "supervised", "inspektorat", ["pungli", "minta uang"]),
                ("lainnya", "Lainnya", "complaint", "kominfo", []),
            )
        }
    return City(agency, units, categories, place)


@pytest.fixture
def photo():
    """A small real photo, as a phone sends it."""
    buffer = BytesIO()
    Image.new("RGB", (32, 24), "steelblue").save(buffer, "JPEG")
    return SimpleUploadedFile("bukti.jpg", buffer.getvalue(), "image/jpeg")


@pytest.fixture
def citizen(city, at):
    """A browser of somebody in the city, with nobody signed in."""
    return Browser()


@pytest.fixture
def office(kota, at):
    """``kota`` with subjects, and a way to send reports."""
    subjects_of(kota, at)
    return Office(kota, at)
