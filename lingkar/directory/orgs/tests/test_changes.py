"""Changes of units and positions on their pages: previewed first, refused with a sentence."""

from datetime import date, timedelta

import pytest

from lingkar.directory.orgs import queries, rules, services
from lingkar.directory.orgs.models import Position, SuccessionKind, UnitState
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import LONG_AGO, NOW

pytestmark = pytest.mark.django_db
NEXT = "2027-01-01"


@pytest.fixture
def personnel(as_role):
    return as_role("personnel", None)


def do(browser, url, data):
    """Preview a change, then do it; the preview is returned, then the page that follows."""
    before = UnitState.objects.count(), Position.objects.count()
    preview = browser.send(url, data, status=200)
    assert "Belum ada yang diubah" in preview.text
    assert (UnitState.objects.count(), Position.objects.count()) == before, "a preview writes nothing"
    seen = preview.fields()["seen"]
    return preview, browser.send(url, data | {"seen": seen, "sure": "1"})


def test_a_unit_is_added(kota, personnel):
    personnel.page("/pengaturan/unit/tambah/?induk=dukcapil")
    above = str(kota.units["dukcapil"].pk)
    data = {"name": "Loket", "code": "loket", "kind": "section", "parent": above, "valid_from": "2026-01-01"}
    preview, page = do(personnel, "/pengaturan/unit/tambah/", data)
    assert "Loket mulai ada pada 1 Januari 2026." in preview.text
    assert page.url == "/unit/loket/"
    taken = personnel.send("/pengaturan/unit/tambah/", data, status=422)
    assert "Kode ini sudah dipakai" in taken.text


def test_a_unit_is_renamed_on_a_day(kota, personnel):
    assert "/unit/pupr/nama/" in personnel.page("/unit/pupr/").links()
    personnel.page("/unit/pupr/nama/")
    data = {"name": "Dinas Bina Konstruksi", "kind": "office", "on": NEXT}
    preview, page = do(personnel, "/unit/pupr/nama/", data)
    told = "Mulai 1 Januari 2027 Dinas Pekerjaan Umum dan Penataan Ruang bernama Dinas Bina Konstruksi."
    assert told in preview.text
    assert "Direncanakan" in page.text
    assert page.title == "Dinas Pekerjaan Umum dan Penataan Ruang"
    same = personnel.send("/unit/pupr/nama/", data, status=422)
    assert "Tidak ada yang berubah" in same.text


def test_a_preview_of_something_else_is_none(kota, personnel):
    data = {"name": "Dinas Satu", "kind": "office", "on": NEXT}
    seen = personnel.send("/unit/pupr/nama/", data, status=200).fields()["seen"]
    again = personnel.send("/unit/pupr/nama/", data | {"name": "Dinas Dua", "seen": seen, "sure": "1"}, status=200)
    assert "Dinas Dua" in again.text
    assert queries.states_of(kota.units["pupr"].pk).count() == 1


def test_a_unit_moves_and_never_below_itself(kota, personnel):
    personnel.page("/unit/pelayanan/pindah/")
    data = {"parent": str(kota.units["pupr"].pk), "on": "2026-06-08"}
    preview, _ = do(personnel, "/unit/pelayanan/pindah/", data)
    assert "menjadi bagian dari Dinas Pekerjaan Umum dan Penataan Ruang" in preview.text
    below = {"parent": str(kota.units["pelayanan"].pk), "on": "2026-06-08"}
    assert "di bawah dirinya sendiri" in personnel.send("/unit/pupr/pindah/", below, status=422).text


def test_units_are_merged(kota, personnel):
    page = personnel.page("/unit/pupr/gabung/")
    assert "others" in page.fields()
    data = {"into": str(kota.units["dukcapil"].pk), "others": [str(kota.units["setda"].pk)], "on": NEXT}
    preview, page = do(personnel, "/unit/pupr/gabung/", data)
    assert "Sekretariat Daerah berakhir; hari terakhirnya 31 Desember 2026." in preview.text
    assert [row.to_unit.code for row in queries.successors(kota.units["setda"].pk)] == ["dukcapil"]


def test_a_unit_is_split(kota, personnel):
    below = kota.units["pelayanan"].pk
    personnel.page("/unit/dukcapil/pecah/")
    data = {
        "on": NEXT,
        "name_1": "Dinas Kependudukan",
        "code_1": "penduduk",
        "name_2": "Dinas Pencatatan Sipil",
        "code_2": "capil",
        f"takes_{below}": "2",
    }
    preview, _ = do(personnel, "/unit/dukcapil/pecah/", data)
    assert "Bidang Pelayanan Pendaftaran Penduduk menjadi bagian dari Dinas Pencatatan Sipil" in preview.text
    assert queries.state_on(below, date(2027, 1, 1)).parent.code == "capil"
    kinds = {row.kind for row in queries.successors(kota.units["dukcapil"].pk)}
    assert kinds == {SuccessionKind.SPLIT}


