"""What an operator does to a parked job, and the record of why a job failed."""

import traceback
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit import services as audit
from lingkar.foundation.audit.queries import verify_chain
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.site.access import demand_operate
from lingkar.site.operate import queries
from lingkar.site.operate.models import ChainCheck, JobFault

PACKAGE = "/lingkar/"


def note_fault(*, job: int, fault: BaseException, at: datetime) -> None:
    """Keep the kind and the place of a job's last failure."""
    kind = type(fault)
    place = next((f for f in reversed(traceback.extract_tb(fault.__traceback__)) if PACKAGE in f.filename), None)
    JobFault.objects.update_or_create(
        job=job,
        defaults={
            "at": at,
            "error": f"{kind.__module__}.{kind.__qualname__}"[:200],
            "place": f"{place.filename.rpartition(PACKAGE)[2]}:{place.lineno}"[:200] if place else "",
        },
    )


@transaction.atomic
def retry_job(*, job: int, by: Actor, at: datetime) -> None:
    """Let a parked job run again now. One that is not parked, or not the actor's to see, is ``Unseen``."""
    demand_operate(by)
    row = _parked(by, job)
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)", [job, at])
    audit.record(by, "operate.job_retried", row, at=at, task=row.task_name)


@transaction.atomic
def discard_job(*, job: int, by: Actor, at: datetime) -> None:
    """Give up a parked job: its effect will not happen. The audit trail keeps its name and who decided."""
    demand_operate(by)
    row = _parked(by, job)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s", [job])
    audit.record(by, "operate.job_discarded", row, at=at, task=row.task_name)


def _parked(by: Actor, job: int) -> ProcrastinateJob:
    row = queries.parked_rows(by).select_for_update().filter(pk=job).first()
    if row is None:
        raise Unseen
    return row


@transaction.atomic
def ask_for_check(*, by: Actor, at: datetime) -> None:
    """Have the audit trail of the actor's agency walked, in the background: it may be long."""
    demand_operate(by)
    app.configure_task("operate.check_chain").defer(agency=str(by.agency))
    audit.record(by, "operate.check_asked", Agency.objects.get(pk=by.agency), at=at)


@transaction.atomic
def check_chain(*, agency: UUID, at: datetime) -> ChainCheck:
    """Walk an agency's audit trail and keep what was found."""
    chain = verify_chain(agency)
    found = {"at": at, "count": chain.count, "faults": len(chain.faults)}
    with agency_scope(agency):
        return ChainCheck.objects.update_or_create(agency_id=agency, defaults=found)[0]


@transaction.atomic
def forget_finished(*, before: datetime) -> int:
    """Remove jobs that ended well, or were discarded, before a moment; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs j WHERE status IN ('succeeded', 'cancelled') AND NOT EXISTS"
            " (SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at >= %s)",
            [before],
        )
        removed: int = cursor.rowcount
        cursor.execute(
            "DELETE FROM operate_jobfault f WHERE NOT EXISTS (SELECT FROM procrastinate_jobs WHERE id = f.job)"
        )
    return removed
