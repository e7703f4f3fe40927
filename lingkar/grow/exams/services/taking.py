"""Begin an attempt, hand it in, and what happens when the time is over."""

from collections.abc import Collection
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from lingkar.directory.people.queries import person_of
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused
from lingkar.grow.courses.queries import is_enrolled
from lingkar.grow.exams import access, rules
from lingkar.grow.exams.events import AttemptSubmitted
from lingkar.grow.exams.models import Answer, Attempt, Question, Quiz, Restart
from lingkar.grow.exams.queries import with_counts


@transaction.atomic
def begin_anew(*, codes: Collection[str], people: Collection[UUID], source: str, by: Actor, at: datetime) -> None:
    """From now on attempts of ``people`` at the quizzes with these codes count anew, through ``source`` (a cohort).

    Whoever took one before, in an earlier cohort, has all attempts again, and what they reached then stays with that.
    Harmless to repeat: through one source it happens once.
    """
    for quiz in Quiz.objects.filter(code__in=codes).order_by("pk"):
        there = set(Restart.objects.filter(quiz=quiz, source=source).values_list("person", flat=True))
        new = [person for person in people if person not in there]
        rows = (Restart(agency_id=by.agency, quiz=quiz, person_id=one, source=source, begun_at=at) for one in new)
        Restart.objects.bulk_create(rows, ignore_conflicts=True)
        if new:
            record(by, "exams.begun_anew", quiz, at=at, source=source, count=len(new))


@transaction.atomic
def open_attempt(*, code: str, by: Actor, at: datetime) -> Attempt:
    """The running attempt of the person behind ``by``, on whatever device; else a new one, if there is one left.

    ``Unseen`` for a quiz that is not published or not meant for them; ``Refused`` before it opens, after it closed
    and when no attempt is left. An attempt whose time is over is handed in first.
    """
    quiz = _quiz(code, by)
    person = person_of(by.person) if by.person else None
    if person is None:
        raise Refused("exams.no_person")
    made = list(with_counts(Attempt.objects.filter(quiz=quiz, person=person).order_by("number")))
    running = next((attempt for attempt in made if attempt.submitted_at is None), None)
    if running and running.ends_at >= at:
        return cast("Attempt", running)
    if running:
        _submit(running.pk, by=by, at=at)
    rules.check_open(opens_at=quiz.opens_at, closes_at=quiz.closes_at, at=at)
    rules.check_attempts(made=sum(attempt.counts for attempt in made), allowed=quiz.attempts)
    return _begin(quiz, person.pk, len(made) + 1, by=by, at=at)


def _begin(quiz: Quiz, person: UUID, number: int, *, by: Actor, at: datetime) -> Attempt:
    """A new attempt; two phones that begin at once get the same one.

    Its questions are drawn while none can be taken out: who takes one out holds the quiz for update.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM exams_quiz WHERE id = %s FOR KEY SHARE", [quiz.pk])
    bank = {pk: len(options) for pk, options in Question.objects.filter(quiz=quiz).values_list("pk", "options")}
    new = uuid4()
    paper = rules.paper(bank, shown=quiz.shown, seed=new.hex)
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                id=new, agency_id=by.agency, quiz=quiz, person_id=person, number=number, started_at=at,
                ends_at=rules.ends_at(started_at=at, minutes=quiz.minutes, closes_at=quiz.closes_at),
                questions=list(paper.questions), orders=list(paper.orders),
            )  # fmt: skip
    except IntegrityError:
        return Attempt.objects.get(quiz=quiz, person=person, submitted_at__isnull=True)
    record(by, "exams.begun", attempt, at=at, quiz=quiz.code, number=number)
    return attempt


def _quiz(code: str, by: Actor) -> Quiz:
    """A published quiz that is meant for ``by``."""
    quiz = Quiz.objects.filter(code=code, published_at__isnull=False).first()
    if quiz is None:
        raise Unseen
    if quiz.course_id and not (by.person and is_enrolled(by.person, quiz.course_id)):
        raise Unseen
    return quiz


@transaction.atomic
def submit_attempt(*, attempt: UUID, by: Actor, at: datetime) -> Attempt:
    """Hand in one's own attempt: it is marked from the answers that are saved. Handed in twice, it is the same."""
    if not access.own_attempts(by).filter(pk=attempt).exists():
        raise Unseen
    return _submit(attempt, by=by, at=at)


@transaction.atomic
def expire(*, by: Actor, at: datetime) -> int:
    """Hand in every attempt whose time is over; returns how many. A job does it each minute."""
    over = Attempt.objects.filter(submitted_at__isnull=True, ends_at__lt=at).order_by("ends_at", "pk")
    rows = list(over.values_list("pk", flat=True)[:1000])
    for attempt in rows:
        _submit(attempt, by=by, at=at)
    return len(rows)


def _submit(attempt: UUID, *, by: Actor, at: datetime) -> Attempt:
    """Mark an attempt once. The lock waits for answers that are being saved, and those that come later are refused."""
    row = Attempt.objects.select_for_update(of=("self",)).select_related("quiz").get(pk=attempt)
    if row.submitted_at is not None:
        return row
    questions = list(Question.objects.filter(pk__in=row.questions).values_list("pk", "key", "marks"))
    chosen = dict(Answer.objects.filter(attempt=row).values_list("question", "choice"))
    mark = rules.mark(questions, chosen)
    row.submitted_at, row.by_clock = min(at, row.ends_at), at > row.ends_at
    row.score, row.right = mark.score, mark.right
    row.save(update_fields=["submitted_at", "by_clock", "score", "right"])
    record(by, "exams.submitted", row, at=at, answered=mark.answered, by_clock=row.by_clock)
    publish(
        AttemptSubmitted(
            agency=by.agency, quiz=row.quiz_id, code=row.quiz.code, attempt=row.pk, person=row.person_id, at=at
        )
    )  # fmt: skip
    return row
