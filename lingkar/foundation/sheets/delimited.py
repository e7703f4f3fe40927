"""Comma separated text as it comes: UTF-8 with or without mark, UTF-16, Windows-1252; ``;`` ``,`` tab or ``|``."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import limits

BLOCK = 1024 * 1024
SAMPLE = 64 * 1024
SEPARATORS = ";,\t|"
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(path: Path) -> str:
    """How the text is written. What is no UTF-8 is taken for Windows-1252, as Excel in Indonesia writes it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        start = file.read(4)
        for mark, name in MARKS:
            if start.startswith(mark):
                return name
        file.seek(0)
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def separator_of(sample: str) -> str:
    """The sign that parts most lines into the same number of cells, more than one; else a comma."""
    first = sample.split("\n", 1)[0].strip().lower().strip('"')
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    lines = sample.splitlines()[:200]
    return max(SEPARATORS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    width, times = widths.most_common(1)[0]
    return (times, width)


def rows(path: Path) -> Iterator[list[str | None]]:
    """The lines of a text, each a list of cells, ``None`` where nothing stands. Read as it goes, never held whole."""
    encoding = encoding_of(path)
    csv.field_size_limit(limits.LONGEST_CELL * 2)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(SAMPLE)
        sign = separator_of(sample)
        file.seek(0)
        yield from _parsed(file, sign)


def _parsed(file: Iterator[str], sign: str) -> Iterator[list[str | None]]:
    reader = csv.reader(file, delimiter=sign)
    try:
        for number, row in enumerate(reader):
            if number >= limits.MOST_ROWS:
                raise Refused("sheets.too_many_rows", most=limits.MOST_ROWS)
            if len(row) > limits.MOST_COLUMNS:
                row = _narrowed(row)
            yield [cell or None for cell in row]
    except csv.Error:
        raise Refused("sheets.open_quote", line=reader.line_num) from None
    except UnicodeError:
        raise Refused("sheets.broken") from None


def _narrowed(row: list[str]) -> list[str]:
    """A row without what is empty at its end; a table has no more than so many columns."""
    while row and not row[-1].strip():
        row.pop()
    if len(row) > limits.MOST_COLUMNS:
        raise Refused("sheets.too_wide", most=limits.MOST_COLUMNS)
    return row
