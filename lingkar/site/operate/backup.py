"""Back up and restore an installation: database and files in one archive, one command each."""

import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from lingkar.foundation.access import Actor
from lingkar.foundation.audit import services as audit
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.site.home import SetupError
from lingkar.site.operate.archive import (
    DUMP,
    FILES,
    SECRET,
    Head,
    Manifest,
    Writer,
    key_fingerprint,
    unpack,
)
from lingkar.site.operate.queries import BACKED_UP
from lingkar.site.postgres import tools

RESTORED = "operate.restored"
PATIENCE = "30s"
LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def back_up(target: Path, *, at: datetime) -> Path:
    """Write an archive of everything; Lingkar may go on working meanwhile. Returns its path.

    The database is taken as it is at one moment; files are taken after it, so that none it names is missing.
    """
    if target.is_dir():
        target /= f"lingkar-{at:%Y%m%d-%H%M%S}.tar"
    if target.exists():
        raise SetupError(f"{target} exists already; name another file")
    draft = target.with_name(f".{target.name}.part")
    try:
        _write(draft, at)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    _note(BACKED_UP, at=at, megabytes=target.stat().st_size // 2**20)
    return target


def _write(draft: Path, at: datetime) -> None:
    with _private(draft) as file, tempfile.TemporaryDirectory(dir=draft.parent, prefix=".lingkar-") as near:
        dump = Path(near) / DUMP
        manifest = _dump(dump, at)
        with tarfile.open(fileobj=file, mode="w") as tar:
            writer = Writer(tar)
            writer.add(DUMP, dump)
            if _secret().exists() and "LINGKAR_SECRET_KEY" not in os.environ:
                writer.add(SECRET, _secret())
            for path in sorted(_kept_files()):
                with suppress(FileNotFoundError):  # removed since the dump, by somebody who may
                    writer.add(f"{FILES}/{path.relative_to(_files()).as_posix()}", path)
            writer.finish(replace(manifest, members=writer.members))
        file.flush()
        os.fsync(file.fileno())


def _dump(target: Path, at: datetime) -> Manifest:
    """Dump the database and describe it, both from one snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "-Fc", "-n", "public", "--no-owner", "--no-acl", f"--snapshot={snapshot}", "-f", str(target))
        return Manifest(
            made_at=at.isoformat(),
            release=version("lingkar"),
            key=key_fingerprint(settings.SECRET_KEY),
            rows={table: _count(table) for table in sorted(connection.introspection.table_names(cursor))},
            heads=heads(),
            migrations=sorted(MigrationRecorder(connection).applied_migrations()),
        )


def restore(source: Path, *, may_replace: bool, at: datetime) -> Manifest:
    """Put an archive in the place of this installation's database and files: all of it, or nothing.

    Files are added before the database changes in one transaction, and unknown ones removed after it: at every moment
    each file that the database names is there. Web and worker must be stopped.
    """
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restore-") as folder:
        stage = Path(folder)
        manifest = unpack(source, stage)
        _check_fits(manifest, stage)
        if not may_replace and not is_empty():
            raise SetupError("This installation is not empty. Add --replace to put the archive in its place.")
        _add_files(stage)
        connection.close()
        _feed(_statements(stage / DUMP, manifest))
        _remove_other_files(manifest)
        _take_secret(stage)
    _note(RESTORED, at=at, made_at=manifest.made_at)
    return manifest


def is_empty() -> bool:
    """Whether no agency was ever set up here."""
    has_table = Agency._meta.db_table in connection.introspection.table_names()
    return not (has_table and Agency.objects.exists())


def heads() -> dict[str, Head]:
    """Where the audit chain of each agency stands now, by the agency's id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_id::text, count, hash FROM audit_audithead ORDER BY 1")
        return {agency: Head(count, tip) for agency, count, tip in cursor.fetchall()}


def _check_fits(manifest: Manifest, stage: Path) -> None:
    known = MigrationLoader(None).disk_migrations or {}
    if any(app in apps.app_configs and (app, name) not in known for app, name in manifest.migrations):
        raise SetupError(f"The archive was made by a newer release ({manifest.release}): install that one first.")
    if not (stage / SECRET).exists() and manifest.key != key_fingerprint(settings.SECRET_KEY):
        raise SetupError(
            "The archive was made under another LINGKAR_SECRET_KEY: set that one, or its data stay unreadable."
        )


def _statements(dump: Path, manifest: Manifest) -> Iterator[bytes]:
    """Replace the schema, load the dump and compare it with the manifest: one transaction, committed by its last line.

    Lacking that line, because the dump cannot be read, the server changes nothing.
    """
    yield f"BEGIN; SET lock_timeout = '{PATIENCE}'; SET client_min_messages = error;\n".encode()
    yield b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
    script = (_tool("pg_restore"), "-n", "public", "--no-owner", "--no-acl", "-f", "-", str(dump))
    with subprocess.Popen(script, stdout=subprocess.PIPE) as reader:
        for line in reader.stdout or ():
            if not line.startswith(b"SET transaction_timeout"):  # servers before 17 do not know it
                yield line
    if reader.returncode:
        raise SetupError("the database of the archive cannot be read; nothing was changed")
    yield _proof(manifest).encode()
    yield b"COMMIT;\n"


def _feed(statements: Iterator[bytes]) -> None:
    """Have ``psql`` run the statements up to the first fault; raises ``SetupError`` with it."""
    command = [_tool("psql"), "-Xq", "-v", "ON_ERROR_STOP=1", "-f", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe, env=_environment()) as loader:
        try:
            loader.stdin.writelines(statements)  # type: ignore[union-attr]
        except BrokenPipeError:
            pass  # psql ended at a fault: its message and exit code say which
        except BaseException:
            loader.kill()
            raise
        said = loader.communicate()[1].decode()
    if loader.returncode:
        raise SetupError(f"the archive could not be loaded; nothing was changed: {_reason(said)}")


def _proof(manifest: Manifest) -> str:
    """SQL that fails unless the loaded database is the one that the manifest describes; its names were checked."""
    counts = [f"(SELECT count(*) FROM public.{table}) <> {int(rows)}" for table, rows in manifest.rows.items()]  # noqa: S608
    tips = [f"('{agency}', {int(head.count)}, '{head.hash}')" for agency, head in manifest.heads.items()]
    if tips:
        heads = "SELECT agency_id::text, count, hash FROM public.audit_audithead"
        counts.append(f"EXISTS (VALUES {', '.join(tips)} EXCEPT {heads})")
    checks = " OR ".join(counts) or "false"
    return f"DO $$ BEGIN IF {checks} THEN RAISE EXCEPTION 'rows differ from the manifest'; END IF; END $$;\n"


def _add_files(stage: Path) -> None:
    for path in sorted((stage / FILES).rglob("*")):
        if path.is_file():
            target = _files() / path.relative_to(stage / FILES)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o600)
            path.replace(target)


