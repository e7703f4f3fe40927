"""Versions that were published for a later day come true on it."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lingkar.directory.services import services
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import working_for


@app.periodic(cron="2 * * * *")
@app.task(name="services.turn", queueing_lock="services.turn", pass_context=False)
def turn(timestamp: int) -> None:  # noqa: ARG001
    """Two minutes after each hour, because a day begins at three different hours in Indonesia."""
    for agency in Agency.objects.all():
        with working_for(agency.pk):
            services.turn_services(by=Actor.system(agency.pk), at=timezone.now())
