"""What the calendar does to reports."""

from datetime import datetime
from uuid import UUID

from lingkar.foundation.access import Actor
from lingkar.foundation.events.rounds import each_agency
from lingkar.listen.reports import services

AT_ONCE = 500
"""Reports closed in one transaction."""


@each_agency("10 1 * * *")
def lapse(*, agency: UUID, at: datetime) -> None:
    """Every night: close answered reports whose reporter kept silent until the promised day."""
    while services.lapse_reports(by=Actor.system(agency), at=at, most=AT_ONCE) == AT_ONCE:
        pass


@each_agency("25 * * * *")
def purge_drafts(*, agency: UUID, at: datetime) -> None:
    """Every hour: forget reports that were begun and never sent."""
    services.purge_drafts(by=Actor.system(agency), at=at)
