"""Read a sheet into the staging table, a few thousand lines at a time; a worker that dies goes on where it was."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from lingkar.foundation.access import Actor
from lingkar.foundation.files import queries as files
from lingkar.foundation.imports import registry, staging
from lingkar.foundation.imports.models import Import, ImportState, Outcome
from lingkar.foundation.imports.registry import Importer, Row
from lingkar.foundation.imports.services.acting import actor_of, hold
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import tables
from lingkar.foundation.sheets.cells import Reader
from lingkar.foundation.sheets.reading import Cell, Workbook, open_workbook
from lingkar.foundation.sheets.tables import Line, Table

AT_ONCE = 5000


def read_import(*, source: UUID, at: datetime) -> None:
    """Read and check every line of an import; then it waits for somebody. Harmless to repeat."""
    row = Import.objects.filter(pk=source).first()
    if row is None or row.state != ImportState.READING or row.file is None:
        return
    try:
        with open_workbook(files.path_of(row.file), row.name) as book:
            read_all(row, book, by=actor_of(row), at=at, commits=True)
    except FileNotFoundError:
        _fail(row, Refused("imports.file_lost"), at)
    except Refused as refused:
        if refused.code != "imports.busy":
            _fail(row, refused, at)


def read_all(row: Import, book: Workbook, *, by: Actor, at: datetime, commits: bool) -> None:
    """Stage the lines of every sheet that has the table. ``Refused`` when none has, or when it is empty.

    With ``commits`` each batch is a transaction of its own, together with the place up to which was read.
    """
    importer = registry.importer_of(row.kind, row.about)
    found, told = _tables(book, importer)
    for number, table in enumerate(found):
        if number < row.read_sheet:
            continue
        after = row.read_line if number == row.read_sheet else 0
        lines = (line for line in table.lines() if line.number > after)
        with _collected_by_batches() as collect:
            for batch in _batches(lines):
                _stage(row, importer, understood(importer, number, batch), by=by, at=at, commits=commits)
                collect()
        _note(told, table)
    with transaction.atomic():
        if commits:
            hold(row.pk)
            _check_place(row)
        _finish(row, importer, told, by=by, at=at)


@contextmanager
def _collected_by_batches() -> Iterator[Callable[[], Any]]:
    """Circles of objects are looked for when a batch is over, not while its rows are made: that took a third of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield lambda: gc.collect(0)
    finally:
        if was_on:
            gc.enable()


@dataclass
class _Told:
    """What is said of one sheet."""

    sheet: str
    is_read: bool
    reason: dict[str, Any] | None = None
    unknown: Sequence[str] = ()
    left_out: list[list[int]] = field(default_factory=list)


def _tables(book: Workbook, importer: Importer) -> tuple[list[Table], list[_Told]]:
    found: list[Table] = []
    told: list[_Told] = []
    first: Refused | None = None
    for sheet in book.sheets:
        try:
            table = tables.find(sheet, importer.columns)
        except Refused as refused:
            if refused.code != "sheets.no_table":
                raise
            first = first or refused
            told.append(_Told(sheet.name, is_read=False))
        else:
            found.append(table)
            told.append(_Told(sheet.name, is_read=True, unknown=table.unknown[:20]))
    if not found:
        raise first or Refused(
            "sheets.no_table", missing=", ".join(str(c.label) for c in importer.columns if c.required)
        )
    return found, told


def _note(told: Iterable[_Told], table: Table) -> None:
    for item in told:
        if item.sheet == table.sheet:
            item.left_out = [list(place) for place in table.left_out[:20]]


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, AT_ONCE)):
        yield batch


def _stage(row: Import, importer: Importer, rows: Sequence[Row], *, by: Actor, at: datetime, commits: bool) -> None:
    """Check and keep a batch, and remember the place. What another worker has read is not read twice."""
    with transaction.atomic():
        if commits:
            hold(row.pk)
            _check_place(row)
        importer.check(rows, by=by, at=at)
        staging.put(row, rows)
        row.read_sheet, row.read_line, row.done = rows[-1].sheet, rows[-1].line, row.done + len(rows)
        row.save(update_fields=["read_sheet", "read_line", "done"])


def _check_place(row: Import) -> None:
    """Nobody read on or cancelled it meanwhile, nor will before this is kept: a cancelled import stays forgotten."""
    now = Import.objects.select_for_update().values_list("read_sheet", "read_line", "state").get(pk=row.pk)
    if now != (row.read_sheet, row.read_line, ImportState.READING):
        raise Refused("imports.busy")


def understood(importer: Importer, sheet: int, lines: Sequence[Line]) -> list[Row]:
    """Each line with what the readers of its columns made of it."""
    columns = [_Reading(column.key, column.read, column.required, {}) for column in importer.columns]
    return [_understood(columns, sheet, line) for line in lines]


class _Reading(NamedTuple):
    """A column, and what its texts were found to mean: thousands of lines name the same units and grades."""

    key: str
    read: Reader
    required: bool
    known: dict[Any, Any]

    def of(self, cell: Cell) -> Any:
        value = self.read(cell)
        if type(cell) is str and type(value) in UNCHANGING:
            self.known[cell] = value
        return value


UNCHANGING = (str, int, bool, date, tuple)
UNKNOWN = object()


def _understood(columns: Sequence[_Reading], sheet: int, line: Line) -> Row:
    row = Row(sheet, line.number, {})
    cells, values = line.cells, row.values
    for column in columns:
        key, _, required, known = column
        cell = cells.get(key)
        value = known.get(cell, UNKNOWN) if cell is not None else None
        if value is UNKNOWN:
            try:
                value = column.of(cell)
            except Refused as refused:
                row.refuse(refused, key)
                continue
        if value is not None:
            values[key] = value
        elif required:
            row.refuse(Refused("sheets.needed"), key)
    return row


def _finish(row: Import, importer: Importer, told: Sequence[_Told], *, by: Actor, at: datetime) -> None:
    staging.refuse_twice(row, importer.key)
    _check_whole(row, importer, by=by, at=at)
    for outcome, count in staging.counts(row).items():
        setattr(row, outcome, count)
    row.total = row.done
    if not row.total:
        raise Refused("imports.no_rows")
    row.told = [vars(item) for item in told]
    row.state = ImportState.READY
    row.save()


def _check_whole(row: Import, importer: Importer, *, by: Actor, at: datetime) -> None:
    """What only shows when all lines are known, wherever they stand: parents, heads."""
    check = getattr(importer, "check_whole", None)
    if check is None:
        return
    rows = [found for batch in staging.batches(row, [str(outcome) for outcome in Outcome]) for found in batch]
    whole = check(rows, by=by, at=at)
    staging.refuse_more(row, (found for found in rows if found.reasons))
    if whole is not None:
        staging.refuse_all(row, whole)
        row.reason = {"column": "", "code": whole.code, "details": whole.details}


@transaction.atomic
def _fail(row: Import, refused: Refused, at: datetime) -> None:
    row.refresh_from_db(from_queryset=Import.objects.select_for_update())
    if row.state != ImportState.READING:  # cancelled meanwhile, and its file with it
        return
    row.state, row.ended_at = ImportState.FAILED, at
    row.reason = {"column": "", "code": refused.code, "details": {key: str(v) for key, v in refused.details.items()}}
    staging.clear(row)
    row.save()


def path_of(row: Import) -> Path:
    """Where the bytes of an import lie."""
    if row.file is None:
        raise Refused("imports.file_lost")
    return files.path_of(row.file)
