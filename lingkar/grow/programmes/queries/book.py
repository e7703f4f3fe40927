"""The book of marks: everybody's marks by component, what they make, and what was changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor
from lingkar.foundation.parameters.queries import value
from lingkar.grow.programmes import access, rules, schemes
from lingkar.grow.programmes.models import Cohort, Mark, MarkChange, Participant, Session, Standing
from lingkar.grow.programmes.parameters import BANDS
from lingkar.grow.programmes.rules import Component, Scheme, Verdict


@dataclass(frozen=True)
class Marked:
    """One cell: a component with the mark that stands, and whether it was changed."""

    component: Component
    value: Decimal | None
    is_changed: bool
    source: str = ""


@dataclass(frozen=True)
class BookLine:
    """A participant with their marks and what follows from them."""

    id: UUID
    name: str
    standing: str
    marks: tuple[Marked, ...]
    so_far: Decimal
    verdict: Verdict


@dataclass(frozen=True)
class Changed:
    """A change of a mark, as it is shown."""

    name: str
    component: str
    before: Decimal
    after: Decimal
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Book:
    """The marks of a cohort that a viewer may see."""

    scheme: Scheme
    lines: tuple[BookLine, ...]
    changes: tuple[Changed, ...]


def marks_book(by: Actor, cohort: Cohort, *, at: datetime, only: UUID | None = None) -> Book:
    """The book as ``by`` may see it: all of it, those they guide, or their own line (``only``: one participant).

    Three statements and the bands; two more where a mark was changed.
    """
    rows = access.PARTICIPANTS.visible(by).filter(cohort=cohort).exclude(standing=Standing.WITHDRAWN)
    if only:
        rows = rows.filter(pk=only)
    day = timezone.localdate(at)
    counted = _counted(rows, cohort, day)
    found = list(counted.order_by("person__name").values_list("pk", "held", "there", "person__name", "standing"))
    given = _given([row[0] for row in found])
    scheme, bounds = schemes.read(cohort.scheme), value(BANDS, agency=cohort.agency_id, on=day)
    lines = []
    for pk, held, there, name, standing in found:
        mine = given.get(pk, {})
        marks = {code: found.value for code, found in mine.items()}
        cells = tuple(_cell(it, mine.get(it.code)) for it in scheme.components)
        verdict = rules.verdict(scheme, marks, rules.attendance_rate(there, held), bounds)
        lines.append(BookLine(pk, name, standing, cells, rules.mark_so_far(scheme, marks), verdict))
    changed = [line.id for line in lines if any(cell.is_changed for cell in line.marks)]
    return Book(scheme, tuple(lines), _changes(changed) if changed else ())


def verdicts_of(cohort: Cohort, participants: Collection[UUID], *, day: date) -> dict[UUID, Verdict]:
    """What marks, bands and gates say of each, on a day. Attendance counts the sessions that began until then."""
    scheme, bounds = schemes.read(cohort.scheme), value(BANDS, agency=cohort.agency_id, on=day)
    given = _given(participants)
    rows = _counted(Participant.objects.filter(pk__in=participants), cohort, day).values_list("pk", "held", "there")
    return {
        pk: rules.verdict(
            scheme,
            {code: found.value for code, found in given.get(pk, {}).items()},
            rules.attendance_rate(there, held),
            bounds,
        )
        for pk, held, there in rows
    }


def _counted(rows: "QuerySet[Participant]", cohort: Cohort, day: date) -> Any:
    """Participants with the sessions that began until a day, and those of them at which they were."""
    until = timezone.make_aware(datetime.combine(day, datetime.max.time()))
    held = Session.objects.filter(cohort=cohort, starts_at__lte=until)
    count = held.order_by().values("cohort").annotate(count=Count("pk")).values("count")
    there = Count("attendances", filter=Q(attendances__session__starts_at__lte=until))
    return rows.annotate(held=Coalesce(Subquery(count), 0), there=there)


@dataclass(frozen=True, slots=True)
class _Given:
    value: Decimal
    times: int
    source: str


def _cell(component: Component, found: _Given | None) -> Marked:
    if found is None:
        return Marked(component, None, is_changed=False)
    return Marked(component, found.value, is_changed=found.times > 0, source=found.source)


def _given(participants: Collection[UUID]) -> dict[UUID, dict[str, _Given]]:
    """The marks of people by component, each with how often it was changed and what it came from."""
    found: dict[UUID, dict[str, _Given]] = {}
    rows = Mark.objects.filter(participant__in=participants).annotate(times=Count("changes"))
    for pk, component, mark, times, source in rows.values_list("participant", "component", "value", "times", "source"):
        found.setdefault(pk, {})[component] = _Given(mark, times, source)
    return found


def _changes(participants: Collection[UUID]) -> tuple[Changed, ...]:
    rows = MarkChange.objects.filter(mark__participant__in=participants).order_by("-changed_at")
    columns = ("mark__participant__person__name", "mark__component", "before", "after", "reason", "changed_by")
    found = list(rows.values_list(*columns, "changed_at"))
    names = people.names_of({row[5] for row in found if row[5]})
    return tuple(
        Changed(name, component, before, after, reason, names.get(who, "") if who else "", at)
        for name, component, before, after, reason, who, at in found
    )
