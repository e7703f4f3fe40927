"""Who works in a unit, on its page."""

from datetime import date

import pytest

from lingkar.directory.orgs.services import add_position
from lingkar.directory.people.services import PersonFacts, add_person, place
from tests.fixtures import LONG_AGO, MEMBER, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(kota):
    """``dukcapil`` with a head, one of two clerks, somebody without a position, and an empty post."""
    unit, by = kota.units["dukcapil"].pk, kota.system

    def post(code, title, **more):
        return add_position(unit=unit, code=code, title=title, valid_from=LONG_AGO, by=by, at=NOW, **more).pk

    head = post("kadis", "Kepala Dinas", kind="jpt_pratama", leads=True)
    clerk = post("loket", "Petugas Loket", kind="executive", seats=2)
    for name, position in (("Ani", head), ("Budi", clerk), ("Citra", None)):
        facts = PersonFacts(kind="external", name=name, institution="Universitas Kawung")
        person = add_person(facts=facts, unit=unit, position=position, since=LONG_AGO, by=by, at=NOW)
    return person


def test_the_page_of_a_unit_offers_the_panel_to_people_signed_in(kota, office, visitor, as_role):
    url = f"/unit/{kota.units['dukcapil'].pk}/pegawai/"
    assert url in as_role(MEMBER).page("/unit/dukcapil/").html
    assert url not in visitor.page("/unit/dukcapil/").html


def test_holders_and_empty_seats_are_told(kota, office, as_role):
    url = f"/unit/{kota.units['dukcapil'].pk}/pegawai/"
    part = as_role(MEMBER).part(url)
    assert "3 orang bekerja di sini. Masih kurang 1 pegawai." in part.text
    assert "Ani Kepala Dinas Pimpinan" in part.text
    assert "Petugas Loket kurang 1 pegawai" in part.text
    assert as_role(MEMBER).page(url).title == "Dinas Kependudukan dan Pencatatan Sipil"


def test_an_acting_duty_fills_no_seat(kota, office, as_role):
    unit, by = kota.units["dukcapil"].pk, kota.system
    deputy = add_position(
        unit=unit, code="sek", title="Sekretaris", kind="administrator", valid_from=LONG_AGO, by=by, at=NOW
    )
    place(person=office.pk, unit=unit, position=deputy.pk, since=date(2026, 1, 1), is_main=False, by=by, at=NOW)
    text = as_role(MEMBER).part(f"/unit/{unit}/pegawai/").text
    assert "Citra Sekretaris · pelaksana tugas" in text
    assert "Masih kurang 2 pegawai" in text


def test_a_unit_without_people_says_so(kota, as_role):
    assert "Belum ada pegawai" in as_role(MEMBER).part(f"/unit/{kota.units['setda'].pk}/pegawai/").text
