"""Attempts end when their time is over, whether somebody hands them in or not."""

from datetime import datetime
from uuid import UUID

from lingkar.foundation.access import Actor
from lingkar.foundation.events.rounds import each_agency
from lingkar.grow.exams import services


@each_agency("* * * * *")
def expire(*, agency: UUID, at: datetime) -> None:
    """Each minute: hand in what nobody handed in."""
    services.expire(by=Actor.system(agency), at=at)
