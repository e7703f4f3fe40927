"""What studies say is asked anew every night."""

from datetime import datetime
from uuid import UUID

from lingkar.foundation.access import Actor
from lingkar.foundation.events.rounds import each_agency
from lingkar.loop.effect import services


@each_agency("25 2 * * *")
def judge(*, agency: UUID, at: datetime) -> None:
    """After midnight, when the causes of the day before are said."""
    services.judge_all(by=Actor.system(agency), at=at)
