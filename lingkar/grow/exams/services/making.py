"""Write a quiz and publish it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from lingkar.directory.orgs.queries import known_unit
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.grow.courses.queries import course_coded
from lingkar.grow.exams import access, rules
from lingkar.grow.exams.models import Attempt, Question, Quiz

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit


@dataclass(frozen=True)
class QuizFacts:
    """What is told about a quiz. ``course`` is the code of the course whose learners take it, or "" for everybody."""

    title: str
    unit: UUID
    minutes: int
    shown: int
    pass_mark: Decimal
    attempts: int = 1
    course: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@transaction.atomic
def add_quiz(*, code: str, facts: QuizFacts, by: Actor, at: datetime) -> Quiz:
    """A new quiz that nobody takes yet. A code that is taken or unusable raises ``ValidationError``."""
    quiz = Quiz(agency_id=by.agency, code=code.strip().lower(), **_told(facts, by))
    quiz.full_clean()
    quiz.save(force_insert=True)
    record(by, "exams.added", quiz, at=at, code=quiz.code)
    return quiz


@transaction.atomic
def change_quiz(*, quiz: UUID, facts: QuizFacts, by: Actor, at: datetime) -> Quiz:
    """Tell something else about a quiz. Attempts that began keep their paper and their time."""
    item = access.fetch(by, quiz, lock=True)
    for name, value in _told(facts, by).items():
        setattr(item, name, value)
    if item.published_at:
        rules.check_publishable(questions=item.questions.count(), shown=item.shown)
    item.full_clean()
    item.save()
    record(by, "exams.changed", item, at=at, code=item.code)
    return item


@transaction.atomic
def add_questions(*, quiz: UUID, questions: Sequence[rules.Asked], by: Actor, at: datetime) -> list[Question]:
    """Questions at the end of a quiz's bank, all or none; each is checked by ``rules.check_question``."""
    item = access.fetch(by, quiz, lock=True)
    last = item.questions.aggregate(last=Max("number"))["last"] or 0
    if last + len(questions) > rules.MOST_QUESTIONS:
        raise Refused("exams.too_many_questions", most=rules.MOST_QUESTIONS)
    for asked in questions:
        rules.check_question(asked)
    rows = [_question(item, number, asked) for number, asked in enumerate(questions, last + 1)]
    for row in rows:
        row.clean_fields(exclude=["quiz"])
    Question.objects.bulk_create(rows)
    record(by, "exams.questions_added", item, at=at, count=len(rows))
    return rows


@transaction.atomic
def remove_question(*, quiz: UUID, number: int, by: Actor, at: datetime) -> None:
    """Take a question out. ``Refused("exams.quiz_taken")`` once somebody began the quiz."""
    item = access.fetch(by, quiz, lock=True)
    if Attempt.objects.filter(quiz=item).exists():
        raise Refused("exams.quiz_taken")
    if item.published_at:
        rules.check_publishable(questions=item.questions.count() - 1, shown=item.shown)
    gone, _rows = item.questions.filter(number=number).delete()
    if not gone:
        raise Unseen
    for later in item.questions.filter(number__gt=number).order_by("number"):
        item.questions.filter(pk=later.pk).update(number=F("number") - 1)
    record(by, "exams.question_removed", item, at=at, number=number)


@transaction.atomic
def publish_quiz(*, quiz: UUID, by: Actor, at: datetime) -> Quiz:
    """Let people take it. Refused while it has fewer questions than a paper shows."""
    item = access.fetch(by, quiz, lock=True)
    rules.check_publishable(questions=item.questions.count(), shown=item.shown)
    item.published_at = at
    item.save(update_fields=["published_at"])
    record(by, "exams.published", item, at=at, code=item.code)
    return item


def _question(quiz: Quiz, number: int, asked: rules.Asked) -> Question:
    return Question(
        agency_id=quiz.agency_id, quiz=quiz, number=number, stem=asked.stem.strip(),
        options=[option.strip() for option in asked.options], key=asked.key,
        explanation=asked.explanation.strip(), marks=asked.marks,
    )  # fmt: skip


def _told(facts: QuizFacts, by: Actor) -> dict[str, Any]:
    rules.check_quiz(minutes=facts.minutes, shown=facts.shown, pass_mark=facts.pass_mark, attempts=facts.attempts)
    rules.check_window(facts.opens_at, facts.closes_at)
    return {
        "title": facts.title.strip(),
        "unit": _unit(facts.unit, by),
        "course": course_coded(facts.course, by=by) if facts.course else None,
        **{name: getattr(facts, name) for name in ("minutes", "shown", "pass_mark", "attempts")},
        "opens_at": facts.opens_at,
        "closes_at": facts.closes_at,
    }


def _unit(unit: UUID, by: Actor) -> "Unit":
    found = known_unit(unit)
    access.demand(by, found.path)
    return found
