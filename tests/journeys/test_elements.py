"""The elements in a real browser: clean for everybody, and comforts that lose nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, cut_network, overflow, walk_by_tab

pytestmark = pytest.mark.browser


@pytest.fixture
def gallery(kota, settings):
    settings.DEBUG = True
    return "/_galeri/"


@pytest.mark.parametrize("state", ["", "&errors", "&layout=office&errors"])
@pytest.mark.parametrize("size", [(320, 640), DESK])
def test_every_element_is_clean_for_everybody_and_reflows(gallery, window, axe, state, size):
    page = window(size)
    page.goto(gallery + "?" + state)
    assert overflow(page) == 0
    axe(page)


def test_every_element_is_reached_by_keyboard(gallery, phone):
    phone.goto(gallery)
    assert not [name for name in walk_by_tab(phone) if name.startswith("UNSEEN")]


def test_every_target_is_large_enough_for_a_thumb(gallery, phone):
    phone.goto(gallery)
    small = phone.evaluate("""() => [...document.querySelectorAll('a.button, button, summary, input, select, .door')]
        .filter(e => e.offsetParent && !e.matches('[type=checkbox], [type=radio]'))
        .filter(e => e.getBoundingClientRect().height < 44)
        .map(e => e.outerHTML)""")
    assert small == []


def test_forced_colours_keep_the_switch_and_the_ring_visible(gallery, window):
    page = window(DESK, forced_colors="active")
    page.goto(gallery)
    assert page.locator("input[role=switch]").is_visible()


def test_what_was_typed_survives_a_closed_tab(gallery, phone):
    phone.goto(gallery)
    phone.get_by_label("Apa yang terjadi?").fill("Diminta fotokopi lagi")
    phone.get_by_label("Pertanyaan").check()
    expect(phone.get_by_text("Tersimpan di HP ini, belum terkirim.")).to_be_visible()
    later = phone.context.new_page()
    phone.close()
    later.goto(gallery)
    assert later.get_by_label("Apa yang terjadi?").input_value() == "Diminta fotokopi lagi"
    expect(later.get_by_text("Dipulihkan dari HP ini, belum terkirim.")).to_be_visible()
    assert later.get_by_label("Pertanyaan").is_checked()


def test_somebody_who_wants_no_name_leaves_nothing_on_the_phone(gallery, phone):
    phone.goto(gallery)
    phone.get_by_label("Apa yang terjadi?").fill("Rahasia")
    phone.get_by_label("Kirim tanpa nama").check()
    assert phone.evaluate("Object.keys(localStorage)") == []
    phone.get_by_label("Di mana?").fill("Loket 3")
    assert phone.evaluate("Object.keys(localStorage)") == []


def test_a_double_tap_sends_once(gallery, phone):
    phone.goto(gallery)
    sent = []
    phone.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    phone.evaluate("""() => {
        const button = document.querySelector('form[data-draft] button');
        button.click(); button.click(); button.click();
    }""")
    phone.wait_for_load_state("networkidle")
    assert len(sent) == 1


def test_without_a_network_a_page_says_what_to_do(gallery, phone):
    phone.goto("/")
    phone.evaluate("navigator.serviceWorker.ready")
    cut_network(phone)
    phone.goto("/akun/login/")
    assert phone.locator("h1").inner_text() == "Anda sedang tidak terhubung"
    cut_network(phone, cut=False)
    phone.get_by_role("link", name="Coba lagi").click()
    assert phone.locator("h1").inner_text() != "Anda sedang tidak terhubung"


def test_the_phone_keeps_no_page_with_data(gallery, phone):
    phone.goto("/")
    phone.evaluate("navigator.serviceWorker.ready")
    kept = phone.evaluate("""async () => {
        const cache = await caches.open((await caches.keys())[0]);
        return (await cache.keys()).map((request) => new URL(request.url).pathname);
    }""")
    pages = sorted(path for path in kept if not path.startswith("/static/"))
    assert pages == ["/lapangan/luring/", "/luring/"]  # both are empty of data: an open route answers them
