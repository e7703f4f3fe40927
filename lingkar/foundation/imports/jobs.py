"""Reads and writes sheets in the background, and forgets old ones at night."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from lingkar.foundation.events.rounds import each_agency
from lingkar.foundation.imports import services
from lingkar.foundation.tenancy.queries import working_for


@app.task(name="imports.read")
def read(source: str, agency: str) -> None:
    """Read a sheet to its end, from where it stands."""
    with working_for(UUID(agency)), _told(UUID(source)):
        services.read_import(source=UUID(source), at=timezone.now())


@app.task(name="imports.apply")
def apply(source: str, agency: str) -> None:
    """Write what was confirmed: all of it, or nothing."""
    with working_for(UUID(agency)), _told(UUID(source)):
        services.apply_import(source=UUID(source), at=timezone.now())


@contextmanager
def _told(source: UUID) -> Iterator[None]:
    """A fault of ours is told on the page of the import; the job itself is parked for the operator."""
    try:
        yield
    except Exception:
        services.stop_import(source=source)
        raise


@each_agency("50 1 * * *")
def purge(*, agency: UUID, at: datetime) -> None:
    """Every night: forget files and rows of old imports."""
    services.purge(agency=agency, at=at)
