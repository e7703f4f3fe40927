"""What the running cohort did until today: who opened the lessons, took the quiz, came this morning, got a mark.

Everybody goes through the same doors as a phone does, each at their own pace. Some are late, some have not begun, one
missed the pass mark and tried again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.utils import timezone

from lingkar.directory.people import queries as known
from lingkar.directory.people import services as people
from lingkar.foundation.access import Actor
from lingkar.grow.courses import queries as courses
from lingkar.grow.courses import services as learning
from lingkar.grow.courses.queries import LessonSeen
from lingkar.grow.courses.services import Check, Told
from lingkar.grow.exams import services as exams
from lingkar.grow.exams.queries import questions_of, quiz_coded
from lingkar.grow.exams.services import Given
from lingkar.grow.programmes import queries, services
from lingkar.site.demo.city import MENTOR, PARTICIPANT, TRAINER
from lingkar.site.demo.fieldwork import COHORT
from lingkar.site.demo.learning import COURSES, QUIZ

if TYPE_CHECKING:
    from lingkar.grow.exams.models import Attempt
    from lingkar.grow.programmes.models import Cohort

SEED = "teluk-kawung class"
AGAIN, LATE, FAILED = 9, 14, 22
"""By number in the class: who failed at first and tried again, whose time ran out, who failed and waits."""
UNBEGUN = range(46, 52)
"""The last ones have not begun their lessons."""
EVENING = 2
"""Lessons of one evening."""
PRESENT = 41
"""So many showed the QR of the session that is held now."""
NOTED = 34
"""So many have a mark for their part in the sessions; the trainer does the others another day."""


@dataclass(frozen=True)
class Pupil:
    """Somebody of the class: as they act, their number, and how eager they are (0 to 1)."""

    participant: UUID
    person: UUID
    by: Actor
    number: int
    pace: float
    signs_in: bool
    """The one who signs in to the demo; what comes next is for whoever looks at it to do."""


def load_class(*, password: str, by: Actor, at: datetime) -> None:
    """Accounts, lessons, quizzes, attendance and marks of the running cohort; nothing where there is none.

    ``password`` is the hash that everybody of the demo shares.
    """
    line = queries.managed(by, text=COHORT).first()
    cohort = queries.cohort_of(line.id) if line else None
    if cohort is None:
        return
    _open_accounts(cohort, password, by, at)
    pupils, lessons = _pupils(cohort, by), _lessons(by)
    for pupil in pupils:
        _learn(pupil, lessons, cohort.first_day, at)
    _quiz(pupils, by=by, at=at)
    _arrive(pupils, cohort, at=at)
    _mark(pupils, cohort, by=by, at=at)


def _open_accounts(cohort: "Cohort", password: str, by: Actor, at: datetime) -> None:
    """Whoever takes part signs in: with the NIP, or with a mail address where there is none."""
    for line in queries.participants_of(by, cohort):
        person = queries.participant_for(by, line.id).person
        if person.account_id:
            continue
        mail = None if line.nip else f"{line.name.lower().replace(' ', '.')}@mitra.example"
        account = people.open_account(agency=by.agency, name=line.name, nip=line.nip, email=mail, by=by, at=at)
        account.password = password
        account.save(update_fields=["password"])
        if not line.nip:
            people.link_account(person=person.pk, account=account.pk, by=by, at=at)
    people.link_accounts(by=by, at=at)


def _pupils(cohort: "Cohort", by: Actor) -> list[Pupil]:
    """The class by name."""
    chance, found = Random(f"{SEED} pace"), []  # noqa: S311
    for number, line in enumerate(queries.participants_of(by, cohort)):
        person = queries.participant_for(by, line.id).person
        acts, signs_in = Actor(by.agency, person.account_id, line.name), line.nip == PARTICIPANT.nip
        found.append(Pupil(line.id, person.pk, acts, number, chance.random(), signs_in))
    return found


# --- lessons -----------------------------------------------------------------------------------------------------


def _lessons(by: Actor) -> list[LessonSeen]:
    """Every lesson in the order in which the class learns: how to write comes first."""
    return [
        courses.lesson_for(by, course.code, lesson.number)
        for course in (courses.course_for(by, row.code) for row in reversed(COURSES))
        for lesson in course.lessons
    ]


def _learn(pupil: Pupil, lessons: Sequence[LessonSeen], first: date, at: datetime) -> None:
    """Two lessons of an evening, until their pace leaves them; a check is answered wrongly now and then, at first."""
    if pupil.number in UNBEGUN and not pupil.signs_in:
        return
    chance = Random(f"{SEED} lessons {pupil.number}")  # noqa: S311
    many = len([it for it in lessons if it.course.code == COURSES[1].code])  # only the first course
    if not pupil.signs_in:
        many = max(2, round(len(lessons) * min(1.0, 0.2 + pupil.pace)))
    begun = timezone.make_aware(datetime.combine(first, time(19)))
    for start in range(0, many, EVENING):
        when = begun + timedelta(days=start + chance.randrange(2), minutes=chance.randrange(150))
        events = [
            told for lesson in lessons[start : min(start + EVENING, many)] for told in _done(lesson, pupil, chance)
        ]
        learning.keep_progress(events=events, by=pupil.by, at=min(when, at - timedelta(hours=3)))


def _done(lesson: LessonSeen, pupil: Pupil, chance: Random) -> Iterator[Told]:
    def told(what: str, block: str = "", choice: int | None = None) -> Told:
        return Told(uuid5(pupil.person, f"{SEED} {lesson.id} {block} {what}"), lesson.id, block, choice)

    for block in lesson.blocks:
        if isinstance(block, Check):
            if chance.random() < 0.3:
                yield told("first", block.id, (block.right + 1) % len(block.options))
            yield told("right", block.id, block.right)
    yield told("read")


# --- quizzes -----------------------------------------------------------------------------------------------------


def _quiz(pupils: Sequence[Pupil], *, by: Actor, at: datetime) -> None:
    """Two of three have taken it; what it brings is their mark at once."""
    keys = {row.pk: row.key for row in questions_of(quiz_coded(QUIZ, by=by))}
    for pupil in pupils:
        chance = Random(f"{SEED} quiz {pupil.number}")  # noqa: S311
        if pupil.signs_in or pupil.number in UNBEGUN or chance.random() < 0.25:
            continue
        when = at - timedelta(days=1 + chance.randrange(6), hours=chance.randrange(10), minutes=chance.randrange(60))
        likely = min(0.97, max(0.74, chance.gauss(0.86, 0.06)))
        if pupil.number in (AGAIN, FAILED):
            _attempt(pupil, keys, [place % 9 < 5 for place in range(20)], when - timedelta(days=1), by)
        if pupil.number != FAILED:
            _attempt(pupil, keys, [chance.random() < likely for _place in range(20)], when, by)


def _attempt(pupil: Pupil, keys: dict[UUID, int], right: Sequence[bool], at: datetime, by: Actor) -> None:
    """One attempt, each answer at its own minute; whose time ran out has some that came too late."""
    row = exams.open_attempt(code=QUIZ, by=pupil.by, at=at)
    given = [_given(row, number, keys, is_right) for number, is_right in enumerate(right[: len(row.questions)], 1)]
    if pupil.number != LATE:
        exams.save_answer(attempt=row.pk, given=given, by=pupil.by, at=at + timedelta(minutes=17))
        exams.submit_attempt(attempt=row.pk, by=pupil.by, at=at + timedelta(minutes=19))
    else:
        exams.save_answer(attempt=row.pk, given=given[:-3], by=pupil.by, at=row.ends_at - timedelta(minutes=1))
        exams.save_answer(attempt=row.pk, given=given[-3:], by=pupil.by, at=row.ends_at + timedelta(minutes=2))
        exams.expire(by=by, at=row.ends_at + timedelta(minutes=3))
    services.follow_score(quiz=QUIZ, person=pupil.person, by=by, at=at + timedelta(minutes=40))


def _given(row: "Attempt", number: int, keys: dict[UUID, int], is_right: bool) -> Given:
    order, key = row.orders[number - 1], keys[row.questions[number - 1]]
    choice = key if is_right else (key + 1) % len(order)
    return Given(number, order.index(str(choice)), seq=number)


# --- the class ---------------------------------------------------------------------------------------------------


def _arrive(pupils: Sequence[Pupil], cohort: "Cohort", *, at: datetime) -> None:
    """Most showed the QR of the session that is held now; the others are late, or the trainer notes them."""
    held = next((row for row in queries.schedule_of(cohort) if row.starts_at <= at < row.ends_at), None)
    if held is None:
        return
    chance = Random(f"{SEED} morning")  # noqa: S311
    order = [pupil for pupil in pupils if not pupil.signs_in]
    chance.shuffle(order)
    for turn, pupil in enumerate(order[:PRESENT]):
        when = min(held.starts_at - timedelta(minutes=10) + timedelta(seconds=31 * turn), at)
        services.attend(token=services.token_for(held.id, when), by=pupil.by, at=when)


def _mark(pupils: Sequence[Pupil], cohort: "Cohort", *, by: Actor, at: datetime) -> None:
    """What the trainer noted of their part in the sessions, and the mentor of three field studies."""
    chance = Random(f"{SEED} marks")  # noqa: S311
    marks = [(it.participant, Decimal(round(min(96, max(61, chance.gauss(80 + 8 * it.pace, 5)))))) for it in pupils]
    services.mark_many(
        cohort=cohort.pk,
        component="attitude",
        values=marks[:NOTED],
        by=_who(TRAINER.nip, by),
        at=at - timedelta(days=1),
    )
    guided = [row.participant for row in queries.duties_in(by, cohort) if row.kind == "mentor" and row.participant]
    for participant, mark in [(pk, value + 2) for pk, value in marks if pk in guided][1:4]:
        mentor, when = _who(MENTOR.nip, by), at - timedelta(hours=20)
        services.mark(participant=participant, component="field", value=mark, by=mentor, at=when)


def _who(nip: str, by: Actor) -> Actor:
    """Somebody of the demo's logins, as they act."""
    person = known.by_nip(by, [nip])[nip]
    return Actor(by.agency, person.account_id, person.name)
