"""Letters about accounts, from the request to the words that leave."""

import re

import pytest
from django.test import Client

from lingkar.directory.people import services
from lingkar.directory.people.models import Account
from lingkar.directory.people.tests.conftest import AT, NIP, PASSWORD, enter, sign_in
from lingkar.foundation.access import Actor
from lingkar.foundation.events.testing import drain

NEW = "perahu kecil menuju pulau"


class Caught:
    """A way out that keeps the letters."""

    repeats_safely = True

    def __init__(self):
        self.letters = []

    def send(self, letter):
        self.letters.append(letter)


@pytest.fixture
def post(monkeypatch):
    caught = Caught()
    monkeypatch.setattr("lingkar.foundation.notify.channels._CHANNELS", {"email": lambda: caught})
    return caught


def letters(post):
    drain()
    return post.letters


def link_in(letter) -> str:
    return re.search(r"http://testserver(/akun/kata-sandi/\S+)", letter.text).group(1)


def test_a_forgotten_password_is_set_by_the_link_once(hire, post):
    siti = hire("siti", nip=NIP)
    elsewhere = Client()
    sign_in(elsewhere, NIP)
    Client().post("/akun/lupa/", {"email": NIP})
    [letter] = letters(post)
    assert (letter.address, letter.subject) == ("siti@kota.test", "Buat kata sandi baru untuk Lingkar")
    client = Client()
    page = client.get(link_in(letter), follow=True)
    assert page.redirect_chain[-1][0].endswith("-baru/")
    assert "Buat kata sandi" in page.content.decode()
    for weak in ("123456789", "siti@kota.test", "password123"):
        assert client.post(page.redirect_chain[-1][0], {"password1": weak, "password2": weak}).status_code == 200
    saved = client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert saved["Location"] == "/akun/kata-sandi/tersimpan/"
    assert elsewhere.get("/akun/saya/").status_code == 302
    assert "_auth_user_id" not in client.session
    assert "tidak berlaku lagi" in Client().get(link_in(letter)).content.decode()
    assert letters(post)[-1].subject == "Kata sandi Lingkar Anda sudah diganti"
    assert sign_in(Client(), siti.email, PASSWORD).status_code == 200
    assert sign_in(Client(), siti.email, NEW).status_code == 302


def test_nobody_unknown_or_gone_receives_anything(hire, post, agency):
    gone = hire("pergi")
    services.close_account(account=gone.pk, by=Actor.system(agency.pk), at=AT)
    for name in ("pergi@kota.test", "tidakada@kota.test", "", "\x00"):
        Client().post("/akun/lupa/", {"email": name})
    assert letters(post) == []


def test_the_same_mailbox_is_not_flooded(hire, post):
    hire("siti")
    answers = [Client().post("/akun/lupa/", {"email": "siti@kota.test"}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    assert len(letters(post)) == 3


def test_an_invitation_opens_the_account(office, post):
    office.post("/pengaturan/akun/buka/", {"name": "Dewi", "email": "Dewi@Kota.Test", "nip": "19900815 201601 2 005"})
    [letter] = letters(post)
    assert letter.subject == "Akun Lingkar Anda di Kota Contoh"
    client = Client()
    page = client.get(link_in(letter), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert sign_in(client, "199008152016012005", NEW).status_code == 302
    assert Account.objects.get(name="Dewi").email == "dewi@kota.test"


def test_a_link_of_one_account_is_none_of_another(hire, post):
    hire("siti")
    other = hire("budi")
    Client().post("/akun/lupa/", {"email": "siti@kota.test"})
    [letter] = letters(post)
    own, key = re.search(r"kata-sandi/([0-9a-f]{32})-(.+)/", link_in(letter)).groups()
    for wrong in (f"{other.pk.hex}-{key}", f"{own}-{key}x", f"{own}-baru", f"{'0' * 32}-{key}"):
        assert "tidak berlaku lagi" in Client().get(f"/akun/kata-sandi/{wrong}/").content.decode()


def test_the_owner_is_told_when_the_password_changes(hire, post):
    client = Client()
    sign_in(client, hire("siti").email)
    answer = client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert answer["Location"] == "/akun/keamanan/"
    assert client.get("/akun/saya/").status_code == 200
    assert [letter.subject for letter in letters(post)] == ["Kata sandi Lingkar Anda sudah diganti"]


def test_no_letter_holds_what_would_open_the_account_of_somebody_else(hire, post, office):
    siti = hire("siti")
    office.post(f"/pengaturan/akun/{siti.pk}/langkah-kedua/hapus/")
    [letter] = letters(post)
    assert "kata-sandi/" not in letter.text
    assert enter(Client(), siti)
