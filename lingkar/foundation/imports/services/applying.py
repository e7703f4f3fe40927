"""Write what was confirmed: in one transaction, so that a worker that dies leaves nothing half written."""

import hashlib
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction

from lingkar.foundation.access import Actor, Forbidden
from lingkar.foundation.audit.services import record
from lingkar.foundation.imports import jobs_queue, registry, staging
from lingkar.foundation.imports.models import Import, ImportState
from lingkar.foundation.imports.progress import Progress
from lingkar.foundation.imports.services.acting import actor_of, hold
from lingkar.foundation.imports.services.reading import path_of
from lingkar.foundation.refusals import Refused


def apply_import(*, source: UUID, at: datetime) -> None:
    """Write a confirmed import. Harmless to repeat: it is written once.

    When the file or the agency's rows changed since the preview, nothing is written and the sheet is read anew.
    """
    try:
        with transaction.atomic():
            hold(source)
            row = Import.objects.select_related("file").filter(pk=source).first()
            if row is None or row.state != ImportState.APPLYING:
                return
            check_digest(path_of(row), row.sha256)
            write_rows(row, by=actor_of(row), at=at)
    except (Refused, Forbidden, IntegrityError) as fault:
        refused = fault if isinstance(fault, Refused) else Refused("imports.stale")
        if refused.code != "imports.busy":
            _take_back(source, refused, at)


def write_rows(row: Import, *, by: Actor, at: datetime) -> None:
    """The importer's work within the running transaction, and the line that it was done."""
    with Progress(row.pk) as progress:
        registry.importer_of(row.kind, row.about).apply(staging.StagedRows(row, progress.say), by=by, at=at)
    row.state, row.ended_at, row.done = ImportState.DONE, at, row.written
    row.reason = None if row.written else row.reason  # why nothing was written stays
    row.save(update_fields=["state", "ended_at", "done", "reason", "takes_changes"])
    record(by, "imports.written", row, at=at, kind=row.kind, rows=row.written, refused=row.refused)


def check_digest(path: Path, expected: str) -> None:
    """``Refused("imports.other_file")`` when the bytes are not those that the preview showed."""
    if digest_of(path) != expected:
        raise Refused("imports.other_file")


def digest_of(path: Path) -> str:
    """SHA-256 of a file. ``Refused("imports.file_lost")`` when there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise Refused("imports.file_lost") from None


@transaction.atomic
def _take_back(source: UUID, refused: Refused, at: datetime) -> None:
    """Nothing was written. A file that is gone or another ends the import; moved rows are checked anew."""
    row = Import.objects.select_for_update().get(pk=source)
    if row.state != ImportState.APPLYING:  # another worker has taken it back already
        return
    row.reason = {"column": "", "code": refused.code, "details": {key: str(v) for key, v in refused.details.items()}}
    staging.clear(row)
    if refused.code in ("imports.file_lost", "imports.other_file"):
        row.state, row.ended_at = ImportState.FAILED, at
    else:
        row.state, row.read_sheet, row.read_line, row.done = ImportState.READING, 0, 0, 0
        jobs_queue.queue_reading(row)
    row.save()
