"""The page-test client notices what it promises to notice."""

import pytest
from django.test.utils import override_settings
from django.urls import path

from lingkar.foundation.access.web import route
from tests.markup import Markup, foreign_msgids, security_faults
from tests.pages import Browser

GOOD = """<!doctype html><html lang="id"><head><title>Lapor · Lingkar</title></head><body><main id="isi">
<h1>Lapor</h1><a href="#isi">Ke atas</a><form method="post" action="/"><input type="hidden" name="csrfmiddlewaretoken"
value="x"><label for="a">Nama</label><input id="a" name="a"><label>Umur <input name="b"></label><button>Kirim</button>
</form><img src="/static/ui/favicon.svg" alt=""></main></body></html>"""

FAULTS = {
    "parses": ("<main", "<p><div>x</div></p><main"),
    "two headings": ("</h1>", "</h1><h1>Lagi</h1>"),
    "no heading": ("h1>", "h2>"),
    "another title": ("<title>Lapor", "<title>Beranda"),
    "language": ('lang="id"', 'lang="en"'),
    "same id twice": ("</h1>", '</h1><p id="a"></p>'),
    "label for nothing": ('for="a"', 'for="z"'),
    "no label": ("<label>Umur ", "<label>"),
    "no alt": (' alt=""', ""),
    "inline script": ("</h1>", "</h1><script>1</script>"),
    "inline style": ("<h1>", '<h1 style="color:red">'),
    "style element": ("</h1>", "</h1><style>a{}</style>"),
    "handler": ("<h1>", '<h1 onclick="x()">'),
    "mute button": (">Kirim<", "><"),
    "link in link": ("Ke atas", '<button>b</button>'),
    "block in phrase": ("Umur ", "<div>Umur</div> "),
    "list": ("</h1>", "</h1><ul><p>x</p></ul>"),
    "undrawn element": ("</h1>", "</h1><c-button></c-button>"),
    "no token": ('name="csrfmiddlewaretoken"', 'name="other"'),
    "broken anchor": ("#isi", "#nowhere"),
    "broken link": ("#isi", "/tidak-ada/sama-sekali/"),
    "broken file": ("favicon.svg", "missing.svg"),
    "None": (">Nama<", ">None<"),
    "braces": (">Nama<", ">{{ form.name }}<"),
}  # fmt: skip


def test_a_good_page_has_no_faults():
    assert Markup(GOOD).faults() == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault):
    old, new = FAULTS[fault]
    assert old in GOOD
    assert Markup(GOOD.replace(old, new)).faults()


def test_english_with_another_translation_is_found():
    pairs = {"Send": "Kirim", "Status": "Status", "Total": "Jumlah", "Sum": "Total", "Left": ""}
    assert foreign_msgids(pairs) == {"Send", "Sum"}


def test_a_weak_policy_is_found():
    good = {"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff"}
    assert security_faults(good) == []
    assert security_faults(good | {"Content-Security-Policy": "default-src 'self' 'unsafe-inline'"})
    assert security_faults({})


def greedy(request):
    from django.contrib.sessions.models import Session
    from django.http import HttpResponse

    for _ in range(13):
        Session.objects.count()
    return HttpResponse(GOOD)


urlpatterns = [path("", greedy), route("mahal/", greedy, name="greedy", public=True)]


def test_a_page_that_asks_the_database_too_often_fails(kota):
    with override_settings(ROOT_URLCONF=__name__), pytest.raises(AssertionError, match="queries, at most 12"):
        Browser().page("/mahal/")


def test_home_is_a_good_page(visitor):
    assert visitor.page("home").response.headers["Content-Language"] == "id"
