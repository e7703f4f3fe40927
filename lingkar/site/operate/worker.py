"""The process that runs background jobs, and takes back the jobs of a worker that died."""

import asyncio
import contextlib
import logging
import os
import sys
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from lingkar.site.operate.services import note_fault

if TYPE_CHECKING:
    from procrastinate.job_context import JobContext
    from procrastinate.manager import JobManager

log = logging.getLogger(__name__)

CONCURRENCY = 4
HEARTBEAT = 5.0
STALLED_AFTER = 20.0
"""Seconds without a heartbeat after which a worker is taken for dead and its jobs are run again."""
LOOK_EVERY = 5.0
MOST_ATTEMPTS = 6
"""A job that was running at so many deaths of a worker is parked: it may be what kills them."""
LONGEST_GOODBYE = 10.0


def run(*, with_signals: bool = True, until_empty: bool = False) -> None:
    """Run jobs until a signal asks to stop; ends with exit code 75 when the database is lost (try again later)."""
    try:
        asyncio.run(_run(with_signals, until_empty))
    except ConnectorException:
        log.warning("the worker lost the database")
        sys.exit(os.EX_TEMPFAIL)


def run_reloading() -> None:
    """As ``run``, in a process that starts again when a source file changes."""
    from django.utils.autoreload import run_with_reloader

    run_with_reloader(run, with_signals=False)


async def rescue(manager: "JobManager") -> None:
    """Queue again every job whose worker is dead; park those that were tried too often."""
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        if job.id is None:
            continue
        log.warning("job %s (%s) lost its worker", job.id, job.task_name)
        if job.attempts + 1 >= MOST_ATTEMPTS:
            await manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=False)
        else:
            with contextlib.suppress(ConnectorException):  # another worker was first
                await manager.retry_job(job)


def app_for_worker() -> DjangoApp:
    """The tasks of the Django app over a connection of the worker's own.

    The Django app keeps its connector: what a handler publishes is queued within the handler's transaction. (The
    library's ``replace_connector`` would queue it at once, on another connection, even if the handler then fails.)
    """
    app = DjangoApp(connector=DjangoConnector().get_worker_connector())
    app.tasks, app.periodic_registry = django_app.tasks, django_app.periodic_registry
    return app


async def _run(with_signals: bool, until_empty: bool) -> None:
    async with app_for_worker().open_async() as app:
        helper = asyncio.create_task(_rescue_for_ever(app.job_manager))
        try:
            await app.run_worker_async(
                concurrency=CONCURRENCY,
                wait=not until_empty,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED_AFTER,
                shutdown_graceful_timeout=LONGEST_GOODBYE,
                install_signal_handlers=with_signals,
                task_middleware=[*app.worker_defaults["task_middleware"], _keep_reason],
            )
        finally:
            helper.cancel()


async def _rescue_for_ever(manager: "JobManager") -> None:
    while True:
        with contextlib.suppress(ConnectorException):
            await rescue(manager)
        await asyncio.sleep(LOOK_EVERY)


def _keep_reason(call_next: Any, context: "JobContext", _worker: object) -> Any:
    """Task middleware: note why a job failed, for the operator's page."""
    try:
        return call_next()
    except Exception as fault:
        with contextlib.suppress(Exception):  # the failure itself counts more than its note
            note_fault(job=context.job.id or 0, fault=fault, at=timezone.now())
        raise
