"""What is written opens, reads back as it was meant, and runs nothing."""

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest

from lingkar.foundation.sheets import writing
from lingkar.foundation.sheets.reading import open_workbook

HEADER = ["NIP", "Nama", "Sejak", "Jumlah", "Kapan", "Benar"]
ROWS: list[list[Any]] = [
    ["199008152016011005", "=HYPERLINK(\"http://x\")", date(2026, 1, 2), 3, datetime(2026, 1, 2, 3, tzinfo=UTC), True],
    ["007", "@SUM(A1)", None, -4, None, False],
    ["+62811", "-2+3", None, float("nan"), None, None],
    ["\t=1", "a\x00b\ud800; \"c\"\nd", None, 1.5, None, None],
    [" =1+1", "javascript:alert(1)", None, 10**17, None, None],
]  # fmt: skip


def test_a_workbook_holds_words_and_no_formula(tmp_path):
    path = tmp_path / "a.xlsx"
    assert writing.xlsx(path, HEADER, ROWS) == len(ROWS)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        names = archive.namelist()
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet
    assert not [name for name in names if "vba" in name or "external" in name]
    with open_workbook(path) as book:
        rows = list(book.sheets[0].rows())
    assert rows[0] == HEADER
    assert rows[1][:4] == ["199008152016011005", '=HYPERLINK("http://x")', date(2026, 1, 2), 3.0]
    assert rows[1][4] == datetime(2026, 1, 2, 10)  # noqa: DTZ001
    assert rows[2][:2] == ["007", "@SUM(A1)"]
    assert rows[4][1].startswith("ab\ufffd")
    assert rows[5][3] == str(10**17)


def test_a_text_begins_no_cell_with_a_formula(tmp_path):
    out = io.StringIO()
    writing.csv(out, HEADER, ROWS)
    path = tmp_path / "a.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    with open_workbook(path) as book:
        rows = list(book.sheets[0].rows())
    assert rows[1][1] == '\'=HYPERLINK("http://x")'
    words = [cell for row in rows for cell in row if isinstance(cell, str) and not cell.lstrip("-").isdigit()]
    assert not [cell for cell in words if cell.lstrip().startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_libreoffice_opens_it(tmp_path, kind):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here (apt install libreoffice-calc-nogui): not tried")
    path = tmp_path / f"a.{kind}"
    if kind == "xlsx":
        writing.xlsx(path, HEADER, ROWS)
    else:
        with path.open("w", encoding="utf-8", newline="") as out:
            writing.csv(out, HEADER, ROWS)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    as_text = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,true"  # formulas would be shown as such
    command = [office, home, "--headless", "--convert-to", as_text, "--outdir", str(tmp_path / "out")]
    if kind == "csv":
        command.append("--infilter=CSV:59,34,76,1")
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "out" / "a.csv").read_text(encoding="utf-8")
    assert "199008152016011005" in text if kind == "xlsx" else "Nama" in text
    assert "HYPERLINK" in text
    assert len(text.splitlines()) >= len(ROWS)
