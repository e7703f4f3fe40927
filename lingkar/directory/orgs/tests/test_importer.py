"""Units and positions from a sheet as officials make it: each line has its outcome, the good ones are written."""

from datetime import date

import pytest
import xlsxwriter

from lingkar.directory.orgs import queries
from lingkar.foundation.imports.services import Direct, run_file
from lingkar.foundation.imports.telling import told_rows
from tests.fixtures import NOW

pytestmark = pytest.mark.django_db
UNITS = ["Kode", "Nama Unit", "Jenis", "Induk", "Berlaku"]
POSITIONS = ["Kode Jabatan", "Nama Jabatan", "Unit Kerja", "Jenis", "Jenjang", "Eselon", "Kebutuhan", "Memimpin"]


@pytest.fixture
def bring(kota, tmp_path):
    """Import lines; what became of each, by the word in its first column."""

    def bring(kind, headings, lines, by=None, commits=True):
        path = tmp_path / "berkas.xlsx"
        book = xlsxwriter.Workbook(str(path))
        page = book.add_worksheet("SOTK")
        page.merge_range(0, 0, 0, 4, "SUSUNAN PERANGKAT DAERAH")
        page.write_row(2, 0, headings)
        for number, cells in enumerate(lines, start=3):
            page.write_row(number, 0, cells)
        book.close()
        found = {}

        def tell(source):
            for row in told_rows(source):
                code = lines[row["line"] - 4][0].lower().replace(" ", "-")
                found[code] = (row["outcome"], " ".join(reason["reason"] for reason in row["reasons"]))

        run_file(wish=Direct(kind, path, commits=commits, tell=tell), by=by or kota.system, at=NOW)
        return found

    return bring


def test_a_tree_is_imported_with_parents_below_their_children(kota, bring):
    found = bring(
        "units",
        UNITS,
        [
            ["loket-baru", "Loket Baru", "Seksi", "bidang-baru", "01-02-2026"],
            ["bidang-baru", "Bidang Baru", "Bidang", "DUKCAPIL", "01-02-2026"],
            ["SDN 1", "SD Negeri 1", "sekolah", "", "1 Februari 2026"],
        ],
    )
    assert {outcome for outcome, _ in found.values()} == {"new"}
    assert queries.unit_coded("loket-baru").path == "dukcapil.bidang-baru.loket-baru."
    assert queries.unit_coded("sdn-1").valid_from == date(2026, 2, 1)


def test_lines_that_cannot_be_say_why_and_the_others_are_written(kota, bring):
    found = bring(
        "units",
        UNITS,
        [
            ["a", "Bidang A", "Bidang", "b", "01-02-2026"],
            ["b", "Bidang B", "Bidang", "a", "01-02-2026"],
            ["c", "Bidang C", "Bidang", "entah", "01-02-2026"],
            ["d", "Seksi D", "Seksi", "c", "01-02-2026"],
            ["e", "Seksi E", "Seksi", "dukcapil", "01-02-2019"],
            ["f", "Seksi F", "Kerajaan", "dukcapil", "01-02-2026"],
            ["g", "Seksi G", "Seksi", "dukcapil", "01-02-2026"],
        ],
    )
    assert found["a"][0] == "refused"
    assert "di bawah dirinya sendiri" in found["a"][1]
    assert found["b"][0] == "refused"
    assert "Tidak ada unit dengan kode entah." in found["c"][1]
    assert "Baris induknya, c, ditolak." in found["d"][1]
    assert "dukcapil tidak ada pada 1 Februari 2019." in found["e"][1]
    assert found["f"][0] == "refused"
    assert found["g"][0] == "new"
    assert queries.unit_coded("g") is not None
    assert queries.unit_coded("a") is None


def test_a_unit_that_is_there_is_renamed_and_moved_from_its_day(kota, bring):
    lines = [
        ["pelayanan", "Bidang Pelayanan Prima", "Bidang", "pupr", "01-01-2027"],
        ["pupr", "Dinas Pekerjaan Umum dan Penataan Ruang", "Dinas", "", "01-01-2027"],
    ]
    found = bring("units", UNITS, lines, commits=False)
    assert found["pelayanan"][0] == "changed"
    assert found["pupr"][0] == "same"
    assert queries.states_of(kota.units["pelayanan"].pk).count() == 1, "a preview writes nothing"
    bring("units", UNITS, lines)
    assert queries.state_on(kota.units["pelayanan"].pk, date(2027, 1, 1)).parent.code == "pupr"
    assert queries.unit_coded("pelayanan").name == "Bidang Pelayanan Pendaftaran Penduduk"


def test_an_existing_unit_below_its_own_child_is_a_circle(kota, bring):
    found = bring("units", UNITS, [["dukcapil", "Dinas X", "Dinas", "pelayanan", "01-01-2027"]])
    assert "di bawah dirinya sendiri" in found["dukcapil"][1]


def test_positions_are_imported_into_units_by_code_or_name(kota, bring):
    found = bring(
        "positions",
        POSITIONS,
        [
            ["kadis", "Kepala Dinas", "dukcapil", "JPT Pratama", "-", "IIb", 1, "Ya"],
            ["analis", "Analis Kependudukan", "Bidang Pelayanan Pendaftaran Penduduk", "JF", "Ahli Muda", "", 3, ""],
            ["plt", "Pelaksana Tugas", "DUKCAPIL", "JPT Pratama", "", "II.b", 1, "Ya"],
            ["entah", "Entah", "dinas entah", "Pelaksana", "", "", 1, ""],
            ["mahir", "Pelaksana Mahir", "pupr", "Pelaksana", "Mahir", "VI.z", 1, ""],
        ],
    )
    assert (found["kadis"][0], found["analis"][0]) == ("new", "new")
    assert "sudah punya jabatan pimpinan" in found["plt"][1]
    assert "Tidak ada unit dengan kode dinas entah." in found["entah"][1]
    assert found["mahir"][0] == "refused"
    head, analyst = queries.position_coded("kadis"), queries.position_coded("analis")
    assert (head.echelon, head.leads, head.unit.code) == ("II.b", True, "dukcapil")
    assert (analyst.level, analyst.seats, analyst.unit.code) == ("ahli_muda", 3, "pelayanan")


def test_a_position_that_is_there_stays_as_it_is(kota, bring):
    line = ["kadis", "Kepala Dinas", "dukcapil", "JPT Pratama", "", "II.b", 1, "Ya"]
    bring("positions", POSITIONS, [line])
    assert bring("positions", POSITIONS, [line])["kadis"][0] == "same"
    other = bring("positions", POSITIONS, [["kadis", "Kepala Badan", *line[2:]]])["kadis"]
    assert other[0] == "refused"
    assert "Kode ini milik jabatan Kepala Dinas" in other[1]


def test_who_manages_one_unit_imports_below_it_alone(kota, bring):
    by = kota.actor("personnel", "dukcapil")
    lines = [
        ["pelayanan", "Bidang Prima", "Bidang", "dukcapil", "01-01-2027"],
        ["pupr", "Dinas Lain", "Dinas", "", "01-01-2027"],
    ]
    found = bring("units", UNITS, lines, by=by)
    assert found["pelayanan"][0] == "changed"
    assert "Anda tidak berhak mengubah unit ini" in found["pupr"][1]
