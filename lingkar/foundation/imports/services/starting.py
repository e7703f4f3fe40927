"""What a person does with an import: begin, confirm, cancel, let it go on."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from lingkar.foundation.access import Actor, Forbidden, fetch
from lingkar.foundation.audit.services import record
from lingkar.foundation.files import services as files
from lingkar.foundation.imports import jobs_queue, registry, staging
from lingkar.foundation.imports.access import Action, ImportPolicy, may_import
from lingkar.foundation.imports.models import Import, ImportState
from lingkar.foundation.imports.services.acting import hold, snapshot
from lingkar.foundation.refusals import Refused

if TYPE_CHECKING:
    from django.core.files.base import File


@transaction.atomic
def start_import(*, kind: str, upload: "File[bytes]", about: UUID | None = None, by: Actor, at: datetime) -> Import:
    """Keep a sheet and have it read in the background. Nothing of it is written until somebody confirms.

    ``about``: what its rows go into, for the importers that ask for it.
    """
    if kind not in registry.importers():
        raise Refused("imports.unknown_kind")
    registry.check_named(registry.importer_of(kind), about)
    if not may_import(by, kind):
        raise Forbidden
    file = files.store(upload, kind="sheet", purpose="imports.source", by=by, at=at)
    row = Import(
        id=uuid4(),
        agency_id=by.agency,
        kind=kind,
        about=about,
        name=(upload.name or file.name)[:140],
        file=file,
        sha256=file.sha256,
        started_by=by.person,
        acting=snapshot(by),
        started_at=at,
        set_going_at=at,
    )
    row.save(force_insert=True)
    record(by, "imports.started", row, at=at, kind=kind, size=file.size)
    jobs_queue.queue_reading(row)
    return row


@transaction.atomic
def confirm_import(*, source: UUID, seen: str, takes_changes: bool, by: Actor, at: datetime) -> Import:
    """Write what the preview showed. A second confirmation changes nothing.

    ``seen`` is the digest of the file whose preview was looked at; another one is ``Refused("imports.other_file")``.
    """
    row = fetch(ImportPolicy(), by, source, Action.USE, lock=True)
    if row.state in (ImportState.APPLYING, ImportState.DONE):
        return row
    if row.state != ImportState.READY:
        raise Refused("imports.not_ready")
    if seen != row.sha256:
        raise Refused("imports.other_file")
    row.takes_changes = takes_changes
    if not row.written:
        raise Refused("imports.nothing_to_write")
    row.state, row.started_by, row.acting = ImportState.APPLYING, by.person, snapshot(by)
    row.done, row.reason, row.set_going_at = 0, None, at
    row.save(update_fields=["takes_changes", "state", "started_by", "acting", "done", "reason", "set_going_at"])
    record(by, "imports.confirmed", row, at=at, kind=row.kind, rows=row.written)
    jobs_queue.queue_applying(row)
    return row


@transaction.atomic
def drop_import(*, source: UUID, by: Actor, at: datetime) -> Import:
    """Cancel an import that was not confirmed, or whose writing broke. Its file and its rows are forgotten."""
    row = fetch(ImportPolicy(), by, source, Action.USE, lock=True)
    if row.state == ImportState.DROPPED:
        return row
    if row.state == ImportState.DONE or (row.state == ImportState.APPLYING and not row.has_stopped):
        raise Refused("imports.too_late")
    if row.has_stopped:  # unless a worker has taken it up again
        hold(row.pk)
    row.state, row.ended_at = ImportState.DROPPED, at
    forget(row, by=by, at=at)
    row.save()
    record(by, "imports.dropped", row, at=at)
    return row


@transaction.atomic
def resume_import(*, source: UUID, by: Actor, at: datetime) -> Import:
    """Have an import that stands still go on where it was; harmless where it runs."""
    row = fetch(ImportPolicy(), by, source, Action.USE, lock=True)
    if row.state == ImportState.READING:
        jobs_queue.queue_reading(row)
    elif row.state == ImportState.APPLYING:
        jobs_queue.queue_applying(row)
    else:
        raise Refused("imports.not_running")
    row.reason, row.set_going_at = None, at
    row.save(update_fields=["reason", "set_going_at"])
    record(by, "imports.resumed", row, at=at)
    return row


@transaction.atomic
def stop_import(*, source: UUID) -> None:
    """A job broke on it: its state stays, and whoever looks reads so and decides whether it goes on."""
    row = Import.objects.select_for_update().filter(pk=source).first()
    if row is not None and row.is_running:
        row.reason = {"column": "", "code": "imports.fault", "details": {}}
        row.save(update_fields=["reason"])


def forget(row: Import, *, by: Actor, at: datetime) -> None:
    """Remove file, rows and file name; what happened stays."""
    staging.clear(row)
    if row.file_id is not None:
        file, row.file = row.file_id, None
        row.save(update_fields=["file"])
        files.remove(file=file, by=by, at=at)
    row.name, row.told, row.purged_at = "", [], at
