"""Nobody who owes a second step gets anywhere without it."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from lingkar.directory.people import services
from lingkar.directory.people.models import Role
from lingkar.directory.people.tests.conftest import AT, SECRET, SINCE, code_now, enter, give_app, sign_in
from lingkar.foundation.access import Actor

OPEN_BEFORE = {"/ujian/simpan/", "/akun/keluar/", "/bahasa/", "/akun/keamanan/", "/akun/keamanan/aplikasi/",
               "/akun/keamanan/kunci/tambah/", "/akun/pastikan/"}  # fmt: skip
OPEN_WITH_FACTOR = {"/ujian/simpan/", "/akun/keluar/", "/bahasa/", "/akun/pastikan/kode/", "/akun/pastikan/kunci/"}


def addresses(patterns=None, prefix=""):
    """Every address without arguments, of every module."""
    for item in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(item.pattern)
        if not isinstance(item, URLPattern):
            yield from addresses(item.url_patterns, route)
        elif "<" not in route and "(" not in route:
            yield f"/{route}"


@pytest.fixture
def officer(hire):
    return hire("petugas", Role.OFFICER)


def test_without_a_factor_every_address_leads_to_setting_one_up(hire):
    client = Client()
    sign_in(client, hire("operator", Role.OPERATOR).email)
    for address in set(addresses()) - OPEN_BEFORE:
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 302, address
            assert response["Location"].startswith("/akun/keamanan/?next="), address


def test_with_a_factor_shown_nowhere_in_this_session_only_showing_it_is_open(hire):
    account, client = hire("operator", Role.OPERATOR), Client()
    sign_in(client, account.email)
    give_app(account)
    for address in set(addresses()) - OPEN_WITH_FACTOR:
        for method in (client.get, client.post):
            assert method(address)["Location"].startswith("/akun/pastikan/kode/?next="), address
    assert client.post("/akun/pastikan/kode/?next=/pengaturan/hak-akses/", {"code": code_now()}).status_code == 302
    assert client.get("/pengaturan/hak-akses/").status_code == 200


def test_the_pages_open_before_give_no_grants(hire, rf):
    client = Client()
    sign_in(client, hire("operator", Role.OPERATOR).email)
    response = client.get("/akun/keamanan/")
    assert response.context["actor"].grants == ()


def test_a_role_given_later_asks_at_once(hire, agency):
    account, client = hire("siti"), Client()
    sign_in(client, account.email)
    assert client.get("/akun/saya/").status_code == 200
    by = Actor.system(agency.pk)
    services.grant_role(account=account.pk, role=Role.OPERATOR, valid_from=SINCE, by=by, at=AT)
    assert client.get("/akun/saya/")["Location"].startswith("/akun/keamanan/")


def test_a_password_alone_opens_no_session_once_there_is_a_factor(officer):
    give_app(officer)
    client = Client()
    assert sign_in(client, officer.email)["Location"] == "/akun/masuk/langkah-kedua/"
    assert "_auth_user_id" not in client.session
    assert client.get("/akun/saya/")["Location"].startswith("/akun/masuk/")
    assert client.post("/akun/masuk/langkah-kedua/", {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_code_is_good_once(officer):
    give_app(officer)
    code = code_now()
    for times, status in ((1, 302), (2, 200)):
        client = Client()
        sign_in(client, officer.email)
        assert client.post("/akun/masuk/langkah-kedua/", {"code": code}).status_code == status, times


def test_codes_cannot_be_tried_without_end(officer):
    give_app(officer)
    client = Client()
    sign_in(client, officer.email)
    for number in range(5):
        client.post("/akun/masuk/langkah-kedua/", {"code": f"00000{number}"})
    response = client.post("/akun/masuk/langkah-kedua/", {"code": code_now()})
    assert "Terlalu banyak percobaan yang gagal" in response.content.decode()


@pytest.fixture
def commits_at_once(monkeypatch):
    """What waits for the commit runs at once: the test's own transaction never commits."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_: act())


def test_setting_up_the_app_and_its_codes(officer, commits_at_once):
    client = Client()
    sign_in(client, officer.email)
    page = client.get("/akun/keamanan/aplikasi/")
    assert "data:image/svg+xml;base64," in page.content.decode()
    secret = client.session["mfa.totp.secret"]
    assert client.post("/akun/keamanan/aplikasi/", {"code": "000000"}).status_code == 200
    response = client.post("/akun/keamanan/aplikasi/", {"code": code_now(secret)})
    assert response["Location"] == "/akun/keamanan/kode/"
    codes = client.get("/akun/keamanan/kode/unduh/").content.decode().split()[-10:]
    assert all(len(code) == 8 and code.isdigit() for code in codes)
    stored = Authenticator.objects.get(user=officer, type="totp").data["secret"]
    assert secret not in stored

    other = Client()
    sign_in(other, officer.email)
    assert other.post("/akun/masuk/langkah-kedua/", {"code": codes[0]}).status_code == 302
    again = Client()
    sign_in(again, officer.email)
    assert again.post("/akun/masuk/langkah-kedua/", {"code": codes[0]}).status_code == 200


def test_the_last_factor_of_a_role_cannot_be_removed(officer):
    client = enter(Client(), officer)
    assert "Peran Anda memerlukan langkah kedua" in client.get("/akun/keamanan/aplikasi/hapus/").content.decode()
    client.post("/akun/keamanan/aplikasi/hapus/")
    assert Authenticator.objects.filter(user=officer, type="totp").exists()
    Authenticator.objects.filter(user=officer).update(type="webauthn", data={"name": "HP", "credential": {}})
    key = Authenticator.objects.get(user=officer)
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk]))["Location"] == "/akun/keamanan/"
    assert Authenticator.objects.filter(user=officer).exists()


def test_nobody_touches_the_passkey_of_somebody_else(officer, hire):
    give_app(officer)
    Authenticator.objects.filter(user=officer).update(type="webauthn", data={"name": "HP", "credential": {}})
    key = Authenticator.objects.get(user=officer)
    client = enter(Client(), hire("siti", Role.OFFICER))
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404
        assert client.post(reverse(name, args=[key.pk]), {"name": "milik saya"}).status_code == 404


def test_somebody_without_a_role_needs_no_second_step(hire):
    client = Client()
    sign_in(client, hire("siti").email)
    assert client.get("/akun/saya/").status_code == 200


def test_a_role_that_is_over_or_not_begun_asks_for_nothing(hire, agency):
    account, client, by = hire("siti"), Client(), Actor.system(agency.pk)
    for first, last in ((date(2020, 1, 1), date(2020, 2, 1)), (date(2999, 1, 1), None)):
        services.grant_role(account=account.pk, role=Role.OPERATOR, valid_from=first, valid_to=last, by=by, at=AT)
    sign_in(client, account.email)
    assert client.get("/akun/saya/").status_code == 200
    assert client.get("/pengaturan/hak-akses/").status_code == 403


def test_the_secret_of_the_app_is_only_shown_while_it_is_set_up(officer):
    client = enter(Client(), officer)
    assert client.get("/akun/keamanan/aplikasi/")["Location"] == "/akun/keamanan/aplikasi/hapus/"
    assert SECRET not in client.get("/akun/keamanan/").content.decode()
