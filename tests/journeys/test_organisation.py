"""Personnel changes the organisation: a unit from next month, two units into one, what a position requires."""

import pytest
from playwright.sync_api import expect

from lingkar.directory.orgs import services as orgs
from lingkar.directory.people import services as people
from lingkar.directory.people.rules.persons import PersonFacts
from lingkar.foundation.tenancy.queries import agency_scope
from tests.browser import overflow
from tests.fixtures import LONG_AGO, NOW

pytestmark = pytest.mark.browser
TITLE = "Penata Kelola Sistem dan Teknologi Informasi Administrasi Kependudukan dan Pencatatan Sipil"


@pytest.fixture
def personnel(kota):
    return kota.holder("personnel", None)


@pytest.fixture
def position(kota):
    """A position with a long name in which somebody sits."""
    with agency_scope(kota.agency.pk):
        unit, by = kota.units["dukcapil"].pk, kota.system
        item = orgs.add_position(
            unit=unit, code="penata", title=TITLE, kind="functional", level="ahli_muda", seats=2,
            valid_from=LONG_AGO, by=by, at=NOW,
        )  # fmt: skip
        facts = PersonFacts(kind="external", name="Raden Ajeng Siti Kusumaningtyas, S.Kom., M.T.I.", institution="UGM")
        people.add_person(facts=facts, unit=unit, position=item.pk, since=LONG_AGO, by=by, at=NOW)
    return item


def press(page, *buttons):
    for name in buttons:
        page.get_by_role("button", name=name, exact=True).first.click()


def test_the_pages_of_a_position_are_clean_for_everybody_and_reflow(window, personnel, position, axe):
    page = window((320, 640), account=personnel)
    for act in ("", "ubah/", "kompetensi/", "akhiri/", "pegawai/"):
        page.goto(f"/jabatan/{position.pk}/{act}")
        assert overflow(page) == 0, act
        axe(page)


def test_the_organisation_changes_without_javascript(window, personnel, position):
    page = window(javascript=False, account=personnel)
    page.goto("/unit/pupr/nama/")
    page.get_by_label("Nama baru").fill("Dinas Bina Konstruksi")
    page.get_by_label("Mulai berlaku").fill("2026-07-01")
    press(page, "Lihat akibatnya", "Ganti nama unit ini")
    expect(page.get_by_text("Sejak 1 Juli 2026 bernama Dinas Bina Konstruksi")).to_be_visible()
    page.goto("/unit/setda/gabung/")
    page.get_by_label("Diteruskan oleh").select_option(label="Dinas Pekerjaan Umum dan Penataan Ruang")
    page.get_by_label("Mulai berlaku").fill("2031-08-01")
    press(page, "Lihat akibatnya", "Gabungkan")
    expect(page.get_by_text("Sejak 1 Agustus 2031 digabung ke")).to_be_visible()
    page.goto("/unit/setda/")
    page.get_by_role("link", name="Urungkan rencana ini").first.click()
    press(page, "Lihat akibatnya")
    expect(page.get_by_text("Sekretariat Daerah tetap ada: 31 Juli 2031 bukan lagi hari terakhirnya.")).to_be_visible()
    press(page, "Urungkan rencana ini")
    assert not page.get_by_text("digabung ke").is_visible()
    page.goto("/unit/dukcapil/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_text("Standar kelompok jabatannya.")).to_be_visible()
    page.goto(f"/jabatan/{position.pk}/kompetensi/")
    page.get_by_label("Ikuti standar kelompok jabatannya").uncheck()
    page.get_by_label("Integritas").select_option("5")
    press(page, "Lihat akibatnya", "Tetapkan standar ini")
    expect(page.get_by_text("Standar sendiri, berbeda dari kelompok jabatannya.")).to_be_visible()
    expect(page.get_by_text("menjadi teladan di tingkat nasional")).to_be_visible()
