"""An import in words: reasons, differences, and the result as a sheet."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.files import web as files
from lingkar.foundation.imports import registry
from lingkar.foundation.imports.models import Import, Outcome, StagedRow
from lingkar.foundation.imports.registry import Importer
from lingkar.foundation.imports.staging import refused_of
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets import web as sheets

SENTENCES: dict[str, str | Promise] = {
    "imports.twice": gettext_lazy("It stands in line %(line)s as well. The first one counts."),
    "imports.no_rows": gettext_lazy("There are headings, but no line below them."),
    "imports.unknown_kind": gettext_lazy("Choose what the file is about."),
    "imports.where": gettext_lazy("Say what these rows go into: send the file from its page."),
    "imports.not_ready": gettext_lazy("This import cannot be confirmed now. Look at where it stands."),
    "imports.not_running": gettext_lazy("This import is not running any more."),
    "imports.nothing_to_write": gettext_lazy("There is nothing to write: no row is new, and no change was chosen."),
    "imports.other_file": gettext_lazy(
        "The file is not the one that the preview showed. Nothing was written. Send the file once more."
    ),
    "imports.file_lost": gettext_lazy("The file is no longer there. Nothing was written. Send it once more."),
    "imports.stale": gettext_lazy(
        "The data changed after the preview was made. Nothing was written. The preview was made anew: look at it and "
        "confirm once more."
    ),
    "imports.too_late": gettext_lazy("This import is confirmed and cannot be cancelled any more."),
    "imports.busy": gettext_lazy("This import is being worked on. Wait a moment."),
    "imports.fault": gettext_lazy(
        "Something went wrong on our side. Nothing was written. The operator was told; you can try once more."
    ),
}


def sentence(refused: Refused, importer: Importer | None = None) -> str:
    """Words for a reason, whoever gave it. An unknown code is shown as it is: better than no reason."""
    if refused.code in SENTENCES:
        return str(SENTENCES[refused.code]) % refused.details
    for say in (sheets.sentence, files.sentence, *([importer.sentence] if importer else [])):
        try:
            return say(refused)
        except (KeyError, TypeError, ValueError):
            continue
    return refused.code


def reason_of(source: Import) -> str:
    """Why a sheet was refused as a whole, or stopped; "" when it was not."""
    if not source.reason:
        return ""
    return sentence(refused_of(source.reason), registry.importer_of(source.kind, source.about))


def labels(importer: Importer) -> dict[str, str]:
    """Column → its name on the screen."""
    return {column.key: str(column.label) for column in importer.columns}


def value_in_words(value: Any) -> str:
    """A value as people read it: a day in words, several parts with a comma."""
    if isinstance(value, list | tuple):
        return ", ".join(value_in_words(part) for part in value if part not in (None, ""))
    words = cells.text(value) or ""
    is_day = len(words) == 10 and words[4] == words[7] == "-" and words.replace("-", "").isdecimal()
    day = cells.day(words) if is_day else None
    return date_format(day, "j F Y") if day else words


def reasons_in_words(row: StagedRow, importer: Importer) -> list[str]:
    """Why a row was refused: column and sentence."""
    names = labels(importer)
    told = ((reason["column"], sentence(refused_of(reason), importer)) for reason in row.reasons)
    return [f"{names[column]}: {words}" if column in names else words for column, words in told]


def changes_in_words(row: StagedRow, importer: Importer) -> list[tuple[str, str, str]]:
    """What would change: name, before, after."""
    names = labels(importer)
    return [
        (names.get(name, name), value_in_words(before) or "–", value_in_words(after) or "–")
        for name, (before, after) in row.changes.items()
    ]


def told_rows(source: Import, outcome: str = "") -> Iterator[dict[str, Any]]:
    """Every row with its outcome and reasons, for a program."""
    importer = registry.importer_of(source.kind, source.about)
    sheets_read = _sheets(source)
    rows = StagedRow.objects.filter(source=source).order_by("pk")
    for row in (rows.filter(outcome=outcome) if outcome else rows).iterator(chunk_size=2000):
        yield {
            "sheet": sheets_read.get(row.sheet, ""),
            "line": row.line,
            "outcome": row.outcome,
            "reasons": [
                {
                    "column": reason["column"],
                    "code": reason["code"],
                    "reason": sentence(refused_of(reason), importer),
                }
                for reason in row.reasons
            ],
            "changes": row.changes,
        }


def result_columns(source: Import) -> dict[str | Promise, Callable[[StagedRow], Any]]:
    """The result as columns: what became of each line, why, and what stood in it."""
    importer = registry.importer_of(source.kind, source.about)
    sheets_read = _sheets(source)
    columns: dict[str | Promise, Callable[[StagedRow], Any]] = {
        _("Sheet"): lambda row: sheets_read.get(row.sheet, ""),
        _("Line"): lambda row: row.line,
        _("Outcome"): lambda row: outcome_in_words(row, source),
        _("Reason or change"): lambda row: why_in_words(row, importer),
    }
    for key, label in labels(importer).items():
        columns[label] = partial(_value, key)
    return columns


def _value(key: str, row: StagedRow) -> str:
    return value_in_words(row.values.get(key))


def why_in_words(row: StagedRow, importer: Importer) -> str:
    """The reasons of a refused row, or what changes, in one cell."""
    changes = (f"{name}: {before} → {after}." for name, before, after in changes_in_words(row, importer))
    return " ".join(reasons_in_words(row, importer) or changes)


def result_rows(source: Import) -> tuple[list[str | Promise], Iterator[Sequence[Any]]]:
    """Heading and rows of the result, in the order of the sheet."""
    columns = result_columns(source)
    rows = StagedRow.objects.filter(source=source).order_by("pk").iterator(chunk_size=2000)
    return [*columns], ([told(row) for told in columns.values()] for row in rows)


def outcome_in_words(row: StagedRow, source: Import) -> str:
    """What happens to a row, or happened."""
    if row.outcome == Outcome.CHANGED and not source.takes_changes:
        return _("Changed, left as it was")
    return str(Outcome(row.outcome).label)


def _sheets(source: Import) -> dict[int, str]:
    """Number of a sheet that was read → its name."""
    return dict(enumerate(told["sheet"] for told in source.told if told["is_read"]))
