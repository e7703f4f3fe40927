"""What the installation does for itself at night."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from lingkar.foundation.events.rounds import each_agency
from lingkar.site.operate import services

log = logging.getLogger(__name__)


@app.periodic(cron="10 2 * * *")
@app.task(name="operate.tidy", queueing_lock="operate.tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001
    """Every night: forget jobs that were done a week ago. Parked jobs stay until somebody decides."""
    services.forget_finished(before=timezone.now() - timedelta(days=7))


@app.task(name="operate.check_chain")
def check_chain(agency: str) -> None:
    """Walk one agency's audit trail, because somebody asked."""
    check_chains(agency=UUID(agency), at=timezone.now())


@each_agency("30 2 * * *")
def check_chains(*, agency: UUID, at: datetime) -> None:
    """Every night: walk each agency's audit trail."""
    found = services.check_chain(agency=agency, at=at)
    if found.faults:
        log.error("the audit trail of agency %s has %s faults; run lingkar doctor", agency, found.faults)
