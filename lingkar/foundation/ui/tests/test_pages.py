"""Pages that belong to no module: errors, language, offline, gallery."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from justhtml import JustHTML

from lingkar.foundation.tenancy.models import Agency

ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "ui/offline.html"]


@pytest.fixture
def agency(db):
    return Agency.objects.create(code="teluk", name="Kota Teluk", host="testserver")


def one_heading_that_is_the_title(html: str) -> None:
    page = JustHTML(html, sanitize=False, strict=True)
    (heading,) = page.query("h1")
    (title,) = page.query("title")
    assert heading.to_text() == title.to_text().rpartition(" · ")[0]


@pytest.mark.parametrize("template", ERRORS)
def test_an_error_page_needs_neither_database_nor_request(template):
    html = render_to_string(template)
    one_heading_that_is_the_title(html)
    assert "csrfmiddlewaretoken" not in html


def test_an_unknown_address_is_answered_in_words(client, agency):
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    one_heading_that_is_the_title(response.content.decode())
    assert agency.name in response.content.decode()


def test_a_stale_form_is_answered_in_words(agency):
    response = Client(enforce_csrf_checks=True).post("/bahasa/", {"language": "en"})
    assert response.status_code == 403
    one_heading_that_is_the_title(response.content.decode())


def test_a_fault_is_answered_in_words(client, agency, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.messages.storage.fallback.FallbackStorage.__init__", None)
    response = client.get("/")
    assert response.status_code == 500
    one_heading_that_is_the_title(response.content.decode())


@pytest.mark.parametrize(
    ("back", "leads"), [("/lacak/?kode=1", "/lacak/?kode=1"), ("https://evil.example/", "/"), ("//evil.example", "/")]
)
def test_the_chosen_language_is_kept_and_leads_back(client, agency, back, leads):
    response = client.post("/bahasa/", {"language": "en", "next": back})
    assert response["Location"] == leads
    assert response.cookies["bahasa"].value == "en"
    assert '<html lang="en">' in client.get("/").content.decode()


def test_an_unknown_language_is_not_kept(client, agency):
    assert "bahasa" not in client.post("/bahasa/", {"language": "xx"}).cookies


def test_the_kept_offline_page_names_nobody(client, agency):
    html = client.get("/luring/").content.decode()
    assert agency.name not in html
    assert "csrfmiddlewaretoken" not in html


def test_the_service_worker_keeps_the_offline_page_and_nothing_with_data(client, agency):
    response = client.get("/sw.js")
    assert response["Content-Type"] == "text/javascript"
    assert response["Cache-Control"] == "no-cache"
    script = response.content.decode()
    kept = script.split("KEPT = [")[1].split("]")[0]
    assert "/luring/" in script.split("OFFLINE = ")[1]
    assert kept == 'OFFLINE, "/static/ui/ui.css"'


def test_the_gallery_exists_in_development_only(client, agency, settings):
    assert client.get("/_galeri/").status_code == 404
    settings.DEBUG = True
    for layout in ("citizen", "office"):
        html = client.get("/_galeri/", {"layout": layout, "errors": ""}).content.decode()
        one_heading_that_is_the_title(html)
        assert " style=" not in html
        assert "<script>" not in html


def test_only_the_office_loads_a_font_and_htmx(client, agency, settings):
    settings.DEBUG = True
    citizen, office = (client.get("/_galeri/", {"layout": x}).content.decode() for x in ("citizen", "office"))
    for name in ("woff2", "htmx-2"):
        assert name not in citizen
        assert name in office
