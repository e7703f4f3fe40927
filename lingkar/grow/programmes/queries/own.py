"""One's own participation: the programme, the marks and the paper, each in one statement."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from lingkar.foundation.access import NOBODY, Actor, Unseen
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.grow.programmes import rules, schemes
from lingkar.grow.programmes.models import CohortState, Mark, MarkChange, Participant, Standing, Subject
from lingkar.grow.programmes.queries.book import Marked
from lingkar.grow.programmes.queries.cohorts import CohortSeen
from lingkar.grow.programmes.queries.sessions import OwnSession

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Named:
    """What a subject names: the code of its course and of its quiz, "" for none."""

    course: str
    quiz: str


@dataclass(frozen=True)
class OwnChange:
    """A change of one's own mark."""

    component: str
    before: Decimal
    after: Decimal
    reason: str
    at: datetime | None


@dataclass(frozen=True)
class OwnBook:
    """One's own marks, what they make so far, and the sessions attended."""

    marks: tuple[Marked, ...]
    so_far: Decimal
    attendance: Decimal
    why: str
    """The code of what stands in the way of passing, "" for nothing."""
    changes: tuple[OwnChange, ...]


def own_programme(by: Actor, code: str) -> tuple[CohortSeen, tuple[Named, ...]]:
    """One's own participation by the code of its cohort, and what its subjects name; ``Unseen`` for others."""
    item = next(iter(_own(account=by.person or NOBODY, code=code)), None)
    if item is None:
        raise Unseen
    scheme = schemes.read(item.cohort.scheme)
    seen = CohortSeen(item.cohort, scheme, manages=False, participant=item, duties=())
    return seen, tuple(Named(**row) for row in item.named)


@prepared
def _own(*, account: UUID, code: str) -> "QuerySet[Participant]":
    subjects = Subject.objects.filter(cohort=OuterRef("cohort")).order_by("number")
    named = subjects.values(told=JSONObject(course="course", quiz="quiz"))
    rows = Participant.objects.select_related("cohort__type").annotate(named=ArraySubquery(named))
    return rows.filter(person__account=account, cohort__code=code).exclude(cohort__state=CohortState.DRAFT)[:1]


def own_book(seen: CohortSeen, sessions: list[OwnSession], *, at: datetime) -> OwnBook | None:
    """One's own marks; None for whoever withdrew."""
    item = seen.participant
    if item is None or item.standing == Standing.WITHDRAWN:
        return None
    given = {row[0]: row[1:] for row in _marks(participant=item.pk)}
    marks = {code: value for code, (value, _source, _told) in given.items()}
    held = [row for row in sessions if row.starts_at <= at]
    rate = rules.attendance_rate(sum(row.there is not None for row in held), len(held))
    return OwnBook(
        tuple(_cell(it, given.get(it.code)) for it in seen.scheme.components),
        rules.mark_so_far(seen.scheme, marks),
        rate,
        _why(seen, marks, rate),
        tuple(_change(code, row) for code, (_value, _source, rows) in given.items() for row in rows),
    )


@prepared
def _marks(*, participant: UUID) -> "QuerySet[Mark, Any]":
    changes = MarkChange.objects.filter(mark=OuterRef("pk")).order_by("-changed_at")
    told = changes.values(told=JSONObject(before="before", after="after", reason="reason", at="changed_at"))
    rows = Mark.objects.filter(participant=participant).annotate(told=ArraySubquery(told))
    return rows.values_list("component", "value", "source", "told")


def _cell(component: rules.Component, found: Any) -> Marked:
    if found is None:
        return Marked(component, None, is_changed=False)
    return Marked(component, found[0], is_changed=bool(found[2]), source=found[1])


def _change(code: str, row: dict[str, Any]) -> OwnChange:
    before, after = (Decimal(str(row[name])).quantize(rules.CENT) for name in ("before", "after"))
    return OwnChange(code, before, after, row["reason"], parse_datetime(row["at"]))


def _why(seen: CohortSeen, marks: dict[str, Decimal], rate: Decimal) -> str:
    if seen.participant is None or seen.participant.standing == Standing.PASSED:
        return ""
    if rules.final_mark(seen.scheme, marks) is None:
        return "marks"
    return "attendance" if rate < seen.scheme.gates.attendance else "band"
