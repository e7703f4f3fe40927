"""An import from the command line: read, told, and, when it is wanted, written, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from lingkar.foundation.access import Actor
from lingkar.foundation.imports import registry
from lingkar.foundation.imports.models import Import, ImportState
from lingkar.foundation.imports.services.applying import check_digest, digest_of, write_rows
from lingkar.foundation.imports.services.reading import read_all
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.reading import open_workbook


@dataclass(frozen=True)
class Direct:
    """What to do with a file. ``tell`` is called with the checked import while its rows can be read."""

    kind: str
    path: Path
    commits: bool
    takes_changes: bool = True
    about: UUID | None = None
    tell: Callable[[Import], None] = lambda _row: None


def run_file(*, wish: Direct, by: Actor, at: datetime) -> Import:
    """Check a file, write its good rows when ``wish.commits``, and leave no trace otherwise.

    ``Refused`` when it cannot be read, or when the file changed while it was read.
    """
    if wish.kind not in registry.importers():
        raise Refused("imports.unknown_kind")
    registry.check_named(registry.importer_of(wish.kind), wish.about)
    with transaction.atomic():
        row = _begun(wish, by=by, at=at)
        with open_workbook(wish.path) as book:
            read_all(row, book, by=by, at=at, commits=False)
        row.takes_changes = wish.takes_changes
        if wish.commits:
            _write(row, wish, by=by, at=at)
        wish.tell(row)
        if not wish.commits:
            transaction.set_rollback(True)
    return row


def _begun(wish: Direct, *, by: Actor, at: datetime) -> Import:
    row = Import(
        id=uuid4(), agency_id=by.agency, kind=wish.kind, name=wish.path.name[:140], sha256=digest_of(wish.path),
        started_by=by.person, started_at=at, about=wish.about,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _write(row: Import, wish: Direct, *, by: Actor, at: datetime) -> None:
    check_digest(wish.path, row.sha256)
    row.state = ImportState.APPLYING
    try:
        with transaction.atomic():
            write_rows(row, by=by, at=at)
    except IntegrityError:
        raise Refused("imports.stale") from None
