"""Sends letters, and looks after those that got stuck."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lingkar.foundation.notify import services
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope


@app.task(name="notify.deliver", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def deliver(message: str, agency: str) -> None:
    """Send one letter. Its own retries are in ``services``; this one is for a database that was away."""
    with agency_scope(UUID(agency)):
        services.deliver(message=UUID(message), at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="notify.settle_lost", queueing_lock="notify.settle_lost")
def settle_lost(timestamp: int) -> None:  # noqa: ARG001
    """Every five minutes: letters whose sender died are shown to the operator."""
    for agency in Agency.objects.all():
        with agency_scope(agency.pk):
            services.settle_lost(at=timezone.now())
