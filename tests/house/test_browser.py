"""The browser harness notices what it promises to notice."""

import pytest

from tests.browser import PHONE, Watch, cut_network, overflow, slow_down, walk_by_tab

pytestmark = pytest.mark.browser
GOOD = """<!doctype html><html lang="id"><title>x</title><style>a, button { display: block; padding: 1em }</style>
<main><h1>Halaman</h1><a href="/">y</a><button>z</button></main></html>"""
ASK = """async () => { const began = performance.now(); await fetch('/'); return performance.now() - began }"""


def test_a_barrier_is_found(phone, axe):
    phone.set_content(GOOD)
    axe(phone)
    phone.set_content(GOOD.replace("<h1>Halaman</h1>", '<h1>Halaman</h1><img src="data:,"><input>'))
    with pytest.raises(AssertionError, match="image-alt"):
        axe(phone)


def test_a_barrier_in_the_dark_is_found(phone, axe):
    night = "<style>@media (prefers-color-scheme: dark) { h1 { color: #777; background: #888 } }</style>"
    phone.set_content(GOOD.replace("<main>", f"{night}<main>"))
    with pytest.raises(AssertionError, match=r"\(dark\)"):
        axe(phone)


def test_a_page_that_does_not_reflow_is_found(phone):
    phone.set_content(GOOD.replace("<h1>", '<h1 style="width: 500px">'))
    assert overflow(phone) >= 500 - PHONE[0]


def test_focus_that_cannot_be_seen_is_found(phone):
    phone.set_content(GOOD)
    assert walk_by_tab(phone) == ["y @/", "z @submit"]
    phone.set_content(GOOD.replace("<button>", '<button style="outline: none">'))
    assert walk_by_tab(phone)[1].startswith("UNSEEN FOCUS")


def test_errors_and_strangers_are_noted(chrome):
    page, watch = chrome.new_page(), Watch("http://127.0.0.1:1")
    watch.over(page)
    page.set_content(GOOD.replace("y</a>", '<img src="http://127.0.0.1:2/x" alt="">y</a>'))
    page.evaluate("console.error('oh')")
    page.close()
    assert "console: oh" in watch.faults
    assert "asked another machine: http://127.0.0.1:2/x" in watch.faults


def test_the_network_can_be_cut_and_slowed(kota, window):
    page = window()
    page.goto("/")
    cut_network(page)
    assert page.evaluate("fetch('/').then(() => 'came', () => 'lost')") == "lost"
    cut_network(page, cut=False)
    slow_down(page)
    assert page.evaluate(ASK) >= 600
