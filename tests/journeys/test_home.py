"""Somebody opens Lingkar on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, overflow, walk_by_tab

pytestmark = pytest.mark.browser


def test_home_opens_on_a_phone_and_is_clean_for_everybody(kota, phone, axe):
    phone.goto("/")
    assert phone.locator("h1").count() == 1
    axe(phone)


def test_home_is_reached_by_keyboard_alone(kota, phone):
    phone.goto("/")
    reached = walk_by_tab(phone)
    assert reached[0].endswith("@#isi"), "the first stop is the link to the content"
    assert not [name for name in reached if name.startswith("UNSEEN")]
    links = phone.locator("a[href]:visible, button:visible").count()
    assert len(reached) >= links


def test_home_reflows_on_the_narrowest_phone(kota, window):
    page = window((320, 640))
    page.goto("/")
    assert overflow(page) == 0


def test_home_bears_text_of_twice_the_size(kota, window):
    page = window((640, 900))
    page.goto("/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == 0


def test_home_works_without_javascript_and_in_english(kota, window):
    page = window(javascript=False, language="en")
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text()


@pytest.mark.parametrize("path", ["/", "/lapor/", "/lacak/"])
def test_a_narrow_phone_with_doubled_text_scrolls_one_way_only(kota, window, path):
    page = window((320, 640))
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == 0


def test_filters_are_folded_on_a_phone_and_stand_open_on_a_desk(kota, window):
    page = window((360, 740))
    page.goto("/laporan/")
    assert not page.get_by_label("Kategori").is_visible()
    page.get_by_text("Saring", exact=True).first.click()
    expect(page.get_by_label("Kategori")).to_be_visible()
    desk = window(DESK)
    desk.goto("/laporan/")
    assert desk.get_by_label("Kategori").is_visible()
