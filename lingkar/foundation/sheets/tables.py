"""Find the table in a sheet: what stands above it, its headings, the numbering under them, what stands below."""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.utils.functional import Promise

from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.cells import Reader, simple, text
from lingkar.foundation.sheets.reading import Cell, Range, Row, Sheet

SEARCHED = 60
"""Lines at the top of a sheet in which the headings must begin."""
HIGHEST_HEADING = 3
MOST_HELD = 200
"""Weak lines that are held back until a full one shows that the table goes on."""
SIGNED = re.compile(
    r"mengetahui|ditetapkan|mengesahkan|tembusan|a\.n\.|ttd|tanda tangan|pembina |penata |^nip\.|keterangan|catatan"
    r"|^jumlah|^total|dibuat oleh|bupati|wali ?kota|^kepala |sekretaris daerah",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Column:
    """A column that is looked for. ``names`` are further headings under which officials write it.

    A ``required`` heading must be there and its cells must be filled. Two ``anchor`` cells (required ones are) make a
    line part of the table, whatever else is empty.
    """

    key: str
    label: str | Promise
    names: tuple[str, ...] = ()
    read: Reader = text
    required: bool = False
    anchor: bool = False
    example: str = ""

    @property
    def is_anchor(self) -> bool:
        return self.required or self.anchor

    def answers_to(self) -> set[str]:
        return {simple(name) for name in (str(self.label), self.key, *self.names)}


class Line(NamedTuple):
    """A line of the table: its number in the sheet, counted from 1, and its cells by key of their column."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """A table that was found. ``lines()`` reads it from its beginning, each time."""

    sheet: str
    heading: int
    """Line of the lowest heading."""
    places: dict[str, int]
    """Key → column of the sheet, counted from 0."""
    unknown: tuple[str, ...]
    """Headings that no column answers to: they are not read."""
    lines: Callable[[], Iterator[Line]] = field(repr=False)
    left_out: list[tuple[int, int]] = field(default_factory=list)
    """First and last number of lines that are no part of the table; known when ``lines`` has come to its end."""


@dataclass(frozen=True)
class _Headings:
    top: int
    height: int
    places: dict[str, int]
    words: list[str]

    @property
    def first(self) -> int:
        return self.top + self.height


def find(sheet: Sheet, columns: Sequence[Column]) -> Table:
    """The table of ``sheet`` with these columns. ``Refused("sheets.no_table", missing=…)`` when there is none.

    The headings may stand below titles, in up to three lines, in merged cells; lines that only number the columns,
    headings that a printed page repeats, and what stands below the table (sums, signatures) are left out.
    """
    top = [_filled(row, number, sheet.merged) for number, row in enumerate(islice(sheet.rows(), SEARCHED))]
    found = _headings(top, columns)
    missing = [column for column in columns if column.required and (found is None or column.key not in found.places)]
    if found is None or missing:
        raise Refused("sheets.no_table", sheet=sheet.name, missing=", ".join(str(column.label) for column in missing))
    known = set(found.places.values())
    unknown = tuple(word for place, word in enumerate(found.words) if word and place not in known)
    left_out: list[tuple[int, int]] = []
    anchors = {found.places[column.key] for column in columns if column.is_anchor and column.key in found.places}
    cells = _cells(found.places)

    def lines() -> Iterator[Line]:
        left_out.clear()
        for number, row in _body(sheet, found, anchors, left_out):
            yield Line(number, cells(row))

    return Table(sheet.name, found.first, found.places, unknown, lines, left_out)


def _cells(places: dict[str, int]) -> Callable[[Row], dict[str, Cell]]:
    """What takes the cells of a row by their keys; a row may end before its last column."""
    widest = max(places.values())
    at_once = itemgetter(*places.values()) if len(places) > 1 else lambda row: (row[widest],)

    def cells(row: Row) -> dict[str, Cell]:
        whole = row if len(row) > widest else [*row, *[None] * (widest + 1 - len(row))]
        return dict(zip(places, at_once(whole), strict=True))

    return cells


def _filled(row: Row, number: int, merged: Sequence[Range]) -> Row:
    """A heading line in which a cell that is merged sideways says the same over its whole width."""
    for first, left, _last, right in merged:
        if first == number and left < len(row):
            row = [*row, *[None] * (right + 1 - len(row))] if right < 400 else row
            row[left : right + 1] = [row[left]] * len(row[left : right + 1])
    return row


def _headings(top: Sequence[Row], columns: Sequence[Column]) -> _Headings | None:
    """The lines that name most columns; of equals the highest, and the fewest lines."""
    names = {name: column.key for column in reversed(columns) for name in column.answers_to()}
    best: _Headings | None = None
    for start in range(len(top)):
        for height in range(1, HIGHEST_HEADING + 1):
            found = _read_headings(top[start : start + height], names)
            if found and len(found[0]) > (len(best.places) if best else 1):
                best = _Headings(start, height, *found)
    return best


def _read_headings(rows: Sequence[Row], names: dict[str, str]) -> tuple[dict[str, int], list[str]] | None:
    if not rows or not any(text(cell) for cell in rows[-1]) or _is_numbering(rows[-1]):
        return None
    places: dict[str, int] = {}
    words: list[str] = []
    group: list[str] = []
    for place in range(max(map(len, rows))):
        parts = [text(row[place]) or "" if place < len(row) else "" for row in rows]
        words.append(" ".join(dict.fromkeys(part for part in parts if part)))
        group = _group(group, parts)
        key = _answer(parts, names) or _answer(group, names)
        if key is not None:
            places.setdefault(key, place)
    return places, words


def _group(before: Sequence[str], parts: Sequence[str]) -> list[str]:
    """The heading with what stands above it further left: .ods and .csv do not tell which cells are merged."""
    if any(parts[:-1]) or not parts[-1]:
        return list(parts)
    return [*before[:-1], parts[-1]]


def _answer(parts: Sequence[str], names: dict[str, str]) -> str | None:
    """The column that a heading names: by all its lines, or by the lowest, or by the highest one alone."""
    said = [part for part in parts if part]
    if not said:
        return None
    tries = (" ".join(said), f"{said[0]} {said[-1]}", said[-1], said[0] if len(said) == 1 else "")
    return next((names[simple(words)] for words in tries if simple(words) in names), None)


def _is_numbering(row: Row) -> bool:
    """Whether a line only counts the columns: 1 2 3 …, (1) (2) (3) …, a b c …"""
    signs = [simple(words) for cell in row if (words := text(cell))]
    if len(signs) < 3:
        return False
    numbers = [int(sign) for sign in signs if sign.isdecimal() and len(sign) < 4]
    return len(numbers) >= len(signs) - 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _body(
    sheet: Sheet, found: _Headings, anchors: set[int], left_out: list[tuple[int, int]]
) -> Iterator[tuple[int, Row]]:
    """The lines of the table, numbered from 1. Weak lines wait until a full one follows."""
    held: deque[tuple[int, Row]] = deque()
    enough = min(2, len(anchors))
    mapped = set(found.places.values())
    for index, row in enumerate(_spread(sheet, found.first)):
        number = found.first + index + 1
        if index > 1 and not held and _is_plain(row, anchors, enough) and not _may_repeat(row, found):
            yield number, row
        elif _is_out(row, found, is_first=index < 2):
            if not any(cell not in (None, "") for cell in row):
                held.append((number, []))
        elif _strength(row, anchors) >= enough or _strength(row, mapped) * 2 > len(mapped):
            yield from _kept(held, mapped, left_out)
            held.clear()
            yield number, row
        else:
            held.append((number, row))
        if len(held) > MOST_HELD:
            yield from _kept(held, mapped, left_out)
            held.clear()
    yield from _tail(held, mapped, left_out)


def _spread(sheet: Sheet, first: int) -> Iterator[Row]:
    """The rows from ``first`` on; a cell that is merged downwards speaks for each line of its height."""
    tall = sorted(place for place in sheet.merged if place[2] > place[0] and place[2] >= first)
    running: list[tuple[Range, Cell]] = []
    for number, row in enumerate(sheet.rows()):
        while tall and tall[0][0] <= number:
            place = tall.pop(0)
            if place[1] < len(row):
                running.append((place, row[place[1]]))
        if running:
            running = [(place, cell) for place, cell in running if place[2] >= number]
            for place, cell in running:
                row += [None] * (place[1] + 1 - len(row))
                row[place[1]] = cell
        if number >= first:
            yield row


def _is_out(row: Row, found: _Headings, *, is_first: bool) -> bool:
    """Whether a line is empty, only numbers the columns, or says the headings again."""
    said = [text(cell) or "" for cell in row] if is_first or _may_repeat(row, found) else None
    if said is None:
        return not any(cell not in (None, "") for cell in row)
    if not any(said):
        return True
    return (is_first and _is_numbering(row)) or _repeats(said, found)


def _may_repeat(row: Row, found: _Headings) -> bool:
    place = next(iter(found.places.values()))
    cell = row[place] if place < len(row) else None
    return isinstance(cell, str) and cell[:1].isalpha() and simple(cell) == simple(found.words[place])


def _repeats(said: Sequence[str], found: _Headings) -> bool:
    places = [place for place in found.places.values() if place < len(said)]
    return bool(places) and all(simple(said[place]) == simple(found.words[place]) for place in places)


def _is_plain(row: Row, anchors: set[int], enough: int) -> bool:
    """Whether a line is part of the table beyond doubt: nearly all are, so this is asked first and looks at least."""
    for place in anchors:
        cell = row[place] if place < len(row) else None
        if cell is not None and (not isinstance(cell, str) or cell.strip()):
            enough -= 1
            if not enough:
                return True
    return False


def _strength(row: Row, places: set[int]) -> int:
    width = len(row)
    return sum(1 for place in places if place < width and _says_something(row[place]))


def _says_something(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _kept(held: Sequence[tuple[int, Row]], mapped: set[int], left_out: list[tuple[int, int]]) -> Iterator[Any]:
    """Weak lines in the midst of the table: a subtitle says nothing under any known heading and is left out."""
    for number, row in held:
        if not row:
            continue
        if _strength(row, mapped) == 0:
            left_out.append((number, number))
        else:
            yield number, row


def _is_signature(row: Row) -> bool:
    return any(isinstance(cell, str) and SIGNED.search(cell.strip()) for cell in row)


def _tail(held: Sequence[tuple[int, Row]], mapped: set[int], left_out: list[tuple[int, int]]) -> Iterator[Any]:
    """Weak lines at the end: from an empty line or the first word of a signature on they are below the table."""
    for index, (number, row) in enumerate(held):
        if not row or (_strength(row, mapped) < 3 and _is_signature(row)):
            rest = [at for at, cells in list(held)[index:] if cells]
            if rest:
                left_out.append((rest[0], rest[-1]))
            return
        yield from _kept([(number, row)], mapped, left_out)
