"""A small world for tests: two cities with the same units, one person per role, and a way to sign in.

``kota``          the city under test; its agency scope is open while the test runs
``lain``          another agency of the same installation, of which ``kota`` must never see anything
``at``            the moment of the test: every door (view, job, command) takes it for "now"
``visitor``       a browser that nobody signed in with (see ``tests.pages``)
``as_role``       ``as_role("officer")`` gives a browser signed in for that role, second factor passed
"""

import os
import secrets
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.test import TransactionTestCase
from django.test.utils import override_settings
from django.utils import timezone

from lingkar.directory.orgs.models import Unit, UnitKind
from lingkar.directory.orgs.services import add_unit
from lingkar.directory.people.models import Account, Role
from lingkar.directory.people.queries import actor_for
from lingkar.directory.people.services import grant_role, open_account
from lingkar.directory.places.models import Place, PlaceKind
from lingkar.directory.places.services import add_place
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from tests import rows
from tests.copies import Mould, instance
from tests.pages import Browser

NOW = datetime(2026, 6, 8, 3, tzinfo=UTC)
"""Monday 8 June 2026, 10.00 WIB."""
LONG_AGO = date(2020, 1, 1)
UNITS = (
    # code, kind, name, parent
    ("setda", UnitKind.SECRETARIAT, "Sekretariat Daerah", None),
    ("inspektorat", UnitKind.INSPECTORATE, "Inspektorat Daerah", None),
    ("dukcapil", UnitKind.OFFICE, "Dinas Kependudukan dan Pencatatan Sipil", None),
    ("pelayanan", UnitKind.SECTION, "Bidang Pelayanan Pendaftaran Penduduk", "dukcapil"),
    ("pupr", UnitKind.OFFICE, "Dinas Pekerjaan Umum dan Penataan Ruang", None),
)
MEMBER = "member"
"""Somebody who can sign in and holds no role."""


@dataclass(frozen=True)
class City:
    """One agency with its units by code, its places, and its people by role."""

    agency: Agency
    units: dict[str, Unit] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)
    samples: dict[str, Any] = field(default_factory=dict)
    """What ``tests.samples`` made here."""
    ids: dict[str, str] | None = None
    """Ids of the city when it was first made → here (``tests.copies``); None: it is no copy, nor are its people."""

    @property
    def system(self) -> Actor:
        return Actor.system(self.agency.pk)

    @property
    def visitor(self) -> Actor:
        return Actor.visitor(self.agency.pk)

    def actor(self, role: str, unit: str | None = "dukcapil") -> Actor:
        """The actor of the person who holds ``role`` over ``unit`` (None: over the whole agency)."""
        return actor_for(self.holder(role, unit), day=NOW.date())

    def holder(self, role: str, unit: str | None = "dukcapil") -> Account:
        """The person who holds ``role`` over ``unit``; made when first asked for."""
        key = f"{role}-{unit or 'semua'}"
        if key not in self.people:
            self.people[key] = (
                self._open(key, role, unit) if self.ids is None else self._copied(key, role, unit, self.ids)
            )
        return self.people[key]

    def _copied(self, key: str, role: str, unit: str | None, ids: dict[str, str]) -> Account:
        named = f"{self.agency.code} {key}"
        if named in MOULDS:
            mould, first = MOULDS[named]
            known: Account = instance(first, mould.pour(ids))
            return known
        mould, made = Mould.around(lambda: self._open(key, role, unit), ids)
        account: Account = made
        MOULDS[named] = mould, instance(account, {now: then for then, now in ids.items()})
        return account

    def _open(self, key: str, role: str, unit: str | None) -> Account:
        account = open_account(
            agency=self.agency.pk,
            name=key.replace("-", " ").title(),
            email=f"{key}@{self.agency.code}.example",
            by=self.system,
            at=NOW,
        )
        if role == Role.INSPECTOR:
            unit = unit or "inspektorat"  # nobody reads sealed cases for a whole agency
        if role != MEMBER:
            over = self.units[unit].pk if unit else None
            grant_role(account=account.pk, role=role, unit=over, valid_from=LONG_AGO, by=self.system, at=NOW)
        return account


MOULDS: dict[str, tuple[Mould, Any]] = {}
"""Cities and people that were made once in this process."""


