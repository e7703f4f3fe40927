"""Reads and writes sheets in the background, and forgets old ones at night."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from lingkar.foundation.imports import services
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope


@app.task(name="imports.read")
def read(source: str, agency: str) -> None:
    """Read a sheet to its end, from where it stands."""
    with agency_scope(UUID(agency)):
        services.read_import(source=UUID(source), at=timezone.now())


@app.task(name="imports.apply")
def apply(source: str, agency: str) -> None:
    """Write what was confirmed: all of it, or nothing."""
    with agency_scope(UUID(agency)):
        services.apply_import(source=UUID(source), at=timezone.now())


@app.periodic(cron="50 1 * * *")
@app.task(name="imports.purge", queueing_lock="imports.purge")
def purge(timestamp: int) -> None:  # noqa: ARG001
    """Every night: forget files and rows of old imports."""
    for agency in Agency.objects.all():
        with agency_scope(agency.pk):
            services.purge(agency=agency.pk, at=timezone.now())
