"""State of the installation: queue, parked jobs, health."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from lingkar.foundation.access import Actor
from lingkar.site.operate.models import JobFault

if TYPE_CHECKING:
    Jobs = QuerySet[ProcrastinateJob]


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
    rows = list(parked_rows(by).order_by("-id")[:limit])
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
