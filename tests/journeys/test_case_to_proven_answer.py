"""From a citizen's first word to an answer that is proven twice: the first one was not good enough."""

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from lingkar.foundation.access import Actor
from lingkar.listen.reports import services
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.rules import State
from tests.browser import DESK, overflow
from tests.fixtures import NOW

pytestmark = pytest.mark.browser
STORY = "Loket KTP tutup jam 11, padahal tertulis jam 15."


@pytest.fixture
def reporting(kota: Any) -> Any:
    """The city takes reports about its counters."""
    for code, terms in (("kependudukan", ["ktp", "loket"]), ("lainnya", [])):
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


def picture(name: str, colour: str) -> FilePayload:
    """A proof as an officer's phone makes it."""
    buffer = BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def report_by_phone(page: Page) -> str:
    """Three screens; returns the code."""
    page.goto("/lapor/")
    page.get_by_label("Apa yang terjadi?").fill(STORY)
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_label("Kelurahan atau desa").select_option(index=1)
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page).to_have_url(re.compile("/terima/$"))
    return page.locator("#kode").inner_text()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def close_with(page: Page, words: str, colour: str) -> None:
    if page.get_by_role("button", name="Selesaikan dengan bukti ini").is_hidden():
        page.get_by_text("Selesaikan dengan bukti", exact=True).click()
    page.get_by_label("Apa yang sudah dikerjakan").fill(words)
    page.get_by_label("Bukti").set_input_files([picture(f"{colour}.jpg", colour)])
    press(page, "Selesaikan dengan bukti ini")
    expect(page.get_by_text("Selesai dengan bukti. Sekarang giliran pelapor.")).to_be_visible()


def follow(page: Page, code: str) -> None:
    page.goto("/lacak/")
    page.get_by_label("Kode").fill(code)
    press(page, "Tampilkan laporan")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_case_reaches_a_proven_answer(reporting, window, javascript):
    citizen = window(javascript=javascript)
    code = report_by_phone(citizen)

    officer = window(DESK, javascript=javascript, account=reporting.holder("officer"))
    officer.goto("/kerja/")
    expect(officer.get_by_role("heading", level=1)).to_contain_text("Halo")
    officer.get_by_role("link", name="Buka kasus ini").click()
    expect(officer.get_by_text(STORY).first).to_be_visible()
    press(officer, "Terima dan kerjakan")
    officer.get_by_label("Balasan Anda").fill("Jam loket kami perbaiki besok pagi.")
    press(officer, "Kirim balasan")
    close_with(officer, "Loket buka sampai jam 15.", "seagreen")

    follow(citizen, code)
    expect(citizen.get_by_text("Loket buka sampai jam 15.")).to_be_visible()
    citizen.locator('input[value="2"]').check()
    press(citizen, "Kirim penilaian")
    if citizen.get_by_label("Apa yang belum selesai?").is_hidden():
        citizen.get_by_text(re.compile("Belum selesai|Buka kembali")).first.click()
    citizen.get_by_label("Apa yang belum selesai?").fill("Hari ini tutup jam 12 lagi.")
    press(citizen, "Buka kembali laporan")

    officer.goto("/petugas/antrean/")
    expect(officer.get_by_text("Dibuka kembali")).to_be_visible()
    officer.get_by_role("link", name=STORY).click()
    expect(officer.get_by_text("Hari ini tutup jam 12 lagi.").last).to_be_visible()
    press(officer, "Terima dan kerjakan")
    close_with(officer, "Jadwal piket diganti; kepala loket menjaga sampai jam 15.", "goldenrod")

    follow(citizen, code)
    citizen.locator('input[value="5"]').check()
    press(citizen, "Kirim penilaian")
    report = Report.objects.get()
    assert (report.state, report.rating, report.reopened) == (State.RATED, 5, 1)
    assert report.attachments.count() == 2
    assert overflow(citizen) == overflow(officer) == 0


def test_the_office_is_open_to_everybody(reporting, window, axe):
    code = report_by_phone(window())
    assert code
    page = window(account=reporting.holder("officer"))
    for address in ("/petugas/", "/petugas/antrean/"):
        page.goto(address)
        axe(page)
        assert overflow(page) == 0
    page.get_by_role("link", name=STORY).click()
    axe(page)
    press(page, "Terima dan kerjakan")
    page.get_by_text("Selesaikan dengan bukti", exact=True).click()
    press(page, "Selesaikan dengan bukti ini")
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    assert overflow(page) == 0


def test_a_queue_is_worked_by_keyboard(reporting, window):
    citizen = window()
    for _ in range(2):
        report_by_phone(citizen)
    page = window(DESK, account=reporting.holder("officer"))
    page.goto("/petugas/antrean/")
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Cari", exact=True)
    expect(box).to_be_focused()
    page.keyboard.type("loket jkj")
    assert box.input_value() == "loket jkj", "letters typed into a field are letters"
    page.goto("/petugas/antrean/")
    for key, place in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(page.get_by_role("link", name=STORY).nth(place)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/petugas/kasus/"))


@pytest.mark.parametrize("javascript", [True, False])
def test_an_act_is_opened_by_keyboard_and_words_typed_elsewhere_stay(reporting, window, javascript, axe):
    report_by_phone(window())
    page = window(account=reporting.holder("officer"), javascript=javascript)
    page.goto("/petugas/antrean/")
    page.get_by_role("link", name=STORY).click()
    press(page, "Terima dan kerjakan")
    page.get_by_label("Balasan Anda").fill("Kami cek besok pagi.")
    page.get_by_role("link", name="Tulis catatan internal").focus()
    page.keyboard.press("Enter")
    note = page.get_by_label("Catatan internal", exact=True)
    expect(note).to_be_visible()
    if javascript:
        expect(page.locator("summary:focus")).to_have_text("Tulis catatan internal")
        page.keyboard.press("Enter")
        expect(note).to_be_hidden()
        page.keyboard.press("Enter")
        axe(page)
    else:
        page.go_back()
    expect(page.get_by_label("Balasan Anda")).to_have_value("Kami cek besok pagi.")
    assert overflow(page) == 0
