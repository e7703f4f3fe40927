"""Open a file that somebody sent as a workbook: sheets of rows of plain cells, whatever program wrote it.

```python
with open_workbook(path) as book:
    for sheet in book.sheets:
        table = tables.find(sheet, columns)
```
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import delimited, guards, limits, unpacking
from lingkar.foundation.sheets.guards import Format

Cell: TypeAlias = str | float | int | bool | date | datetime | None
Row: TypeAlias = list[Cell]
Range: TypeAlias = tuple[int, int, int, int]
"""Merged cells: top, left, bottom, right, counted from 0, all included."""

FAULTS = {
    unpacking.LOCKED: "sheets.locked",
    unpacking.BROKEN: "sheets.broken",
    unpacking.TOO_MUCH: "sheets.too_much",
}
decode = msgspec.msgpack.Decoder().decode


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``rows()`` may be asked again; each time it reads from the beginning. Row 0 is line 1."""

    name: str
    rows: Callable[[], Iterator[Row]] = field(repr=False)
    merged: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file in their order."""

    format: Format
    sheets: tuple[Sheet, ...]


@contextmanager
def open_workbook(path: Path | str, name: str = "") -> Iterator[Workbook]:
    """The workbook at ``path`` for the length of the block; ``name`` is how its sender called it.

    ``Refused("sheets.…")`` when it is no sheet, broken, locked with a password, made to harm, or larger than
    ``limits``. A text is read as it goes; a workbook is unpacked by a process of its own with bounded memory and time.
    """
    path = Path(path)
    found = guards.format_of(path)
    if found is Format.TEXT:
        yield Workbook(found, (Sheet(Path(name or path.name).stem[:100], lambda: _text_rows(path)),))
        return
    with tempfile.TemporaryDirectory(prefix="lingkar-sheets-") as folder:
        spool = Path(folder) / "rows"
        _unpack(path, spool)
        with spool.open("rb") as file:
            yield Workbook(found, tuple(_sheets(file)))


def _text_rows(path: Path) -> Iterator[Row]:
    yield from delimited.rows(path)  # type: ignore[misc]  # text cells are cells


def _unpack(path: Path, spool: Path) -> None:
    command = [sys.executable, "-I", "-m", unpacking.__name__, str(path.resolve()), str(spool)]
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limits.MOST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise Refused("sheets.too_much") from None
    if done.returncode:
        raise Refused(FAULTS.get(done.returncode, "sheets.too_much" if done.returncode < 0 else "sheets.broken"))


def _sheets(file: BinaryIO) -> Iterator[Sheet]:
    """Walks the spool once, over the rows; each sheet remembers where its rows begin."""
    found = [(decode(file.read(size)), file.tell()) for kind, size in _frames(file, 0) if kind == unpacking.SHEET]
    for (name, merged), at in found:
        yield Sheet(name, _rows_from(file, at), tuple(map(tuple, merged)))


def _rows_from(file: BinaryIO, start: int) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        for kind, size in _frames(file, start):
            if kind != unpacking.ROWS:
                return
            for row in decode(file.read(size)):
                yield [_day(cell) if isinstance(cell, list) else cell for cell in row]

    return rows


def _frames(file: BinaryIO, start: int) -> Iterator[tuple[bytes, int]]:
    """Kind and length of every frame from the byte ``start`` to the end; its content stands next to be read."""
    at = start
    while True:
        file.seek(at)
        header = file.read(unpacking.HEADER)
        if len(header) < unpacking.HEADER:
            raise Refused("sheets.broken")
        kind, size = header[:1], int.from_bytes(header[1:], "big")
        if kind == unpacking.END:
            return
        yield kind, size
        at += unpacking.HEADER + size


def _day(cell: list[str]) -> date | datetime:
    moment = datetime.fromisoformat(cell[0])
    return moment.date() if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else moment
