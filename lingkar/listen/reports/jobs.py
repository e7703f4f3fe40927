"""What the calendar does to reports."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports import services

AT_ONCE = 500
"""Reports closed in one transaction."""


@app.periodic(cron="10 1 * * *")
@app.task(name="reports.lapse", queueing_lock="reports.lapse")
def lapse(timestamp: int) -> None:  # noqa: ARG001
    """Every night: close answered reports whose reporter kept silent until the promised day."""
    for agency in Agency.objects.all():
        with agency_scope(agency.pk), timezone.override(agency.timezone):
            by = Actor.system(agency.pk)
            while services.lapse_reports(by=by, at=timezone.now(), most=AT_ONCE) == AT_ONCE:
                pass


@app.periodic(cron="25 * * * *")
@app.task(name="reports.purge_drafts", queueing_lock="reports.purge_drafts")
def purge_drafts(timestamp: int) -> None:  # noqa: ARG001
    """Every hour: forget reports that were begun and never sent."""
    for agency in Agency.objects.all():
        with agency_scope(agency.pk), timezone.override(agency.timezone):
            services.purge_drafts(by=Actor.system(agency.pk), at=timezone.now())
