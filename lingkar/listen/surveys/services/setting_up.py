"""Questionnaires, and the places where they lie."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.orgs.queries import unit_of
from lingkar.directory.services.queries import service_of
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.listen.surveys import access, instruments, rules
from lingkar.listen.surveys.models import Counter, Instrument
from lingkar.listen.surveys.rules import Question


@transaction.atomic
def add_instrument(
    *, version: str, source: str, questions: Sequence[Question], valid_from: date, by: Actor, at: datetime
) -> UUID:
    """Put a questionnaire in force from a day on. Each of the nine elements must be asked about; a version is once."""
    rules.check_questions(questions)
    asked = [{"unsur": q.unsur.value, "text": q.text, "options": list(q.options)} for q in questions]
    row = Instrument.objects.create(
        agency_id=by.agency, version=version, source=source, questions=asked, valid_from=valid_from
    )
    record(by, "surveys.instrument_added", row, at=at, version=version)
    return row.pk


def instrument_in_force(*, agency: UUID, on: date) -> Instrument:
    """The questionnaire in force; the national one is written down when it is first answered."""
    found = Instrument.objects.filter(valid_from__lte=on).order_by("-valid_from", "-version").first()
    if found:
        return found
    asked = [{"unsur": q.unsur.value, "text": q.text, "options": list(q.options)} for q in instruments.QUESTIONS]
    first = {"source": instruments.SOURCE, "questions": asked, "valid_from": instruments.SINCE}
    return Instrument.objects.get_or_create(agency_id=agency, version=instruments.NATIONAL, defaults=first)[0]


def instrument_read(version: str, *, agency: UUID, on: date) -> Instrument:
    """The questionnaire that somebody read: ``version`` ("" for that in force), in force on this day or the day before.

    ``Refused("surveys.changed")`` for any other: nobody knows which question its answers were given to.
    """
    now = instrument_in_force(agency=agency, on=on)
    if version in ("", now.version):
        return now
    before = instrument_in_force(agency=agency, on=on - timedelta(days=1))
    if version != before.version:
        raise Refused("surveys.changed")
    return before


@transaction.atomic
def open_counter(*, service: UUID, unit: UUID, by: Actor, at: datetime) -> UUID:
    """Let a service be rated at a unit; opening it again changes nothing. ``Forbidden`` outside the own units."""
    place, item = unit_of(unit), service_of(service)
    if place is None or item is None:
        raise Unseen
    access.demand(by, place.path)
    opened = {"agency_id": by.agency, "opened_on": timezone.localdate(at)}
    counter, is_new = Counter.objects.get_or_create(service=item, unit=place, defaults=opened)
    if is_new:
        record(by, "surveys.counter_opened", counter, at=at, service=service, unit=unit)
    return counter.pk


@transaction.atomic
def open_counters(*, pairs: Iterable[tuple[UUID, UUID]], since: date, by: Actor, at: datetime) -> int:
    """Many counters at once, as (service, unit): for set-up. The system alone; one line of audit."""
    access.demand(by, "")
    rows = [Counter(agency_id=by.agency, service_id=s, unit_id=u, opened_on=since) for s, u in pairs]
    Counter.objects.bulk_create(rows, ignore_conflicts=True)
    record(by, "surveys.counters_opened", Agency.objects.get(pk=by.agency), at=at, count=len(rows))
    return len(rows)
