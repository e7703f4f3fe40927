"""A passkey, from setting it up to signing in with it, in a real browser with a virtual fingerprint reader."""

import pytest
from django.conf import settings

from lingkar.directory.people.models import Account

pytestmark = pytest.mark.browser
PASSWORD = "perahu kecil menuju pulau"


def reader(page):
    """Give the browser a fingerprint reader that always recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    return session, made["authenticatorId"]


def at_localhost(site: str) -> str:
    """The same server under a name: a passkey belongs to a name, never to a number."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def officer(kota, site):
    account = kota.holder("officer")
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def page(window, site, officer, monkeypatch):
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "testserver"])
    page = window(javascript=True)
    page.goto(f"{at_localhost(site)}/akun/masuk/")
    return page


def enter_password(page, account: Account) -> None:
    page.get_by_label("Email atau NIP").fill(account.email or "")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_a_passkey_is_set_up_and_signs_in_without_password_or_code(page, officer):
    session, reader_id = reader(page)
    enter_password(page, officer)
    page.get_by_role("link", name="Kunci sandi").click()
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.get_by_role("heading", name="Kode cadangan").wait_for()
    page.goto(page.url.replace("/akun/keamanan/kode/", "/akun/saya/"))
    page.get_by_role("heading", name="Akun saya").wait_for()

    page.context.clear_cookies()
    page.goto(page.url)
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.get_by_role("heading", name="Akun saya").wait_for()

    page.context.clear_cookies()
    page.goto(page.url)
    enter_password(page, officer)
    page.get_by_role("heading", name="Langkah kedua").wait_for()
    page.get_by_role("button", name="Pakai kunci sandi Anda").click()
    page.get_by_role("heading", name="Akun saya").wait_for()

    session.send("WebAuthn.setUserVerified", {"authenticatorId": reader_id, "isUserVerified": False})
    page.context.clear_cookies()
    page.goto(page.url)
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.get_by_text("Kunci sandi tidak jadi dipakai").wait_for()


def test_without_javascript_the_password_still_signs_in(window, officer):
    page = window(javascript=False)
    page.goto("/akun/masuk/")
    assert not page.get_by_role("button", name="Masuk dengan kunci sandi").is_visible()
    enter_password(page, officer)
    page.get_by_role("heading", name="Masuk dan keamanan").wait_for()


def test_the_pages_of_sign_in_are_for_everybody(window, officer, axe):
    page = window()
    for address in ("/akun/masuk/", "/akun/lupa/", "/akun/lupa/terkirim/"):
        page.goto(address)
        axe(page)
    enter = window(account=officer)
    for address in ("/akun/saya/", "/akun/keamanan/", "/akun/keamanan/aplikasi/", "/akun/perangkat/", "/akun/keluar/"):
        enter.goto(address)
        axe(enter)


def test_the_pages_of_operators_are_for_everybody(window, kota, officer, axe):
    page = window(account=kota.holder("operator", None))
    for address in (
        "/pengaturan/hak-akses/",
        "/pengaturan/hak-akses/beri/",
        "/pengaturan/akun/buka/",
        f"/pengaturan/akun/{officer.pk}/",
    ):
        page.goto(address)
        axe(page)
