"""Keeps every agency's calendar filled two years ahead."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lingkar.foundation.calendar import services
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope


@app.periodic(cron="20 1 2 * *")
@app.task(name="calendar.fill", queueing_lock="calendar.fill", pass_context=False)
def fill(timestamp: int) -> None:  # noqa: ARG001
    """On the second of each month: add the national days off of years that have none."""
    for agency in Agency.objects.all():
        with agency_scope(agency.pk):
            services.seed(agency=agency.pk, at=timezone.now())
