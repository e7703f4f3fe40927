"""Units and positions from a sheet as officials make it: each line has its outcome, the good ones are written."""

from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.utils import translation

from lingkar.directory.orgs import queries
from lingkar.directory.orgs.importer import UNITS as UNITS_OF_FILES
from lingkar.foundation.imports.services import Direct, run_file
from lingkar.foundation.imports.telling import told_rows
from lingkar.foundation.refusals import Refused
from tests.fixtures import NOW

pytestmark = pytest.mark.django_db
UNITS = ["Kode", "Nama Unit", "Jenis", "Induk", "Berlaku"]
POSITIONS = ["Kode Jabatan", "Nama Jabatan", "Unit Kerja", "Jenis", "Jenjang", "Eselon", "Kebutuhan", "Memimpin"]


@pytest.fixture
def bring(kota, tmp_path):
    """Import lines; what became of each, by the word in its first column."""

    def bring(kind, headings, lines, by=None, commits=True, takes_changes=True):
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

        wish = Direct(kind, path, commits=commits, takes_changes=takes_changes, tell=tell)
        run_file(wish=wish, by=by or kota.system, at=NOW)
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


KADIS = ["kadis", "Kepala Dinas", "dukcapil", "JPT Pratama", "", "II.b", 1, "Ya"]
SINCE = [*POSITIONS, "Berlaku"]


def test_a_position_that_is_there_changes_from_its_day_after_a_look(kota, bring):
    bring("positions", POSITIONS, [KADIS])
    assert bring("positions", POSITIONS, [KADIS])["kadis"][0] == "same"
    line = ["kadis", "Kepala Badan", "dukcapil", "Administrator", "", "-", 1, "", "01-01-2027"]
    assert bring("positions", SINCE, [line], commits=False)["kadis"] == ("changed", "")
    assert queries.states_of_position(queries.position_coded("kadis").pk).count() == 1, "a preview writes nothing"
    bring("positions", SINCE, [line])
    item = queries.position_coded("kadis")
    then = queries.position_on(item.pk, date(2027, 1, 1))
    assert (item.title, item.echelon) == ("Kepala Dinas", "II.b")
    assert (then.title, then.kind, then.echelon, then.leads) == ("Kepala Badan", "administrator", None, True)
    assert bring("positions", SINCE, [line])["kadis"][0] == "same", "what is planned is known"


def test_a_preview_of_positions_tells_the_difference_in_words(kota, bring, tmp_path):
    bring("positions", POSITIONS, [["analis", "Analis", "dukcapil", "JF", "Ahli Muda", "", 2, ""]])
    told: list[dict[str, Any]] = []
    line = [["analis", "Analis", "dukcapil", "Pelaksana", "", "", 3, ""]]
    bring("positions", POSITIONS, line, commits=False)
    wish = Direct(
        "positions", tmp_path / "berkas.xlsx", commits=False, tell=lambda source: told.extend(told_rows(source))
    )
    run_file(wish=wish, by=kota.system, at=NOW)
    assert told[0]["changes"] == {
        "kind": ["Fungsional", "Pelaksana"],
        "level": ["Ahli Muda", ""],
        "seats": [2, 3],
    }


def test_a_position_does_not_change_its_unit_nor_before_it_began(kota, bring):
    bring("positions", POSITIONS, [KADIS])
    found = bring("positions", POSITIONS, [["kadis", "Kepala Dinas", "pupr", *KADIS[3:]]])["kadis"]
    assert found[0] == "refused"
    assert "Jabatan tetap di unitnya" in found[1]
    found = bring("positions", SINCE, [["kadis", "Kepala Badan", *KADIS[2:], "01-01-2001"]])["kadis"]
    assert found[0] == "refused"
    assert "Pilih hari itu atau sesudahnya" in found[1]


def test_one_line_takes_over_the_lead_that_another_gives_up(kota, bring):
    bring("positions", POSITIONS, [KADIS])
    new = ["kaban", "Kepala Badan", "dukcapil", "JPT Pratama", "", "II.b", 1, "Ya"]
    assert "sudah punya jabatan pimpinan" in bring("positions", POSITIONS, [new])["kaban"][1]
    lines = [new, [*KADIS[:7], "Tidak"]]
    with pytest.raises(Refused, match="head_needs_changes"):
        bring("positions", POSITIONS, lines, takes_changes=False)
    assert queries.position_coded("kaban") is None
    assert {outcome for outcome, _ in bring("positions", POSITIONS, lines).values()} == {"new", "changed"}
    assert queries.position_coded("kaban").leads
    assert not queries.position_coded("kadis").leads


def test_who_manages_one_unit_adds_positions_there(kota, bring):
    by = kota.actor("personnel", "dukcapil")
    other = ["kepala", "Kepala Dinas", "pupr", "JPT Pratama", "", "II.b", 1, "Ya"]
    found = bring("positions", POSITIONS, [KADIS, other], by=by)
    assert (found["kadis"][0], found["kepala"][0]) == ("new", "refused")
    assert queries.position_coded("kadis") is not None


def test_a_planned_change_of_a_unit_is_known_when_it_comes_again(kota, bring):
    lines = [["pelayanan", "Bidang Pelayanan Prima", "UPTD", "dukcapil", "01-01-2027"]]
    assert bring("units", UNITS, lines)["pelayanan"][0] == "changed"
    assert bring("units", UNITS, lines)["pelayanan"][0] == "same"


def test_lines_of_many_batches_find_their_parents_in_other_ones(kota, bring, monkeypatch):
    """The parent of all stands in the last line, some batches below its children."""
    monkeypatch.setattr("lingkar.foundation.imports.services.reading.AT_ONCE", 20)
    lines = [[f"s{n}", f"Sekolah {n}", "Sekolah", "induk", "01-02-2026"] for n in range(50)]
    lines += [["yatim", "Sekolah Yatim", "Sekolah", "entah", "01-02-2026"], ["x", "X", "Bidang", "y", "01-02-2026"]]
    lines += [["y", "Y", "Bidang", "x", "01-02-2026"], ["induk", "Dinas Baru", "Dinas", "", "01-02-2026"]]
    found = bring("units", UNITS, lines)
    assert [code for code, (outcome, _) in found.items() if outcome != "new"] == ["yatim", "x", "y"]
    assert "Tidak ada unit dengan kode entah." in found["yatim"][1]
    assert "di bawah dirinya sendiri" in found["x"][1]
    assert queries.unit_coded("s49").path == "induk.s49."


def test_more_lines_than_any_agency_has_are_refused_in_one_sentence(kota, bring, monkeypatch):
    monkeypatch.setattr("lingkar.directory.orgs.importer.units.MOST", 2)
    with pytest.raises(Refused) as caught:
        bring("units", UNITS, [[f"s{n}", f"Sekolah {n}", "Sekolah", "", "01-02-2026"] for n in range(3)])
    with translation.override("id"):
        words = UNITS_OF_FILES.sentence(caught.value)
    assert words == "Paling banyak 2 baris dalam satu berkas, karena susunannya diperiksa utuh. Bagi berkasnya."


def test_who_manages_one_unit_imports_below_it_alone(kota, bring):
    by = kota.actor("personnel", "dukcapil")
    lines = [
        ["pelayanan", "Bidang Prima", "Bidang", "dukcapil", "01-01-2027"],
        ["pupr", "Dinas Lain", "Dinas", "", "01-01-2027"],
    ]
    found = bring("units", UNITS, lines, by=by)
    assert found["pelayanan"][0] == "changed"
    assert "Anda tidak berhak mengubah unit ini" in found["pupr"][1]
