"""The book of marks: everybody's marks by component, what they make, and what was changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor
from lingkar.foundation.parameters.queries import value
from lingkar.grow.programmes import access, rules, schemes
from lingkar.grow.programmes.models import Attendance, Cohort, Mark, MarkChange, Session, Standing
from lingkar.grow.programmes.parameters import BANDS
from lingkar.grow.programmes.rules import Component, Scheme, Verdict


@dataclass(frozen=True)
class Marked:
    """One cell: a component with the mark that stands, and whether it was changed."""

    component: Component
    value: Decimal | None
    is_changed: bool


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
    """The book as ``by`` may see it: all of it, those they guide, or their own line (``only``: one participant)."""
    rows = access.PARTICIPANTS.visible(by).filter(cohort=cohort).exclude(standing=Standing.WITHDRAWN)
    if only:
        rows = rows.filter(pk=only)
    participants = list(rows.order_by("person__name").values_list("pk", "person__name", "standing"))
    ids = [pk for pk, _name, _standing in participants]
    changes = _changes(ids)
    changed = {(pk, row.component) for pk, row in changes}
    scheme, marks = schemes.read(cohort.scheme), marks_of(ids)
    found = verdicts_of(cohort, ids, day=timezone.localdate(at), marks=marks)
    lines = tuple(
        BookLine(
            pk,
            name,
            standing,
            tuple(Marked(it, marks.get(pk, {}).get(it.code), (pk, it.code) in changed) for it in scheme.components),
            rules.mark_so_far(scheme, marks.get(pk, {})),
            found[pk],
        )
        for pk, name, standing in participants
    )
    return Book(scheme, lines, tuple(row for _pk, row in changes))


def marks_of(participants: Collection[UUID]) -> dict[UUID, dict[str, Decimal]]:
    """The marks of people by component."""
    found: dict[UUID, dict[str, Decimal]] = {}
    rows: Iterable[tuple[UUID, str, Decimal]] = Mark.objects.filter(participant__in=participants).values_list(
        "participant", "component", "value"
    )
    for pk, component, mark in rows:
        found.setdefault(pk, {})[component] = mark
    return found


def verdicts_of(
    cohort: Cohort,
    participants: Collection[UUID],
    *,
    day: date,
    marks: dict[UUID, dict[str, Decimal]] | None = None,
) -> dict[UUID, Verdict]:
    """What marks, bands and gates say of each, on a day. Attendance counts the sessions that began until then."""
    scheme = schemes.read(cohort.scheme)
    bounds = value(BANDS, agency=cohort.agency_id, on=day)
    given = marks_of(participants) if marks is None else marks
    until = timezone.make_aware(datetime.combine(day, datetime.max.time()))
    held = Session.objects.filter(cohort=cohort, starts_at__lte=until)
    count = held.count()
    rows = Attendance.objects.filter(session__in=held.values("pk"), participant__in=participants)
    there = dict(rows.values_list("participant").annotate(count=Count("pk")).values_list("participant", "count"))
    return {
        pk: rules.verdict(scheme, given.get(pk, {}), rules.attendance_rate(there.get(pk, 0), count), bounds)
        for pk in participants
    }


def _changes(participants: Collection[UUID]) -> list[tuple[UUID, Changed]]:
    rows = MarkChange.objects.filter(mark__participant__in=participants).select_related("mark__participant__person")
    found = list(rows.order_by("-changed_at"))
    names = people.names_of({row.changed_by for row in found if row.changed_by}) if found else {}
    return [
        (
            row.mark.participant_id,
            Changed(
                name=row.mark.participant.person.name,
                component=row.mark.component,
                before=row.before,
                after=row.after,
                reason=row.reason,
                by=names.get(row.changed_by, "") if row.changed_by else "",
                at=row.changed_at,
            ),
        )
        for row in found
    ]
