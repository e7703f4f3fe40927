"""Write tables that open anywhere and in which no cell is a formula. Rows are taken one by one, never held.

Words are written as words: a NIP keeps its digits, ``=1+1`` stays three signs. In a CSV, where a reader decides by the
first sign, words that could be taken for a formula begin with an apostrophe.
"""

import csv as csv_module
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.functional import Promise

from lingkar.foundation.sheets import limits

ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""What XML cannot hold."""
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
"""First signs that some program takes for the beginning of a formula or a command."""
MOST_IN_SHEET = 1_048_575
WIDEST = 60
EXACT = 10**15
PROPERTIES = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False, "nan_inf_to_errors": True}  # fmt: skip


def xlsx(
    target: Path | str | IO[bytes],
    header: Sequence[str | Promise],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "Data",
) -> int:
    """Write a workbook with one sheet; returns how many rows. Days and moments are real dates of Excel."""
    book = xlsxwriter.Workbook(target if not isinstance(target, Path) else str(target), PROPERTIES)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        str: book.add_format({"num_format": "@"}),
    }
    sheet = book.add_worksheet(_sheet_name(title))
    sheet.freeze_panes(1, 0)
    for place, label in enumerate(header):
        sheet.set_column(place, place, min(WIDEST, max(12, len(str(label)) + 4)))
        sheet.write_string(0, place, words(label), bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count > MOST_IN_SHEET:
            book.close()
            raise ValueError("a sheet of Excel has no more rows")
        for place, value in enumerate(row):
            _write(sheet, count, place, value, formats)
    book.close()
    return count


def _write(sheet: Any, row: int, place: int, value: Any, formats: dict[type, Any]) -> None:
    value = plain(value)
    if isinstance(value, datetime):
        sheet.write_datetime(row, place, value, formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats[date])
    elif isinstance(value, int | float) and abs(value) < EXACT:
        sheet.write_number(row, place, value)
    elif value is not None:
        sheet.write_string(row, place, words(value), formats[str])


def csv(target: IO[str], header: Sequence[str | Promise], rows: Iterable[Sequence[Any]]) -> int:
    """Write comma separated text with ``;``, as Excel in Indonesia opens it; returns how many rows."""
    writer = csv_module.writer(target, delimiter=";", lineterminator="\r\n")
    target.write("\ufeff")
    writer.writerow([guarded(words(label)) for label in header])
    count = 0
    for row in rows:
        writer.writerow([_text(value) for value in row])
        count += 1
    return count


def _text(value: Any) -> str | int | float:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return value if isinstance(value, int | float) else guarded(words(value))


def guarded(value: str) -> str:
    """Words that no program takes for a formula."""
    return f"'{value}" if value.lstrip(" \u00a0").startswith(STARTERS) or value.startswith(STARTERS) else value


def plain(value: Any) -> Any:
    """A value as a cell holds it: a moment in local time, truth in words, anything unknown as text."""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or isinstance(value, str | int | float | date):
        return None if value == "" or value != value else value  # a number that is none
    return str(value)


def words(value: Any) -> str:
    """Text that a workbook can hold."""
    return str(value).translate(ILLEGAL).translate(SURROGATES)[: limits.LONGEST_CELL]


def _sheet_name(title: str) -> str:
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in words(title))[:31].strip() or "Data"
