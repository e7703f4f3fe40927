"""The pages: somebody at a counter with a phone, somebody after a closed case, an officer with a pile of paper."""

import re
from datetime import date

import pytest
from django.urls import reverse

from lingkar.foundation.privacy.tickets import ticket_for
from lingkar.listen.surveys import services
from lingkar.listen.surveys.instruments import QUESTIONS
from lingkar.listen.surveys.models import Counter, Response
from lingkar.listen.surveys.services import PastResponse
from lingkar.listen.surveys.tests.conftest import offered
from lingkar.listen.surveys.tests.test_rules import WORKED
from lingkar.listen.surveys.web import rating
from tests.fixtures import NOW
from tests.pages import Browser

TODAY = NOW.date()
GOOD = {f"q{number}": "3" for number in range(1, 10)}


def answer(browser, url, **more):
    """Open the page and send its form."""
    token = re.search(r'name="token" value="([^"]+)"', browser.page(url).html)
    assert token
    return browser.submit(url, GOOD | {"token": token[1]} | more)


def test_from_home_to_thanks(visitor, survey):
    assert "Nilai layanan" in visitor.page("/").html
    visitor.page("/nilai/")
    done = answer(visitor, "/n/ktp-el/", sex="female", age="25-39")
    assert (done.status_code, done["Location"]) == (302, "/n/ktp-el/terima-kasih/")
    visitor.page(done["Location"])
    row = Response.objects.get()
    assert (row.total, row.sex, row.unit_id) == (27, "female", survey.unit())


def test_sent_twice_is_counted_once(visitor, survey):
    page = visitor.page("/n/ktp-el/").html
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    both = [visitor.submit("/n/ktp-el/", GOOD | {"token": token[1]})["Location"] for _ in range(2)]
    assert both == ["/n/ktp-el/terima-kasih/", "/n/ktp-el/terima-kasih/?sudah"]
    assert Response.objects.count() == 1


@pytest.mark.parametrize(("since", "status"), [(TODAY, 302), (date(2026, 6, 1), 409)])
def test_answers_belong_to_the_questions_that_were_read(visitor, survey, since, status):
    """A page of last night is taken as it was read; one of a questionnaire that is long gone is not."""
    page = visitor.page("/n/ktp-el/").html
    (version,) = re.findall(r'name="version" value="([^"]+)"', page)
    (token,) = re.findall(r'name="token" value="([^"]+)"', page)
    told = {"version": "2026", "source": "SKM Online", "questions": QUESTIONS[::-1], "valid_from": since}
    services.add_instrument(**told, by=survey.city.system, at=NOW)
    sent = {f"q{number}": "1" if number == 1 else "4" for number in range(1, 10)}
    done = visitor.submit("/n/ktp-el/", sent | {"version": version, "token": token})
    assert done.status_code == status
    if status == 302:
        row = Response.objects.get()
        assert (row.instrument.version, row.u1, row.u8) == ("2017", 1, 4)
        sheet = visitor.page("/n/ktp-el/").html
        assert 'value="2026"' in sheet
    else:
        assert not Response.objects.exists()


def test_a_missing_answer_is_asked_for_and_the_others_stay(visitor, survey):
    page = answer(visitor, "/n/ktp-el/", q4="")
    assert page.status_code == 422
    text = page.content.decode()
    assert "Pilih satu dari empat jawaban." in text
    assert text.count("checked") == 8
    assert not Response.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "a.b.c.d~e", "%00", "9" * 5000])
def test_a_token_of_ones_own_is_not_taken(visitor, survey, token):
    assert visitor.submit("/n/ktp-el/", GOOD | {"token": token}).status_code == 404
    assert not Response.objects.exists()


def test_an_unknown_service_is_not_found(visitor, survey):
    assert visitor.get("/n/tidak-ada/").status_code == 404
    assert visitor.get("/skm/tidak-ada/").status_code == 404


def test_flooding_is_stopped_and_says_when_to_come_back(visitor, survey):
    codes = [visitor.submit("/n/ktp-el/", {}).status_code for _ in range(rating.ANSWERING.burst + 1)]
    assert (codes[0], codes[-1]) == (422, 429)


def test_the_counter_of_the_qr_code_is_the_one_that_is_rated(visitor, survey):
    services.open_counter(service=survey.service.pk, unit=survey.unit("dukcapil"), by=survey.officer, at=NOW)
    answer(visitor, "/n/ktp-el/dukcapil/")
    assert Response.objects.get().unit_id == survey.unit("dukcapil")
    assert "Dilayani di tempat lain?" in visitor.page("/n/ktp-el/").html


