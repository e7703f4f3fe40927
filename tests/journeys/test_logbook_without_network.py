"""A participant writes where there is no signal: nothing is lost, nothing comes twice, also after a closed tab."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from lingkar.grow.fieldwork.models import LogEntry, LogPhoto
from lingkar.grow.fieldwork.tests.conftest import Field, field
from tests.browser import cut_network, overflow

pytestmark = pytest.mark.browser
__all__ = ("Field", "field")
WORDS = "Bu Lurah bercerita: warga datang tiga kali karena syarat di tiap loket berbeda."
WAITS, SENT = "Tersimpan di HP, menunggu sinyal", re.compile(r"Tersimpan 10\.00")


def camera(seed):
    """What a phone's camera makes."""
    buffer = BytesIO()
    Image.effect_noise((2400, 1800), 30 + seed).convert("RGB").save(buffer, "JPEG", quality=92)
    return {"name": f"foto{seed}.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


@pytest.fixture
def phone(window, field):
    return window((360, 740), account=field.people["rani"].account)


def write(page, words=WORDS):
    page.get_by_label("Apa yang Anda lihat dan pelajari hari ini?").fill(words)
    page.get_by_role("button", name="Simpan catatan").click()


def settled(page):
    """Until the phone keeps what it needs for the time without a network."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def test_two_photos_wait_on_the_phone_and_go_by_themselves(field, phone, axe):
    phone.goto("/lapangan/")
    settled(phone)
    axe(phone)
    cut_network(phone)
    phone.locator("input[type=file]").set_input_files([camera(1), camera(2)])
    expect(phone.get_by_role("button", name="Buang foto ini")).to_have_count(2)
    write(phone)
    expect(phone.get_by_text(WAITS)).to_be_visible()
    assert not LogEntry.objects.exists()
    assert overflow(phone) == 0
    axe(phone)
    cut_network(phone, cut=False)
    expect(phone.get_by_text(SENT)).to_be_visible(timeout=30_000)
    row = LogEntry.objects.get()
    assert (row.words, row.photos.count()) == (WORDS, 2)
    assert set(LogPhoto.objects.values_list("file__width", "file__height")) == {(1280, 960)}
    phone.goto("/lapangan/")
    expect(phone.get_by_text(WAITS)).to_be_hidden()
    expect(phone.get_by_label("Apa yang Anda lihat")).to_have_value("")
    expect(phone.get_by_text(WORDS)).to_have_count(1)


def test_it_is_found_again_after_the_tab_was_closed_without_a_signal(field, phone):
    phone.goto("/lapangan/")
    settled(phone)
    cut_network(phone)
    write(phone)
    expect(phone.get_by_text(WAITS)).to_be_visible()
    context = phone.context
    phone.close()
    later = context.new_page()
    later.goto("/lapangan/")
    expect(later.get_by_role("heading", level=1)).to_have_text("Buku lapangan tanpa jaringan")
    expect(later.get_by_text(WORDS)).to_be_visible()
    write(later, "Dan yang kedua, ditulis tanpa sinyal sama sekali.")
    expect(later.get_by_text(WAITS)).to_have_count(2)
    cut_network(later, cut=False)
    expect(later.get_by_text(SENT)).to_have_count(2, timeout=30_000)
    assert LogEntry.objects.count() == 2


def test_a_lost_answer_and_two_tabs_are_one_entry(field, phone):
    phone.goto("/lapangan/")
    lost: list[Route] = []

    def swallow(route):
        if route.request.method == "POST" and len(lost) < 2:
            route.fetch()  # the server commits; its answer never arrives
            lost.append(route)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    phone.context.route(re.compile(r"/lapangan/[0-9a-f-]{36}/$"), swallow)
    write(phone)
    expect(phone.get_by_text(WAITS)).to_be_visible()
    other = phone.context.new_page()
    other.goto("/lapangan/")
    phone.evaluate("dispatchEvent(new Event('online'))")
    for page in (phone, other):
        expect(page.get_by_text(SENT)).to_be_visible(timeout=30_000)
    assert LogEntry.objects.count() == 1


def test_without_javascript(field, window):
    page = window((360, 740), javascript=False, account=field.people["rani"].account)
    page.goto("/lapangan/")
    write(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert LogEntry.objects.get().words == WORDS
