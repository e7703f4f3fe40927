"""Answers that were given before, many at once: from yesterday's survey, or for a demo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.tenancy.models import Agency
from lingkar.listen.surveys import access, rules
from lingkar.listen.surveys.models import Response, Source
from lingkar.listen.surveys.queries.collecting import questions_of
from lingkar.listen.surveys.services.answering import NOBODY, Respondent, response
from lingkar.listen.surveys.services.setting_up import instrument_in_force

BATCH = 2000


@dataclass(frozen=True)
class PastResponse:
    """One answer as it was given: scores in the order of the questions in force today."""

    service: UUID
    unit: UUID
    day: date
    answers: Sequence[int]
    source: str = Source.PAPER
    about: Respondent = NOBODY


@transaction.atomic
def take_over(*, rows: Iterable[PastResponse], by: Actor, at: datetime) -> int:
    """Write answers of the past under the same rules; returns how many. All or nothing, one line of audit."""
    access.demand(by, "")
    today = timezone.localdate(at)
    instrument = instrument_in_force(agency=by.agency, on=today)
    questions = questions_of(instrument)
    made = []
    for row in rows:
        rules.check_day(row.day, today=today)
        made.append(
            response(
                instrument,
                row.answers,
                service=row.service,
                unit=row.unit,
                day=row.day,
                about=row.about,
                by=by,
                questions=questions,
            )
        )
        made[-1].source = row.source
    Response.objects.bulk_create(made, batch_size=BATCH)
    record(by, "surveys.taken_over", Agency.objects.get(pk=by.agency), at=at, count=len(made))
    return len(made)
