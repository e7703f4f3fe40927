"""Who learns from a course."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.grow.courses import access
from lingkar.grow.courses.models import Enrolment


@transaction.atomic
def enrol_many(*, course: UUID, people: Iterable[UUID], source: str, by: Actor, at: datetime) -> int:
    """Let people learn from a course; returns how many were not enrolled through ``source`` before.

    ``source`` says through what they came (``cohort:<uuid>``). Who left comes back with everything they did. Whoever
    finished it already, through something else, has finished it.
    """
    item = access.fetch(by, course, lock=True)
    wanted = set(people)
    known = Enrolment.objects.filter(course=item, person__in=wanted)
    finished = dict(known.filter(finished_at__isnull=False).values_list("person", "finished_at"))
    here = dict(known.filter(source=source).values_list("person", "left_at"))
    back = {person for person, left in here.items() if left is not None}
    Enrolment.objects.filter(course=item, source=source, person__in=back).update(left_at=None)
    rows = [
        Enrolment(
            agency_id=by.agency, course=item, person_id=person, source=source, since=at,
            finished_at=finished.get(person),
        )
        for person in sorted(wanted - here.keys())
    ]  # fmt: skip
    Enrolment.objects.bulk_create(rows, batch_size=1000)
    if rows or back:
        record(by, "courses.enrolled", item, at=at, count=len(rows) + len(back), source=source)
    return len(rows) + len(back)


@transaction.atomic
def leave(*, course: UUID, people: Iterable[UUID], source: str, by: Actor, at: datetime) -> int:
    """End what people came through ``source``; returns for how many. Everything they did is kept."""
    item = access.fetch(by, course, lock=True)
    rows = Enrolment.objects.filter(course=item, person__in=list(people), source=source, left_at__isnull=True)
    count = rows.update(left_at=at)
    if count:
        record(by, "courses.left", item, at=at, count=count, source=source)
    return count