def test_a_split_without_its_taker_comes_back(kota, personnel):
    data = {"on": NEXT, "name_1": "A", "code_1": "a", "name_2": "B", f"takes_{kota.units['pelayanan'].pk}": "3"}
    text = personnel.send("/unit/dukcapil/pecah/", data, status=422).text
    assert "Setiap bagian perlu nama dan kode." in text
    assert "Bagian ini belum bernama" in text


def test_a_unit_with_people_says_who_must_be_moved(kota, personnel):
    kota.holder("officer", "pupr")
    page = personnel.send("/unit/pupr/akhiri/", {"last_day": "2026-12-31"}, status=422)
    assert "Officer Pupr masih memegang hak akses atas unit ini." in page.text
    assert "/pengaturan/hak-akses/" in page.links()
    below = personnel.send("/unit/dukcapil/akhiri/", {"last_day": "2026-12-31"}, status=422)
    assert "Masih ada 1 unit di bawahnya." in below.text


def test_a_unit_ends_with_its_positions(kota, personnel):
    personnel.page("/unit/pupr/jabatan/tambah/")
    post = {"title": "Kepala Dinas", "code": "kadis", "kind": "jpt_pratama", "echelon": "II.b", "seats": "1"}
    preview, _ = do(personnel, "/unit/pupr/jabatan/tambah/", post | {"leads": "on", "valid_from": "2026-01-01"})
    assert "Jabatan Kepala Dinas mulai ada pada 1 Januari 2026." in preview.text
    second = post | {"code": "plt", "leads": "on", "valid_from": "2026-01-01"}
    assert "sudah punya jabatan pimpinan" in personnel.send("/unit/pupr/jabatan/tambah/", second, status=422).text
    preview, _ = do(personnel, "/unit/pupr/akhiri/", {"last_day": "2026-12-31"})
    assert "Jabatan Kepala Dinas berakhir; hari terakhirnya 31 Desember 2026." in preview.text


def test_a_position_is_checked_and_ends(kota, personnel):
    wrong = {"title": "x", "code": "x", "kind": "executive", "level": "mahir", "seats": "2", "leads": "on"}
    text = personnel.send("/unit/pupr/jabatan/tambah/", wrong | {"valid_from": "2026-01-01"}, status=422).text
    assert "Hanya jabatan fungsional yang punya jenjang." in text
    assert "Pimpinan unit hanya satu orang." in text
    item = services.add_position(
        unit=kota.units["pupr"].pk, code="loket", title="Petugas", kind="executive", valid_from=LONG_AGO,
        by=kota.system, at=NOW,
    )  # fmt: skip
    assert f"/jabatan/{item.pk}/akhiri/" in personnel.page(f"/jabatan/{item.pk}/").links()
    personnel.page(f"/jabatan/{item.pk}/akhiri/")
    do(personnel, f"/jabatan/{item.pk}/akhiri/", {"last_day": "2026-06-30"})
    assert queries.position_of(item.pk).valid_to == date(2026, 6, 30)


@pytest.fixture
def clerk(kota):
    return services.add_position(
        unit=kota.units["pupr"].pk, code="loket", title="Petugas", kind="executive", valid_from=LONG_AGO,
        by=kota.system, at=NOW,
    )  # fmt: skip


def test_a_position_changes_on_a_day(kota, personnel, clerk):
    address = f"/jabatan/{clerk.pk}/ubah/"
    told = personnel.page(address).fields()
    assert told["title"] == "Petugas"
    data = {"title": "Analis Jalan", "kind": "functional", "level": "ahli_muda", "seats": "2", "valid_from": NEXT}
    preview, page = do(personnel, address, data)
    assert "Mulai 1 Januari 2027 jabatan Petugas bernama Analis Jalan." in preview.text
    assert "Mulai 1 Januari 2027 kebutuhan jabatan Analis Jalan menjadi 2 pegawai, sebelumnya 1." in preview.text
    assert page.url == f"/jabatan/{clerk.pk}/"
    assert "Direncanakan" in page.text
    assert "Tidak ada yang berubah" in personnel.send(address, data, status=422).text


def test_a_position_gets_its_own_profile_and_goes_back(kota, personnel, clerk):
    address = f"/jabatan/{clerk.pk}/kompetensi/"
    data = dict.fromkeys(rules.COMPETENCIES, "2") | {"valid_from": "2026-06-08"}
    preview, page = do(personnel, address, data)
    assert "Mulai 8 Juni 2026 jabatan Petugas punya standar kompetensi sendiri." in preview.text
    assert "Standar sendiri" in page.text
    assert "Level 2" in page.text
    nothing = personnel.send(address, {"valid_from": NEXT}, status=422)
    assert "Pilih level sedikitnya satu kompetensi" in nothing.text
    _, back = do(personnel, address, {"standard": "on", "valid_from": NEXT})
    assert "Level 2" in back.text
    assert queries.profile_of(clerk, date(2027, 1, 1)) == dict.fromkeys(rules.COMPETENCIES, 1)


