"""Needs are computed anew every night."""

from datetime import datetime
from uuid import UUID

from lingkar.foundation.access import Actor
from lingkar.foundation.events.rounds import each_agency
from lingkar.loop.needs import services


@each_agency("20 2 * * *")
def compute(*, agency: UUID, at: datetime) -> None:
    """Needs of the whole agency from what is known tonight."""
    services.compute(by=Actor.system(agency), at=at)
