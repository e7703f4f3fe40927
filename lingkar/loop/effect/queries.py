"""Did training help a service? For those who may ask: the verdict of a study, with everything it was made from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lingkar.directory.orgs.queries import names_of, paths_of
from lingkar.directory.services.queries import transactions_between
from lingkar.foundation.access import Actor
from lingkar.foundation.parameters.queries import values
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.programmes.queries import first_days
from lingkar.listen.surveys import queries as surveys
from lingkar.loop.causes import queries as causes
from lingkar.loop.effect import access, rules, telling
from lingkar.loop.effect.models import Finding, Outcome, Study
from lingkar.loop.effect.parameters import LOOK_BACK, MARGIN_CASES, MARGIN_SCORE, SETTLE_DAYS, SMALLEST
from lingkar.loop.effect.rules import Answers, Counted, Doubt, Estimate, Kind, Panel, Ruling, Start

if TYPE_CHECKING:
    from django.db.models import QuerySet

"""Causes that training can do something about (``causes``)."""
PRETENDED = 6
"""Months before the real start at which the training that never was begins."""


@dataclass(frozen=True)
class Verdict:
    """What a study says on a day, in numbers and in ``words``.

    ``change``, ``low``, ``high``, ``bound`` and ``mde`` are shares of the cases expected without training (−0.60: 60 %
    fewer), or points of a score; None where nothing could be compared. ``n``: cases (answers: months) after training.
    ``mde``: the smallest drop that so many cases find 8 times of 10.
    """

    kind: Kind
    doubt: Doubt | None
    change: float | None
    low: float | None
    high: float | None
    bound: float | None
    mde: float | None
    n: int
    is_ratio: bool
    is_late: bool

    @property
    def words(self) -> str:
        """The verdict in one or two sentences, in the language of the page."""
        ruling = Ruling(self.kind, self.doubt, self.change, self.low, self.high, self.bound)
        return telling.words_of(ruling, is_ratio=self.is_ratio, smallest=self.mde, is_late=self.is_late)


@dataclass(frozen=True)
class Followed:
    """A unit of a study: its name, its first day of training (None: compared with)."""

    unit: UUID
    name: str
    begins_on: date | None


@dataclass(frozen=True)
class Rates:
    """Cases of a month in one unit, per 1,000 transactions of the service: before, and after training should show.

    None where months lack their transactions, or there is no such month. Never a finding by themselves.
    """

    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class Working:
    """All of a verdict: what was compared with what, and what else was tried.

    ``others``: cases of the same units that no training cures. ``earlier``: a training that never was, half a year
    before. ``without``: the same without one unit at a time. ``lost``: months with nothing to compare with.
    """

    study: Study
    verdict: Verdict
    units: tuple[Followed, ...]
    first: date
    last: date
    found: Estimate | None
    others: Estimate | None
    earlier: Estimate | None
    without: Mapping[UUID, Estimate | None]
    lost: int
    rates: Rates
    compared_rates: Rates
    smallest_cell: int


def estimate(study: Study, day: date) -> Verdict:
    """What a study says on ``day``. Ask for the study first: this does not check who asks. Five queries at most."""
    return working_of(study, day, is_whole=False).verdict


def working_of(study: Study, day: date, *, is_whole: bool = True) -> Working:
    """The verdict with its whole working; without ``is_whole`` no unit is left out in turn. Six queries at most."""
    told = values((SETTLE_DAYS, LOOK_BACK, SMALLEST), agency=study.agency_id, on=day)
    units = _followed(study)
    last = rules.settled_month(day, days=told[SETTLE_DAYS.key])
    material = _material(study, first=last - told[LOOK_BACK.key] + 1, last=last)
    panel = _panel(study, units, material, last)
    found, others = material.estimate(panel), material.estimate_others(panel)
    earlier = material.estimate(panel.earlier(PRETENDED))
    is_over = any(start.shows <= last for start in panel.starts.values())
    is_ratio = study.outcome == Outcome.CASES
    ruling = rules.rule(
        found, margin=float(study.margin), is_ratio=is_ratio, others=others, earlier=earlier, is_over=is_over
    )
    without = {u: material.estimate(panel.without(u)) for u in _ids(units)} if is_whole and found else {}
    rates, compared = material.rates(panel) if is_whole else (Rates(None, None), Rates(None, None))
    return Working(
        study=study,
        verdict=_verdict(study, ruling, found, material.seen(panel)),
        units=units,
        first=_day_of(panel.first),
        last=_day_of(last),
        found=found,
        others=others,
        earlier=earlier,
        without=without,
        lost=panel.lost(),
        rates=rates,
        compared_rates=compared,
        smallest_cell=told[SMALLEST.key],
    )


def _verdict(study: Study, ruling: Ruling, found: Estimate | None, seen: int) -> Verdict:
    return Verdict(
        kind=ruling.kind,
        doubt=ruling.doubt,
        change=ruling.change,
        low=ruling.low,
        high=ruling.high,
        bound=ruling.bound,
        mde=found.smallest if found else None,
        n=seen,
        is_ratio=study.outcome == Outcome.CASES,
        is_late=study.is_late,
    )


def _followed(study: Study) -> tuple[Followed, ...]:
    rows = study.units.order_by("begins_on", "unit__name").values_list("unit", "unit__name", "begins_on")
    return tuple(Followed(*row) for row in rows)


def _ids(units: tuple[Followed, ...]) -> list[UUID]:
    return [row.unit for row in units]


def _panel(study: Study, units: tuple[Followed, ...], material: "Material", last: int) -> Panel:
    """Training shows from the first whole month on that begins when its delay is over."""
    starts = {
        row.unit: Start(
            rules.month_of(row.begins_on), rules.month_after(row.begins_on + timedelta(days=max(study.delay, 1)))
        )
        for row in units
        if row.begins_on is not None
    }
    return Panel(_ids(units), material.first(last), last, starts)


@dataclass(frozen=True)
class Material:
    """What was counted of one service: trainable cases, other cases, and (of a survey) answers."""

    cases: tuple[Counted, ...]
    untrainable: tuple[Counted, ...]
    answers: tuple[Answers, ...]
    is_ratio: bool
    service: UUID
    earliest: int

    def first(self, last: int) -> int:
        """The first month that anything was counted in, within what is looked back at."""
        rows = [*(row.month for row in (*self.cases, *self.untrainable)), *(row.month for row in self.answers)]
        return max(self.earliest, min(rows, default=last))

    def estimate(self, panel: Panel) -> Estimate | None:
        return rules.ratio_of(panel, self.cases) if self.is_ratio else rules.difference_of(panel, self.answers)

    def estimate_others(self, panel: Panel) -> Estimate | None:
        """Cases that no training cures: a survey has none."""
        return rules.ratio_of(panel, self.untrainable) if self.is_ratio else None

    def seen(self, panel: Panel) -> int:
        """Cases, or answers, of trained units in the months in which training should show."""
        shows = {unit: start.shows for unit, start in panel.starts.items()}
        rows = [(r.unit, r.month, r.cases) for r in self.cases] if self.is_ratio else self._answered()
        return sum(n for unit, month, n in rows if unit in shows and shows[unit] <= month <= panel.last)

    def _answered(self) -> list[tuple[UUID, int, int]]:
        return [(row.unit, row.month, row.n) for row in self.answers]

    def rates(self, panel: Panel) -> tuple[Rates, Rates]:
        """Rates of the trained units and of those they are compared with (split where half of the others had begun)."""
        if not self.is_ratio:
            return Rates(None, None), Rates(None, None)
        used = transactions_between(_day_of(panel.first), _day_of(panel.last))
        held = {rules.month_of(month): n for (service, month), n in used.items() if service == self.service}
        cases: dict[tuple[UUID, int], int] = {}
        for row in self.cases:
            cases[row.unit, row.month] = cases.get((row.unit, row.month), 0) + row.cases

        def rate(cells: list[tuple[UUID, int]]) -> Decimal | None:
            total = sum(held.get(month, 0) for _unit, month in cells)
            if not total or any(month not in held for _unit, month in cells):
                return None
            return round(Decimal(1000 * sum(cases.get(cell, 0) for cell in cells)) / total, 2)

        before = [cell for cell in panel.before() if cell[0] in panel.starts]
        after = [(u, m) for u, s in panel.starts.items() for m in range(max(s.shows, panel.first), panel.last + 1)]
        begun = sorted(start.began for start in panel.starts.values())
        middle = begun[len(begun) // 2] if begun else panel.last
        never = [cell for cell in panel.before() if cell[0] not in panel.starts]
        return (
            Rates(rate(before), rate(after)),
            Rates(rate([cell for cell in never if cell[1] < middle]), rate([c for c in never if c[1] >= middle])),
        )


def _material(study: Study, *, first: int, last: int) -> Material:
    if study.outcome == Outcome.CASES:
        trainable: list[Counted] = []
        others: list[Counted] = []
        for row in causes.monthly(service=study.service_id):
            month = rules.month_of(row.month)
            if first <= month <= last:
                (trainable if row.kind in causes.TRAINABLE else others).append(Counted(row.unit, month, row.n))
        return Material(tuple(trainable), tuple(others), (), True, study.service_id, first)
    cells = surveys.monthly(service=study.service_id)
    answers = [
        Answers(cell.unit, month, cell.n, float(cell.mean), None if cell.variance is None else float(cell.variance))
        for cell in cells
        if cell.unsur == study.outcome and first <= (month := rules.month_of(cell.month)) <= last
    ]
    return Material((), (), tuple(answers), False, study.service_id, first)


def _day_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


# --- lists --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StudyLine:
    """A study as lists show it."""

    id: UUID
    outcome: str
    registered_at: datetime
    is_late: bool
    margin: Decimal
    delay: int
    service_id: UUID
    code: str = column("service__code")
    name: str = column("service__name")
    unit: str = column("service__unit__name")


def studies(by: Actor, *, service: UUID | None = None) -> "QuerySet[Study, StudyLine]":
    """The studies that ``by`` may read, the newest first."""
    rows = access.visible(by).order_by("-registered_at", "pk")
    rows = rows.filter(service=service) if service else rows
    return plain(rows, StudyLine)


def study_for(by: Actor, study: UUID) -> Study:
    """One study that ``by`` may read."""
    return access.fetch(by, study)


def latest(studies: list[UUID]) -> dict[UUID, tuple[date, Verdict]]:
    """What each of these studies said when it was asked last, and on which day. One query."""
    rows = Finding.objects.filter(study__in=studies).select_related("study")
    newest = rows.order_by("study_id", "-on").distinct("study_id")
    return {row.study_id: (row.on, _told(row)) for row in newest}


def latest_of(service: UUID) -> tuple[UUID, date, Verdict] | None:
    """The study of a service that was registered last and has a finding: its id, the day, what it said. One query."""
    rows = Finding.objects.filter(study__service=service).select_related("study")
    row = rows.order_by("-study__registered_at", "-on").first()
    return (row.study_id, row.on, _told(row)) if row else None


@dataclass(frozen=True)
class Told:
    """What a study about a service said last, and on which day."""

    study: UUID
    service: UUID
    outcome: str
    on: date
    verdict: Verdict


def told_of_services() -> list[Told]:
    """What every study of the agency said last, those registered first in front: for modules above. One query."""
    rows = Finding.objects.select_related("study").order_by("study_id", "-on").distinct("study_id")
    newest = sorted(rows, key=lambda row: (row.study.registered_at, str(row.study_id)))
    return [Told(row.study_id, row.study.service_id, row.study.outcome, row.on, _told(row)) for row in newest]


def history_of(study: Study) -> list[tuple[date, Verdict]]:
    """What a study said on the last days on which it said something new, the newest first (12 at most)."""
    told: list[tuple[date, Verdict]] = []
    for row in Finding.objects.filter(study=study).select_related("study").order_by("-on")[:400]:
        if not told or told[-1][1].kind != row.kind:
            told.append((row.on, _told(row)))
        else:
            told[-1] = (row.on, _told(row))
    return told[:12]


def verdict_of(*, kind: str, doubt: str | None, **numbers: Any) -> Verdict:
    """A verdict from what was kept of it: ``numbers`` are its other fields."""
    return Verdict(kind=Kind(kind), doubt=Doubt(doubt) if doubt else None, **numbers)


def _told(row: Finding) -> Verdict:
    return verdict_of(
        kind=row.kind,
        doubt=row.doubt,
        change=row.change,
        low=row.low,
        high=row.high,
        bound=row.bound,
        mde=row.smallest,
        n=round(row.seen or 0),
        is_ratio=row.study.outcome == Outcome.CASES,
        is_late=row.study.is_late,
    )


def margins(*, agency: UUID, day: date) -> Mapping[str, Decimal]:
    """The smallest change that matters, as a new study proposes it, by what is looked at."""
    told = values((MARGIN_CASES, MARGIN_SCORE), agency=agency, on=day)
    score = told[MARGIN_SCORE.key]
    return {Outcome.CASES: told[MARGIN_CASES.key], Outcome.COMPETENCE: score, Outcome.CONDUCT: score}


def units_to_follow(service: UUID) -> list[tuple[UUID, str]]:
    """Units that cases or answers about a service belong to, by name: what a new study may follow. Three queries."""
    counted = {row.unit for row in causes.monthly(service=service)}
    counters = {row.unit_id for row in surveys.counters_of(service)}
    return sorted(names_of(counted | counters).items(), key=lambda row: row[1])


def first_days_of(service: UUID, units: Collection[UUID]) -> dict[UUID, date]:
    """The first day of training of those of these units that cohorts train for a service, by programmes: a cohort for a
    unit trains all below it, and one for a part of a unit trains that unit, too. Three queries.
    """
    told = first_days(service)
    paths = paths_of({*told, *units})
    return {
        unit: min(days)
        for unit in units
        if (days := [day for other, day in told.items() if _meet(paths[unit], paths[other])])
    }


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
