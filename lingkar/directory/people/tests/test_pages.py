"""Every page about people is a good page: valid, labelled, translated, safe and cheap."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.urls import reverse

from lingkar.directory.people.models import Account, RoleGrant
from lingkar.directory.people.tests.conftest import NIP, give_app
from lingkar.foundation.audit.queries import trail_of
from lingkar.foundation.tenancy.queries import agency_scope
from tests.pages import Browser

LANGUAGES = ("id", "en")
FOR_VISITORS = (
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
)
OWN = ("people:me", "mfa_index", "usersessions_list", "account_change_password", "account_logout", "mfa_activate_totp",
       "mfa_add_webauthn")  # fmt: skip
WITH_APP = ("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
            "mfa_reauthenticate")  # fmt: skip
OF_OPERATORS = ("people:grants", "people:give", "people:open")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOR_VISITORS)
def test_pages_for_visitors(kota, name, language):
    Browser(language).page(reverse(name))


@pytest.mark.parametrize("name", OWN)
def test_pages_about_oneself(kota, as_role, name):
    officer = kota.holder("officer")
    officer.set_password("perahu kecil menuju pulau")
    officer.save()
    as_role("officer").page(reverse(name))


@pytest.mark.parametrize("name", WITH_APP)
def test_pages_of_somebody_with_an_app(kota, as_role, name):
    give_app(kota.holder("officer"))
    browser = as_role("officer")
    Authenticator.objects.create(
        user=kota.holder("officer"),
        type="recovery_codes",
        data={"seed": Authenticator.objects.get().wrap().instance.data["secret"], "used_mask": 0},
    )
    browser.page(reverse(name))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OF_OPERATORS)
def test_pages_of_operators(kota, as_role, name, language):
    browser = as_role("operator", None)
    browser.cookies["bahasa"] = browser.language = language
    browser.page(reverse(name))


def test_a_profile_says_who_and_what(kota, as_role):
    officer = kota.holder("officer")
    Account.objects.filter(pk=officer.pk).update(nip=NIP)
    text = as_role("officer").page("/akun/saya/").text
    for words in (officer.name, "19900815 201601 1 005", "Pejabat penghubung", "sejak 1 Januari 2020"):
        assert words in text


def test_my_data_holds_every_field_declared_as_personal(kota, as_role):
    response = as_role("officer").get("/akun/saya/data.json")
    data = {part: told["data"] for part, told in json.loads(response.content).items()}
    values = [set(row.values()) for rows in data.values() for row in rows]
    held = {getattr(kota.holder("officer"), name) for name in Account.PERSONAL}
    assert any(held <= told for told in values)
    assert any({kota.units["dukcapil"].name, "2020-01-01"} <= told for told in values)
    assert "attachment" in response["Content-Disposition"]


@pytest.fixture
def operator(as_role):
    return as_role("operator", None)


def test_a_role_is_given_found_and_ended(kota, operator):
    officer = kota.holder("officer")
    unit = str(kota.units["pupr"].pk)
    page = operator.send(
        "/pengaturan/hak-akses/beri/",
        {"person": officer.email, "role": "inspector", "unit": unit, "valid_from": "2026-06-08", "valid_to": ""},
    )
    assert page.url == f"/pengaturan/akun/{officer.pk}/"
    assert "Pemeriksa Inspektorat" in page.text
    given = RoleGrant.objects.get(account=officer, role="inspector")
    assert trail_of(given)[0].person == kota.holder("operator", None).pk
    listed = operator.page("/pengaturan/hak-akses/?role=inspector").text
    assert officer.name in listed
    operator.page(f"/pengaturan/hak-akses/{given.pk}/akhiri/")
    page = operator.send(f"/pengaturan/hak-akses/{given.pk}/akhiri/", {"when": "now", "last_day": ""})
    assert "Sudah berakhir" in page.text
    assert officer.name not in operator.page("/pengaturan/hak-akses/?role=inspector").text
    assert officer.name in operator.page("/pengaturan/hak-akses/?role=inspector&ended=on").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"person": "tidakada@kota.example"}, "Tidak ada akun dengan email atau NIP ini"),
        ({"person": "officer-dukcapil@lain.example"}, "Tidak ada akun dengan email atau NIP ini"),
        ({"person": "operator-semua@kota.example"}, "tidak seorang pun mengubah perannya sendiri"),
        ({"valid_to": "2026-06-01"}, "Hari terakhir mendahului hari pertama"),
        ({"role": "officer", "valid_from": "2020-01-01", "unit": "own"}, "sudah memiliki peran itu"),
        ({"role": "raja"}, "raja"),
        ({"unit": ""}, "belum dipilih."),
        ({"unit": "not-a-unit"}, "not-a-unit"),
        ({"valid_from": "besok"}, "tanggal"),
    ],
)
def test_a_role_that_cannot_be_given_says_why(kota, lain, operator, change, words):
    with agency_scope(lain.agency.pk):
        lain.holder("officer")
    data = {
        "person": kota.holder("officer").email,
        "role": "inspector",
        "unit": str(kota.units["pupr"].pk),
        "valid_from": "2026-06-08",
        **change,
    }
    if data["unit"] == "own":
        data["unit"] = str(kota.units["dukcapil"].pk)
    before = RoleGrant.objects.count()
    page = operator.send("/pengaturan/hak-akses/beri/", data, status=422)
    assert words.lower() in page.text.lower()
    assert RoleGrant.objects.count() == before


def test_an_operator_of_one_unit_is_offered_that_unit_only(kota, as_role):
    page = as_role("operator", "dukcapil").page("/pengaturan/hak-akses/beri/")
    offered = [node.attrs["value"] for node in page.markup.select("select[name=unit] option")]
    assert offered == ["", str(kota.units["dukcapil"].pk), str(kota.units["pelayanan"].pk)]
    assert "Kota" in as_role("operator", "dukcapil").page("/pengaturan/hak-akses/").text


def test_the_last_operator_cannot_be_ended_on_the_page_either(kota, as_role):
    local = as_role("operator", "dukcapil")
    kota.holder("operator", None)
    grant = RoleGrant.objects.get(role="operator", unit=None)
    assert local.get(f"/pengaturan/hak-akses/{grant.pk}/akhiri/").status_code == 404


@pytest.mark.parametrize("verb", ["langkah-kedua/hapus", "tutup", "buka-lagi", "undang"])
def test_accounts_of_another_agency_do_not_exist(lain, operator, verb):
    with agency_scope(lain.agency.pk):
        theirs = lain.holder("officer").pk
    assert operator.get(f"/pengaturan/akun/{theirs}/").status_code == 404
    assert operator.submit(f"/pengaturan/akun/{theirs}/{verb}/").status_code == 404


def test_an_account_is_closed_and_opened_again(kota, operator, as_role):
    officer, own = kota.holder("officer"), as_role("officer")
    page = operator.send(f"/pengaturan/akun/{officer.pk}/tutup/", {})
    assert "Akun ini sudah ditutup" in page.text
    assert own.get("/akun/saya/").status_code == 302
    page = operator.send(f"/pengaturan/akun/{officer.pk}/buka-lagi/", {})
    assert "Akun ini sudah ditutup" not in page.text
    assert "Sudah berakhir" in page.text


def test_nobody_closes_their_own_account(kota, operator):
    own = kota.holder("operator", None)
    page = operator.send(f"/pengaturan/akun/{own.pk}/tutup/", {})
    assert "tidak dapat dilakukan pada akun sendiri" in page.text
    assert Account.objects.get(pk=own.pk).is_active


def test_an_account_is_opened_once(kota, operator):
    data = {"name": "Dewi Lestari", "email": "dewi@kota.example", "nip": NIP}
    page = operator.send("/pengaturan/akun/buka/", data)
    assert "Akun ini belum memiliki peran" in page.text
    assert "Dewi Lestari" in operator.page("/pengaturan/hak-akses/?q=dewi").text
    for again, words in (({"nip": ""}, "Sudah ada akun dengan email ini"), ({"email": "x@kota.example"}, "NIP ini")):
        assert words in operator.send("/pengaturan/akun/buka/", data | again, status=422).text
    assert "18 angka" in operator.send("/pengaturan/akun/buka/", data | {"nip": "123"}, status=422).text


def test_devices_are_listed_and_signed_out(kota, client):
    here, there = sign_in_twice(kota)
    page = here.page("/akun/perangkat/")
    assert "Perangkat ini" in page.text
    assert page.text.count("testserver") == 0
    [form] = page.markup.select("form[action^='/akun/perangkat/'][action$='/akhiri/']:not([action*=lain])")
    here.send(form.attrs["action"], {})
    assert there.get("/akun/saya/").status_code == 302
    assert here.get("/akun/saya/").status_code == 200


def sign_in_twice(kota):
    member = kota.holder("member")
    member.set_password("perahu kecil menuju pulau")
    member.save()
    browsers = []
    for _ in range(2):
        browser = Browser()
        browser.submit("/akun/masuk/", {"login": member.email, "password": "perahu kecil menuju pulau"})
        browsers.append(browser)
    return browsers


def test_nobody_signs_out_a_device_of_somebody_else(kota, as_role):
    sign_in_twice(kota)
    stranger = as_role("officer")
    theirs = UserSession.objects.filter(user=kota.holder("member")).first()
    assert stranger.submit(f"/akun/perangkat/{theirs.pk}/akhiri/").status_code == 404


def test_a_page_that_forgot_a_password_does_not_say_it_kept_it(kota):
    page = Browser().send("/akun/masuk/", {"login": "a@b.test", "password": "salah"}, status=200)
    assert "Ketikan Anda masih ada" not in page.text
