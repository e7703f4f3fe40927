"""Keeps the queue small."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from lingkar.site.operate import services


@app.periodic(cron="10 2 * * *")
@app.task(name="operate.tidy", queueing_lock="operate.tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001
    """Every night: forget jobs that were done a week ago. Parked jobs stay until somebody decides."""
    services.forget_finished(before=timezone.now() - timedelta(days=7))
