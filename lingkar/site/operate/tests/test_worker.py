"""The worker keeps promises: what a failed handler published is not queued, what a dead worker held runs again."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from lingkar.site.operate import worker


def test_handlers_publish_over_their_own_transaction_even_inside_the_worker():
    app = worker.app_for_worker()
    assert app.tasks is django_app.tasks
    assert isinstance(django_app.job_manager.connector, DjangoConnector)
    assert not isinstance(app.job_manager.connector, DjangoConnector)


def in_a_thread_of_its_own(work):
    """Await ``work`` where no browser test of the same process has left its event loop running."""

    def run():
        try:
            asyncio.run(work)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(run).result()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("heartbeat", "attempts", "then"),
    [
        ("now()", 0, "doing"),
        ("now() - interval '1 hour'", 0, "todo"),
        ("now() - interval '1 hour'", worker.MOST_ATTEMPTS - 1, "failed"),
    ],
    ids=["alive", "dead", "dead too often"],
)
def test_a_job_of_a_dead_worker_runs_again_and_is_parked_when_it_kills_too_often(heartbeat, attempts, then):
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({heartbeat}) RETURNING id")
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, attempts)"
            " VALUES ('default', 'x', 'doing', %s, %s)",
            [cursor.fetchone()[0], attempts],
        )
    in_a_thread_of_its_own(worker.rescue(django_app.job_manager))
    assert ProcrastinateJob.objects.get().status == then
