"""Compute the needs of an agency from everything that is known on a day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access import Actor
from lingkar.foundation.audit import services as audit
from lingkar.foundation.events.bus import publish
from lingkar.foundation.parameters.queries import values
from lingkar.foundation.privacy.cells import told_groups
from lingkar.grow.competence import queries as competence
from lingkar.listen.surveys import queries as surveys
from lingkar.loop.causes import queries as causes
from lingkar.loop.needs import access, rules
from lingkar.loop.needs.events import NeedsComputed
from lingkar.loop.needs.models import Computation, Need
from lingkar.loop.needs.parameters import HALF_LIFE, NONE, SMALLEST, UNSUR, WINDOW
from lingkar.loop.needs.rules import Capability, Cases, Parts, Scores, Size

Place = tuple[UUID, UUID]
"""A service at a unit."""
Key = tuple[UUID, UUID, str]
"""Service, unit, competency."""
KEPT = 400
"""Computations that are kept: a year of nights and some by hand."""


@dataclass(frozen=True)
class Survey:
    """The weakest element of the survey that tells of a competency."""

    unsur: str
    scores: Scores
    shrunk: float


@dataclass(frozen=True)
class Crew:
    """Those who give a service at a unit, or at all its units where there are too few; not told where few could be
    had by taking others off.
    """

    capability: Capability
    is_pooled: bool
    is_told: bool


@dataclass(frozen=True)
class Known:
    """Everything that is known of all cells."""

    smallest: int
    cases: Mapping[Key, Cases]
    rates: Mapping[Key, float]
    mean: Mapping[str, float]
    surveys: Mapping[Key, Survey]
    crews: Mapping[Key, Crew]

    def shown_cases(self, key: Key) -> Cases | None:
        found = self.cases.get(key)
        return found if found and found.n >= self.smallest and found.transactions else None

    def shown_survey(self, key: Key) -> Survey | None:
        found = self.surveys.get(key)
        return found if found and found.scores.n >= self.smallest else None

    def shown_lack(self, key: Key) -> float | None:
        found = self.crews.get(key)
        return found.capability.lack if found and found.is_told else None

    def parts(self, key: Key) -> Parts:
        """What may be told of a cell."""
        survey = self.shown_survey(key)
        return Parts(
            self.rates[key] if self.shown_cases(key) else None,
            rules.deficit(survey.shrunk) if survey else None,
            self.shown_lack(key),
        )

    def speaks(self, key: Key) -> bool:
        """Whether somebody said something, however few."""
        return key in self.surveys or (key in self.cases and self.cases[key].n > 0)


@transaction.atomic
def compute(*, by: Actor, at: datetime) -> UUID:
    """Compute and keep the needs of the whole agency; its id. About a dozen statements, however large the agency."""
    access.demand_compute(by)
    last = timezone.localdate(at)
    told = values((HALF_LIFE, WINDOW, SMALLEST, *UNSUR.values()), agency=by.agency, on=last)
    first = last - timedelta(days=told[WINDOW.key] - 1)
    run = Computation.objects.create(
        agency_id=by.agency, at=at, first=first, last=last, half_life=told[HALF_LIFE.key], smallest=told[SMALLEST.key]
    )
    mapped = {unsur: told[one.key] for unsur, one in UNSUR.items() if told[one.key] != NONE}
    rows, run.hidden = _needs(run, mapped)
    Need.objects.bulk_create(rows, batch_size=1000)
    run.save(update_fields=["hidden"])
    _forget(by)
    audit.record(by, "needs.computed", run, needs=len(rows), at=at)
    publish(NeedsComputed(agency=by.agency, computation=run.pk, at=at))
    return run.pk


def _forget(by: Actor) -> None:
    """Computations before the newest ones go; a plan keeps the numbers it was made from by itself."""
    old = Computation.objects.filter(agency=by.agency).order_by("-at").values_list("pk", flat=True)[KEPT:]
    Computation.objects.filter(pk__in=list(old)).delete()


def _needs(run: Computation, mapped: Mapping[str, str]) -> tuple[list[Need], int]:
    """A row for each cell that may be shown, the largest need first, and how many cells are too small to show."""
    evidence = causes.evidence(first=run.first, last=run.last)
    measures = [one for one in surveys.cells(first=run.first, last=run.last) if one.unsur in mapped]
    places = {(one.service, one.unit) for one in evidence} | {(one.service, one.unit) for one in measures}
    cases = _cases(run, evidence, places)
    known = Known(run.smallest, cases, *_rates(cases), _surveys(measures, mapped), _crews(run, places))
    spoken = [key for key in cases.keys() | known.surveys.keys() if known.speaks(key)]
    parts = {key: known.parts(key) for key in spoken}
    shown = {key: part for key, part in parts.items() if part.cases is not None or part.survey is not None}
    sized = rules.sizes(shown)
    order = sorted(shown, key=lambda key: _order(sized[key], key))
    rows = [_row(run, rank, key, sized[key], known) for rank, key in enumerate(order, start=1)]
    return rows, len(spoken) - len(shown)


def _order(size: Size, key: Key) -> tuple[Any, ...]:
    """The largest need first; where the gap is not known, by evidence after those."""
    return (size.need is None, -(size.need or 0.0), -(size.evidence or 0.0), str(key))


def _cases(run: Computation, evidence: Iterable[causes.Evidence], places: set[Place]) -> dict[Key, Cases]:
    """Weighted cases of each cell, also of those where nobody complained: they are part of the mean.

    Transactions are counted for a service; they count in equal parts for the units that give it.
    """
    months: dict[UUID, dict[date, int]] = defaultdict(dict)
    for (service, month), count in catalogue.transactions_between(run.first.replace(day=1), run.last).items():
        months[service][month] = count
    used = {service: rules.used_between(counts, run.first, run.last) for service, counts in months.items()}
    shared = Counter(service for service, _unit in places)
    n: dict[Key, int] = defaultdict(int)
    weighted: dict[Key, float] = defaultdict(float)
    squares: dict[Key, float] = defaultdict(float)
    for one in evidence:
        key = (one.service, one.unit, one.competency)
        n[key] += one.n
        weight = rules.recency((run.last - one.happened_on).days, half_life=run.half_life)
        weighted[key] += one.n * weight
        squares[key] += one.n * weight**2
    return {
        (*place, code): Cases(
            n[*place, code],
            weighted[*place, code],
            round(used.get(place[0], 0) / shared[place[0]]),
            squares[*place, code],
        )
        for place in places
        for code in {one.competency for one in evidence}
    }


def _rates(cases: Mapping[Key, Cases]) -> tuple[dict[Key, float], dict[str, float]]:
    """Each rate drawn towards the one of all units in that competency, and the latter."""
    rates: dict[Key, float] = {}
    mean: dict[str, float] = {}
    for code in {key[2] for key in cases}:
        cells = {key: one for key, one in cases.items() if key[2] == code}
        rates |= rules.shrunk_rates(cells)
        exposure = sum(one.exposure for one in cells.values())
        mean[code] = sum(one.weighted for one in cells.values() if one.transactions) / exposure if exposure else 0.0
    return rates, mean


def _surveys(measures: Iterable[surveys.Measure], mapped: Mapping[str, str]) -> dict[Key, Survey]:
    """For each competency the element that stands lowest of those that tell of it."""
    by_unsur: dict[str, dict[Place, Scores]] = defaultdict(dict)
    for one in measures:
        by_unsur[one.unsur][one.service, one.unit] = Scores(one.n, one.mean, one.variance)
    heard: dict[Key, Survey] = {}
    for unsur, cells in sorted(by_unsur.items()):
        shrunk = rules.shrunk_means(cells)
        for place, scores in cells.items():
            key = (*place, mapped[unsur])
            if key not in heard or shrunk[place] < heard[key].shrunk:
                heard[key] = Survey(unsur, scores, shrunk[place])
    return heard


def _crews(run: Computation, places: set[Place]) -> dict[Key, Crew]:
    """What those who serve lack, at each unit with all below it; where too few were assessed, at all units."""
    serving = catalogue.servers(day=run.last)
    gaps = competence.gaps_of_many({one.person for one in serving}, run.last)
    paths = orgs.paths_of(unit for _service, unit in places)
    by_service: dict[UUID, list[catalogue.Server]] = defaultdict(list)
    for one in serving:
        by_service[one.service].append(one)
    found: dict[Key, Crew] = {}
    for service in {service for service, _unit in places}:
        everybody = by_service[service]
        units = [unit for other, unit in places if other == service]
        here = {u: {one.person for one in everybody if one.path.startswith(paths.get(u, "-"))} for u in units}
        for code in {code for one in everybody for code in gaps.get(one.person, {})}:
            asked = {one.person: gaps[one.person][code] for one in everybody if code in gaps.get(one.person, {})}
            for unit, crew in _crews_of(here, asked, run.smallest).items():
                found[service, unit, code] = crew
    return found


def _crews_of(here: Mapping[UUID, set[UUID]], asked: Mapping[UUID, int | None], smallest: int) -> dict[UUID, Crew]:
    """What those lack of whom a competency is ``asked`` (person → gap), at each unit; where that may not be told, what
    all lack together; where that would tell of a few, nothing.
    """
    own = {unit: Capability.of([gap for who, gap in asked.items() if who in crew]) for unit, crew in here.items()}
    known = frozenset(who for who, gap in asked.items() if gap is not None)
    told, may_pool = told_groups({unit: known & crew for unit, crew in here.items()}, known, smallest=smallest)
    pooled = Crew(Capability.of(list(asked.values())), is_pooled=True, is_told=may_pool)
    return {
        unit: pooled if may_pool and unit not in told else Crew(own[unit], is_pooled=False, is_told=unit in told)
        for unit in here
    }


def _row(run: Computation, rank: int, key: Key, size: Size, known: Known) -> Need:
    service, unit, competency = key
    row = Need(
        agency_id=run.agency_id, computation=run, service_id=service, unit_id=unit, competency=competency, rank=rank,
        evidence=size.evidence, capability=size.capability, size=size.need,
    )  # fmt: skip
    if cases := known.shown_cases(key):
        row.cases, row.transactions, row.rate = cases.n, cases.transactions, cases.rate
        (row.rate_low, row.rate_high), row.rate_shrunk = cases.interval(), known.rates[key]
        row.rate_of_all = known.mean[competency]
    if survey := known.shown_survey(key):
        row.unsur, row.answers, row.score = survey.unsur, survey.scores.n, survey.scores.mean
        row.score_low, row.score_high = survey.scores.interval() or (None, None)
        row.score_shrunk = survey.shrunk
    if crew := known.crews.get(key):
        row.people, row.measured, row.is_pooled = crew.capability.people, crew.capability.measured, crew.is_pooled
        row.lack = known.shown_lack(key)
    return row
