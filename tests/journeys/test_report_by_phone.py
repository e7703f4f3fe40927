"""Bu Siti reports from a cheap phone: three inputs, with and without JavaScript, with a network that goes away."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from lingkar.foundation.access import Actor
from lingkar.listen.reports import services
from lingkar.listen.reports.models import Report
from tests.browser import cut_network, overflow
from tests.fixtures import NOW

pytestmark = pytest.mark.browser
STORY = "Sudah tiga kali disuruh pulang karena fotokopi KTP kurang. Hubungi 0812-3456-7890."


@pytest.fixture
def reporting(kota):
    """The city takes reports."""
    for code, terms in (("kependudukan", ["ktp", "fotokopi"]), ("lainnya", [])):
        services.add_category(
            code=code,
            name=code.title(),
            request_class="complaint",
            unit=kota.units["dukcapil"].pk,
            terms=terms,
            by=Actor.system(kota.agency.pk),
            at=NOW,
        )
    return kota


def big_photo() -> bytes:
    """What a phone's camera makes: larger than the server needs."""
    buffer = BytesIO()
    Image.effect_noise((3000, 2250), 40).convert("RGB").save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def onwards(page: Page, name: str = "Lanjutkan") -> None:
    page.get_by_role("button", name=name).click()


def walk(page: Page) -> str:
    """Home, three inputs, the receipt; returns the code."""
    page.goto("/")
    page.locator('a[href="/lapor/"]').first.click()
    page.get_by_label("Apa yang terjadi?").fill(STORY)
    onwards(page)
    page.get_by_label("Kelurahan atau desa").select_option(index=1)
    onwards(page)
    expect(page.get_by_text("[nomor telepon]")).to_be_visible()
    onwards(page, "Kirim laporan")
    expect(page).to_have_url(re.compile("/terima/$"))
    return page.locator("#kode").inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_three_inputs_and_a_code(reporting, window, javascript):
    page = window(javascript=javascript)
    code = walk(page)
    report = Report.objects.get()
    page.goto("/lacak/")
    page.get_by_label("Kode").fill(code.lower())
    onwards(page, "Tampilkan laporan")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Laporan #{report.number}")
    expect(page.get_by_text(STORY)).to_be_visible()
    assert overflow(page) == 0


def test_every_screen_is_open_to_everybody(reporting, phone, axe):
    for address in ("/lapor/", "/lacak/", "/laporan/", "/laporan/terlambat/"):
        phone.goto(address)
        axe(phone)
    phone.goto("/lapor/")
    onwards(phone)
    axe(phone)
    phone.get_by_label("Apa yang terjadi?").fill(STORY)
    for name in ("Lanjutkan", "Lanjutkan"):
        onwards(phone, name)
        axe(phone)
    phone.get_by_label("Patokan").fill("depan loket 3")
    onwards(phone)
    axe(phone)
    onwards(phone, "Kirim laporan")
    axe(phone)
    phone.get_by_role("link", name="Lacak laporan ini").click()
    axe(phone)


def test_a_big_photo_gets_small_before_it_travels(reporting, phone):
    phone.goto("/lapor/")
    photo = big_photo()
    file = {"name": "loket.jpg", "mimeType": "image/jpeg", "buffer": photo}
    phone.locator("input[type=file]").set_input_files(file)
    expect(phone.get_by_role("button", name="Buang foto ini")).to_be_visible()
    sent = phone.evaluate("document.querySelector('input[type=file]').files[0].size")
    assert sent < len(photo) / 2
    onwards(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Di mana?")
    phone.get_by_role("link", name="Kembali ke tulisan").click()
    phone.get_by_role("button", name="Buang foto 1").click()
    expect(phone.get_by_role("button", name="Buang foto 1")).to_have_count(0)


def test_the_network_goes_away_between_two_screens(reporting, phone):
    phone.goto("/lapor/")
    phone.get_by_label("Apa yang terjadi?").fill(STORY)
    expect(phone.get_by_text("Tersimpan di HP ini, belum terkirim.")).to_be_visible()
    cut_network(phone)
    phone.get_by_role("button", name="Lanjutkan").click(no_wait_after=True)
    expect(phone).to_have_url(re.compile("^chrome-error:"))  # the browser's own page: that load is over
    cut_network(phone, cut=False)
    phone.goto("/lapor/")
    expect(phone.get_by_label("Apa yang terjadi?")).to_have_value(STORY)
    onwards(phone)
    phone.get_by_label("Kelurahan atau desa").select_option(index=1)
    onwards(phone)
    onwards(phone, "Kirim laporan")
    expect(phone.locator("#kode")).to_be_visible()
    assert Report.objects.count() == 1
    phone.goto("/lapor/")
    expect(phone.get_by_label("Apa yang terjadi?")).to_have_value("")


def test_the_back_button_keeps_the_words_and_sends_once(reporting, phone):
    phone.goto("/lapor/")
    phone.get_by_label("Apa yang terjadi?").fill(STORY)
    onwards(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Di mana?")
    phone.go_back()
    expect(phone.get_by_label("Apa yang terjadi?")).to_have_value(STORY)
    onwards(phone)
    phone.get_by_label("Kelurahan atau desa").select_option(index=1)
    onwards(phone)
    onwards(phone, "Kirim laporan")
    code = phone.locator("#kode").inner_text()
    phone.go_back()
    expect(phone.locator("#kode")).to_have_text(code)
    assert Report.objects.count() == 1


def test_who_stays_anonymous_leaves_nothing_on_the_phone(reporting, phone):
    phone.goto("/lapor/")
    phone.get_by_label("Apa yang terjadi?").fill(STORY)
    onwards(phone)
    phone.get_by_label("Patokan").fill("rumah saya")
    onwards(phone)
    expect(phone.get_by_text("Kabari saya kalau ada jawaban")).to_be_visible()
    phone.get_by_label("Anonim").check()
    expect(phone.get_by_text("Kabari saya kalau ada jawaban")).to_be_hidden()
    assert phone.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draf:'))") == []
