"""``lingkar doctor``: looks at everything that must be right, and says what is not. Changes nothing."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from lingkar.foundation.audit import queries as audit
from lingkar.foundation.files import queries as files
from lingkar.foundation.tenancy.models import Agency
from lingkar.site.operate import health, queries
from lingkar.site.operate.founding import still_missing

LEAST_FREE, LITTLE_FREE = 300 * 2**20, 2 * 2**30
LONGEST_WAIT = 600
"""Seconds a due job may wait before the queue is taken to stand still."""
LARGEST_SKEW = 5
OLDEST_BACKUP = 7
MOST_NAMED = 3


class State(StrEnum):
    """How a thing is: well, worth a look, or wrong."""

    OK = "ok"
    LOOK = "look"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``said`` holds numbers, ids and names of parts; never people's words."""

    name: str
    state: State
    said: str


Check = Callable[[datetime], Iterator[Finding]]


def examine(*, at: datetime, runs: bool) -> list[Finding]:
    """Every finding. ``runs`` says that the installation should be working now, so that a worker is expected."""
    basis: tuple[Check, ...] = (_migrations, _disk, _files, _parked, _chains, _clock, _backup, _secret, _mode)
    checks = (*basis, _agencies, _server_log)
    found = list(_database(at))
    if found[0].state is State.FAULT:
        return [*found, *_disk(at), *_secret(at)]
    if any(finding.state is State.FAULT for finding in _migrations(at)):
        return [*found, *_migrations(at), *_disk(at), *_secret(at)]
    checks = (_worker, *checks) if runs else checks
    return found + [finding for check in checks for finding in check(at)]


def _database(_at: datetime) -> Iterator[Finding]:
    if not health.look(patience=5).database:
        yield Finding("database", State.FAULT, "does not answer")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))")
        version, size = cursor.fetchone()
    yield Finding("database", State.OK, f"PostgreSQL {version}, {size}")


def _migrations(_at: datetime) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = [
        f"{step.app_label}.{step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())
    ]
    if missing:
        yield Finding("migrations", State.FAULT, f"not applied: {_named(missing)}. Run lingkar migrate.")
    else:
        yield Finding("migrations", State.OK, "all applied")


def _disk(_at: datetime) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.HOME).free
    state = State.FAULT if free < LEAST_FREE else State.LOOK if free < LITTLE_FREE else State.OK
    refused = ". Photos are refused until there is room." if not files.has_room() else ""
    yield Finding("disk", state, f"{free / 2**30:.1f} GB free for {settings.HOME}{refused}")


def _worker(_at: datetime) -> Iterator[Finding]:
    seen = health.look()
    if not seen.worker:
        yield Finding("worker", State.FAULT, "no heartbeat: background jobs stand still")
    else:
        yield Finding("worker", State.OK, "works")
    if seen.queue and seen.queue.oldest_seconds > LONGEST_WAIT:
        yield Finding("queue", State.FAULT, f"a job has been due for {seen.queue.oldest_seconds // 60} minutes")
    elif seen.queue:
        yield Finding("queue", State.OK, f"{seen.queue.waiting} waiting")


def _parked(_at: datetime) -> Iterator[Finding]:
    parked = queries.all_parked()
    if parked:
        names = [f"{job.task} ({job.id}: {job.error or 'reason unknown'})" for job in parked]
        yield Finding("parked jobs", State.FAULT, f"{len(parked)}: {_named(names)}. See /operator/.")
    else:
        yield Finding("parked jobs", State.OK, "none")


def _files(_at: datetime) -> Iterator[Finding]:
    faults = [
        f"{fault.file} {fault.reason}" for agency in Agency.objects.all() for fault in queries.file_faults(agency.pk)
    ]
    if faults:
        yield Finding(
            "files", State.FAULT, f"{len(faults)} not as stored: {_named(faults)}. Restore them from a backup."
        )
    else:
        yield Finding("files", State.OK, "all as stored")


def _chains(_at: datetime) -> Iterator[Finding]:
    for agency in Agency.objects.order_by("code"):
        chain = audit.verify_chain(agency.pk)
        if chain.faults:
            first = chain.faults[0]
            said = f"{len(chain.faults)} faults; the first at entry {first.position}: {first.reason}"
            yield Finding(f"audit of {agency.code}", State.FAULT, said)
        else:
            yield Finding(f"audit of {agency.code}", State.OK, f"{chain.count} entries, unbroken")


def _clock(at: datetime) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), (SELECT max(at) FROM audit_auditentry)")
        there, last = cursor.fetchone()
    skew = abs((there - timezone.now()).total_seconds())
    ahead = (last - at).total_seconds() if last else 0
    if skew > LARGEST_SKEW:
        yield Finding("clock", State.FAULT, f"{skew:.0f} s apart from the database's")
    elif ahead > LARGEST_SKEW:
        yield Finding("clock", State.FAULT, f"the last act lies {ahead:.0f} s in the future: the clock was set back")
    else:
        yield Finding("clock", State.OK, "agrees with the database's")


def _backup(at: datetime) -> Iterator[Finding]:
    last = queries.last_backup()
    if last is None:
        yield Finding("backup", State.LOOK, "never made. Run lingkar backup FILE.")
    else:
        days = (at - last).days
        yield Finding("backup", State.LOOK if days > OLDEST_BACKUP else State.OK, f"{days} days old")


def _secret(_at: datetime) -> Iterator[Finding]:
    path = Path(settings.HOME) / "secret"
    if path.exists() and path.stat().st_mode & 0o077:
        yield Finding("secret", State.FAULT, f"others may read {path}. Run chmod 600 on it.")
    else:
        yield Finding("secret", State.OK, "private")


def _mode(_at: datetime) -> Iterator[Finding]:
    loose = [name for name in ("DEBUG", "DEMO") if getattr(settings, name)]
    if loose:
        yield Finding("mode", State.LOOK, f"{' and '.join(loose)} is on: not for real data")
    elif not settings.HTTPS:
        yield Finding("mode", State.LOOK, "without TLS. Set LINGKAR_HTTPS=1 behind a proxy that speaks it.")
    else:
        yield Finding("mode", State.OK, "for production")


def _agencies(at: datetime) -> Iterator[Finding]:
    for agency in Agency.objects.order_by("code"):
        needed = still_missing(agency, at=at)
        if needed:
            yield Finding(f"ready: {agency.code}", State.LOOK, f"still missing: {'; '.join(needed)}")
        else:
            yield Finding(f"ready: {agency.code}", State.OK, "citizens can be served")


TALKATIVE = """
SELECT name FROM pg_settings
WHERE (name = 'log_statement' AND setting <> 'none')
   OR (name = 'log_min_error_statement' AND setting NOT IN ('panic', 'fatal', 'log'))
   OR (name IN ('log_min_duration_statement', 'log_min_duration_sample') AND setting <> '-1')
   OR (name = 'log_error_verbosity' AND setting <> 'terse')
ORDER BY name
"""
"""Settings of the server under which its log holds statements or rows, and so what citizens wrote."""


def _server_log(_at: datetime) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(TALKATIVE)
        talkative = [name for (name,) in cursor.fetchall()]
    if talkative:
        said = f"writes what citizens wrote: {', '.join(talkative)}. See docs/operate/hosts.md."
        yield Finding("database log", State.FAULT, said)
    else:
        yield Finding("database log", State.OK, "holds no statements")


def _named(rows: list[str]) -> str:
    return ", ".join(rows[:MOST_NAMED]) + (" …" if len(rows) > MOST_NAMED else "")