def test_who_manages_one_unit_changes_nothing_else(kota, as_role):
    theirs = as_role("personnel", "dukcapil")
    assert "/unit/pelayanan/nama/" in theirs.page("/unit/pelayanan/").links()
    assert "/unit/pupr/nama/" not in theirs.page("/unit/pupr/").links()
    theirs.page("/unit/pupr/nama/", status=403)
    theirs.page("/pengaturan/unit/tambah/?induk=pupr", status=403)
    choices = theirs.page("/pengaturan/unit/tambah/").markup.select("select[name=parent] option")
    assert len(choices) == 2


def test_units_of_another_agency_do_not_change(kota, lain, personnel):
    with agency_scope(lain.agency.pk):
        services.add_unit(
            agency=lain.agency.pk, kind="office", code="rahasia", name="Dinas Rahasia", valid_from=LONG_AGO,
            by=lain.system, at=NOW,
        )  # fmt: skip
    for act in ("nama", "pindah", "gabung", "pecah", "akhiri", "jabatan/tambah"):
        personnel.page(f"/unit/rahasia/{act}/", status=404)


def test_a_planned_split_is_withdrawn(kota, personnel):
    unit, below = kota.units["dukcapil"], kota.units["pelayanan"]
    position = services.add_position(
        unit=unit.pk, code="kadis", title="Kepala Dinas", kind="jpt_pratama", leads=True, valid_from=LONG_AGO,
        by=kota.system, at=NOW,
    )  # fmt: skip
    before = [*queries.states_of(unit.pk).values("valid_from", "valid_to")]
    parts = [
        services.Part(code="satu", name="Dinas Satu"),
        services.Part(code="dua", name="Dinas Dua", takes=(below.pk,)),
    ]
    services.split_unit(unit=unit.pk, parts=parts, on=date(2027, 1, 1), by=kota.system, at=NOW)
    page = personnel.page("/unit/dukcapil/")
    assert "Hari terakhir unit ini 31 Desember 2026" in page.text
    assert "/unit/dukcapil/urungkan/" in page.links()
    assert "/unit/dukcapil/pecah/" not in page.links()
    personnel.page("/unit/dukcapil/urungkan/")
    look, page = do(personnel, "/unit/dukcapil/urungkan/", {})
    for sentence in (
        "Dinas Kependudukan dan Pencatatan Sipil tetap ada: 31 Desember 2026 bukan lagi hari terakhirnya.",
        "Jabatan Kepala Dinas tetap ada: 31 Desember 2026 bukan lagi hari terakhirnya.",
        "Dinas Dua, yang akan mulai ada pada 1 Januari 2027, tidak jadi ada.",
        "menjadi bagian dari Dinas Kependudukan dan Pencatatan Sipil, bukan lagi dari Dinas Dua.",
    ):
        assert sentence in look.text
    assert page.url == "/unit/dukcapil/"
    assert "Hari terakhir" not in page.text
    assert [*queries.states_of(unit.pk).values("valid_from", "valid_to")] == before
    assert queries.state_on(below.pk, date(2027, 1, 1)).parent_id == unit.pk
    assert (queries.unit_coded("satu"), queries.unit_coded("dua")) == (None, None)
    assert queries.position_on(position.pk, date(2027, 1, 1)).leads
    assert not queries.successors(unit.pk).exists()
    personnel.page("/unit/dukcapil/urungkan/", status=404)


def test_a_planned_merger_is_withdrawn_for_one_of_two(kota):
    dukcapil, pupr, setda = (kota.units[code] for code in ("dukcapil", "pupr", "setda"))
    services.merge_units(
        units=[dukcapil.pk, pupr.pk], into=setda.pk, on=date(2027, 1, 1), by=kota.system, at=NOW
    )  # fmt: skip
    services.withdraw_ending(unit=dukcapil.pk, by=kota.system, at=NOW)
    assert queries.state_on(kota.units["pelayanan"].pk, date(2027, 1, 1)).parent_id == dukcapil.pk
    assert queries.state_on(pupr.pk, date(2027, 1, 1)) is None
    assert AuditEntry.objects.filter(verb="orgs.ending_withdrawn").count() == 1
    with pytest.raises(Refused, match="no_ending"):
        services.withdraw_ending(unit=dukcapil.pk, by=kota.system, at=NOW)
    later = NOW + timedelta(days=400)
    with pytest.raises(Refused, match="ending_is_past"):
        services.withdraw_ending(unit=pupr.pk, by=kota.system, at=later)


def test_a_part_in_which_something_is_planned_begins_all_the_same(kota):
    part = services.Part(code="satu", name="Dinas Satu")
    made = services.split_unit(unit=kota.units["pupr"].pk, parts=[part], on=date(2027, 1, 1), by=kota.system, at=NOW)
    services.add_position(
        unit=made[0].pk, code="kadis", title="Kepala Dinas", kind="jpt_pratama", valid_from=date(2027, 1, 1),
        by=kota.system, at=NOW,
    )  # fmt: skip
    services.withdraw_ending(unit=kota.units["pupr"].pk, by=kota.system, at=NOW)
    assert queries.state_on(made[0].pk, date(2027, 1, 1)) is not None
    assert queries.state_on(kota.units["pupr"].pk, date(2027, 1, 1)) is not None
