"""The citizen's pages, walked as a browser without JavaScript does."""

import logging
import struct
import zlib
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.refusals.typed import tidy
from lingkar.listen.reports import keys, queries, services
from lingkar.listen.reports.models import Category, Draft, Report
from lingkar.listen.reports.rules import State
from lingkar.listen.reports.web.private import HEADERS
from tests.pages import Browser

WORDS = "KTP saya belum jadi, hp 081234567890"


def begin(citizen):
    return citizen.page("reports:start").markup.select("main form")[0].attrs["action"]


def to_the_last_screen(city, citizen, text=WORDS):
    page = citizen.send(begin(citizen), {"text": text})
    return citizen.send(page.url, {"place": str(city.place.pk), "location": "loket 3"})


def test_three_inputs_make_a_report(city, citizen):
    page = to_the_last_screen(city, citizen)
    assert "[nomor telepon]" in page.text
    assert "081234567890" not in page.text
    page = citizen.send(page.url, {"act": "send"})
    report = Report.objects.get()
    assert f"#{report.number}" in page.title
    assert report.unit.name in page.text
    followed = citizen.page(next(link for link in page.links() if link.startswith("/lacak/")))
    assert "Giliran" in followed.text
    assert WORDS in followed.text


def test_nothing_tells_who_wrote(city, citizen):
    page = to_the_last_screen(city, citizen)
    citizen.send(page.url, {"act": "send", "anonymous": "on", "name": "Siti", "email": "bukan alamat"})
    assert set(citizen.cookies) <= {settings.CSRF_COOKIE_NAME}
    report = Report.objects.get()
    assert report.is_anonymous
    assert not hasattr(report, "contact")
    assert report.text == report.text_shown


def test_private_pages_are_kept_nowhere(city, citizen):
    page = to_the_last_screen(city, citizen)
    receipt = citizen.send(page.url, {"act": "send"})
    followed = next(link for link in receipt.links() if link.startswith("/lacak/"))
    for address in (page.url, receipt.url, followed, "/lacak/"):
        headers = citizen.get(address).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS


def test_a_second_tap_and_the_back_button_show_the_same_receipt(city, citizen):
    last = to_the_last_screen(city, citizen)
    first = citizen.send(last.url, {"act": "send"})
    assert citizen.send(last.url, {"act": "send"}).title == first.title
    for screen in ("kirim/", "di-mana/", ""):
        address = last.url.replace("kirim/", screen)
        assert citizen.get(address).headers["Location"] == first.url
    assert citizen.send(last.url.replace("kirim/", ""), {"text": "lagi"}).url == first.url
    assert (Report.objects.count(), Draft.objects.count()) == (1, 0)


def test_a_draft_that_is_gone_is_said_and_what_was_typed_is_shown(city, citizen):
    page = citizen.send(begin(citizen), {"text": WORDS})
    services.purge_drafts(by=city.visitor, at=timezone.now() + timedelta(days=2))
    page = citizen.send(page.url, {"location": "dekat jembatan merah"}, status=410)
    assert "sudah tidak ada" in page.text
    assert "dekat jembatan merah" in page.text


def test_lost_photos_are_said_and_the_words_are_kept(city, citizen):
    address = begin(citizen)
    page = citizen.send(address, {"text": WORDS, "held": "2"}, status=200)
    assert "fotonya sekali lagi" in page.text
    assert Draft.objects.get().text == WORDS


def test_another_category_changes_what_is_shown_and_keeps_the_switches(city, citizen):
    last = to_the_last_screen(city, citizen)
    road = str(city.categories["jalan"].pk)
    page = citizen.send(last.url, {"act": "look", "category": road, "anonymous": "on"}, status=200)
    assert "Pekerjaan Umum" in page.text
    assert page.markup.select("#id_anonymous[checked]")


def test_a_sealed_report_says_who_can_read_it(city, citizen):
    last = to_the_last_screen(city, citizen, "petugas minta uang")
    assert "disegel" in last.text
    page = citizen.send(last.url, {"act": "send", "reported_unit": str(city.units["dukcapil"].pk)})
    assert "Hanya Inspektorat Daerah" in page.text


