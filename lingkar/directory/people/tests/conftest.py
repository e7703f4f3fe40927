"""An agency with people who sign in, and a browser."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from lingkar.directory.people import services
from lingkar.directory.people.models import Account, Role
from lingkar.directory.people.web.factors import FactorAdapter
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

PASSWORD = "rumah hijau di tepi sungai"
SECRET = "JBSWY3DPEHPK3PXP"
NIP = "199008152016011005"
SINCE = date(2020, 1, 1)
AT = datetime(2026, 6, 1, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick_hashing(settings):
    """Tests hash a hundred passwords; none of them guards anything."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def agency(db):
    agency = Agency.objects.create(code="kota", name="Kota Contoh")
    with agency_scope(agency.pk):
        yield agency


@pytest.fixture
def hire(agency) -> Callable[..., Account]:
    """Open an account, with a role when one is named."""

    def hire(name: str, role: Role | None = None, *, nip: str | None = None, unit=None) -> Account:
        by = Actor.system(agency.pk)
        account = services.open_account(
            agency=agency.pk, name=name, email=f"{name}@kota.test", nip=nip, password=PASSWORD, by=by, at=AT
        )
        if role:
            services.grant_role(account=account.pk, role=role, unit=unit, valid_from=SINCE, by=by, at=AT)
        return account

    return hire


@pytest.fixture
def operator(hire):
    return hire("operator", Role.OPERATOR)


def sign_in(client: Client, name: str, password: str = PASSWORD, **extra):
    return client.post("/akun/masuk/", {"login": name, "password": password}, **extra)


def code_now(secret: str = SECRET) -> str:
    """The code an authenticator app shows now."""
    code: str = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    return code


def give_app(account: Account) -> None:
    """Set up an authenticator app, as its page does."""
    data = {"secret": FactorAdapter().encrypt(SECRET)}
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=data)


def enter(client: Client, account: Account) -> Client:
    """Sign in all the way, second step included."""
    give_app(account)
    sign_in(client, account.email or "")
    response = client.post("/akun/masuk/langkah-kedua/", {"code": code_now()})
    assert response.status_code == 302, response.content.decode()
    return client


@pytest.fixture
def office(operator) -> Client:
    """The operator's browser."""
    return enter(Client(), operator)
