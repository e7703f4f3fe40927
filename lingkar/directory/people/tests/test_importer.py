"""People from a sheet as an official makes it: previewed, written whole, once."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from lingkar.directory.people import services
from lingkar.directory.people.models import Person, Placement
from lingkar.directory.people.services import staged
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.imports import queries
from lingkar.foundation.imports.models import Import, StagedRow
from lingkar.foundation.imports.services import Direct, run_file
from lingkar.foundation.imports.telling import told_rows
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import NOW, City

HEADINGS = [
    "NO",
    "N I P",
    "Nama Lengkap dengan gelar",
    "Tempat, Tgl Lahir",
    "Pangkat/Gol",
    "Jabatan",
    "Perangkat Daerah",
]
SITI = "199008152016012005"
BUDI = "198501022010011003"
PPPK = "199203042024212001"


def row(
    number,
    nip,
    name,
    birth="Tanjungpinang, 15 Agustus 1990",
    grade="Penata Muda / III/a",
    title="Analis",
    unit="dukcapil",
):
    return [number, nip, name, birth, grade, title, unit]


GOOD = [
    row(1, "19900815 201601 2 005", "SITI NUR'AINI, S.SOS."),
    row(
        2,
        f"'{BUDI}",
        "Budi Santoso",
        "Tanjungpinang, 02-01-1985",
        "III d",
        unit="DINAS PEKERJAAN UMUM DAN PENATAAN RUANG",
    ),
    row(3, PPPK, "Rina", "Bintan, 04/03/1992", "IX", unit="Bidang Pelayanan Pendaftaran Penduduk"),
]


@pytest.fixture
def sheet(tmp_path):
    def make(rows, name="pegawai.xlsx"):
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path))
        page = book.add_worksheet("Data")
        page.merge_range(0, 0, 0, 6, "DAFTAR PEGAWAI")
        page.merge_range(1, 0, 1, 6, "Nomor 800/12/BKPSDM/2026")
        page.write_row(3, 0, HEADINGS)
        page.write_row(4, 0, [1, 2, 3, 4, 5, 6, 7])
        for index, cells in enumerate(rows, start=5):
            for place, cell in enumerate(cells):
                page.write_string(index, place, cell) if isinstance(cell, str) else page.write(index, place, cell)
        page.write(len(rows) + 7, 5, "Tanjungpinang, 1 Juni 2026")
        page.write(len(rows) + 8, 5, "Kepala BKPSDM")
        page.write(len(rows) + 12, 5, "NIP. 19700101 199003 1 001")
        book.close()
        return path

    return make


def run(kota: City, path: Path, *, commits: bool = False, takes_changes: bool = True, by: Actor | None = None):
    told: list[dict] = []
    wish = Direct("people", path, commits, takes_changes, tell=lambda item: told.extend(told_rows(item)))
    return run_file(wish=wish, by=by or kota.system, at=NOW), told


def codes(told):
    return [(item["line"], item["outcome"], [reason["code"] for reason in item["reasons"]]) for item in told]


def test_a_preview_writes_nothing(kota, sheet):
    trail = AuditEntry.objects.count()
    found, told = run(kota, sheet(GOOD))
    assert codes(told) == [(6, "new", []), (7, "new", []), (8, "new", [])]
    assert (found.total, found.new, found.refused) == (3, 3, 0)
    assert not Person.objects.exists()
    assert not Import.objects.exists()
    assert not StagedRow.objects.exists()
    assert AuditEntry.objects.count() == trail


def test_a_list_that_is_written_in_parts_is_written_whole(kota, sheet, monkeypatch):
    monkeypatch.setattr(staged, "AT_ONCE", 2)
    found, _ = run(kota, sheet(GOOD), commits=True)
    assert (found.written, Person.objects.count(), Placement.objects.count()) == (3, 3, 3)


def test_what_is_confirmed_is_written(kota, sheet):
    run(kota, sheet(GOOD), commits=True)
    siti = Person.objects.get(nip=SITI)
    assert (siti.name, siti.kind, siti.golongan, siti.sex) == ("Siti Nur'aini, S.Sos.", "pns", "III/a", "female")
    assert (siti.birth_place, siti.birth_date) == ("Tanjungpinang", date(1990, 8, 15))
    assert Person.objects.get(nip=PPPK).kind == "pppk"
    placed = Placement.objects.get(person=siti)
    assert (placed.unit_id, placed.title, placed.valid_from) == (kota.units["dukcapil"].pk, "Analis", NOW.date())
    assert Placement.objects.get(person__nip=BUDI).unit_id == kota.units["pupr"].pk


def test_the_same_file_again_changes_nothing(kota, sheet):
    path = sheet(GOOD)
    run(kota, path, commits=True)
    found, told = run(kota, path, commits=True)
    assert {item["outcome"] for item in told} == {"same"}
    assert found.written == 0
    assert Placement.objects.count() == 3


def test_a_change_is_shown_and_taken_or_left(kota, sheet):
    run(kota, sheet(GOOD), commits=True)
    moved = [row(1, SITI, "Siti Nur'aini, M.Si.", grade="III/b", unit="pupr"), *GOOD[1:]]
    _, told = run(kota, sheet(moved))
    assert told[0]["outcome"] == "changed"
    assert told[0]["changes"]["golongan"] == ["III/a", "III/b"]
    assert told[0]["changes"]["unit"][1] == kota.units["pupr"].name
    run(kota, sheet(moved), commits=True, takes_changes=False)
    assert Person.objects.get(nip=SITI).golongan == "III/a"
    run(kota, sheet(moved), commits=True)
    siti = Person.objects.get(nip=SITI)
    assert (siti.golongan, siti.name) == ("III/b", "Siti Nur'aini, M.Si.")
    assert Placement.objects.get(person=siti).unit_id == kota.units["pupr"].pk


def test_bad_rows_are_refused_with_reasons_and_the_others_written(kota, sheet):
    rows = [
        *GOOD,
        row(4, 199008152016012006, "Angka"),
        row(5, SITI, "Dua Kali"),
        row(6, "19900815", "Pendek"),
        row(7, "199008152016012007", "Unit Salah", unit="Dinas Kependudukan dan Pencatatan Sipi"),
        row(8, "199008152016012008", "Tanggal", birth="Tanjungpinang, 15 Agustus 90"),
        row(9, "199008152016012009", ""),
        row(10, "199008152016012010", "=HYPERLINK(\"http://x\")"),
    ]  # fmt: skip
    found, told = run(kota, sheet(rows), commits=True)
    assert codes(told)[3:] == [
        (9, "refused", ["sheets.digits_lost"]),
        (10, "refused", ["imports.twice"]),
        (11, "refused", ["people.nip_length"]),
        (12, "refused", ["people.unit_not_found"]),
        (13, "refused", ["sheets.no_date"]),
        (14, "refused", ["sheets.needed"]),
        (15, "new", []),
    ]
    assert "Dinas Kependudukan dan Pencatatan Sipil" in told[6]["reasons"][0]["reason"]
    assert found.refused == 6
    assert Person.objects.count() == 4
    assert Person.objects.get(nip="199008152016012010").name == '=HYPERLINK("http://x")'


def test_a_person_of_another_agency_is_refused_without_a_word_about_it(kota, lain, sheet, tmp_path):
    with agency_scope(lain.agency.pk):
        run(lain, sheet(GOOD[:1]), commits=True)
    _, told = run(kota, sheet(GOOD))
    assert codes(told)[0] == (6, "refused", ["people.nip_known"])
    assert "Lain" not in told[0]["reasons"][0]["reason"]
    assert told[0]["changes"] == {}


def test_who_keeps_records_of_a_unit_imports_there_alone(kota, sheet):
    by = kota.actor("personnel", "dukcapil")
    _, told = run(kota, sheet(GOOD), by=by)
    assert codes(told) == [(6, "new", []), (7, "refused", ["people.unit_unknown"]), (8, "new", [])]
    run(kota, sheet(GOOD), commits=True)
    _, told = run(kota, sheet([row(1, BUDI, "Budi", unit="dukcapil")]), by=by)
    assert codes(told) == [(6, "refused", ["people.not_yours"])]
    assert told[0]["changes"] == {}


def test_people_from_outside_are_known_by_name_and_institution(kota, tmp_path):
    path = tmp_path / "luar.csv"
    path.write_text("Nama;Instansi;Email\nJohn Doe;Universitas X;-\nAni;Yayasan Y;ANI@y.example\n", encoding="cp1252")
    run(kota, path, commits=True)
    assert set(Person.objects.values_list("kind", flat=True)) == {"external"}
    _, told = run(kota, path)
    assert [item["outcome"] for item in told] == ["same", "same"]


def test_a_file_that_cannot_be_read_is_refused_whole(kota, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 no")
    with pytest.raises(Refused) as caught:
        run(kota, path)
    assert caught.value.code == "sheets.broken"
    assert not list(queries.imports_seen_by(kota.system))


def test_a_move_before_one_that_is_planned_is_refused_in_its_line_and_not_for_the_whole_sheet(kota, sheet):
    run(kota, sheet(GOOD), commits=True)
    siti = Person.objects.get(nip=SITI)
    soon = NOW.date() + timedelta(days=30)
    services.place(person=siti.pk, unit=kota.units["pupr"].pk, since=soon, by=kota.system, at=NOW)
    moved = [
        row(1, SITI, "Siti Nur'aini, S.Sos.", title="Analis Ahli"),
        row(2, BUDI, "Budi S.", GOOD[1][3], unit="pupr"),
    ]
    found, told = run(kota, sheet(moved), commits=True)
    assert codes(told) == [(6, "refused", ["people.placed_then"]), (7, "changed", [])]
    assert found.written == 1
    assert Person.objects.get(nip=BUDI).name == "Budi S."


SHEETS = Path(__file__).parent / "sheets"
"""One list of people, written by a program and then saved by LibreOffice 7.4 in each format that officials send."""


def test_a_list_of_people_as_it_is_sent_has_its_outcomes(kota):
    _, told = run(kota, SHEETS / "pegawai.xlsx", commits=True)
    assert codes(told) == [
        (7, "new", []),
        (8, "new", []),
        (9, "new", []),
        (10, "refused", ["sheets.digits_lost"]),
        (11, "refused", ["sheets.no_date"]),
        (12, "refused", ["people.unit_not_known"]),
    ]
    siti = Person.objects.get(nip=SITI)
    assert (siti.name, siti.birth_date) == ("Siti Nur'aini, S.Sos.", date(1990, 8, 15))


@pytest.mark.parametrize("name", ["pegawai.xls", "pegawai.ods", "pegawai-libreoffice.xlsx"])
def test_the_same_list_in_another_format_has_the_same_outcomes(kota, name):
    """Written from one format, it is known in every other one: each value was read the same."""
    run(kota, SHEETS / "pegawai.xlsx", commits=True)
    _, told = run(kota, SHEETS / name)
    _, twin = run(kota, SHEETS / "pegawai.xlsx")
    assert codes(told) == codes(twin)
    assert [item["outcome"] for item in told] == ["same"] * 3 + ["refused"] * 3
