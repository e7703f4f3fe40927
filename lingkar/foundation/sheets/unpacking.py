"""The program that unpacks a workbook in a process of its own: ``python -m … unpacking FILE OUT``.

A workbook may be made to eat memory or time, or to bring its reader down. Here it can only bring down this process,
which has little memory and time. OUT becomes a row of frames, each a kind, a length and msgpack: a sheet, a few hundred
rows, the end. So whoever reads them never holds the whole sheet.
"""

import contextlib
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from lingkar.foundation.sheets import limits

AT_ONCE = 500
SHEET, ROWS, END = b"S", b"R", b"E"
HEADER = 5
DONE, LOCKED, BROKEN, TOO_MUCH = 0, 3, 4, 5
encode = msgspec.msgpack.Encoder().encode


def main(source: str, target: str) -> int:
    """Unpack ``source`` to ``target``; the exit code says how it went."""
    _bound()
    try:
        with Path(target).open("wb") as out:
            return _unpack(source, out)
    except PasswordError:
        return LOCKED
    except MemoryError:
        return TOO_MUCH
    except OSError as fault:
        return TOO_MUCH if fault.errno == 27 else BROKEN  # 27: the file grew beyond its limit
    except (CalamineError, ValueError, OverflowError):
        return BROKEN


def _bound() -> None:
    """Take only so much memory, time and disk (where the system can hold one to it)."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    wishes = (
        (resource.RLIMIT_AS, limits.MOST_MEMORY),
        (resource.RLIMIT_CPU, limits.MOST_SECONDS),
        (resource.RLIMIT_FSIZE, limits.MOST_SPOOLED),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in wishes:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _unpack(source: str, out: BinaryIO) -> int:
    left = limits.MOST_ROWS
    with CalamineWorkbook.from_path(source) as book:
        tables = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        if len(tables) > limits.MOST_SHEETS:
            return TOO_MUCH
        for name in tables:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_width > limits.MOST_COLUMNS or sheet.total_height > left:
                return TOO_MUCH
            left -= sheet.total_height
            _write(out, SHEET, [name[:100], _merged(sheet)])
            for rows in _batches(_rows(sheet)):
                _write(out, ROWS, rows)
    _write(out, END, None)
    return DONE


def _merged(sheet: CalamineSheet) -> list[Any]:
    """Merged cells as (top, left, bottom, right), counted from 0; no more than anybody merges by hand."""
    return [(*start, *end) for start, end in islice(sheet.merged_cell_ranges or [], 50_000)]


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """The rows from the first line of the sheet on, each from its first column."""
    if sheet.start is None:
        return
    margin = [None] * sheet.start[1]
    for row in sheet.iter_rows():
        yield [*margin, *map(plain, row)]


def plain(cell: Any) -> Any:
    """A cell as it travels: text, number, truth, nothing, or a day in a list of one."""
    if cell == "":
        return None
    if isinstance(cell, str):
        return cell[: limits.LONGEST_CELL]
    if isinstance(cell, datetime):
        return [cell.isoformat()]
    if isinstance(cell, date):
        return [cell.isoformat()]
    return str(cell) if isinstance(cell, time | timedelta) else cell


def _batches(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    rows = iter(rows)
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


def _write(out: BinaryIO, kind: bytes, content: Any) -> None:
    packed = encode(content)
    out.write(kind + len(packed).to_bytes(4, "big"))
    out.write(packed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
