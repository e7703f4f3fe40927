"""What makes the circle worth a new look before the night.

It is computed as of now, not as of what happened: told a day late, that would write what is known today into yesterday.
"""

from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.foundation.events.bus import on
from lingkar.grow.programmes.events import CohortClosed
from lingkar.loop.planning.events import PlanApproved
from lingkar.loop.scoreboard import services


@on(PlanApproved)
def look_again_at_plans(fact: PlanApproved) -> None:
    """A plan holds now."""
    services.compute(by=Actor.system(fact.agency), at=timezone.now())


@on(CohortClosed)
def look_again_at_trainings(fact: CohortClosed) -> None:
    """People have passed."""
    services.compute(by=Actor.system(fact.agency), at=timezone.now())
