"""State of the installation: queue, parked jobs, health."""

import platform
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from lingkar.foundation.access import Actor
from lingkar.foundation.audit import queries as audit
from lingkar.foundation.files import queries as files
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope, every_agency
from lingkar.site.operate.models import ChainCheck, JobFault

if TYPE_CHECKING:
    Jobs = QuerySet[ProcrastinateJob]


BACKED_UP = "operate.backed_up"


@dataclass(frozen=True)
class ParkedJob:
    """A job that failed for good and waits for an operator's word."""

    id: int
    task: str
    handler: str
    attempts: int
    error: str
    place: str
    at: datetime | None


def parked_rows(by: Actor) -> "Jobs":
    """Failed jobs of the actor's agency, and those that belong to none."""
    mine = Q(args__agency=str(by.agency)) | ~Q(args__has_key="agency")
    return ProcrastinateJob.objects.filter(mine, status="failed")


def parked_jobs(by: Actor, *, limit: int = 50) -> list[ParkedJob]:
    """The newest parked jobs with the reason of their last failure; names and numbers only."""
    return _with_reasons(parked_rows(by).order_by("-id")[:limit])


def all_parked() -> list[ParkedJob]:
    """Parked jobs of every agency, newest first: for the command line of the machine's own operator."""
    return _with_reasons(ProcrastinateJob.objects.filter(status="failed").order_by("-id"))


def _with_reasons(found: "Jobs") -> list[ParkedJob]:
    rows = list(found)
    faults = JobFault.objects.in_bulk([row.id for row in rows])
    return [_parked(row, faults.get(row.id)) for row in rows]


def _parked(row: ProcrastinateJob, fault: JobFault | None) -> ParkedJob:
    return ParkedJob(
        id=row.id,
        task=row.task_name,
        handler=str(row.args.get("handler", "")),
        attempts=row.attempts,
        error=fault.error if fault else "",
        place=fault.place if fault else "",
        at=fault.at if fault else None,
    )


def last_backup() -> datetime | None:
    """When the last archive was written, as the audit trail says; None when never."""
    with every_agency():
        return audit.last(BACKED_UP)


OLD = timedelta(days=2)
"""A backup older than this would cost more than a working day."""


def is_old(backup: datetime | None, *, at: datetime) -> bool:
    """Whether the last backup lies too far back to be a help."""
    return backup is not None and at - backup > OLD


def file_faults(agency: UUID) -> list[files.Fault]:
    """Stored files of an agency that are lost or changed on disk. Reads them all."""
    with agency_scope(agency):
        return list(files.faults())


def last_check() -> ChainCheck | None:
    """How the audit trail of the agency in scope was last found; None before its first check."""
    return ChainCheck.objects.first()


@dataclass(frozen=True)
class Storage:
    """Bytes: of the database, of the agency's files (and how many they are), and free on the disk."""

    database: int
    files: int
    file_count: int
    free: int


def storage() -> Storage:
    """How much room is taken, and left where the home folder lies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        database = int(cursor.fetchone()[0])
    many, size = files.stored()
    return Storage(database, size, many, shutil.disk_usage(settings.HOME).free)


def agencies() -> list[Agency]:
    """The agencies that this installation serves: their names and addresses are public."""
    return list(Agency.objects.order_by("name"))


def versions() -> dict[str, str]:
    """Release of Lingkar and of what it stands on."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = str(cursor.fetchone()[0])
    return {
        "Lingkar": version("lingkar"),
        "PostgreSQL": server,
        "Django": version("django"),
        "Python": platform.python_version(),
    }
