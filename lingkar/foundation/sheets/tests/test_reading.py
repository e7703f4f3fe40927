"""Files as officials make them are found to be tables; files made to harm are refused."""

from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells, names, tables
from lingkar.foundation.sheets.reading import open_workbook
from lingkar.foundation.sheets.tables import Column

COLUMNS = (
    Column("nip", "NIP", ("NIP Baru",), cells.digits, required=True),
    Column("name", "Nama", ("Nama Lengkap", "Nama Lengkap dengan gelar"), names.person_name, required=True),
    Column("birth_place", "Tempat lahir", ("Kelahiran tempat",)),
    Column("birth_date", "Tanggal lahir", ("Tgl Lahir", "Kelahiran tanggal"), cells.day),
    Column("unit", "Unit Kerja", ("OPD", "Perangkat Daerah"), required=True),
)


def read(path: Path) -> list[tuple[int, dict]]:
    with open_workbook(path) as book:
        table = tables.find(book.sheets[0], COLUMNS)
        return [
            (line.number, {c.key: c.read(line.cells.get(c.key)) for c in COLUMNS if c.key in table.places})
            for line in table.lines()
        ]


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught, open_workbook(path) as book:
        for sheet in book.sheets:
            list(sheet.rows())
    return caught.value.code


@pytest.fixture
def decree(tmp_path: Path) -> Path:
    """A table with a title, a decree number, headings in two merged lines, a numbering line and a signature."""
    path = tmp_path / "lampiran.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Lampiran")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range("A1:F1", "DAFTAR PEGAWAI NEGERI SIPIL")
    sheet.merge_range("A2:F2", "Keputusan Wali Kota Nomor 800/123/BKPSDM/2026")
    for place, words in ((0, "NO"), (1, "N I P"), (2, "NAMA LENGKAP"), (5, "OPD")):
        sheet.merge_range(3, place, 4, place, words)
    sheet.merge_range("D4:E4", "KELAHIRAN")
    sheet.write_row("D5", ["TEMPAT", "TANGGAL"])
    sheet.write_row("A6", [1, 2, 3, 4, 5, 6])
    for row in range(6, 9):
        sheet.write_row(row, 0, [row - 5, f"19900815 201601\u00a01 00{row}", "SITI NUR'AINI, S.SOS., M.SI", "Tpi"])
        sheet.write_datetime(row, 4, datetime(1998, 8, row), day)  # noqa: DTZ001
    sheet.merge_range("F7:F9", "Dinas Kesehatan")
    for row, words in ((10, "Tanjungpinang, 1 Mei 2026"), (11, "Kepala BKPSDM"), (15, "NIP. 19700101 199003 1 001")):
        sheet.write(row, 4, words)
    book.close()
    return path


def test_a_table_is_found_between_its_title_and_its_signature(decree):
    lines = read(decree)
    assert [number for number, _ in lines] == [7, 8, 9]
    assert lines[1][1] == {
        "nip": "199008152016011007",
        "name": "Siti Nur'aini, S.Sos., M.Si.",
        "birth_place": "Tpi",
        "birth_date": date(1998, 8, 7),
        "unit": "Dinas Kesehatan",
    }


def test_what_stands_below_is_told(decree):
    with open_workbook(decree) as book:
        table = tables.find(book.sheets[0], COLUMNS)
        list(table.lines())
    assert table.left_out == [(11, 16)]
    assert table.unknown == ("NO",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_text_is_read_as_it_comes(tmp_path, encoding, sign):
    path = tmp_path / "pegawai.csv"
    rows = [["NIP", "Nama", "Unit Kerja"], ["'199008152016011005", "René d'Almeida", "Dinas “Satu”"]]
    path.write_text("\r\n".join(sign.join(row) for row in rows), encoding=encoding)
    (number, cells_) = read(path)[0]
    assert number == 2
    assert cells_ == {"nip": "199008152016011005", "name": "René d'Almeida", "unit": "Dinas “Satu”"}


def test_a_word_far_away_does_not_eat_the_memory(tmp_path):
    path = tmp_path / "jauh.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "z")
    book.close()
    assert refusal(path) == "sheets.too_much"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheets.empty"),
        (b"<html><table><tr><td>NIP</td></tr></table>", "sheets.web_page"),
        (b"%PDF-1.7", "sheets.not_a_sheet"),
        (b"PK\x03\x04 not really", "sheets.broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "sheets.broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "sheets.locked"),
        (bytes(range(256)) * 10, "sheets.not_a_sheet"),
        (b'NIP;Nama\n1;"' + b"a" * 200_000, "sheets.open_quote"),
    ],
)
def test_what_is_no_sheet_is_refused_with_its_reason(tmp_path, content, code):
    path = tmp_path / "berkas.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_a_sheet_without_the_headings_says_which_are_missing(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("NIP;Nama\n1;a\n")
    with open_workbook(path) as book, pytest.raises(Refused) as caught:
        tables.find(book.sheets[0], COLUMNS)
    assert caught.value.details["missing"] == "Unit Kerja"


def test_weak_lines_in_the_midst_are_kept_and_subtitles_left_out(tmp_path):
    path = tmp_path / "a.csv"
    lines = [
        "No;NIP;Nama;Unit Kerja",
        "1;1;A;X",
        "Bidang Umum;;;",
        "2;;B;",
        "No;NIP;Nama;Unit Kerja",
        "3;3;C;X",
        "Jumlah;;3;",
    ]
    path.write_text("\n".join(lines))
    assert [number for number, _ in read(path)] == [2, 4, 6]
