"""Documents print what people wrote as it is, and run nothing of it."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from lingkar.foundation.documents import printing
from lingkar.foundation.documents.codes import qr_svg
from tests.printed import HOSTILE, squeezed, words

SAID = "foundation/documents/tests/said.typ"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_printed_and_never_run(text):
    made = printing.pdf(SAID, {"title": text, "lines": [text]})
    assert squeezed(words(made)).count(squeezed(text)) == 2


@pytest.mark.parametrize(
    "text", ["\x00\x01a\x1fb", "\ud83d a", "a\udc00", "\ufffe", "\u202eterbalik", "😀 নমস্কার مرحبا"]
)
def test_characters_that_no_document_can_show_do_no_harm(text):
    assert printing.pdf(SAID, {"title": "x", "lines": [text]}).startswith(b"%PDF")


def test_a_document_is_tagged_titled_and_always_the_same():
    data = {"title": "Maklumat", "lines": ["satu"]}
    made = printing.pdf(SAID, data)
    reader = PdfReader(BytesIO(made))
    root: Any = reader.trailer["/Root"]
    assert reader.metadata.title == "Maklumat"
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("id", True)
    assert b"pdfuaid:part" in made
    assert printing.pdf(SAID, data) == made


def test_the_typeface_travels_with_the_package():
    made = printing.pdf(SAID, {"title": "Huruf", "lines": ["satu"]})
    used: Any = PdfReader(BytesIO(made)).pages[0]["/Resources"]
    fonts = [str(font.get_object()["/BaseFont"]) for font in used["/Font"].values()]
    assert fonts
    assert all("PlusJakartaSans" in font for font in fonts), fonts
    assert (printing.FONTS / "OFL.txt").exists()


def test_too_much_is_refused_before_it_takes_time():
    with pytest.raises(ValueError, match="at most"):
        printing.pdf(SAID, {"title": "x", "lines": ["x" * printing.LARGEST]})


def test_a_picture_is_the_same_page():
    assert printing.picture(SAID, {"title": "x", "lines": []}).startswith(b"\x89PNG")


RUNS_WORDS = re.compile(r"\beval\s*\(|@preview|\bread\s*\(|mode:\s*\"markup\"|\bplugin\s*\(")


def faults(source: str) -> list[str]:
    """Where a template would run what it is given, or fetch something."""
    return [line for line in source.splitlines() if RUNS_WORDS.search(line.partition("//")[0])]


def test_no_template_of_the_package_runs_or_fetches_anything():
    templates = sorted(Path(printing.PACKAGE).rglob("*.typ"))
    assert len(templates) >= 2
    assert {str(path): found for path in templates if (found := faults(path.read_text()))} == {}


@pytest.mark.parametrize("line", ['#eval(data.name, mode: "markup")', '#import "@preview/x:1.0.0"', "#read(data.file)"])
def test_a_planted_fault_is_found(line):
    assert faults(line)


def test_a_qr_code_is_a_drawing_with_a_name():
    drawn = qr_svg("https://kota.example/l/ktp", label='<script>"x"')
    assert drawn.startswith("<svg")
    assert "<script>" not in drawn
    assert 'fill="#FFFFFF"' in drawn.replace("#fff", "#FFFFFF").replace("#ffffff", "#FFFFFF")
