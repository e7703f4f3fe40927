"""Run queued jobs inside a test's own transaction."""

import json

from django.db import connection
from procrastinate.contrib.django import app


def drain(limit: int = 100) -> int:
    """Run every job that is due, in order, and those they queue; returns how many ran. An error is raised."""
    done = 0
    while done < limit:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
                " AND (scheduled_at IS NULL OR scheduled_at <= now()) ORDER BY id LIMIT 1"
            )
            row = cursor.fetchone()
            if row is None:
                return done
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [row[0]])
        args = row[2] if isinstance(row[2], dict) else json.loads(row[2])
        app.tasks[row[1]].func(**args)
        done += 1
    raise AssertionError(f"more than {limit} jobs: they queue each other without end")


def come_round(name: str) -> None:
    """Do at every agency what the clock does under this name; where it failed a job waits."""
    app.tasks[name].func(timestamp=0)