def test_after_a_case_once(visitor, survey):
    url = reverse("surveys:after_case", args=[ticket_for(about="ktp-el", occasion="reports 1")])
    answer(visitor, url)
    assert Response.objects.get().source == "case"
    assert visitor.get(url)["Location"] == "/n/ktp-el/terima-kasih/?sudah"
    assert visitor.get(url.replace("ktp-el", "ktp-xx")).status_code == 404
    assert visitor.get("/nilai/kasus/ktp-el/").status_code == 404


def test_the_form_is_light_and_needs_no_script(visitor, survey):
    page = visitor.page("/n/ktp-el/")
    assert len(page.html.encode()) < 60_000
    assert "<script" not in page.html.replace('<script type="module"', "")


def test_results_are_for_everybody(visitor, survey):
    survey.past(WORKED.split())
    text = visitor.page("/skm/").html
    assert "79,17" in text
    assert "B, baik" in text
    one = visitor.page("/skm/ktp-el/").html
    assert "Waktu penyelesaian" in one
    assert "Terlemah: Waktu penyelesaian, lalu Penanganan pengaduan, saran, dan masukan" in one
    visitor.page("/skm/ktp-el/?periode=2026-2")
    visitor.page("/skm/?periode=nonsens")
    assert "79,17" in visitor.part("/skm/ktp-el/ringkas/").html


def test_one_answer_is_told_in_words_without_numbers(visitor, survey):
    survey.past(["444444444"])
    text = visitor.page("/skm/ktp-el/").html
    assert "Baru satu jawaban" in text
    assert "100,00" not in text
    assert "Rentang (95%)" in text  # of the table of quarters, whose cells say why they are empty


def test_results_are_taken_along(visitor, survey):
    survey.past(["333433433", "443333333"] * 3)
    text = b"".join(visitor.get("/skm/?unduh=csv").streaming_content).decode("utf-8-sig")
    assert "ktp" in text.lower() or "KTP" in text
    assert "1/9" in text


def test_an_officer_opens_a_counter_prints_it_and_enters_paper(as_role, survey):
    officer = as_role("officer")
    officer.page("/petugas/skm/")
    unit = survey.unit()
    assert officer.submit("/petugas/skm/buka/", {"service": "ktp-el", "unit": str(unit)}).status_code == 302
    counter = Counter.objects.get().pk
    officer.page("/petugas/skm/")
    pdf = officer.get(reverse("surveys:sheet", args=[counter]))
    assert pdf.content.startswith(b"%PDF")
    url = reverse("surveys:paper", args=[counter])
    sheet = re.search(r'name="sheet" value="([^"]+)"', officer.page(url).html)
    assert sheet
    told = GOOD | {"sheet": sheet[1], "day": "2026-06-05"}
    assert officer.submit(url, told)["Location"].endswith("?tanggal=2026-06-05")
    officer.submit(url, told)
    assert Response.objects.count() == 1
    assert officer.submit(url, told | {"day": "2026-06-09", "sheet": "x"}).status_code == 422
    assert officer.submit("/petugas/skm/buka/", {}).status_code == 422


def test_another_units_counter_is_not_there(as_role, survey):
    counter = services.open_counter(service=survey.service.pk, unit=survey.unit(), by=survey.officer, at=NOW)
    stranger: Browser = as_role("officer", "pupr")
    assert stranger.get(reverse("surveys:paper", args=[counter])).status_code == 404
    assert b"ktp-el" not in b"".join(stranger.get("/petugas/skm/?unduh=csv"))
    told = {"service": "ktp-el", "unit": str(survey.unit())}
    assert stranger.submit("/petugas/skm/buka/", told).status_code == 403


def test_a_small_service_is_not_had_by_taking_the_others_off_the_whole(visitor, survey, kota):
    survey.past(["333333333"] * 7)
    other = offered(kota, "kia")
    taken = [PastResponse(other.pk, survey.unit(), date(2026, 5, 20), [1] * 9)]
    services.take_over(rows=taken, by=kota.system, at=NOW)
    hidden = "jawaban yang sedikit di tempat lain"
    assert hidden in visitor.page("/skm/").html
    services.take_over(rows=taken * 4, by=kota.system, at=NOW)
    assert hidden not in visitor.page("/skm/").html
