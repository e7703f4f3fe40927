"""A staged row as the page shows it."""

from dataclasses import dataclass

from lingkar.foundation.imports.models import Import, StagedRow
from lingkar.foundation.imports.registry import Importer
from lingkar.foundation.imports.telling import changes_in_words, outcome_in_words, reasons_in_words, value_in_words

KINDS = {"new": "good", "changed": "warn", "refused": "bad"}
SHOWN = 4


@dataclass(frozen=True)
class Line:
    """One line of the sheet: what it says, and what becomes of it."""

    number: int
    sheet: str
    title: str
    facts: str
    outcome: str
    kind: str
    reasons: list[str]
    changes: list[tuple[str, str, str]]


def line_of(row: StagedRow, source: Import, importer: Importer) -> Line:
    """The first values of the columns that the importer shows, its reasons or its changes."""
    keys = getattr(importer, "shown", None) or [column.key for column in importer.columns]
    words = [value for key in keys if (value := value_in_words(row.values.get(key)))]
    read = [told["sheet"] for told in source.told if told["is_read"]]
    return Line(
        number=row.line,
        sheet=read[row.sheet] if len(read) > 1 and row.sheet < len(read) else "",
        title=words[0] if words else "–",
        facts=" · ".join(words[1:SHOWN]),
        outcome=outcome_in_words(row, source),
        kind=KINDS.get(row.outcome, ""),
        reasons=reasons_in_words(row, importer),
        changes=changes_in_words(row, importer),
    )
