"""Trainings that needs speak for: what was decided about each, and what it would be like."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from lingkar.directory.services.queries import staff_of
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.grow.competence.queries import all_gaps
from lingkar.loop.needs import queries as needs
from lingkar.loop.planning import rules
from lingkar.loop.planning.models import Plan, Source, Suggestion

if TYPE_CHECKING:
    from django.db.models import QuerySet

AHEAD = timedelta(days=30)
"""A suggested training begins so many days from now at the earliest."""
USUAL_SEATS, FEWEST, USUAL_JP, JP_A_DAY = 40, 10, 20, 8
"""What a form begins with: a class, the hours that a PNS has to reach in a year. A person changes it."""


class State(StrEnum):
    """What was decided about a suggested training."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"


@dataclass(frozen=True)
class Suggested:
    """A training that a need speaks for. ``size`` from 0 to 1; ``reason`` as it was when it was decided, else now.

    ``busy``: days of the trainings that were taken before it.
    """

    service: UUID
    service_code: str
    service_name: str
    competency: str
    size: float
    reason: "needs.Reason"
    state: State
    run: UUID | None = None
    busy: tuple[tuple[date, date], ...] = ()


def suggestions(by: Actor, plan: Plan, *, state: str = "") -> list[Suggested]:
    """Every training that the newest needs speak for, the largest need first, with what was decided. Three queries."""
    rows = _decided(plan)
    known, busy = {(row.service_id, row.competency) for row in rows}, _busy(rows)
    found = [_as_decided(row) for row in rows]
    computed = needs.newest(plan.agency_id)
    lines = needs.largest(by, computed.id) if computed else []
    found += [_open(row, busy) for row in lines if (row.service_id, row.competency) not in known]
    found = [row for row in found if not state or row.state == state]
    return sorted(found, key=lambda row: (-row.size, row.service_code, row.competency))


def suggestion_for(by: Actor, plan: Plan, *, code: str, competency: str) -> Suggested:
    """One of them, by the code of its service; ``Unseen`` where no need speaks for it. Two queries at most."""
    rows = _decided(plan)
    for row in rows:
        if (row.service.code, row.competency) == (code, competency):
            return replace(_as_decided(row), busy=_busy(rows))
    need = needs.top_need(by, plan.agency_id, competency=competency, code=code)
    if need is None:
        raise Unseen
    return _open(need, _busy(rows))


def _decided(plan: Plan) -> list[Suggestion]:
    return _suggestions(plan=plan.pk)


@prepared
def _suggestions(*, plan: UUID) -> "QuerySet[Suggestion]":
    return Suggestion.objects.filter(plan=plan).select_related("service", "run")


def _busy(rows: Sequence[Suggestion]) -> tuple[tuple[date, date], ...]:
    return tuple((row.run.first, row.run.last) for row in rows if row.run)


def _open(row: "needs.Line", busy: tuple[tuple[date, date], ...]) -> Suggested:
    about = (row.service_id, row.service_code, row.service, row.competency)
    return Suggested(*about, row.size or 0.0, row.reason, State.OPEN, busy=busy)


def _as_decided(row: Suggestion) -> Suggested:
    state, reason = State.TAKEN if row.run_id else State.LEFT, needs.reason_from(row.reason)
    code, name = row.service.code, row.service.name
    return Suggested(row.service_id, code, name, row.competency, row.size, reason, state, row.run_id)


@dataclass(frozen=True)
class Outline:
    """What a suggested training would be like: everything but its cost. ``people``: those who serve and lack it.

    ``everybody``: they alone make no class, since few of a unit may be away on one day.
    """

    people: int
    everybody: bool
    level: int
    least: int
    most: int
    jp: int
    source: str
    first: date
    last: date


def outline_of(plan: Plan, suggested: Suggested, *, day: date) -> Outline:
    """Seats from the number of people who lack it, the level that most of them need, the first free week."""
    serving = {who for row in staff_of(suggested.service, day=day) for who in row.people}
    required = [
        gap.required
        for gaps in all_gaps(serving, day=day).values()
        for gap in gaps
        if gap.competency == suggested.competency and gap.attained is not None and gap.attained < gap.required
    ]
    earliest = max(day + AHEAD, date(plan.year, 1, 2))
    first, last = rules.free_days(suggested.busy, earliest=earliest, days=-(-USUAL_JP // JP_A_DAY))
    level, people = rules.level_to_reach(required) if required else 1, len(required)
    everybody = people < USUAL_SEATS // 2
    most = USUAL_SEATS if everybody else min(people, USUAL_SEATS)
    return Outline(people, everybody, level, FEWEST, most, USUAL_JP, Source.APBD.value, first, last)
