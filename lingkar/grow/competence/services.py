"""Fill the dictionary, and write down what was found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.grow.competence import access, rules
from lingkar.grow.competence.access import Action
from lingkar.grow.competence.dictionary import shipped
from lingkar.grow.competence.models import Assessment, AssessmentKind, Competency
from lingkar.grow.competence.parameters import VALID_YEARS

if TYPE_CHECKING:
    from lingkar.directory.people.models import Person

BATCH = 2_000


@transaction.atomic
def load_dictionary(*, by: Actor, at: datetime) -> int:
    """Put the nine shipped competencies into the dictionary; words that changed are changed. Returns how many rows are
    new. Called twice it changes nothing.
    """
    access.demand(by, Action.DICTIONARY, "")
    known = set(Competency.objects.values_list("code", flat=True))
    fields = ("name", "kind", "meaning", "levels", "source", "order")
    rows = [
        Competency(agency_id=by.agency, code=row.code, **{name: getattr(row, name) for name in fields})
        for row in shipped()
    ]
    Competency.objects.bulk_create(rows, update_conflicts=True, unique_fields=("agency", "code"), update_fields=fields)
    new = sum(row.code not in known for row in rows)
    record(by, "competence.dictionary_loaded", Agency(pk=by.agency), at=at, new=new)
    return new


@transaction.atomic
def assess(*, person: UUID, kind: str, levels: Mapping[str, int], on: date, by: Actor, at: datetime) -> int:
    """Write down the levels of one person, by code of the competency, as they were found ``on`` a day.

    ``self``: about oneself. ``manager``: by who leads the unit, never about oneself. ``measured``: what assessors
    found, written down by the training administrator. A second look on the same day replaces the first. Refused:
    ``competence.nothing_found``, ``unknown``, ``level_unusable``, ``in_the_future``, ``not_oneself``,
    ``own_assessment``.
    """
    found = _person_for(by, person, kind)
    rules.check_assessor(kind, is_own=access.is_oneself(by, found))
    rules.check_day(on, today=timezone.localdate(at))
    known = dict(Competency.objects.values_list("code", "pk"))
    rules.check_levels(levels, known=known)
    until = rules.years_later(on, value(VALID_YEARS, agency=by.agency, on=on))
    rows = [
        Assessment(
            agency_id=by.agency, person=found, competency_id=known[code], kind=kind, level=level, on=on,
            valid_until=until, by=by.person,
        )
        for code, level in levels.items()
    ]  # fmt: skip
    _write(rows)
    record(by, "competence.assessed", found, at=at, kind=kind, competencies=len(rows))
    return len(rows)


def _person_for(by: Actor, person: UUID, kind: str) -> "Person":
    if kind not in AssessmentKind.values:
        raise Refused("competence.kind_unknown")
    if kind == AssessmentKind.MEASURED:
        return access.fetch(by, person, Action.MEASURE, lock=True)
    return access.fetch(by, person, Action.ASSESS, lock=True)


@dataclass(frozen=True, slots=True)
class PastAssessment:
    """Levels of one person, by code, as they were found on a day."""

    person: UUID
    kind: str
    levels: Mapping[str, int]
    on: date


@transaction.atomic
def assess_many(*, rows: Iterable[PastAssessment], by: Actor, at: datetime) -> int:
    """Take over many assessments (from a file, from elsewhere), all or none, one audit line; returns how many levels.

    For who may measure in the whole agency. Everybody named must serve the agency; days to come are refused.
    """
    access.demand(by, Action.MEASURE, "")
    known = dict(Competency.objects.values_list("code", "pk"))
    years, today = value(VALID_YEARS, agency=by.agency, on=timezone.localdate(at)), timezone.localdate(at)
    persons, made = set(people.serving().values_list("pk", flat=True)), []
    for row in rows:
        if row.person not in persons:
            raise Refused("competence.nobody", person=row.person)
        if row.kind not in AssessmentKind.values:
            raise Refused("competence.kind_unknown")
        rules.check_day(row.on, today=today)
        rules.check_levels(row.levels, known=known)
        until = rules.years_later(row.on, years)
        made += [
            Assessment(
                agency_id=by.agency, person_id=row.person, competency_id=known[code], kind=row.kind, level=level,
                on=row.on, valid_until=until, by=by.person,
            )
            for code, level in row.levels.items()
        ]  # fmt: skip
    _write(made)
    record(by, "competence.assessed_many", Agency(pk=by.agency), at=at, levels=len(made))
    return len(made)


def _write(rows: list[Assessment]) -> None:
    Assessment.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("person", "competency", "kind", "on"),
        update_fields=("level", "valid_until", "by"),
    )
