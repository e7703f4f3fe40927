"""Compute the circle of every service from everything that is known at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import timezone

from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access import Actor
from lingkar.foundation.audit import services as audit
from lingkar.foundation.parameters.queries import value
from lingkar.grow.competence import queries as competence
from lingkar.grow.programmes import queries as programmes
from lingkar.grow.programmes.models import CohortState
from lingkar.listen.reports import queries as reports
from lingkar.listen.reports.queries import What
from lingkar.listen.surveys import queries as surveys
from lingkar.loop.causes import queries as causes
from lingkar.loop.effect import queries as effects
from lingkar.loop.needs import queries as needs
from lingkar.loop.planning import queries as plans
from lingkar.loop.planning.models import PlanState
from lingkar.loop.scoreboard import access, rules
from lingkar.loop.scoreboard.models import Chain, Snapshot
from lingkar.loop.scoreboard.parameters import SMALLEST
from lingkar.loop.scoreboard.rules import Facts

KEPT = 400
"""Days that are kept: a year and a month."""
TOP = 3
"""Needs, gaps and topics that are kept of each service."""
YEAR, DAY = timedelta(days=365), timedelta(days=1)

Row = TypeVar("Row")


@transaction.atomic
def compute(*, by: Actor, at: datetime) -> UUID:
    """Compute and keep the circle of every service; again on a day replaces it. About 20 statements, however large
    the agency.
    """
    access.demand_compute(by)
    day = timezone.localdate(at)
    known = _known(by, day)
    Snapshot.objects.filter(agency=by.agency, day=day).delete()
    snapshot = Snapshot.objects.create(agency_id=by.agency, at=at, day=day, smallest=known.bare.smallest)
    offered = [(version.service_id, version.unit_id, version.name) for version in catalogue.published(day=day)]
    facts = {service: known.facts(service) for service, _unit, _name in offered}
    order = sorted(offered, key=lambda row: (_place(facts[row[0]]), row[2]))
    rows = [_chain(snapshot, rank, row, facts[row[0]]) for rank, row in enumerate(order, start=1)]
    Chain.objects.bulk_create(rows, batch_size=1000)
    old = Snapshot.objects.filter(agency=by.agency).order_by("-day").values_list("pk", flat=True)[KEPT:]
    Snapshot.objects.filter(pk__in=list(old)).delete()
    audit.record(by, "scoreboard.computed", snapshot, services=len(rows), at=at)
    return snapshot.pk


def _place(facts: Facts) -> tuple[bool, float, int]:
    """The largest need first; then where most people spoke."""
    sizes = [row.size for row in facts.needs if row.size is not None]
    return (not sizes, -max(sizes, default=0.0), -(facts.heard.reports or 0))


def _chain(snapshot: Snapshot, rank: int, service: tuple[UUID, UUID, str], facts: Facts) -> Chain:
    top = facts.needs[0] if facts.needs else None
    return Chain(
        agency_id=snapshot.agency_id,
        snapshot=snapshot,
        service_id=service[0],
        unit_id=service[1],
        rank=rank,
        reached=len(facts.reached),
        stops_at=facts.stops_at,
        reports=facts.heard.reports,
        said=sum(topic.n for topic in facts.topics),
        done=sum(topic.closed for topic in facts.topics),
        late=facts.promises.late,
        ikm=facts.survey.value if facts.survey else None,
        band=facts.survey.band if facts.survey else "",
        curable=facts.causes.curable,
        coded=facts.causes.n,
        need=top.size if top else None,
        competency=top.competency if top else "",
        going=facts.going,
        passed=facts.passed,
        verdict=facts.verdict,
        facts=msgspec.to_builtins(facts),
    )


@dataclass(frozen=True)
class Known:
    """Everything that is known of all services; ``names`` are those of the competencies."""

    bare: Facts
    names: Mapping[str, str]
    spoken: Mapping[UUID, reports.Spoken]
    topics: Mapping[UUID, list[reports.Topic]]
    waiting: Mapping[UUID, reports.Waiting]
    surveyed: Mapping[UUID, surveys.Ikm]
    surveyed_before: Mapping[UUID, surveys.Ikm]
    causes: Mapping[UUID, Mapping[str, int]]
    needs: Mapping[UUID, list[needs.Line]]
    staff: Mapping[UUID, set[UUID]]
    lacks: Mapping[UUID, tuple[Any, ...]]
    planned: Mapping[UUID, list[plans.ForService]]
    held: Mapping[UUID, list[programmes.Held]]
    effects: Mapping[UUID, list[effects.Told]]

    def facts(self, service: UUID) -> Facts:
        """What is known of one service, small numbers hidden."""
        smallest = self.bare.smallest
        waiting = self.waiting.get(service)
        asked = self.surveyed.get(service)
        return replace(
            self.bare,
            heard=_heard(self.spoken.get(service), smallest),
            topics=tuple(rules.Topic(row.name, row.n, row.closed) for row in self.topics.get(service, ())),
            survey=_survey(asked, surveys.twelve_months(self.bare.last)[0]),
            survey_before=_survey(self.surveyed_before.get(service)),
            answers_few=asked is not None and asked.is_hidden,
            causes=rules.causes(self.causes.get(service, {}), trainable=causes.TRAINABLE, smallest=smallest),
            needs=tuple(_wanted(row, self.names) for row in self.needs.get(service, ())[:TOP]),
            staff=len(self.staff.get(service, ())),
            lacks=_lacks(self.lacks.get(service, ()), self.names),
            planned=tuple(_planned(row, self.names, smallest) for row in self.planned.get(service, ())),
            held=tuple(_held(row, smallest) for row in self.held.get(service, ())),
            effects=tuple(_effect(row) for row in self.effects.get(service, ())),
            promises=rules.Promises(waiting.n, waiting.late, waiting.next_due) if waiting else rules.Promises(),
        )


def _known(by: Actor, day: date) -> Known:
    """Ask every module once, for the year up to ``day`` and the year before it."""
    smallest = value(SMALLEST, agency=by.agency, on=day)
    bare = Facts(day - YEAR + DAY, day, day - 2 * YEAR + DAY, day - YEAR, smallest)
    system, run, asked = Actor.system(by.agency), needs.newest(by.agency), surveys.twelve_months(day)
    staff: dict[UUID, set[UUID]] = defaultdict(set)
    for one in catalogue.servers(day=day):
        staff[one.service].add(one.person)
    return Known(
        bare=replace(bare, needs_at=run.at if run else None),
        names=competence.names(),
        spoken=reports.spoken(first=bare.first, last=day, today=day),
        topics=_by_service(reports.topics(first=bare.first, last=day)),
        waiting=reports.waiting(today=day),
        surveyed=surveys.by_service(agency=by.agency, first=asked[0], last=asked[1]),
        surveyed_before=surveys.by_service(agency=by.agency, first=_before(asked[0]), last=asked[0] - DAY),
        causes=_plain(causes.by_service(first=bare.first, last=day)),
        needs=_by_service(needs.needs(system, run.id) if run else (), "service_id"),
        staff=staff,
        lacks=competence.group_gaps(staff, agency=by.agency, day=day),
        planned=_by_service(plans.for_services(years=(day.year, day.year + 1))),
        held=_by_service(programmes.held_for_services()),
        effects=_by_service(effects.told_of_services()),
    )


def _plain(found: Mapping[UUID, Mapping[Any, int]]) -> dict[UUID, dict[str, int]]:
    """Causes by their codes."""
    return {service: {str(kind): n for kind, n in counts.items()} for service, counts in found.items()}


def _by_service(rows: Iterable[Row], name: str = "service") -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _heard(row: reports.Spoken | None, smallest: int) -> rules.Heard:
    if row is None:
        return rules.Heard()
    decided = rules.few(row.of[What.DECIDED], smallest=smallest)
    rated = rules.mean_of({stars: row.of[what] for stars, what in reports.STARS.items()})
    tells = rated.count >= smallest
    return rules.Heard(
        reports=rules.few(row.received, smallest=smallest),
        before=rules.few(row.before, smallest=smallest),
        decided=decided,
        kept=None if decided is None else row.of[What.KEPT],
        rated=rules.few(rated.count, smallest=smallest),
        rating=rated.mean if tells else None,
        rating_low=rated.low if tells else None,
        rating_high=rated.high if tells else None,
    )


def _before(first: date) -> date:
    """The first day of a month, a year before."""
    return first.replace(year=first.year - 1)


def _survey(row: surveys.Ikm | None, first: date | None = None) -> rules.Survey | None:
    if row is None or row.value is None:
        return None
    weakest = row.weakest[0]
    ends = [None if end is None else float(end) for end in (row.low, row.high)]
    return rules.Survey(
        row.n,
        float(row.value),
        ends[0],
        ends[1],
        str(row.band),
        str(weakest.unsur),
        float(weakest.measured.mean),
        first,
    )


def _wanted(row: needs.Line, names: Mapping[str, str]) -> rules.Wanted:
    name = names.get(row.competency, row.competency)
    return rules.Wanted(row.id, name, row.unit, row.rank, row.size, row.cases, row.rate, row.lack)


def _lacks(rows: Iterable[Any], names: Mapping[str, str]) -> tuple[rules.Lack, ...]:
    """The largest mean gaps; groups of which too few were assessed are hidden by the module that knows them."""
    told = [row for row in rows if row.mean is not None]
    told.sort(key=lambda row: (-row.mean, row.competency))
    return tuple(
        rules.Lack(names.get(row.competency, row.competency), row.people, row.assessed, float(row.mean))
        for row in told[:TOP]
    )


def _planned(row: plans.ForService, names: Mapping[str, str], smallest: int) -> rules.Planned:
    places, holds = rules.few(row.places, smallest=smallest), row.state == PlanState.APPROVED
    name = names.get(row.competency, row.competency)
    return rules.Planned(row.run, row.year, row.title, name, row.first, row.last, places, holds, row.cohort or "")


def _held(row: programmes.Held, smallest: int) -> rules.Held:
    return rules.Held(
        code=row.code,
        title=row.title,
        first=row.first_day,
        last=row.last_day,
        is_over=row.state == CohortState.CLOSED,
        hours=row.hours,
        taking_part=rules.few(row.taking_part, smallest=smallest),
        passed=rules.few(row.passed, smallest=smallest),
    )


def _effect(row: effects.Told) -> rules.Effect:
    told = row.verdict
    return rules.Effect(
        study=row.study,
        outcome=row.outcome,
        on=row.on,
        kind=str(told.kind),
        doubt=str(told.doubt) if told.doubt else None,
        change=told.change,
        low=told.low,
        high=told.high,
        bound=told.bound,
        mde=told.mde,
        n=told.n,
        is_ratio=told.is_ratio,
        is_late=told.is_late,
    )
