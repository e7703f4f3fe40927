"""Sends letters, and looks after those that got stuck."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lingkar.foundation.events.rounds import each_agency
from lingkar.foundation.notify import services
from lingkar.foundation.tenancy.queries import working_for


@app.task(name="notify.deliver", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def deliver(message: str, agency: str) -> None:
    """Send one letter. Its own retries are in ``services``; this one is for a database that was away."""
    with working_for(UUID(agency)):
        services.deliver(message=UUID(message), at=timezone.now())


@each_agency("*/5 * * * *")
def settle_lost(*, agency: UUID, at: datetime) -> None:  # noqa: ARG001  # the agency is the one in scope
    """Every five minutes: letters whose sender died are shown to the operator."""
    services.settle_lost(at=at)
