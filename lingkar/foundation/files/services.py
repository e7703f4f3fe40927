"""Store and remove files."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.files.base import File
from django.db import transaction

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.files import pictures, rules, storage
from lingkar.foundation.files.models import FileKind, StoredFile
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import every_agency

SWEPT_AFTER = timedelta(days=1)
SWEPT_AT_ONCE = 500


@transaction.atomic
def store(upload: "File[bytes]", *, kind: str, purpose: str = "", by: Actor, at: datetime) -> StoredFile:
    """Look into what was sent, make it harmless and keep it; private until somebody serves it.

    Refused (``files.*``; ``web.sentences`` has the words) when it is empty, too large, not what ``kind`` takes,
    broken, animated, or when the disk is full. The bytes are on disk before the row commits: a crash between leaves a
    file without a row, which ``sweep`` removes, never a row without a file.
    """
    content = _read(upload)
    if kind == FileKind.SHEET:
        return _keep_sheet(content, upload.name or "", purpose, by=by, at=at)
    found = rules.type_of(content)
    rules.check_type(FileKind(kind), found, content)
    row = StoredFile(id=uuid4(), agency_id=by.agency, kind=kind, purpose=purpose, created_at=at)
    if found == rules.PDF:
        _keep_document(row, content, upload.name or "")
    elif not found.startswith("image/"):
        row.name, row.media_type = rules.clean_played_name(upload.name or "", found), found
        _keep(row, content)
    else:
        _keep_picture(row, pictures.remade(content))
    row.save(force_insert=True)
    record(by, "files.stored", row, at=at, kind=row.kind, size=row.size)
    return row


def _keep_sheet(content: bytes, name: str, purpose: str, *, by: Actor, at: datetime) -> StoredFile:
    """Kept as sent, and never served: whoever reads it judges its bytes first (``foundation.sheets``)."""
    row = StoredFile(id=uuid4(), agency_id=by.agency, kind=FileKind.SHEET, purpose=purpose, created_at=at)
    row.name, row.media_type = rules.clean_sheet_name(name), rules.UNJUDGED
    _keep(row, content)
    row.save(force_insert=True)
    record(by, "files.stored", row, at=at, kind=row.kind, size=row.size)
    return row


def _read(upload: "File[bytes]") -> bytes:
    """All bytes of ``upload``, at most one more than is allowed."""
    if getattr(upload, "is_too_large", False):  # its bytes were dropped while they came in
        raise Refused("files.too_large", most=rules.LARGEST // rules.MB)
    upload.seek(0)
    content: bytes = upload.read(rules.LARGEST + 1)
    rules.check_size(len(content))
    return content


def _keep_picture(row: StoredFile, picture: pictures.Picture) -> None:
    row.name, row.media_type = f"foto-{row.pk.hex[:8]}.jpg", "image/jpeg"
    row.width, row.height = picture.width, picture.height
    _keep(row, picture.content)
    storage.write(row.pk, picture.small, small=True)


def _keep_document(row: StoredFile, content: bytes, name: str) -> None:
    rules.check_pdf(content)
    row.name, row.media_type = rules.clean_name(name), rules.PDF
    _keep(row, content)


def _keep(row: StoredFile, content: bytes) -> None:
    row.size, row.sha256 = len(content), hashlib.sha256(content).hexdigest()
    storage.write(row.pk, content)


@transaction.atomic
def copies(*, of: Sequence[UUID], by: Actor, at: datetime) -> list[StoredFile]:
    """A stored file of its own for each id in ``of``, with the same bytes, in that order; one line of audit for all.

    The bytes are linked, not copied: they are never changed, and go with the last of their names.
    """
    found = StoredFile.objects.filter(agency=by.agency).in_bulk(set(of))
    if len(found) != len(set(of)):
        raise Unseen
    rows = [_copy_of(found[file], at) for file in of]
    StoredFile.objects.bulk_create(rows, batch_size=1000)
    storage.link((file, row.pk) for file, row in zip(of, rows, strict=True))
    if rows:
        record(by, "files.copied", rows[0], at=at, count=len(rows))
    return rows


def _copy_of(file: StoredFile, at: datetime) -> StoredFile:
    same = {
        name: getattr(file, name) for name in ("kind", "purpose", "media_type", "sha256", "size", "width", "height")
    }
    new = uuid4()
    name = f"foto-{new.hex[:8]}.jpg" if file.is_picture else file.name
    return StoredFile(id=new, agency_id=file.agency_id, name=name, created_at=at, **same)


@transaction.atomic
def remove(*, file: UUID, by: Actor, at: datetime) -> None:
    """Forget a file: its row now, its bytes as soon as that is committed."""
    row = StoredFile.objects.select_for_update().filter(agency=by.agency, pk=file).first()
    if row is None:
        raise Unseen
    record(by, "files.removed", row, at=at)
    row.delete()
    transaction.on_commit(lambda: storage.remove(file))


def sweep(*, at: datetime) -> int:
    """Remove bytes that no row names and that are older than a day; returns how many files went.

    They are left by a crash, by a transaction that was rolled back, or by a row that was deleted with its owner.
    """
    old = list(set(storage.written_before((at - SWEPT_AFTER).timestamp())))
    gone = 0
    for start in range(0, len(old), SWEPT_AT_ONCE):
        part = old[start : start + SWEPT_AT_ONCE]
        with every_agency():
            named = set(StoredFile.objects.filter(pk__in=part).values_list("pk", flat=True))
        for file in set(part) - named:
            storage.remove(file)
            gone += 1
    return gone
