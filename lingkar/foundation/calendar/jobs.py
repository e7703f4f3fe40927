"""Keeps every agency's calendar filled two years ahead."""

from datetime import datetime
from uuid import UUID

from lingkar.foundation.calendar import services
from lingkar.foundation.events.rounds import each_agency


@each_agency("20 1 2 * *")
def fill(*, agency: UUID, at: datetime) -> None:
    """On the second of each month: add the national days off of years that have none."""
    services.seed(agency=agency, at=at)
