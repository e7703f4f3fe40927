"""What users of the services said in two years: answers with the truths of ``truths.SKM`` in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from lingkar.directory.services.queries import published
from lingkar.foundation.access import Actor
from lingkar.foundation.calendar.queries import calendar_for
from lingkar.listen.surveys.queries import instrument_on
from lingkar.listen.surveys.services import PastResponse, Respondent, open_counters, take_over
from lingkar.site.demo import truths
from lingkar.site.demo.truths import SKM, Satisfaction, Training

if TYPE_CHECKING:
    from lingkar.directory.services.models import Version

SEED = "teluk-kawung skm"
PERSON, ANSWER, MONTHLY = 0.45, 0.5, 0.05
"""Spread of people, of one person's answers, and of the months of a unit, in points of 1 to 4."""
SOURCES = ("qr",) * 11 + ("paper",) * 8 + ("case",)
SEXES = ("female",) * 11 + ("male",) * 9
AGES = ("17-24",) * 4 + ("25-39",) * 8 + ("40-59",) * 6 + ("60+",) * 2
SCHOOLS = ("sd",) * 3 + ("smp",) * 4 + ("sma",) * 9 + ("pt",) * 4
JOBS = ("asn", "swasta", "swasta", "usaha", "usaha", "usaha", "pelajar", "rumah", "rumah", "lain")


@dataclass(frozen=True)
class Place:
    """A counter: a service at a unit, how its answers lie, and the training whose effect they show."""

    service: UUID
    unit: UUID
    code: str
    unit_code: str
    told: Satisfaction
    plan: Training | None
    is_free: bool


def load_surveys(*, units: Mapping[str, UUID], scale: float, by: Actor, at: datetime) -> None:
    """Every service's counters, and their answers of two years."""
    today = timezone.localdate(at)
    places = [place for version in published(day=today) for place in _places(version, units)]
    since = today - timedelta(days=truths.DAYS)
    open_counters(pairs=[(place.service, place.unit) for place in places], since=since, by=by, at=at)
    unsur = [question.unsur.value for question in instrument_on(today).questions]
    days = _days(by.agency, since, today)
    rows = (row for place in places for row in _answers(place, days, unsur, today, min(scale, 1.0)))
    take_over(rows=rows, by=by, at=at)


def _places(version: "Version", units: Mapping[str, UUID]) -> Iterator[Place]:
    code = version.service.code
    told, plan = SKM.get(code, Satisfaction()), truths.SKM_PLANS.get(code)
    spread = [unit for unit in plan.trained if unit in units] if plan and len(plan.trained) > 1 else []
    own = version.unit.code
    for unit in spread or [own]:
        place = units.get(unit, version.unit_id)
        yield Place(version.service_id, place, code, unit, told, plan, not version.cost)


def _days(agency: UUID, since: date, today: date) -> dict[date, list[date]]:
    """The days on which offices worked, by month."""
    offices, found = calendar_for(agency), dict[date, list[date]]()
    for ago in range((today - since).days, 0, -1):
        day = today - timedelta(days=ago)
        if offices.works_on(day):
            found.setdefault(day.replace(day=1), []).append(day)
    return found


def _answers(
    place: Place, days: Mapping[date, list[date]], unsur: list[str], today: date, scale: float
) -> Iterator[PastResponse]:
    chance = Random(f"{SEED} {place.code} {place.unit_code}")  # noqa: S311
    usual = {code: mean + chance.gauss(0, 0.06) for code, mean in place.told.means(is_free=place.is_free).items()}
    for worked in days.values():
        shift = chance.gauss(0, MONTHLY)
        for _ in range(_count(place.told.month * scale * len(worked) / 21, chance)):
            day = chance.choice(worked)
            person = shift + chance.gauss(0, PERSON)
            lift = _lift(place, day, today)
            scores = [_score(usual[code] + lift.get(code, 0) + person + chance.gauss(0, ANSWER)) for code in unsur]
            yield PastResponse(place.service, place.unit, day, scores, chance.choice(SOURCES), _about(chance))


def _count(expected: float, chance: Random) -> int:
    """A whole number of this mean: as even as can be."""
    return int(expected) + (chance.random() < expected % 1)


def _lift(place: Place, day: date, today: date) -> Mapping[str, float]:
    """What a training did to the answers of a day: nothing before it, and nothing where it had no effect."""
    plan = place.plan
    unit = place.unit_code if plan and place.unit_code in plan.trained else next(iter(plan.trained), "") if plan else ""
    return truths.SKM_LIFT if plan and plan.left(unit, day, today) < 1 else {}


def _score(value: float) -> int:
    return min(4, max(1, round(value)))


def _about(chance: Random) -> Respondent:
    if chance.random() < 0.2:
        return Respondent()
    return Respondent(chance.choice(SEXES), chance.choice(AGES), chance.choice(SCHOOLS), chance.choice(JOBS))
