"""Signing in: who gets in, and that nobody learns more than that."""

from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import NoReverseMatch, reverse

from lingkar.directory.people import services
from lingkar.directory.people.models import Account
from lingkar.directory.people.tests.conftest import AT, NIP, PASSWORD, sign_in
from lingkar.foundation.access import Actor
from lingkar.foundation.access.limits import SharedCache
from lingkar.foundation.audit.queries import trail_of
from lingkar.foundation.tenancy.models import Agency


def start() -> str:
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.fixture
def siti(hire):
    return hire("siti", nip=NIP)


@pytest.mark.parametrize(
    "name", ["siti@kota.test", "SITI@Kota.Test ", NIP, "19900815 201601 1 005", "  19900815.201601.1.005 "]
)
def test_by_e_mail_or_nip_however_it_is_typed(siti, client, name):
    response = sign_in(client, name)
    assert (response.status_code, response["Location"], who(client)) == (302, start(), str(siti.pk))
    assert next(entry.verb for entry in trail_of(siti)) == "people.signed_in"


@pytest.mark.parametrize("name", ["", "  ", "x@", "@", "1" * 500, "siti\x00@kota.test", "' OR 1=1 --", "0000"])
def test_nonsense_is_answered_with_a_page(siti, client, name):
    assert sign_in(client, name).status_code == 200
    assert who(client) is None


def close(account: Account) -> None:
    services.close_account(account=account.pk, by=Actor.system(account.agency_id), at=AT)


def answers(client, name, password):
    """The status, the words and the hash calls that an attempt is answered with."""
    with mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashed:
        response = sign_in(client, name, password)
    html = response.content.decode().replace(name, "")
    return response.status_code, [line for line in html.splitlines() if "csrf" not in line], hashed.call_count


def test_every_refusal_looks_and_costs_the_same(siti, hire):
    closed, invited = hire("tutup", nip="199008152016011006"), hire("undangan", nip="199008152016011007")
    close(closed)
    Account.objects.filter(pk=invited.pk).update(password="!" + "x" * 40)
    attempts = [
        ("siti@kota.test", "salah sekali"),
        (NIP, "salah sekali"),
        ("tidakada@kota.test", "salah sekali"),
        ("199008152016011999", "salah sekali"),
        ("tutup@kota.test", "salah sekali"),
        ("tutup@kota.test", PASSWORD),
        ("undangan@kota.test", PASSWORD),
    ]
    seen = [answers(Client(), *attempt) for attempt in attempts]
    assert [answer[2] for answer in seen] == [1] * len(attempts)
    assert all(answer[:2] == seen[0][:2] for answer in seen)
    assert "Email atau NIP dan kata sandi ini tidak cocok." in "".join(seen[0][1])


def test_asking_for_a_link_is_answered_alike_for_everybody(siti, hire, agency):
    close(hire("tutup"))
    costs = []
    for name in ("siti@kota.test", NIP, "tidakada@kota.test", "tutup@kota.test"):
        with mock.patch("lingkar.directory.people.mail.app.configure_task") as task:
            response = Client().post("/akun/lupa/", {"email": name})
        costs.append((response.status_code, response["Location"], task.return_value.defer.call_count))
    assert costs == [(302, "/akun/lupa/terkirim/", 1)] * 4


def test_five_failures_close_the_door_for_that_name_in_every_worker(siti):
    for _ in range(5):
        sign_in(Client(), NIP, "salah sekali")
    response = sign_in(Client(REMOTE_ADDR="10.0.0.9"), "19900815 201601 1 005")
    assert "Terlalu banyak percobaan yang gagal" in response.content.decode()
    assert isinstance(caches["default"], SharedCache)  # the counter is in the database, not in one process
    assert sign_in(Client(), "siti@kota.test").status_code == 302


def test_many_people_behind_one_address_can_sign_in(hire):
    people = [hire(f"orang{number}") for number in range(20)]
    assert all(sign_in(Client(), account.email).status_code == 302 for account in people)


def test_the_session_key_changes_at_sign_in_and_ends_at_sign_out(siti, client):
    client.get("/akun/masuk/kunci/", headers={"accept": "application/json"})
    planted = client.session.session_key
    assert planted
    sign_in(client, NIP)
    inside = client.session.session_key
    assert inside != planted
    client.post("/akun/keluar/")
    assert who(client) is None
    thief = Client()
    thief.cookies["sesi"] = inside
    assert thief.get("/akun/saya/").status_code == 302


def test_signing_in_leads_where_one_wanted_to_go_but_never_away(siti):
    for wanted, reached in (
        ("/akun/saya/", "/akun/saya/"),
        ("https://jahat.test/", start()),
        ("//jahat.test", start()),
    ):
        response = Client().post("/akun/masuk/", {"login": NIP, "password": PASSWORD, "next": wanted})
        assert response["Location"] == reached


def test_a_closed_account_is_signed_out_at_once(siti, client):
    sign_in(client, NIP)
    close(siti)
    assert client.get("/akun/saya/").status_code == 302


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_inactive", "account_set_password", "account_email_verification_sent",
     "account_confirm_login_code", "mfa_signup_webauthn", "mfa_trust", "account_request_login_code"],
)  # fmt: skip
def test_pages_of_allauth_that_nobody_needs_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "email/", "inactive/", "login/", "2fa/", "sessions/", "daftar/"])
def test_their_usual_addresses_lead_nowhere(agency, client, path):
    assert client.get(f"/akun/{path}").status_code == 404


def test_the_agency_of_the_account_counts_not_the_host(siti, client):
    Agency.objects.create(code="lain", name="Kabupaten Lain", host="lain.test")
    sign_in(client, NIP)
    assert "Kota Contoh" in client.get("/akun/saya/").content.decode()


def test_a_request_of_somebody_signed_in_costs_three_queries_before_the_page(siti, client, django_assert_num_queries):
    sign_in(client, NIP)
    client.get("/akun/keamanan/kunci/")
    with django_assert_num_queries(3):  # session, account with agency, grants; the page is a bare redirect
        client.get("/akun/keamanan/kunci/")
