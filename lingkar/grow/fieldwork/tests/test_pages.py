"""The pages of a field study: with a script that asks for JSON, and without any."""

import json
from uuid import uuid4

import pytest

from lingkar.grow.fieldwork.models import LogEntry, LogPhoto
from lingkar.grow.fieldwork.tests.conftest import photo

PHONE = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def rani(field):
    return field.browser("rani")


@pytest.fixture
def book(field):
    return f"/lapangan/{field.participant().pk}/"


def test_an_entry_without_javascript(field, rani, book):
    assert rani.get("/lapangan/").headers["Location"] == book
    told = {"words": "Antrean mulai pukul enam.", "place": "Loket 2", "key": str(uuid4()), "photos": [photo(), photo()]}
    page = rani.send(book, told)
    assert "Tersimpan 10.00" in page.text
    assert "Antrean mulai pukul enam." in page.text
    shown = rani.get(f"/lapangan/foto/{LogPhoto.objects.first().pk}/?kecil")
    assert shown.getvalue()[:2] == b"\xff\xd8"


def test_the_phone_is_told_the_time_of_the_commit_and_twice_the_same(field, rani, book):
    told = {"words": "Satu", "key": str(uuid4()), "phone_at": "1970-01-01T00:00:12.000Z"}
    answers = [json.loads(rani.submit(book, told, **PHONE).content) for _twice in range(2)]
    assert [(it["saved"], it["new"]) for it in answers] == [("10.00", True), ("10.00", False)]
    assert LogEntry.objects.count() == 1
    assert "jam di HP menunjukkan 1 Januari 1970" in rani.page(book).text


@pytest.mark.parametrize("nonsense", ["", "kemarin", "2026-06-08T10:00:00", "99999-01-01T00:00:00Z", "-1", "\x00"])
def test_nonsense_for_a_time_is_no_time(field, rani, book, nonsense):
    told = {"words": "Satu", "key": str(uuid4()), "phone_at": nonsense}
    assert rani.submit(book, told, **PHONE).status_code == 200
    assert LogEntry.objects.get().phone_at is None


def test_what_is_wrong_is_one_sentence_and_the_words_come_back(field, rani, book):
    empty = rani.submit(book, {"key": str(uuid4())}, **PHONE)
    assert (empty.status_code, json.loads(empty.content)["error"]) == (
        422, "Tulis apa yang Anda lihat, atau tambahkan foto.",
    )  # fmt: skip
    page = rani.send(book, {"words": "Lima foto", "key": str(uuid4()), "photos": [photo()] * 5}, status=422)
    assert "Paling banyak 4 foto" in page.text
    assert page.fields()["words"] == "Lima foto"
    assert rani.submit(book, {"words": "x", "key": "bukan-kunci"}, **PHONE).status_code == 422
    assert not LogEntry.objects.exists()


def test_the_inbox_of_a_mentor(field, rani):
    entry, budi = field.write(photos=[photo()]).entry, field.browser("budi")
    page = budi.page("/bimbingan/")
    assert f"/bimbingan/{entry}/" in page.links()
    page = budi.send(f"/bimbingan/{entry}/", {"words": "Tanyakan alasannya."})
    assert "Tidak ada catatan yang menunggu" in page.text
    assert "Tanyakan alasannya." in rani.page(f"/bimbingan/{entry}/").text
    assert rani.submit(f"/bimbingan/{entry}/", {"words": "Saya"}).status_code == 403
    for name in ("cici", "dodi", "evi", "sinta"):
        assert field.browser(name).get(f"/bimbingan/{entry}/").status_code == 404
        assert f"/bimbingan/{entry}/" not in field.browser(name).page("/bimbingan/").links()


def test_others_find_neither_book_nor_photo(field, book):
    field.write(photos=[photo()])
    shown = LogPhoto.objects.get().pk
    for name in ("sinta", "budi", "evi"):
        assert field.browser(name).get(book).status_code == 404
        assert field.browser(name).submit(book, {"words": "x", "key": str(uuid4())}, **PHONE).status_code == 404
    assert field.browser("evi").get(f"/lapangan/foto/{shown}/").status_code == 404


def test_a_case_is_chosen_and_a_project_begins(field, rani, book):
    case = field.case().pk
    assert "fotokopi kurang" in rani.page(f"{book}kasus/").text
    assert "fotokopi kurang" in rani.send(f"{book}kasus/", {"case": str(case), "picture": ""}).text
    made = rani.submit(f"{book}proyek/")
    assert made.headers["Location"].startswith("/proyek/")
    assert "Buka proyek" in rani.page(book).text
    assert "fotokopi kurang" in rani.part(f"{book}ringkas/").text


def test_the_panel_tells_each_as_much_as_they_may_know(field, as_role):
    field.write("Warga datang tiga kali.")
    panel = f"/lapangan/{field.participant().pk}/ringkas/"
    assert "Warga datang tiga kali." in field.browser("budi").part(panel).text
    for browser in (as_role("training", None), field.browser("dodi")):
        told = browser.part(panel).text
        assert "1 catatan di buku lapangan" in told
        assert "tiga kali" not in told
    for name in ("sinta", "cici", "evi"):
        assert field.browser(name).get(panel).status_code == 404


def test_who_takes_part_in_nothing_reads_a_friendly_word(field):
    assert "Belum ada buku lapangan" in field.browser("evi").page("/lapangan/").text


def test_the_page_that_a_phone_keeps_names_nobody(field, rani):
    shell = rani.page("/lapangan/luring/")
    assert "Rani" not in shell.html
    assert "csrfmiddlewaretoken" not in shell.html
    script = rani.get("/sw.js").content.decode()
    assert '"/lapangan/": "/lapangan/luring/"' in script
    assert "fieldwork/fieldwork.js" in script
