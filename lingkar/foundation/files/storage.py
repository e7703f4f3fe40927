"""The bytes on disk: ``LINGKAR_HOME/files/ab/cd/<id>``, and ``<id>-s`` for the small picture.

Written and synced to disk before the row that names them commits; readable by the owner of the process alone.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

from lingkar.foundation.refusals import Refused

RESERVE = 200 * 2**20
"""Bytes of the disk that files leave to the database: when room gets short, photos are refused first, words last."""
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SMALL = "-s"


def folder() -> Path:
    return Path(settings.HOME) / "files"


def path_of(file: UUID, *, small: bool = False) -> Path:
    """Where the bytes of ``file`` lie, whether or not they are there."""
    return folder() / file.hex[:2] / file.hex[2:4] / f"{file}{SMALL if small else ''}"


def write(file: UUID, content: bytes, *, small: bool = False) -> None:
    """Put ``content`` on disk for good. Refused when the disk is nearly full; nothing half written stays."""
    path = path_of(file, small=small)
    if not has_room(len(content)):
        raise Refused("files.no_room")
    try:
        _make(path.parent)
        _write(path, content)
    except OSError as fault:
        path.unlink(missing_ok=True)
        if fault.errno in FULL:
            raise Refused("files.no_room") from None
        raise


def has_room(size: int) -> bool:
    """Whether so many bytes fit without touching the reserve."""
    return shutil.disk_usage(_standing(folder())).free >= RESERVE + size


def _standing(place: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    return place if place.exists() else _standing(place.parent)


def link(pairs: Iterable[tuple[UUID, UUID]]) -> None:
    """Give the bytes of each first file a second name, small picture included; all of it is on disk at the end."""
    for file, new in pairs:
        path_of(new).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for small in (False, True):
            if (source := path_of(file, small=small)).exists():
                os.link(source, path_of(new, small=small))
    os.sync()


def _make(place: Path) -> None:
    """The folder and those above it, each synced into its parent, so that they outlive a power cut."""
    if not place.exists():
        _make(place.parent)
        place.mkdir(mode=0o700, exist_ok=True)
        _sync(place.parent)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    _sync(path.parent)


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(file: UUID) -> None:
    """Take the bytes of ``file`` away; safe to repeat."""
    for small in (False, True):
        path_of(file, small=small).unlink(missing_ok=True)


def written_before(moment: float) -> Iterator[UUID]:
    """Ids of all files on disk last written before ``moment`` (seconds since 1970), each once or twice."""
    for path in folder().glob("??/??/*"):
        if path.stat().st_mtime < moment:
            yield UUID(path.name.removesuffix(SMALL))
