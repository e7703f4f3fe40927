"""Somebody says what a service was worth, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from lingkar.directory.services.queries import service_of
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.listen.surveys import access, keys, rules
from lingkar.listen.surveys.models import SCORES, Instrument, Invitation, Response, Source
from lingkar.listen.surveys.queries.collecting import questions_of
from lingkar.listen.surveys.rules import Question
from lingkar.listen.surveys.services.setting_up import instrument_read


@dataclass(frozen=True)
class Respondent:
    """What somebody chose to say about themselves; "" for nothing."""

    sex: str = ""
    age: str = ""
    education: str = ""
    work: str = ""


NOBODY = Respondent()


def invite(*, service: UUID, unit: UUID, source: str = Source.QR, once: str = "") -> str:
    """A token for one answer about a service at a unit. ``once`` names an occasion that has one answer at most.

    Nothing is written: the token says where it belongs, and is remembered when it is used.
    """
    return keys.token_for(service=service, unit=unit, source=source, once=once)


@transaction.atomic
def respond(
    *, token: str, answers: Sequence[int], version: str = "", about: Respondent = NOBODY, by: Actor, at: datetime
) -> bool:
    """Take one answer. False for a token that was used before: nothing is counted twice.

    ``answers`` stand in the order of the questions of ``version``, the questionnaire that was read ("" for that in
    force): each is bound to its element by that one, also when another came in force meanwhile.

    ``Unseen`` for a token that was not written here or for another agency, ``Refused`` for answers that are not whole.
    """
    visit = keys.visit_of(token)
    item = service_of(visit.service) if visit else None
    if visit is None or item is None:
        raise Unseen
    today = timezone.localdate(at)
    instrument = instrument_read(version, agency=by.agency, on=today)
    row = response(instrument, answers, service=visit.service, unit=visit.unit, day=today, about=about, by=by)
    row.source = visit.source
    if not _taken(visit, by, at):
        return False
    row.save(force_insert=True)
    record(Actor.visitor(by.agency), "surveys.answered", item, at=at, unit=visit.unit, source=visit.source)
    return True


def _taken(visit: keys.Visit, by: Actor, at: datetime) -> bool:
    """Remember that a token is used; False when it was. Of two at once the second waits for the first."""
    key = keys.key_of(visit.once)
    told = {"service_id": visit.service, "unit_id": visit.unit, "source": visit.source, "used_at": at}
    try:
        with transaction.atomic():
            Invitation.objects.create(agency_id=by.agency, key=key, **told)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def enter_paper(
    *,
    counter: UUID,
    sheet: str,
    day: date,
    answers: Sequence[int],
    version: str = "",
    about: Respondent = NOBODY,
    by: Actor,
    at: datetime,
) -> bool:
    """Enter a paper that was filled in at a counter. ``sheet`` names the paper: the same one twice is counted once."""
    place = access.fetch(by, counter)
    today = timezone.localdate(at)
    rules.check_day(day, today=today)
    instrument = instrument_read(version, agency=by.agency, on=today)
    row = response(instrument, answers, service=place.service_id, unit=place.unit_id, day=day, about=about, by=by)
    row.source = Source.PAPER
    visit = keys.Visit(place.service_id, place.unit_id, Source.PAPER, f"paper {counter} {sheet}")
    if not _taken(visit, by, at):
        return False
    row.save(force_insert=True)
    record(by, "surveys.paper_entered", place, at=at)
    return True


def response(
    instrument: Instrument,
    answers: Sequence[int],
    *,
    service: UUID,
    unit: UUID,
    day: date,
    about: Respondent,
    by: Actor,
    questions: tuple[Question, ...] = (),
) -> Response:
    """An answer, checked and not saved. ``questions`` saves reading them anew for each of many."""
    questions = questions or questions_of(instrument)
    rules.check_answers(answers, questions=questions)
    scores = zip(SCORES, rules.by_unsur(answers, questions).values(), strict=True)
    return Response(
        agency_id=by.agency,
        instrument=instrument,
        service_id=service,
        unit_id=unit,
        day=day,
        answers=list(answers),
        sex=about.sex,
        age=about.age,
        education=about.education,
        work=about.work,
        **dict(scores),
    )