def bomb():
    """A PNG that says it is 60,000 pixels wide and high."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


BAD_FILES = {
    "60 MB": b"\xff\xd8\xff\xe0" + b"0" * 60_000_000,
    "zip": b"PK\x03\x04" + b"0" * 200,
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "bomb": bomb(),
    "empty": b"",
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_gets_a_sentence_and_nothing_else_is_lost(city, citizen, photo, kind):
    bad = SimpleUploadedFile("liburan<b>.jpg", BAD_FILES[kind], "image/jpeg")
    page = citizen.send(begin(citizen), {"text": WORDS, "photos": [photo, bad]}, status=422)
    assert "liburan" in page.text
    assert WORDS in page.text
    draft = Draft.objects.get()
    assert (draft.text, draft.photos.count()) == (WORDS, 1)


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x00", "\u200b\u202e\ufeff"])
def test_nothing_written_is_said(citizen, text):
    page = citizen.send(begin(citizen), {"text": text}, status=422)
    assert "tambahkan foto" in page.text
    assert not Draft.objects.exists()


def test_a_megabyte_of_text_is_said_and_comes_back(citizen):
    text = "jalan rusak " * 90_000
    page = citizen.send(begin(citizen), {"text": text}, status=422)
    assert "5.000 huruf" in page.text
    assert page.html.count("jalan rusak") >= 90_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("jalan\x00 rusak\r\nparah", "jalan rusak\nparah"),
        ("lubang 🕳️ besar 👨‍👩‍👧", "lubang 🕳️ besar 👨‍👩‍👧"),
        ("\u202eمرحبا\u202c الشارع", "مرحبا الشارع"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_odd_characters(citizen, typed, kept):
    citizen.send(begin(citizen), {"text": typed})
    assert Draft.objects.get().text == kept


@given(st.text(max_size=200))
def test_what_is_tidied_can_be_stored_and_is_tidied_once(text):
    once = tidy(text)
    assert tidy(once) == once
    assert not set(once) & set("\x00\r\u202e\u200b")


def test_no_place_at_all_is_said(city, citizen):
    page = citizen.send(begin(citizen), {"text": WORDS})
    again = citizen.send(page.url, {"latitude": "999", "longitude": "x"}, status=422)
    assert "Pilih kelurahan" in again.text
    assert citizen.send(page.url, {"latitude": "-1.4", "longitude": "106.1"}).url.endswith("/kirim/")


def test_a_wrong_code_is_one_sentence_and_guessing_ends(city, citizen):
    sentences = set()
    for code in ("7F3K-9QTM-X2AB", "halo", "s/abc:def:ghi", "' OR 1=1 --"):
        page = citizen.send("reports:track", {"code": code}, status=404) if code == "halo" else None
        page = page or citizen.page(f"/lacak/{code}/", status=404)
        sentences.add(page.markup.select(".error")[0].to_text())
    assert len(sentences) == 1
    for _ in range(20):
        citizen.get("/lacak/0000-0000-0000/")
    page = citizen.page("/lacak/0000-0000-0000/", status=429)
    assert "Retry-After" in page.response.headers
    assert citizen.get("/lacak/").status_code == 200


def test_reading_ones_own_case_is_never_limited(city, citizen):
    _, code = city.send()
    for _ in range(40):
        assert citizen.get(f"/lacak/{code}/").status_code == 200


def test_neither_token_nor_code_reaches_the_log(city, citizen):
    handler = next(h for h in logging.getLogger().handlers if h.filters and isinstance(h, logging.StreamHandler))
    stream, handler.stream = handler.stream, StringIO()
    try:
        token = keys.new_token()
        citizen.get(f"/lapor/{token}/")
        citizen.get("/lacak/7F3K-9QTM-X2AB/")
        citizen.get("/lacak/7F3K-9QTM-X2AB/tidak/ada/")
        said = handler.stream.getvalue()
    finally:
        handler.stream = stream
    assert "/lacak/<key:key>/" in said
    assert token not in said
    assert "7F3K" not in said


def answered(city, photo, code, report):
    services.accept_report(report=report.pk, seen=0, by=city.officer, at=timezone.now())
    services.close_report(
        report=report.pk, text="KTP Ibu sudah jadi", proofs=[photo], seen=1, by=city.officer, at=timezone.now()
    )


def test_the_reporter_reads_the_proof_rates_and_reopens(city, citizen, photo):
    report, code = city.send()
    answered(city, photo, code, report)
    page = citizen.page(f"/lacak/{code}/")
    assert "giliran Anda" in page.text
    proof = next(link for link in page.links() if "/berkas/" in link)
    assert b"".join(citizen.get(proof)).startswith(b"\xff\xd8")
    assert citizen.send(f"/lacak/{code}/nilai/", {}, status=422).markup.select(".error")
    page = citizen.send(f"/lacak/{code}/nilai/", {"rating": "4", "note": "cepat"})
    assert "Terima kasih" in page.text
    page = citizen.send(f"/lacak/{code}/buka-lagi/", {"reason": "salah nama"})
    assert Report.objects.get().state == State.REOPENED
    again = citizen.submit(f"/lacak/{code}/nilai/", {"rating": "1"})
    assert again.status_code == 422
    assert "sudah berubah" in again.content.decode()


def test_a_late_promise_is_said_plainly(city, citizen):
    _, code = city.send()
    assert "Janji ini terlambat" in citizen.page(f"/lacak/{code}/").text


def test_the_public_sees_masked_words_of_published_reports_alone(city, citizen):
    shown, _ = city.send(WORDS)
    city.send("KTP rahasia kangguru")
    services.publish_report(report=shown.pk, seen=0, by=city.officer, at=city.at)
    services.add_note(report=shown.pk, note=uuid4(), text="catatan kangguru", by=city.officer, at=city.at)
    for address in ("/laporan/", "/laporan/?q=ktp", "/laporan/terlambat/", f"/laporan/{shown.number}/"):
        page = citizen.page(address)
        assert "[nomor telepon]" in page.text
        assert "081234567890" not in page.html
        assert "kangguru" not in page.html
    assert "Tidak ada laporan" in citizen.page("/laporan/?q=kangguru").text
    assert citizen.get(f"/laporan/{shown.number + 1}/").status_code == 404
    place = str(city.place.parent_id)
    assert "[nomor telepon]" in citizen.page(f"/laporan/?tempat={place}").text
    assert citizen.page("/laporan/?kategori=x&tempat=%00&halaman=-3").response.status_code == 200


def test_the_pages_exist_in_english(city, at):
    browser = Browser("en")
    for address in ("/lapor/", "/lacak/", "/laporan/", "/laporan/terlambat/"):
        browser.page(address)


def test_a_code_is_read_as_people_type_it(city, citizen):
    report, code = city.send()
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert f"#{report.number}" in citizen.send("reports:track", {"code": typed}).title
    assert queries.by_key(code, today=city.at.date()).report == report


def test_where_nobody_answers_yet_a_sentence_says_so_and_the_words_are_kept(city, citizen):
    token = keys.new_token()
    url = reverse("reports:words", args=[token])
    Category.objects.filter(code="lainnya").update(is_active=False)
    page = citizen.send(url, {"text": "Ada yang aneh di taman"}, status=503)
    assert "belum menetapkan unit yang menjawab" in page.text
    assert "Ada yang aneh di taman" in page.text
    Category.objects.filter(code="lainnya").update(is_active=True)
    where = {"place": city.place.pk, "location": ""}
    citizen.send(url, {"text": "Ada yang aneh di taman"})
    citizen.send(reverse("reports:where", args=[token]), where)
    Category.objects.filter(code="lainnya").update(is_active=False)
    assert "Ada yang aneh di taman" in citizen.page(reverse("reports:check", args=[token]), status=503).text
    assert not Report.objects.exists()
