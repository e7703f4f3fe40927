"""What somebody finds, and what nobody does."""

from urllib.parse import urlencode

import pytest

from lingkar.foundation.search.queries import asked
from lingkar.listen.reports import queries as reports
from lingkar.site.search.web import views
from tests.pages import Browser


def test_an_empty_box_shows_what_one_could_ask(visitor):
    page = visitor.page("/cari/")
    assert page.title == "Cari"
    assert "/cari/?q=KTP" not in page.links()
    assert "?q=KTP" in page.links()


def test_a_published_report_is_found_by_the_stems_of_its_words(visitor, tell):
    told = tell("Antrean di loket <b>lama</b> sekali, petugasnya melayani satu orang saja")
    page = visitor.page("/cari/?q=pelayanan+antrean")
    assert page.title == "Pencarian: pelayanan antrean"
    assert f"/laporan/{told}/" in page.links()
    assert "<mark>Antrean</mark>" in page.html
    assert "<mark>melayani</mark>" in page.html
    assert "<b>lama" not in page.html


def test_a_report_with_most_of_the_words_is_found_when_none_has_all(visitor, tell):
    told = tell("Lampu jalan mati")
    assert f"/laporan/{told}/" in visitor.page("/cari/?q=lampu+rusak").links()


def test_a_report_is_found_by_its_number(visitor, tell):
    told = tell("Lampu jalan mati")
    assert f"/laporan/{told}/" in visitor.page(f"/cari/?q=%23{told}").links()


def test_what_is_not_published_is_not_found(visitor, as_role, tell):
    tell("Burung cendrawasih di loket", published=False)
    tell("Burung cendrawasih di atap", sealed=True)
    for browser in (visitor, as_role("officer"), as_role("operator", None)):
        page = browser.page("/cari/?q=cendrawasih")
        assert "Tidak ada yang ditemukan" in page.text
        assert "burung" not in browser.part("/cari/saran/?q=cendrawasih").text.lower()


def test_another_agency_finds_nothing_of_ours(tell, lain, settings):
    tell("Lampu jalan mati")
    settings.ALLOWED_HOSTS = ["lain.example"]
    elsewhere = Browser(headers={"host": "lain.example"})
    assert "Tidak ada yang ditemukan" in elsewhere.page("/cari/?q=lampu").text


def test_a_kind_is_shown_in_pages(visitor, tell):
    for number in range(22):
        tell(f"Jalan berlubang nomor {number}")
    first = visitor.page("/cari/?q=berlubang&jenis=kasus")
    assert "Halaman 1 dari 2" in first.text
    assert len([link for link in first.links() if link.startswith("/laporan/")]) == 20
    assert "Halaman 2 dari 2" in visitor.page("/cari/?q=berlubang&jenis=kasus&halaman=2").text
    assert "(22)" in visitor.page("/cari/?q=berlubang").text


def test_the_best_answer_stands_first(kota, tell):
    tell("Jalan di depan rumah, lalu lampu di ujung gang yang lain lagi, sudah lama mati")
    best = tell("Lampu jalan mati")
    assert reports.search(asked("lampu jalan"), limit=1)[0].number == best


@pytest.mark.parametrize("words", ["%", "'", "a & | ! <->", "\\", "\x00", "x" * 5000, "🙂", ":*", "((", "-"])
def test_any_sign_may_be_asked_for(visitor, tell, words):
    tell("Lampu jalan mati")
    visitor.page(f"/cari/?{urlencode({'q': words})}")


def test_suggestions_are_a_fragment_with_links(visitor, tell):
    told = tell("Lampu jalan mati di depan sekolah")
    part = visitor.part("/cari/saran/?q=lampu")
    assert part.links() == [f"/laporan/{told}/", "/cari/?q=lampu"]
    assert "1 saran" in part.text
    assert visitor.part("/cari/saran/?q=+").text == ""


def test_somebody_who_asks_too_often_waits(visitor, monkeypatch):
    monkeypatch.setattr(views.ASKED_OFTEN, "seconds", 600.0)
    for _ in range(views.ASKED_OFTEN.burst):
        assert visitor.get("/cari/?q=").status_code == 200
    answer = visitor.get("/cari/?q=")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 500


def test_the_office_has_the_box_in_its_head_and_leads_to_the_own_queue(as_role, tell):
    page = as_role("officer").page("/petugas/")
    assert page.markup.select("header form[role=search] input[name=q]")
    assert "/petugas/antrean/?q=lampu" in as_role("officer").page("/cari/?q=lampu").links()
    assert not [link for link in as_role("operator", None).page("/cari/?q=lampu").links() if "antrean" in link]


def test_an_excerpt_says_where_it_was_cut(visitor, tell):
    before, after = "Sudah tiga hari hujan " * 12, "dan banyak orang lewat " * 12
    tell(f"{before}lampu jalan mati di depan sekolah {after}")
    tell("Lampu taman menyala siang hari")
    text = visitor.page("/cari/?q=lampu").text
    assert "… " in text
    assert text.count(" …") >= 1
    assert "… Lampu taman" not in text
    assert "siang hari …" not in text
