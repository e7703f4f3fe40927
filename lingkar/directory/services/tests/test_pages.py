"""What everybody reads: the catalogue, a service, its versions, its poster."""

import gzip
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from lingkar.directory.services import services
from lingkar.directory.services.tests.test_catalogue import TODAY, add, change, open_to_all, publish
from lingkar.foundation.access.tries import FILES
from lingkar.foundation.sheets.reading import open_workbook
from tests.printed import HOSTILE, squeezed, words
from tests.standards import WHOLE

LIGHT = 60_000


def test_the_catalogue_stands_by_what_people_come_for(kota, at, visitor):
    open_to_all(kota, at)
    add(kota, at, code="rahasia", standard=replace(WHOLE, name="Belum terbit"))
    page = visitor.page("services:catalogue")
    assert "KTP, KK, dan surat kependudukan" in page.text
    assert "/layanan/ktp/" in page.links()
    assert "Belum terbit" not in page.text
    assert len(gzip.compress(page.html.encode())) < LIGHT
    assert "Tidak ada layanan yang cocok" in visitor.page("/layanan/?q=paspor").text
    assert "/layanan/ktp/" in visitor.page("/layanan/?q=katepe&keperluan=identity&unit=dukcapil").links()


@pytest.mark.parametrize("query", ["keperluan=x", "unit=x", "saluran=x", "q=%00", "halaman=x", "q=%27%22%3A%2A%26%21"])
def test_an_odd_address_still_answers(kota, at, visitor, query):
    open_to_all(kota, at)
    visitor.page(f"/layanan/?{query}")


def test_an_empty_catalogue_says_so(kota, visitor):
    assert "Belum ada layanan yang diterbitkan" in visitor.page("services:catalogue").text


def test_the_catalogue_can_be_taken_along(kota, at, visitor):
    open_to_all(kota, at)
    open_to_all(kota, at, code="kk", standard=replace(WHOLE, name="=1+1", need="family"))
    taken = visitor.get("/layanan/?unduh=xlsx&keperluan=family")
    (sheet,) = open_workbook_rows(b"".join(taken.streaming_content))
    assert len(sheet) == 2
    assert sheet[1][:2] == ["kk", "=1+1"]


def open_workbook_rows(content):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.xlsx")
        path.write_bytes(content)
        with open_workbook(path, "x.xlsx") as book:
            return [[list(row) for row in sheet.rows()] for sheet in book.sheets]


def test_a_service_says_everything_that_people_need(kota, at, visitor):
    open_to_all(kota, at)
    page = visitor.page("/layanan/ktp/")
    for said in (*WHOLE.requirements, *WHOLE.steps, "Gratis", "1 hari kerja", "Buka hari ini", "lengkap, 14 komponen"):
        assert said in page.text
    assert page.title.startswith(WHOLE.name)
    assert len(gzip.compress(page.html.encode())) < LIGHT


def test_a_code_in_capitals_finds_its_service(kota, at, visitor):
    open_to_all(kota, at)
    visitor.page("/layanan/KTP/")


def test_what_is_hostile_is_shown_as_it_was_written(kota, at, visitor):
    evil = "<script>alert(1)</script>"
    long = replace(WHOLE, name=evil, summary=evil, requirements=(evil,), steps=(evil,), complaints=evil, product=evil)
    open_to_all(kota, at, standard=long)
    assert "<script>alert" not in visitor.page("/layanan/ktp/").html
    assert "<script>alert" not in visitor.page("services:catalogue").html


def test_drafts_and_services_of_others_are_not_there(kota, lain, at, visitor):
    add(kota, at)
    visitor.page("/layanan/ktp/", status=404)
    visitor.page("/layanan/ktp/versi/1/", status=404)
    assert visitor.get("/layanan/ktp/poster.pdf").status_code == 404


def test_an_old_version_says_when_it_held(kota, at, visitor):
    item = open_to_all(kota, at, day=date(2024, 1, 2))
    change(kota, at, item, cost=25_000)
    publish(kota, at, item)
    assert "Rp25.000" in visitor.page("/layanan/ktp/").text
    old = visitor.page("/layanan/ktp/versi/1/")
    assert "2 Januari 2024 sampai 7 Juni 2026" in old.text
    assert "Gratis" in old.text


def test_a_service_that_ended_says_so(kota, at, visitor):
    item = open_to_all(kota, at, day=date(2024, 1, 2))
    services.retire_service(service=item.pk, last_day=TODAY - timedelta(days=1), by=kota.system, at=at)
    assert "sampai 7 Juni 2026" in visitor.page("/layanan/ktp/", status=410).text
    visitor.page("/layanan/ktp/versi/1/")


def test_a_service_that_has_not_begun_says_when(kota, at, visitor):
    open_to_all(kota, at, day=date(2026, 7, 1))
    assert "1 Juli 2026" in visitor.page("/layanan/ktp/").text


def test_the_pledge_of_the_unit_above_is_shown(kota, at, visitor):
    open_to_all(kota, at)
    services.sign_pledge(
        unit=kota.units["dukcapil"].pk,
        statements=["Kami sanggup melayani sesuai standar."],
        signer="Drs. Contoh",
        signer_title="Kepala Dinas",
        signed_on=TODAY,
        by=kota.system,
        at=at,
    )
    assert "Kami sanggup melayani sesuai standar." in visitor.page("/layanan/ktp/").text


@pytest.mark.parametrize("kind", ["poster", "kartu"])
def test_a_poster_names_the_service_and_its_short_address(kota, at, visitor, kind):
    open_to_all(kota, at)
    answer = visitor.get(f"/layanan/ktp/{kind}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{kind}-ktp.pdf"'
    said = squeezed(words(answer.content))
    assert squeezed(WHOLE.name) in said
    assert "testserver/l/ktp" in said
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1


def test_a_poster_prints_hostile_words_and_runs_none(kota, at, visitor):
    open_to_all(kota, at, standard=replace(WHOLE, requirements=tuple(HOSTILE), steps=tuple(HOSTILE)))
    said = squeezed(words(visitor.get("/layanan/ktp/poster.pdf").content))
    assert [text for text in HOSTILE if said.count(squeezed(text)) < 2] == []


def test_a_long_standard_still_fits_one_page(kota, at, visitor):
    lines = tuple(f"Persyaratan nomor {n} dengan keterangan yang panjang sekali untuk diisi pemohon" for n in range(25))
    open_to_all(kota, at, standard=replace(WHOLE, name="Izin " * 25, requirements=lines, steps=lines[:15]))
    answer = visitor.get("/layanan/ktp/poster.pdf")
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1
    assert squeezed(lines[-1]) in squeezed(words(answer.content))


def test_a_visitor_takes_many_files_but_not_all_day(kota, at, visitor, as_role, monkeypatch):
    """One purse for lists, posters and cards, whoever asks; nobody signed in has to wait."""
    open_to_all(kota, at)
    monkeypatch.setattr(FILES, "burst", 3)
    paths = ("/layanan/?unduh=csv", "/layanan/ktp/poster.pdf", "/unit/?unduh=csv")
    assert [status(visitor, path) for path in paths] == [200, 200, 200]
    for path in (*paths, "/layanan/ktp/kartu.pdf", "/laporan/?unduh=csv"):
        answer = visitor.get(path)
        assert (path, answer.status_code, "Retry-After" in answer) == (path, 429, True)
    visitor.page("/layanan/ktp/")
    browser = as_role("coordinator")
    assert {status(browser, path) for path in paths * 2} == {200}


def status(browser, path):
    answer = browser.get(path)
    b"".join(answer.streaming_content if answer.streaming else ())
    return answer.status_code
