"""Why the cases of two years arose, as officers said it: the truth of each topic, and now and then a mistake."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import connection

from lingkar.foundation.access import Actor
from lingkar.loop.causes.services import PastCause, take_over
from lingkar.site.demo import truths
from lingkar.site.demo.bringing import City
from lingkar.site.demo.telling import Topic, topics
from lingkar.site.demo.years import Sent

SEED = "teluk-kawung causes"
CLOSED = """
SELECT id, unit_id, received_at, closed_at FROM reports_report
WHERE agency_id = %s AND closed_at IS NOT NULL AND state IN ('answered', 'rated', 'silent')
"""
COMPETENCIES = {
    "knowledge": ("public_service",) * 8 + ("communication", "development"),
    "conduct": ("communication",) * 6 + ("public_service",) * 3 + ("integrity",),
    "integrity": ("integrity",),
}
"""What officers name for a cause, so often of ten."""
MISTAKES = {
    "knowledge": ("procedure", "information"),
    "conduct": ("staffing", "knowledge"),
    "procedure": ("knowledge", "information"),
    "staffing": ("procedure", "budget"),
    "tool": ("budget", "procedure"),
    "budget": ("tool", "staffing"),
    "information": ("knowledge", "procedure"),
    "other_agency": ("information", "budget"),
}
SAID_AS = {"integrity": "conduct", "stock": "tool", "money": "budget"}
"""Truths that officers have no word of their own for."""
RECENT = timedelta(days=14)


def load_causes(*, city: City, sent: Iterable[Sent], by: Actor, at: datetime) -> None:
    """A cause for most of the cases that were closed; those of the last two weeks often still wait."""
    take_over(rows=_causes(city, sent, at), by=by, at=at)


def _causes(city: City, sent: Iterable[Sent], at: datetime) -> Iterator[PastCause]:
    with connection.cursor() as cursor:
        cursor.execute(CLOSED, [city.agency.pk])
        closed = {row[0]: row[1:] for row in cursor.fetchall()}
    for one in sent:
        report, chance = city.id_of(one), Random(f"{SEED} {city.agency.code} {one.key}")  # noqa: S311
        if report not in closed:
            continue
        unit, received, ended = closed[report]
        coded = min(ended + timedelta(minutes=chance.randint(3, 300)), at)
        if chance.random() < truths.CODED * (0.5 if ended > at - RECENT else 1):
            yield _cause(report, unit, received, coded, topics()[one.topic], city, chance)


def _cause(
    report: UUID, unit: UUID, received: datetime, coded: datetime, topic: Topic, city: City, chance: Random
) -> PastCause:
    cause = topic.cause
    if chance.random() < truths.MISTAKEN:
        cause = chance.choice(MISTAKES.get(cause, (cause,)))
    names = COMPETENCIES.get(cause, ("",))
    return PastCause(
        report=report,
        unit=unit,
        kind=SAID_AS.get(cause, cause),
        happened_on=received.astimezone(city.world.zone).date(),
        at=coded,
        competency=chance.choice(names),
        service=city.services.get(topic.service),
    )
