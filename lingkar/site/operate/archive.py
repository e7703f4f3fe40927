"""The format of a backup: one tar file with the database, the files, the secret and a manifest that proves them.

The manifest comes last: an archive that was cut off has none. It states every member's SHA-256, the rows of every
table and where each audit chain stood, all from one snapshot of the database.
"""

import hashlib
import io
import json
import re
import tarfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lingkar.site.home import SetupError

FORMAT, VERSION = "lingkar-backup", 1
MANIFEST, DUMP, SECRET, FILES = "manifest.json", "database.dump", "secret", "files"
NAME = re.compile(r"[a-z][a-z0-9_]*")
HEX = re.compile(r"[0-9a-f]*")
CHUNK = 1 << 20


@dataclass(frozen=True)
class Head:
    """Where the audit chain of an agency stood."""

    count: int
    hash: str


@dataclass(frozen=True)
class Manifest:
    """What an archive holds. ``key`` is a fingerprint of the secret the installation ran with."""

    made_at: str
    release: str
    key: str
    rows: dict[str, int]
    heads: dict[str, Head]
    migrations: list[tuple[str, str]]
    members: dict[str, str] = field(default_factory=dict)
    format: str = FORMAT
    version: int = VERSION

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def of(cls, text: bytes) -> "Manifest":
        """Raises ``SetupError`` for a manifest that this release does not understand."""
        try:
            said = json.loads(text)
            if (said["format"], said["version"]) != (FORMAT, VERSION):
                raise SetupError(f"this archive has another format: {said['format']} {said['version']}")
            said["heads"] = {agency: Head(**head) for agency, head in said["heads"].items()}
            said["migrations"] = [(app, name) for app, name in said["migrations"]]
            manifest = cls(**said)
        except (ValueError, KeyError, TypeError):
            raise SetupError("the archive's manifest cannot be read: it is no backup of Lingkar") from None
        if not all(NAME.fullmatch(table) for table in manifest.rows) or not all(map(_is_head, manifest.heads.items())):
            raise SetupError("the archive's manifest names what cannot be")
        return manifest


def _is_head(row: tuple[str, Head]) -> bool:
    return bool(HEX.fullmatch(row[0].replace("-", "")) and HEX.fullmatch(row[1].hash))


def key_fingerprint(secret: str) -> str:
    """Tells whether two installations share a secret, without telling the secret."""
    return hashlib.sha256(f"{FORMAT}:{secret}".encode()).hexdigest()[:16]


class Writer:
    """Adds members to a tar file and notes their hashes."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """A file as it is now. One that grows or shrinks meanwhile is cut or padded by nobody: it raises."""
        with path.open("rb") as source:
            info = self.tar.gettarinfo(arcname=name, fileobj=source)
            info.uid = info.gid = 0
            info.uname = info.gname = ""
            hashing = _Hashing(source)
            self.tar.addfile(info, hashing)  # type: ignore[arg-type]  # it only reads
        self.members[name] = hashing.digest()

    def finish(self, manifest: Manifest) -> None:
        text = manifest.to_json()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(text)
        self.tar.addfile(info, io.BytesIO(text))


class _Hashing:
    def __init__(self, source: io.BufferedReader) -> None:
        self.source = source
        self.sum = hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self.source.read(size)
        self.sum.update(data)
        return data

    def digest(self) -> str:
        return self.sum.hexdigest()


def unpack(archive: Path, stage: Path) -> Manifest:
    """Write the members of ``archive`` below ``stage``; raises ``SetupError`` unless it is whole and unchanged."""
    found: dict[str, str] = {}
    text = b""
    try:
        with tarfile.open(archive, "r:") as tar:
            for member in tar:
                if member.name == MANIFEST:
                    text = _read(tar, member)
                else:
                    found[member.name] = _write(tar, member, stage)
    except (tarfile.TarError, EOFError):
        raise SetupError(f"{archive} is damaged, or no backup of Lingkar") from None
    if not text:
        raise SetupError(f"{archive} is cut off, or no backup of Lingkar: it has no manifest")
    manifest = Manifest.of(text)
    wrong = sorted(name for name in found.keys() | manifest.members if found.get(name) != manifest.members.get(name))
    if wrong:
        raise SetupError(f"{archive} is damaged: {wrong[0]} differs from its manifest ({len(wrong)} in all)")
    return manifest


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    source = tar.extractfile(member)
    return source.read() if source else b""


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, stage: Path) -> str:
    """Write one member and give its hash. Names that lead outside, links and devices are refused."""
    target = (stage / member.name).resolve()
    is_known = member.name in (DUMP, SECRET) or member.name.startswith(f"{FILES}/")
    source = tar.extractfile(member) if member.isreg() else None
    if source is None or not is_known or not target.is_relative_to(stage.resolve()):
        raise SetupError(f"the archive holds something foreign: {member.name!r}")
    target.parent.mkdir(parents=True, exist_ok=True)
    total = hashlib.sha256()
    with target.open("wb") as file:
        while data := source.read(CHUNK):
            total.update(data)
            file.write(data)
    return total.hexdigest()
