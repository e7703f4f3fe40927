"""Work that comes round by the clock, done for each agency on its own."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

log = logging.getLogger(__name__)

VISIT = "events.visit"
"""The job of one agency at which a round failed."""


class Work(Protocol):
    """What is done for one agency, in its scope and its time zone. Done twice it changes nothing."""

    __module__: str
    __name__: str
    __doc__: str | None

    def __call__(self, *, agency: UUID, at: datetime) -> object: ...


W = TypeVar("W", bound=Work)
_ROUNDS: dict[str, Work] = {}


def each_agency(cron: str) -> Callable[[W], W]:
    """Function decorator for ``jobs.py``: do this at every agency when the clock says so.

    Where it fails the others go on. That agency gets a job of its own, tried again with growing pauses and then
    parked where its operator sees it; the next round sends a parked one on its way again instead of adding another.
    """

    def declare(work: W) -> W:
        name = f"{work.__module__.split('.')[-2]}.{work.__name__}"
        if name in _ROUNDS:
            raise ValueError(f"round {name!r} is declared twice")
        _ROUNDS[name] = work
        app.periodic(cron=cron)(app.task(name=name, lock=name, queueing_lock=name)(_round(name)))
        return work

    return declare


def is_round(name: str) -> bool:
    """Whether the job of this name goes round the agencies."""
    return name in _ROUNDS


def visit(name: str, agency: Agency) -> None:
    """Do the work of a round at one agency."""
    with agency_scope(agency.pk), timezone.override(agency.timezone):
        _ROUNDS[name](agency=agency.pk, at=timezone.now())


def _round(name: str) -> Callable[[int], None]:
    def go(timestamp: int) -> None:  # noqa: ARG001  # procrastinate says when it was due
        unfinished = _unfinished(name)
        for agency in Agency.objects.order_by("code"):
            if agency.pk in unfinished:
                _again(*unfinished[agency.pk])
            else:
                _visit_or_queue(name, agency)

    return go


def _visit_or_queue(name: str, agency: Agency) -> None:
    try:
        visit(name, agency)
    except Exception as fault:  # whatever it is, it is this agency's: its own job says what, with its place
        log.warning("%s failed at agency %s (%s) and gets a job of its own", name, agency.pk, type(fault).__qualname__)
        app.configure_task(VISIT).defer(handler=name, agency=str(agency.pk))


def _unfinished(name: str) -> dict[UUID, tuple[int, str]]:
    """Number and state of the job that waits, runs or is parked, by agency."""
    rows = ProcrastinateJob.objects.filter(task_name=VISIT, args__handler=name, status__in=("todo", "doing", "failed"))
    return {UUID(args["agency"]): (job, status) for job, status, args in rows.values_list("id", "status", "args")}


def _again(job: int, status: str) -> None:
    """Let a parked job run once more; one that is on its way is left alone."""
    if status == "failed":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT procrastinate_retry_job_v2(id, %s, NULL, NULL, NULL)"
                " FROM procrastinate_jobs WHERE id = %s AND status = 'failed'",  # unless somebody decided just now
                [timezone.now(), job],
            )
