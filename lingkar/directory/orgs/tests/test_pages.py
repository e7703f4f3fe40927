"""Pages about units: for everybody, for people of the agency, for those who manage them."""

from datetime import date

import pytest

from lingkar.directory.orgs import services
from lingkar.directory.orgs.models import PositionKind
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import LONG_AGO, MEMBER, NOW

pytestmark = pytest.mark.django_db
RENAMED = date(2024, 1, 1)


@pytest.fixture
def history(kota):
    """``pupr`` was called otherwise until 2024 and ends with this year, in ``dukcapil``."""
    pupr, by = kota.units["pupr"], kota.system
    services.rename_unit(unit=pupr.pk, name="Dinas Bina Konstruksi", on=RENAMED, by=by, at=NOW)
    services.merge_units(units=[pupr.pk], into=kota.units["dukcapil"].pk, on=date(2027, 1, 1), by=by, at=NOW)


@pytest.fixture
def head(kota):
    return services.add_position(
        unit=kota.units["dukcapil"].pk,
        code="kadis",
        title="Kepala Dinas Kependudukan",
        kind=PositionKind.JPT_PRATAMA,
        echelon="II.b",
        leads=True,
        valid_from=LONG_AGO,
        by=kota.system,
        at=NOW,
    )


def test_everybody_sees_the_tree_and_opens_a_unit(kota, visitor):
    page = visitor.page("/unit/")
    assert "5 unit di Kota Kota" in page.text
    assert "1 unit di bawahnya" in page.text
    assert "/unit/pelayanan/" in page.links()
    unit = visitor.page("/unit/pelayanan/")
    assert unit.title == "Bidang Pelayanan Pendaftaran Penduduk"
    assert "/unit/dukcapil/" in unit.links()


def test_units_are_found_by_words_and_kind(kota, visitor):
    page = visitor.page("/unit/?q=penduduk&jenis=section")
    assert "1 unit ditemukan" in page.text
    assert "Tidak ada unit yang cocok" in visitor.page("/unit/?q=keraton").text


@pytest.mark.parametrize("asked", ["tanggal=besok", "tanggal=0000-00-00", "jenis=keraton", "q=%00", "halaman=x&q=d"])
def test_a_strange_question_is_answered(kota, visitor, asked):
    visitor.page(f"/unit/?{asked}")
    visitor.page(f"/unit/dukcapil/?{asked}")


def test_the_tree_of_another_day_is_told(kota, visitor, history):
    before = visitor.page("/unit/?tanggal=2023-12-31")
    assert "Dinas Pekerjaan Umum dan Penataan Ruang" in before.text
    assert "/unit/pupr/?tanggal=2023-12-31" in before.links()
    assert "Dinas Bina Konstruksi" in visitor.page("/unit/").text
    assert "Dinas Bina Konstruksi" not in visitor.page("/unit/?tanggal=2027-01-01").text
    assert "Belum ada unit" in visitor.page("/unit/?tanggal=2019-01-01").text


def test_the_history_of_a_unit_is_told_in_sentences(kota, visitor, history):
    text = visitor.page("/unit/pupr/").text
    told = "Sejak 1 Januari 2024 bernama Dinas Bina Konstruksi; sebelumnya Dinas Pekerjaan Umum dan Penataan Ruang."
    assert told in text
    assert "Sejak 1 Januari 2027 digabung ke Dinas Kependudukan dan Pencatatan Sipil." in text
    assert "Direncanakan" in text
    over = visitor.page("/unit/pupr/?tanggal=2027-02-01")
    assert "Unit ini berakhir pada 31 Desember 2026" in over.text
    assert "/unit/dukcapil/" in over.links()
    assert "Unit ini mulai ada pada 1 Januari 2020" in visitor.page("/unit/pupr/?tanggal=2019-02-01").text


def test_positions_are_for_people_of_the_agency(kota, visitor, as_role, head):
    assert "Pimpinan" in visitor.page("/unit/dukcapil/").text
    assert "1 jabatan" not in visitor.page("/unit/dukcapil/").text
    page = as_role(MEMBER).page("/unit/dukcapil/")
    assert "1 jabatan, kebutuhan 1 pegawai" in page.text
    assert "eselon II.b" in page.text


def test_a_position_has_a_page(kota, visitor, as_role, head):
    address = f"/jabatan/{head.pk}/"
    assert address in as_role(MEMBER).page("/unit/dukcapil/").links()
    page = as_role(MEMBER).page(address)
    assert page.title == "Kepala Dinas Kependudukan"
    assert "Standar kelompok jabatannya." in page.text
    assert "Integritas menciptakan situasi kerja yang patuh Level 4" in " ".join(page.text.split())
    assert f"{address}ubah/" not in page.links()
    assert visitor.get(address).status_code == 302


def test_units_of_another_agency_are_not_there(kota, lain, visitor):
    with agency_scope(lain.agency.pk):
        services.add_unit(
            agency=lain.agency.pk, kind="office", code="rahasia", name="Dinas Rahasia", valid_from=LONG_AGO,
            by=lain.system, at=NOW,
        )  # fmt: skip
    visitor.page("/unit/rahasia/", status=404)
    assert "Rahasia" not in visitor.page("/unit/?q=rahasia").text
    assert visitor.get("/unit/?unduh=csv").getvalue().count(b"\n") == 6


def test_a_large_tree_shows_its_top_alone(kota, visitor):
    rows = [services.NewUnit(f"sd-{n}", "school", f"SD {n}", LONG_AGO, "dukcapil") for n in range(400)]
    services.add_units(agency=kota.agency.pk, rows=rows, by=kota.system, at=NOW)
    page = visitor.page("/unit/")
    assert "/unit/sd-1/" not in page.links()
    assert "Dinas · 401 unit di bawahnya" in page.text
    assert "Halaman 2 dari 8" in visitor.page("/unit/?jenis=school&halaman=2").text
