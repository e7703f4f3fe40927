"""Work in the background: look for the best plan."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.queries import working_for
from lingkar.loop.planning import services


@app.task(name="planning.work_out", retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def work_out(agency: str, plan: str, asked: str) -> None:
    """Find the best plan for what was asked then; nothing when it was stopped or asked anew."""
    by = Actor.system(UUID(agency))
    with working_for(by.agency):
        services.work_out(plan=UUID(plan), asked=datetime.fromisoformat(asked), by=by, at=timezone.now())
