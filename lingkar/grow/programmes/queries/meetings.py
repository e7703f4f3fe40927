"""Minutes of meetings, and what people thought."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count

from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.programmes import schemes
from lingkar.grow.programmes.models import Cohort, Decision, Meeting, Participant, Reaction, Standing

LEAST = 5
"""Answers below which nothing is told: fewer would say whose they are."""


@dataclass(frozen=True)
class Minutes:
    """A meeting with how many it decided which way."""

    meeting: Meeting
    passed: int
    deferred: int
    failed: int


@dataclass(frozen=True)
class Reactions:
    """What participants thought: the mean of each question (1 to 5), None while too few have answered."""

    answered: int
    asked: int
    means: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What a meeting decided about one participant."""

    standing: str
    final: Decimal | None
    predicate: str
    attendance: Decimal
    why: str
    name: str = column("participant__person__name")
    institution: str = column("participant__institution")
    unit: str | None = column("participant__unit__name")


def decisions_of(meeting: Meeting) -> list[DecisionLine]:
    """The decisions of a meeting that was fetched for somebody, by name."""
    rows = Decision.objects.filter(meeting=meeting).order_by("participant__person__name", "pk")
    return list(plain(rows, DecisionLine))


def minutes_of(cohort: Cohort) -> list[Minutes]:
    """The meetings of a cohort that was fetched for somebody, in order."""
    rows = list(Meeting.objects.filter(cohort=cohort).select_related("cohort").order_by("number"))
    ways = Decision.objects.filter(meeting__in=rows).values_list("meeting", "standing").annotate(count=Count("pk"))
    counts = {(meeting, standing): count for meeting, standing, count in ways}
    order = (Standing.PASSED, Standing.DEFERRED, Standing.FAILED)
    return [Minutes(row, *(counts.get((row.pk, way.value), 0) for way in order)) for row in rows]


def reactions_to(cohort: Cohort) -> Reactions:
    """What people thought of a cohort that was fetched for somebody. Nothing is told of fewer than five answers."""
    there = Participant.objects.filter(cohort=cohort).exclude(standing=Standing.WITHDRAWN)
    counted = there.aggregate(asked=Count("pk"), answered=Count("reacted_on"))
    asked = counted["asked"]
    given = (
        list(Reaction.objects.filter(cohort=cohort).values_list("ratings", flat=True)) if counted["answered"] else []
    )
    means = []
    for item in schemes.read(cohort.scheme).questions:
        values = [it[item.code] for it in given if item.code in it]
        mean = Decimal(sum(values)) / len(values) if len(values) >= LEAST else None
        means.append((item.words, mean.quantize(Decimal("0.01"), ROUND_HALF_UP) if mean is not None else None))
    return Reactions(len(given), asked, tuple(means))
