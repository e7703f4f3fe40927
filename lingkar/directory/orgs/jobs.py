"""Changes of the tree that were planned come true on their day."""

from datetime import datetime
from uuid import UUID

from lingkar.directory.orgs import services
from lingkar.foundation.access import Actor
from lingkar.foundation.events.rounds import each_agency


@each_agency("1 * * * *")
def turn(*, agency: UUID, at: datetime) -> None:
    """A minute after each hour, because a day begins at three different hours in Indonesia."""
    services.turn_units(agency=agency, by=Actor.system(agency), at=at)
