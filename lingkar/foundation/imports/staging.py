"""Rows in and out of the staging table: streamed in, read back in batches."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

import msgspec
from django.db import connection

from lingkar.foundation.imports.models import Import, Outcome, StagedRow
from lingkar.foundation.imports.registry import Row
from lingkar.foundation.refusals import Refused

AT_ONCE = 5000
AT_ONCE_SENT = 200
"""Lines that are handed to the database together: for each hand-over one waits."""
COLUMNS = "agency_id, source_id, sheet, line, key, outcome, target, values, reasons, changes"
LONGEST_KEY = 200
encode = msgspec.json.Encoder(enc_hook=str).encode
TEXT = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
EMPTY = "{}"


def put(source: Import, rows: Iterable[Row]) -> None:
    """Write rows as one stream."""
    prefix = f"{source.agency_id}\t{source.pk}\t"
    with connection.cursor() as cursor, cursor.copy(f"COPY imports_stagedrow ({COLUMNS}) FROM STDIN") as stream:
        lines = (prefix + _line(row) for row in rows)
        while block := "".join(islice(lines, AT_ONCE_SENT)):
            stream.write(block)


def _line(row: Row) -> str:
    reasons = _json([_reason(column, why) for column, why in row.reasons]) if row.reasons else "[]"
    changes = _json(row.changes) if row.changes else EMPTY
    key = row.key[:LONGEST_KEY].translate(TEXT).replace("\0", "")
    target = row.target or "\\N"
    return f"{row.sheet}\t{row.line}\t{key}\t{row.outcome}\t{target}\t{_json(row.values)}\t{reasons}\t{changes}\n"


def _json(value: Any) -> str:
    """JSON as COPY takes it."""
    return encode(value).decode().replace("\\", "\\\\")


def _reason(column: str, why: Refused) -> dict[str, Any]:
    return {"column": column, "code": why.code, "details": why.details}


def refused_of(reason: dict[str, Any]) -> Refused:
    """A reason as it was raised; days are days again."""
    return Refused(reason["code"], **{key: _again(value) for key, value in reason["details"].items()})


def _again(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def batches(source: Import, outcomes: Sequence[str], size: int = AT_ONCE) -> Iterator[list[Row]]:
    """The rows with these outcomes, in the order of the sheet, so many at once."""
    rows = StagedRow.objects.filter(source=source, outcome__in=outcomes).order_by("pk")
    found = (_row(staged) for staged in rows.iterator(chunk_size=size))
    while batch := list(islice(found, size)):
        yield batch


class StagedRows:
    """``registry.Staged`` of one import."""

    def __init__(self, source: Import, tell: Callable[[int], None]) -> None:
        self.source, self._import, self._tell, self._done = source.pk, source, tell, 0
        self.outcomes = [Outcome.NEW, Outcome.CHANGED] if source.takes_changes else [Outcome.NEW]

    def __iter__(self) -> Iterator[list[Row]]:
        return self._batches([str(outcome) for outcome in self.outcomes])

    def having(self, outcome: str) -> Iterator[list[Row]]:
        return self._batches([outcome] if outcome in self.outcomes else [])

    def count(self, outcome: str) -> int:
        return int(getattr(self._import, outcome)) if outcome in self.outcomes else 0

    def say(self, done: int) -> None:
        self._done += done
        self._tell(self._done)

    def _batches(self, outcomes: Sequence[str]) -> Iterator[list[Row]]:
        for batch in batches(self._import, outcomes) if outcomes else ():
            yield batch
            self.say(len(batch))


def _row(staged: StagedRow) -> Row:
    return Row(
        sheet=staged.sheet,
        line=staged.line,
        values=staged.values,
        key=staged.key,
        outcome=staged.outcome,
        target=staged.target,
        changes={field: (before, after) for field, (before, after) in staged.changes.items()},
    )


TWICE = """
    UPDATE imports_stagedrow later SET outcome = 'refused', reasons = later.reasons || jsonb_build_array(
        jsonb_build_object('column', %(column)s::text, 'code', 'imports.twice',
                           'details', jsonb_build_object('line', counted.first)))
    FROM (
        SELECT id, row_number() OVER same AS place, first_value(line) OVER same AS first FROM imports_stagedrow
        WHERE source_id = %(source)s AND key <> '' WINDOW same AS (PARTITION BY key ORDER BY id)
    ) counted
    WHERE later.id = counted.id AND counted.place > 1
"""
"""One sort of the keys, whatever the statistics say: rows that were just written have none."""


def refuse_twice(source: Import, column: str) -> None:
    """A key that stands in two lines is taken from the first one; the later ones are refused."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE imports_stagedrow")
        cursor.execute(TWICE, {"source": source.pk, "column": column})


MORE = """
    UPDATE imports_stagedrow SET outcome = 'refused', reasons = reasons || %s::jsonb
    WHERE source_id = %s AND sheet = %s AND line = %s
"""


def refuse_more(source: Import, rows: Iterable[Row]) -> None:
    """Rows that were staged are refused after all; what ``reasons`` they hold is added to those that were kept."""
    told = [
        (encode([_reason(column, why) for column, why in row.reasons]).decode(), source.pk, row.sheet, row.line)
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(MORE, told)


def refuse_all(source: Import, why: Refused) -> None:
    """Every row that would have been written is refused, for one reason."""
    reason = encode([_reason("", why)]).decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE imports_stagedrow SET outcome = 'refused', reasons = reasons || %s::jsonb "
            "WHERE source_id = %s AND outcome IN ('new', 'changed')",
            (reason, source.pk),
        )


def counts(source: Import) -> dict[str, int]:
    """How many rows of each outcome."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, count(*) FROM imports_stagedrow WHERE source_id = %s GROUP BY outcome", [source.pk]
        )
        found = dict(cursor.fetchall())
    return {str(outcome): found.get(str(outcome), 0) for outcome in Outcome}


def clear(source: Import) -> None:
    """Forget all rows of an import."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM imports_stagedrow WHERE source_id = %s", [source.pk])