def _remove_other_files(manifest: Manifest) -> None:
    for path in _kept_files():
        if f"{FILES}/{path.relative_to(_files()).as_posix()}" not in manifest.members:
            path.unlink()


def _take_secret(stage: Path) -> None:
    secret = stage / SECRET
    if secret.exists() and secret.read_text() != settings.SECRET_KEY:
        secret.chmod(0o600)
        secret.replace(_secret())


def _note(verb: str, *, at: datetime, **details: str | int) -> None:
    """Write the act into the audit trail of every agency."""
    for agency in Agency.objects.all():
        with agency_scope(agency.pk), transaction.atomic():
            audit.record(Actor.system(agency.pk), verb, agency, at=at, **details)


def _files() -> Path:
    return Path(settings.HOME) / FILES


def _kept_files() -> Iterator[Path]:
    return (path for path in _files().rglob("*") if path.is_file())


def _secret() -> Path:
    return Path(settings.HOME) / SECRET


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        return int(cursor.fetchone()[0])


@contextmanager
def _private(path: Path) -> Iterator[Any]:
    """A new file that nobody else may read: it holds everything people wrote.

    One of that name that is there, left by a crash or laid out by somebody else, is never written into.
    """
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run([_tool(name), *arguments], check=False, capture_output=True, text=True, env=_environment())
    if done.returncode:
        raise SetupError(f"{name} failed: {_reason(done.stderr)}")


def _reason(said: str) -> str:
    """The first line that tells a fault, without what follows it: a detail may hold people's words."""
    lines = [line for line in said.splitlines() if "ERROR" in line or "error:" in line]
    return (lines or said.splitlines() or ["no message"])[0]


def _tool(name: str) -> str:
    """The wheel's program, or that of ``LINGKAR_PG_BIN``: a server that demands TLS needs tools that speak it."""
    return str(Path(os.environ.get("LINGKAR_PG_BIN") or tools()) / name)


def _environment() -> dict[str, str]:
    given = connection.get_connection_params()
    return os.environ | {LIBPQ[key]: str(given[key]) for key in LIBPQ if given.get(key)}
