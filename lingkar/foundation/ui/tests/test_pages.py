"""Pages that belong to no module: errors, language, offline, gallery."""

import errno

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client
from justhtml import JustHTML

from lingkar.foundation.tenancy.models import Agency

ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html", "ui/offline.html"]


@pytest.fixture
def agency(db):
    return Agency.objects.create(code="teluk", name="Kota Teluk", host="testserver")


def wrapped(fault: Exception) -> Exception:
    """A fault as the library of jobs passes it on."""
    outer = RuntimeError("connector")
    outer.__cause__ = fault
    return outer


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


FULL = psycopg.errors.DiskFull("could not extend file")


def storage_is_full(monkeypatch, fault: Exception) -> Client:
    """A browser for whose agency nobody can be asked any more."""

    def full(_host: str) -> None:
        raise fault

    monkeypatch.setattr("lingkar.directory.people.web.middleware.agency_of_host", full)
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    "fault", [OperationalError("away"), OSError(errno.ENOSPC, "full"), wrapped(FULL)], ids=["away", "disk", "wrapped"]
)
def test_what_was_typed_comes_back_when_storage_is_full(agency, monkeypatch, fault):
    form = {"text": "Jalan rusak & gelap", "held": "0", "photos": SimpleUploadedFile("foto.jpg", b"x")}
    response = storage_is_full(monkeypatch, fault).post("/lapor/abc/", form)
    page = JustHTML(response.content.decode(), sanitize=False, strict=True)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    one_heading_that_is_the_title(response.content.decode())
    assert "Jalan rusak & gelap" in page.query("blockquote")[0].to_text()
    again = page.query("main form")[0]
    assert again.attrs
    assert again.attrs["action"] == "/lapor/abc/"
    repeated = {(node.attrs or {})["name"]: (node.attrs or {})["value"] for node in again.query("input")}
    assert repeated.pop("csrfmiddlewaretoken")
    assert repeated == {"text": "Jalan rusak & gelap", "held": "0"}
    assert "perlu dipilih sekali lagi" in page.to_text()


def test_a_password_is_never_repeated(agency, monkeypatch):
    response = storage_is_full(monkeypatch, OperationalError()).post("/masuk/", {"login": "a", "password": "rahasia 1"})
    assert response.status_code == 503
    assert "rahasia 1" not in response.content.decode()


def test_a_page_that_cannot_be_read_says_so(agency, monkeypatch):
    response = storage_is_full(monkeypatch, OperationalError()).get("/")
    assert response.status_code == 503
    assert "Gangguan sebentar" in response.content.decode()


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
    pages, shells = kept.split("...Object.values(SHELLS)")
    assert pages == 'OFFLINE, "/static/ui/ui.css", '
    assert all(part.startswith('"/static/') for part in shells.strip(", ").split(", "))


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
