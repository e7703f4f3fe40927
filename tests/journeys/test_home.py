"""Somebody opens Lingkar on a phone."""

import pytest

from tests.browser import overflow, walk_by_tab

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
