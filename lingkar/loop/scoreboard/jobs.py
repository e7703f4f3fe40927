"""The circle is computed anew every night."""

from datetime import datetime
from uuid import UUID

from lingkar.foundation.access import Actor
from lingkar.foundation.events.rounds import each_agency
from lingkar.loop.scoreboard import services


@each_agency("40 2 * * *")
def compute(*, agency: UUID, at: datetime) -> None:
    """After needs and studies: the circle of every service, for the pages of the day."""
    services.compute(by=Actor.system(agency), at=at)
