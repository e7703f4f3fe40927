"""Read stored files. Who may see one is for its owner to say: ask there first."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.db.models import Count, Sum

from lingkar.foundation.files import storage
from lingkar.foundation.files.models import StoredFile


def content(file: StoredFile, *, small: bool = False) -> BufferedReader:
    """The bytes of ``file``, open for reading; ``small`` asks for the small picture. ``FileNotFoundError`` if lost."""
    return storage.path_of(file.pk, small=small and file.is_picture).open("rb")


def path_of(file: StoredFile) -> Path:
    """Where the bytes of ``file`` lie, for a reader that needs a path: a sheet that is read again and again."""
    return storage.path_of(file.pk)


def has_room() -> bool:
    """Whether the disk has room for files: what is left below the reserve belongs to the database."""
    return storage.has_room(0)


def stored() -> tuple[int, int]:
    """How many files the agency in scope keeps, and their size in bytes."""
    found = StoredFile.objects.order_by().aggregate(many=Count("pk"), size=Sum("size"))
    return found["many"], found["size"] or 0


@dataclass(frozen=True)
class Fault:
    """A file that is not as it was stored."""

    file: UUID
    reason: Literal["lost", "changed"]


def faults() -> Iterator[Fault]:
    """Every file of the agency in scope that is lost or changed on disk. Reads all bytes: for ``doctor``."""
    for row in StoredFile.objects.order_by("pk").iterator():
        try:
            with content(row) as bytes_:
                digest = hashlib.file_digest(bytes_, "sha256").hexdigest()
        except FileNotFoundError:
            yield Fault(row.pk, "lost")
        else:
            if digest != row.sha256:
                yield Fault(row.pk, "changed")
