"""``/healthz``: how the installation is, for a monitor. Says states, never details."""

import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

PATH, WEB_PATH = "/healthz", "/healthz/web"
DEAD_AFTER = 30
"""Seconds without a worker's heartbeat after which jobs are taken to stand still."""
FRESH_FOR = 1.0
QUESTION = """
SELECT coalesce((SELECT max(last_heartbeat) > now() - make_interval(secs => %s) FROM procrastinate_workers), false),
       count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'failed'),
       coalesce((SELECT extract(epoch FROM now() - coalesce(j.scheduled_at, e.at))::bigint
                 FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
                 WHERE j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())
                 ORDER BY j.id LIMIT 1), 0)
FROM procrastinate_jobs
WHERE status = 'failed' OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))
"""


@dataclass(frozen=True)
class Queue:
    """Jobs that are due and wait, the age of the oldest of them in seconds, and jobs that failed for good."""

    waiting: int
    oldest_seconds: int
    parked: int


@dataclass(frozen=True)
class Health:
    """What the installation can do now."""

    database: bool
    worker: bool = False
    queue: Queue | None = None

    @property
    def status(self) -> str:
        """``down`` when something does not work, ``degraded`` when an operator should look, else ``ok``."""
        if not (self.database and self.worker):
            return "down"
        return "degraded" if self.queue and self.queue.parked else "ok"


def look(*, patience: int = 2) -> Health:
    """Ask the database over a connection of its own, so that a full pool does not look like an outage."""
    try:
        with psycopg.connect(**_address(), connect_timeout=patience, autocommit=True) as link:
            row = link.execute(QUESTION, [DEAD_AFTER]).fetchone()
    except psycopg.Error:
        return Health(database=False)
    assert row is not None  # noqa: S101  (an aggregate always gives a row)
    return Health(
        database=True, worker=row[0], queue=Queue(waiting=row[1], parked=row[2], oldest_seconds=max(row[3], 0))
    )


def _address() -> dict[str, Any]:
    given: dict[str, Any] = connection.get_connection_params()
    for own in ("cursor_factory", "context", "prepare_threshold"):
        given.pop(own, None)
    return given


class Healthz:
    """Middleware before everything else: answers without session, agency or host name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._lock = threading.Lock()
        self._seen: tuple[float, Health] | None = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path not in (PATH, WEB_PATH):
            return self.get_response(request)
        health = self._health()
        answer = _for_web(health) if request.path == WEB_PATH else _whole(health)
        answer["Cache-Control"] = "no-store"
        return answer

    def _health(self) -> Health:
        with self._lock:
            if self._seen is None or time.monotonic() - self._seen[0] > FRESH_FOR:
                self._seen = (time.monotonic(), look())
            return self._seen[1]


def _whole(health: Health) -> HttpResponse:
    said = {
        "status": health.status,
        "database": "ok" if health.database else "down",
        "worker": "ok" if health.worker else "down" if health.database else "unknown",
        "queue": asdict(health.queue) if health.queue else None,
    }
    return JsonResponse(said, status=503 if health.status == "down" else 200)


def _for_web(health: Health) -> HttpResponse:
    """For a load balancer: whether this host can serve. A worker that is down must not take the pages away."""
    return JsonResponse({"status": "ok" if health.database else "down"}, status=200 if health.database else 503)
