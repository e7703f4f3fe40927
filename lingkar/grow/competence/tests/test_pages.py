"""The pages of competence, as people of each role see them."""

import pytest

from lingkar.grow.competence import services
from lingkar.grow.competence.dictionary import shipped
from lingkar.grow.competence.models import Assessment, Competency
from tests.fixtures import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]
ALL_ONE = {row.code: 1 for row in shipped()}
TODAY = NOW.date()


def test_the_dictionary_is_read_by_everybody_signed_in(as_role):
    page = as_role("member", None).page("/kompetensi/")
    assert "Perekat bangsa" in page.text
    assert "PermenPANRB 38/2017" in page.text


def test_the_training_administrator_loads_an_empty_dictionary(as_role):
    Competency.objects.all().delete()
    assert "Muat kamus" not in as_role("member", None).page("/kompetensi/").text
    browser = as_role("training", None)
    assert "Muat kamus" in browser.page("/kompetensi/").text
    assert "Perekat bangsa" in browser.send("/kompetensi/muat/", {}).text
    assert Competency.objects.count() == 9


def test_an_account_without_a_record_is_told_so(as_role):
    for address in ("/kompetensi/saya/", "/kompetensi/saya/nilai/"):
        assert "belum terhubung" in as_role("member", None).page(address).text


def test_somebody_assesses_themselves_and_it_counts_for_nothing(kota, at, employ, as_role):
    employ("Saya Sendiri", account=kota.holder("member", None))
    browser = as_role("member", None)
    assert "belum dinilai" in browser.page("/kompetensi/saya/").text
    browser.page("/kompetensi/saya/nilai/")
    page = browser.send("/kompetensi/saya/nilai/", {"change": "3", "unity": ""})
    assert "Menurut Anda sendiri: level 3" in page.text
    assert "0 dari 9 kompetensi dinilai" in page.text
    assert browser.send("/kompetensi/saya/nilai/", {"change": "9"}, status=422)
    assert browser.send("/kompetensi/saya/nilai/", {}, status=422)
    assert Assessment.objects.count() == 1


def test_a_manager_assesses_the_team(kota, at, employ, as_role):
    rini, far = employ("Rini Lestari"), employ("Jauh Sekali", unit="pupr")
    browser = as_role("supervisor")
    page = browser.page("/kompetensi/tim/")
    assert "Rini Lestari" in page.text
    assert far.name not in page.text
    assert "Tidak ada anggota" in browser.page("/kompetensi/tim/?q=zzz%00").text
    one = f"/kompetensi/tim/{rini.pk}/"
    browser.page(one)
    page = browser.send(one, {code: "0" if code == "change" else "1" for code in ALL_ONE})
    assert "kurang 1 level" in page.text
    assert "88,89" in page.text
    assert "1 dari 9 di bawah standar" in browser.page("/kompetensi/tim/").text
    assert browser.get(f"/kompetensi/tim/{far.pk}/").status_code == 404
    assert as_role("member", None).get("/kompetensi/tim/").status_code == 403


def test_a_position_without_a_standard_shows_no_number(kota, at, employ, as_role):
    employ("Saya", kind="functional", account=kota.holder("member", None))
    page = as_role("member", None).page("/kompetensi/saya/")
    assert "belum punya standar" in page.text
    assert "tidak dapat dihitung" in page.text


def test_means_of_a_unit_hide_small_groups(kota, at, employ, as_role):
    for number in range(5):
        one = employ(f"Orang {number}")
        levels = {"change": 0} | ({"unity": 0} if number < 4 else {})
        services.assess(person=one.pk, kind="measured", levels=levels, on=TODAY, by=kota.system, at=at)
    page = as_role("leader", None).page("/kompetensi/unit/?unit=dukcapil")
    assert "5 dari 5 (100%)" in page.text
    assert "kurang dari lima" in page.text
    assert as_role("member", None).get("/kompetensi/unit/").status_code == 404
    assert as_role("supervisor", "pupr").page("/kompetensi/unit/?unit=dukcapil").text.count("Dinas Pekerjaan Umum")


def test_the_page_of_a_person_shows_the_panel_to_who_may_see_it(kota, at, employ, as_role):
    rini = employ("Rini")
    assert "belum dinilai" in as_role("supervisor").page(f"/pegawai/{rini.pk}/kompetensi/").text
    assert "Hanya orangnya" in as_role("member", None).page(f"/pegawai/{rini.pk}/kompetensi/").text
