"""Samples of the loop: a study, a planned training, a cohort, the circle of a service, each made once."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from lingkar.directory.services.models import Service
from lingkar.grow.programmes import services as programmes
from lingkar.grow.programmes.models import Cohort
from lingkar.grow.programmes.services import CohortFacts
from lingkar.loop.effect import services as effects
from lingkar.loop.effect.models import Study
from lingkar.loop.planning.models import Plan, Run, Suggestion
from lingkar.loop.scoreboard.models import Chain
from lingkar.loop.scoreboard.services import compute
from tests.fixtures import NOW, City
from tests.where import Where


def study(where: Where, service: str) -> UUID:
    """A study of a service that the unit offers."""
    about, unit = Service.objects.get(code=service).pk, where.city.units[where.unit].pk
    if known := Study.objects.filter(service=about).first():
        return known.pk
    days: dict[UUID, date | None] = {unit: date(2026, 9, 1)}
    told = {"outcome": "cases", "margin": Decimal("0.2")}
    made = effects.register_study(service=about, units=days, by=where.city.system, at=NOW, **told)  # type: ignore[arg-type]
    return made.pk


def planned(where: Where) -> Run:
    """A training in the plan of 2027."""
    if known := Run.objects.filter(agency=where.city.agency).first():
        return known
    plan = Plan.objects.create(agency=where.city.agency, year=2027)
    days = {"first": date(2027, 3, 1), "last": date(2027, 3, 1)}
    facts = {"title": "Pelatihan", "competency": "teamwork", "level": 2, "least": 1, "most": 2, "jp": 8, "cost": 0}
    return Run.objects.create(agency=where.city.agency, plan=plan, source="apbd", **days, **facts)


COMPETENCY = "teamwork"


def suggested(where: Where, service: str) -> str:
    """A training that needs spoke for, left in the plan of 2027: the code of its service."""
    plan, about = planned(where).plan, Service.objects.get(code=service)
    numbers = dict.fromkeys(("cases", "rate", "rate_of_all", "answers", "score", "lack"))
    reason = numbers | {"unit": where.unit, "unsur": "", "measured": 0, "people": 0, "is_pooled": False}
    told = {"agency": plan.agency, "size": 0.5, "reason": reason, "decided_at": NOW}
    Suggestion.objects.get_or_create(plan=plan, service=about, competency=COMPETENCY, defaults=told)
    return service


def circle(where: Where, service: str) -> str:
    """The code of a service whose circle was computed."""
    if not Chain.objects.filter(agency=where.city.agency, service__code=service).exists():
        compute(by=where.city.system, at=NOW)
    return service


def cohort(city: City, code: str, *, first: date = date(2026, 7, 1), **facts: Any) -> Cohort:
    """A cohort in preparation."""
    programmes.load_types(by=city.system, at=NOW)
    told = CohortFacts(title=f"Angkatan {code}", seats=9, first_day=first, last_day=first, **facts)
    return programmes.open_cohort(type="bimtek", code=code, facts=told, by=city.system, at=NOW)


def cohort_of(where: Where) -> Cohort:
    """The cohort of a unit: a sample for routes."""
    code = f"loop-{where.unit}"
    return Cohort.objects.filter(code=code).first() or cohort(where.city, code)
