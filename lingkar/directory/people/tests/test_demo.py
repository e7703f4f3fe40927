"""The login switch exists in the demo, and nowhere else."""

from importlib import import_module, reload

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import NoReverseMatch, clear_url_caches, reverse

from lingkar.directory.people.web import urls as people
from tests.pages import Browser


def start() -> str:
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def lay_routes() -> None:
    for module in (people, import_module(settings.ROOT_URLCONF)):
        reload(module)
    clear_url_caches()


@pytest.fixture
def demo(settings, kota):
    settings.DEMO = True
    lay_routes()
    yield kota
    settings.DEMO = False
    lay_routes()


def test_there_is_no_such_page_without_the_demo(kota):
    kota.holder("officer")
    for method in (Client().get, Client().post):
        assert method("/demo/masuk/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("people:demo")
    assert "demo" not in Browser().page("/akun/masuk/").text.lower()


def test_the_page_says_that_it_is_a_demo_and_lists_a_login_per_role(demo):
    holders = [demo.holder("officer", None), demo.holder("inspector", "inspektorat"), demo.holder("operator", None)]
    page = Browser().page("/demo/masuk/")
    assert "hanya ditiadakan di demo ini" in page.text
    assert [node.attrs["value"] for node in page.markup.select("button[name=account]")] == [
        str(holder.pk) for holder in holders
    ]


def test_choosing_a_role_opens_its_pages_at_once(demo, settings):
    operator = demo.holder("operator", None)
    browser = Browser()
    assert browser.submit("/demo/masuk/", {"account": str(operator.pk)}).headers["Location"] == start()
    browser.page("/pengaturan/hak-akses/")
    settings.DEMO = False  # the same session, should an installation stop being a demo
    assert browser.get("/pengaturan/hak-akses/").status_code == 302


def test_only_a_listed_account_can_be_chosen(demo, lain):
    demo.holder("operator", None)
    others = [demo.holder("member").pk, lain.holder("operator", None).pk, "x", ""]
    for account in others:
        assert Browser().submit("/demo/masuk/", {"account": str(account)}).status_code == 404
    assert Browser().get("/demo/masuk/?account=x").status_code == 200


def test_a_get_signs_nobody_in(demo):
    operator = demo.holder("operator", None)
    browser = Browser()
    browser.get(f"/demo/masuk/?account={operator.pk}")
    assert "_auth_user_id" not in browser.session
