"""The jobs that deliver one event to one handler, and do the work of a round again where it failed."""

from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lingkar.foundation.events import bus, rounds
from lingkar.foundation.events.models import Delivery, Event
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import working_for

RETRY = RetryStrategy(max_attempts=6, exponential_wait=4)
"""Tries again after 4, 16, 64 … seconds; after the last try the job is parked as failed, visible to the operator."""


@app.task(name="events.deliver", retry=RETRY)
def deliver(event: str, agency: str, handler: str) -> None:
    """Hand an event to a handler, once."""
    with working_for(UUID(agency)), transaction.atomic():
        row = Event.objects.select_for_update().get(pk=event)
        _, is_new = Delivery.objects.get_or_create(event=row, handler=handler, defaults={"agency_id": agency})
        if is_new:
            bus.subscription(handler).handler(bus.decode(row))


@app.task(name=rounds.VISIT, retry=RETRY)
def visit(handler: str, agency: str) -> None:
    """Do the work of a round at the one agency where it failed."""
    rounds.visit(handler, Agency.objects.get(pk=agency))
