"""Clears away files that belong to nothing."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lingkar.foundation.files import services


@app.periodic(cron="40 1 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001
    """Every night: remove bytes that no row names."""
    services.sweep(at=timezone.now())
