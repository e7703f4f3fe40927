"""What the city said beforehand about its three trainings: studies, registered before the first of them began.

What they must find stands in ``docs/demo-truths.md``; the product does not know it.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from lingkar.directory.orgs.queries import unit_coded
from lingkar.directory.services.queries import service_coded
from lingkar.foundation.access import Actor
from lingkar.loop.effect import queries, services
from lingkar.loop.effect.models import Outcome
from lingkar.site.demo.truths import DELAYED, HELPS, NO_EFFECT

STUDIES = (
    (HELPS, Outcome.CASES),
    (HELPS, Outcome.COMPETENCE),
    (NO_EFFECT, Outcome.CASES),
    (DELAYED, Outcome.CASES),
)
MARGINS = {Outcome.CASES: Decimal("0.2"), Outcome.COMPETENCE: Decimal("0.1")}
EARLY = timedelta(days=30)
"""So long before the first training a study was registered."""


def load_studies(*, by: Actor, at: datetime) -> None:
    """Register the studies as they were registered then, with the days of their cohorts, and ask each of them today."""
    today = timezone.localdate(at)
    for training, outcome in STUDIES:
        about = service_coded(training.service, day=today)
        units = [unit.pk for code in training.trained if (unit := unit_coded(code))]
        begun = queries.first_days_of(about.service_id, units) if about else {}
        if about is None or not begun:
            continue
        services.register_study(
            service=about.service_id,
            outcome=outcome,
            units={unit: begun.get(unit) for unit in units},
            margin=MARGINS[outcome],
            delay=training.delay,
            by=by,
            at=at - (today - min(begun.values())) - EARLY,
        )
    services.judge_all(by=by, at=at)
