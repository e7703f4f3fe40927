"""/healthz tells the truth in every state, to anybody, and nothing more than states."""

import json

import pytest
from django.db import connection
from django.test import Client

from lingkar.site.operate import health

pytestmark = pytest.mark.django_db(transaction=True)


def ask(path="/healthz"):
    answer = Client().get(path, headers={"host": "any.host"})
    return answer.status_code, answer.json()


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def worker(db):
    run("INSERT INTO procrastinate_workers DEFAULT VALUES")


def queue(status="todo", age="0 s", due=None):
    run("INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'x', 'todo')")
    run("UPDATE procrastinate_events SET at = now() - %s::interval", age)
    run("UPDATE procrastinate_jobs SET scheduled_at = now() + %s::interval", due)
    run(f"UPDATE procrastinate_jobs SET status = '{status}'")


def test_all_is_well_even_before_an_agency_exists(worker):
    assert ask() == (
        200,
        {"status": "ok", "database": "ok", "worker": "ok", "queue": {"waiting": 0, "oldest_seconds": 0, "parked": 0}},
    )


def test_without_a_worker_jobs_stand_still_but_pages_are_served():
    assert ask()[0] == 503
    assert ask()[1]["worker"] == "down"
    assert ask("/healthz/web") == (200, {"status": "ok"})


def test_a_worker_that_was_not_heard_of_is_down(worker):
    run("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    assert ask()[1]["worker"] == "down"


def test_jobs_that_wait_are_counted_with_the_age_of_the_oldest(worker):
    queue(age="90 s")
    status, said = ask()
    assert (status, said["queue"]["waiting"]) == (200, 1)
    assert 90 <= said["queue"]["oldest_seconds"] < 120


def test_a_job_for_later_does_not_wait(worker):
    queue(due="1 hour")
    assert ask()[1]["queue"]["waiting"] == 0


def test_parked_jobs_ask_for_an_operator(worker):
    queue(status="failed")
    assert ask() == (
        200,
        {
            "status": "degraded",
            "database": "ok",
            "worker": "ok",
            "queue": {"waiting": 0, "oldest_seconds": 0, "parked": 1},
        },
    )


@pytest.mark.parametrize("path", ["/healthz", "/healthz/web"])
def test_a_database_that_is_away_is_said_without_detail(monkeypatch, tmp_path, path):
    monkeypatch.setattr(health, "_address", lambda: {"host": str(tmp_path), "dbname": "secret-name"})
    status, said = ask(path)
    assert status == 503
    assert said["status"] == "down"
    assert "secret-name" not in json.dumps(said)


def test_a_database_that_was_never_prepared_is_down(monkeypatch):
    monkeypatch.setattr(health, "QUESTION", "SELECT %s FROM procrastinate_not_there")
    assert ask()[0] == 503
