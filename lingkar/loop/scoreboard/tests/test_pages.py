"""Pages of the circle: the board, one service, the cases behind it, and what everybody reads."""

import pytest

from tests.circles import computed, report
from tests.fixtures import signed_in
from tests.pages import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(busy) -> Browser:
    return signed_in(busy.city.holder("training", None))


def taken(browser: Browser, url: str) -> bytes:
    """A file as it comes down."""
    answer = browser.get(url)
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def test_the_board_says_when_nothing_was_computed(office):
    assert "Lingkar belum dihitung" in office.page("/lingkar/").text
    assert "Belum ada yang dihitung" in Browser().page("/anda-sampaikan/").text


def test_the_board_shows_services_by_need_and_narrows(busy, office):
    computed(busy)
    page = office.page("/lingkar/")
    assert "12 laporan" in page.text
    assert "30 dari 30" in page.text
    assert 'aria-label="3 dari 6 tahap dilalui"' in page.html
    assert "12 laporan" in office.page("/lingkar/?berhenti=planned").text
    assert "12 laporan" not in office.page("/lingkar/?berhenti=heard").text
    assert "Tidak ada layanan yang cocok" in office.page("/lingkar/?berhenti=tertutup").text
    assert "12 laporan" in office.page("/lingkar/?dampak=belum&unit=pelayanan&q=bidang").text
    assert office.get("/lingkar/?semua").status_code == 302
    assert b"12" in taken(office, "/lingkar/?unduh=csv")


def test_it_can_be_computed_by_a_button(busy, office):
    assert office.submit("/lingkar/hitung/", {}).status_code == 302
    assert "12 laporan" in office.page("/lingkar/").text


def test_cases_behind_a_cause_are_the_published_ones(busy, office):
    computed(busy)
    assert "Kasus dan sebabnya" in office.page("/lingkar/ktp-el/kasus/?sebab=knowledge").text
    assert "Tidak ada kasus ini yang diterbitkan" in office.page("/lingkar/ktp-el/kasus/?sebab=budget").text
    assert taken(office, "/lingkar/ktp-el/kasus/?unduh=csv")
    assert taken(office, "/lingkar/ktp-el/?unduh=xlsx")


def test_everybody_reads_what_was_said_and_done(busy):
    computed(busy)
    page = Browser().page("/layanan/ktp-el/lingkar/")
    assert "12 laporan terbit" in page.text
    assert "12 dari 12 laporan itu sudah dijawab dengan bukti" in page.text
    assert "Belum diketahui apakah ada yang berubah" in page.text
    assert "12 laporan" in Browser().page("/anda-sampaikan/").text


def test_a_promise_that_is_open_stands_there_with_its_date(busy):
    report(busy, "ktp-el", 2, state="in_progress", closed_at=None)
    computed(busy)
    page = Browser().page("/layanan/ktp-el/lingkar/")
    assert "Janji yang masih terbuka" in page.text
    assert len(page.markup.select('a[href^="/laporan/"]')) >= 3


def test_a_service_about_which_few_spoke_says_so(busy):
    computed(busy)
    assert "Belum banyak suara tentang layanan ini" in Browser().page("/layanan/akta/lingkar/").text
    Browser().page("/layanan/tidak-ada/lingkar/", status=404)


def test_the_page_of_the_service_has_a_panel(busy):
    computed(busy)
    part = Browser().get("/layanan/ktp-el/lingkar/ringkas/", headers={"hx-request": "true"})
    assert "Anda sampaikan:" in part.content.decode()
    assert Browser().get("/layanan/ktp-el/lingkar/ringkas/").status_code == 302
