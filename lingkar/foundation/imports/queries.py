"""Imports and their rows, for a viewer."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count, QuerySet, Window

from lingkar.foundation.access import Actor, fetch
from lingkar.foundation.imports import registry
from lingkar.foundation.imports.access import Action, ImportPolicy, may_import
from lingkar.foundation.imports.models import Import, StagedRow
from lingkar.foundation.imports.registry import Importer
from lingkar.foundation.imports.staging import refused_of
from lingkar.foundation.refusals import Refused


def imports_seen_by(by: Actor) -> QuerySet[Import]:
    """Imports that ``by`` may see, the newest first."""
    return ImportPolicy().visible(by).order_by("-started_at", "pk")


def latest_imports(by: Actor, most: int) -> tuple[int, list[Import]]:
    """How many imports ``by`` may see, and the newest ``most`` of them. One query."""
    rows = imports_seen_by(by).annotate(of=Window(Count("pk")))[:most]
    return next((row.of for row in rows), 0), [*rows]


def import_seen_by(by: Actor, source: UUID) -> Import:
    """One import; ``Unseen`` or ``Forbidden`` otherwise."""
    return fetch(ImportPolicy(), by, source, Action.USE)


def kinds_for(by: Actor) -> list[Importer]:
    """What ``by`` may import from the general page: what goes into something is sent from the page of that."""
    found = registry.importers().items()
    return [item for kind, item in found if may_import(by, kind) and not registry.goes_into(item)]


def rows_of(source: Import, outcome: str = "") -> QuerySet[StagedRow]:
    """The rows of an import in the order of the sheet, all or those with one outcome. Ask for the import first."""
    rows = StagedRow.objects.filter(source=source).order_by("pk")
    return rows.filter(outcome=outcome) if outcome else rows


def reasons_of(row: StagedRow) -> Iterator[tuple[str, Refused]]:
    """Why a row was refused: column ("" for the whole row) and reason."""
    for reason in row.reasons:
        yield reason["column"], refused_of(reason)