def make_city(code: str, host: str = "") -> City:
    """A city with its units and two places: made through the services of the directory, or a copy of it.

    Where rows are committed, each act in a transaction of its own, it is always made.
    """
    if not connection.in_atomic_block:
        return found_city(code, host)
    named = f"{code} {host}"
    if named not in MOULDS:
        MOULDS[named] = Mould.around(lambda: found_city(code, host), {})
        return City(**_parts(MOULDS[named][1], {}))
    mould, first = MOULDS[named]
    return City(**_parts(first, mould.pour({})))


def _parts(first: City, ids: dict[str, str]) -> dict[str, Any]:
    units, places = ({name: instance(row, ids) for name, row in rows.items()} for rows in (first.units, first.places))
    return {"agency": instance(first.agency, ids), "units": units, "places": places, "ids": ids}


def found_city(code: str, host: str = "") -> City:
    """A city made through the services of the directory."""
    city = City(Agency.objects.create(code=code, name=f"Kota {code.title()}", host=host))
    with agency_scope(city.agency.pk):
        for unit, kind, name, parent in UNITS:
            city.units[unit] = _unit(city, unit, kind, name, city.units[parent].pk if parent else None)
        district = _place(city, PlaceKind.DISTRICT, "317401", "Kecamatan Sumberejo")
        city.places["district"] = district
        city.places["village"] = _place(city, PlaceKind.VILLAGE, "3174011001", "Kelurahan Sumberasih", district.pk)
    return city


def _unit(city: City, code: str, kind: str, name: str, parent: UUID | None) -> Unit:
    agency = city.agency.pk
    return add_unit(
        agency=agency, kind=kind, code=code, name=name, parent=parent, valid_from=LONG_AGO, by=city.system, at=NOW
    )


def _place(city: City, kind: str, code: str, name: str, parent: UUID | None = None) -> Place:
    agency = city.agency.pk
    return add_place(agency=agency, kind=kind, code=code, name=name, parent=parent, by=city.system, at=NOW)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment of the test. Services get it as an argument; doors find it where they look for the time."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW


@pytest.fixture
def kota(db: None, at: datetime) -> Iterator[City]:
    """The city under test, served under every host name; its scope is open."""
    city = make_city("kota")
    with agency_scope(city.agency.pk):
        yield city


@pytest.fixture
def lain(kota: City) -> City:
    """Another agency of the same installation. Open ``agency_scope(lain.agency.pk)`` to look into it."""
    return make_city("lain", host="lain.example")


@pytest.fixture
def visitor(kota: City) -> Browser:
    """A browser that nobody signed in with."""
    return Browser()


@pytest.fixture
def as_role(kota: City) -> Callable[..., Browser]:
    """``as_role("officer")``: a browser of the person who holds the role over ``dukcapil``, or over ``unit``."""

    def sign_in(role: str, unit: str | None = "dukcapil") -> Browser:
        return signed_in(kota.holder(role, unit))

    return sign_in


def signed_in(account: Account) -> Browser:
    """A browser in which ``account`` has signed in and passed the second factor."""
    browser = Browser()
    browser.force_login(account)
    request = HttpRequest()
    request.session = browser.session
    record_authentication(request, account, "password")
    record_authentication(request, account, "mfa", type="totp")
    request.session.save()
    return browser


ROLES = (MEMBER, *(role.value for role in Role))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """Of several workers one migrates a database from nothing; each begins with a copy of it."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        with django_db_blocker.unblock():
            rows.copy_migrated(connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(autouse=True, scope="session")
def _committed_rows_are_put_back() -> Iterator[None]:
    """Tests that commit (``transactional_db``, a running server) leave the database as it was."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(lambda cls: rows.remember()))
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: rows.restore())
        yield


@pytest.fixture(autouse=True)
def _nobody_tried_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who knocked too often in another test is somebody else in this one."""
    monkeypatch.setattr("lingkar.foundation.access.tries.SALT", secrets.token_bytes(32))


@pytest.fixture(autouse=True, scope="session")
def _plain_files() -> Iterator[None]:
    """Static files are served as they lie in the source: no collecting before a test runs."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A test that reaches for another machine fails: only loopback and local sockets answer."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
