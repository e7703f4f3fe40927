"""Keep what learners did, whenever it comes in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F

from lingkar.foundation.access import NOBODY, Actor
from lingkar.foundation.events.bus import publish
from lingkar.grow.courses import rules
from lingkar.grow.courses.events import CourseFinished
from lingkar.grow.courses.models import CheckAnswer, CourseState, Enrolment, Lesson, Progress

MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Told:
    """One thing that somebody did, as their phone tells it: read a block, read to the end, or answered a question.

    ``key`` is the phone's uuid: told twice it counts once. An empty ``block`` means that the lesson was read to its
    end; ``choice`` is the answer to a check question. ``at`` is the phone's clock: kept, never used.
    """

    key: UUID
    lesson: UUID
    block: str = ""
    choice: int | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Kept:
    """What was kept, by key, and what was not, with the reason as a code."""

    keys: frozenset[UUID]
    refused: dict[UUID, str]


@transaction.atomic
def keep_progress(*, events: Sequence[Told], by: Actor, at: datetime) -> Kept:
    """Keep what the person behind ``by`` did, in whatever order and however often it is told.

    A check question is done once it was answered rightly; other blocks once they were read. A lesson is done when all
    its blocks are, a course when all its lessons are: then ``courses.finished`` is published, once. What tells of a
    lesson that one does not learn from is refused (``courses.not_enrolled``); so is an answer to nothing
    (``courses.not_asked``).
    """
    lessons = _lessons(events[:MOST_AT_ONCE], by)
    blocks = {lesson: rules.blocks_of(found.blocks) for lesson, (found, _) in lessons.items()}
    answers: list[CheckAnswer] = []
    read: defaultdict[UUID, dict[str, datetime | None]] = defaultdict(dict)
    refused: dict[UUID, str] = {one.key: "courses.too_many" for one in events[MOST_AT_ONCE:]}
    for one in events[:MOST_AT_ONCE]:
        if one.lesson not in lessons:
            refused[one.key] = "courses.not_enrolled"
        elif one.choice is None:
            read[one.lesson].update(dict.fromkeys(_read(blocks[one.lesson], one.block), one.at))
        else:
            right = rules.is_right(blocks[one.lesson], one.block, one.choice)
            if right is None:
                refused[one.key] = "courses.not_asked"
                continue
            answers.append(_answer(one, one.choice, lessons[one.lesson][1], is_right=right, by=by, at=at))
            if right:
                read[one.lesson][one.block] = one.at
    CheckAnswer.objects.bulk_create(answers, ignore_conflicts=True)
    for lesson, done in read.items():
        _progress(lessons[lesson][0], blocks[lesson], lessons[lesson][1], done, by=by, at=at)
    return Kept(frozenset(one.key for one in events if one.key not in refused), refused)


def _lessons(events: Sequence[Told], by: Actor) -> dict[UUID, tuple[Lesson, UUID]]:
    """The lessons that are told of and learned from, each with the person, whose other phone waits meanwhile."""
    wanted = {one.lesson for one in events}
    mine = Enrolment.objects.filter(person__account=by.person or NOBODY, course__lessons__in=wanted)
    list(mine.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    rows = Lesson.objects.filter(
        pk__in=wanted,
        course__state=CourseState.PUBLISHED,
        course__enrolments__person__account=by.person or NOBODY,
        course__enrolments__left_at__isnull=True,
    )
    found = rows.annotate(who=F("course__enrolments__person"))
    return {row.pk: (row, row.who) for row in found}


def _read(blocks: Sequence[rules.Block], block: str) -> list[str]:
    """Which blocks count as read: the one that is named, or all that ask nothing. A question is never just read."""
    plain = [found.id for found in blocks if not isinstance(found, rules.Check)]
    return plain if not block else [block] if block in plain else []


def _answer(one: Told, choice: int, person: UUID, *, is_right: bool, by: Actor, at: datetime) -> CheckAnswer:
    return CheckAnswer(
        agency_id=by.agency, person_id=person, lesson_id=one.lesson, block=one.block, key=one.key,
        choice=choice, is_right=is_right, saved_at=at, told_at=one.at,
    )  # fmt: skip


def _progress(
    lesson: Lesson,
    blocks: Sequence[rules.Block],
    person: UUID,
    done: dict[str, datetime | None],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Keep blocks as done, and the lesson and the course with them when that was the last one."""
    rows = [_row(lesson, person, block, by, at, told) for block, told in done.items()]
    Progress.objects.bulk_create(rows, ignore_conflicts=True)
    has = list(Progress.objects.filter(person=person, lesson=lesson).values_list("block", flat=True))
    if "" not in has and rules.done_of(blocks, has).is_whole:
        Progress.objects.bulk_create([_row(lesson, person, "", by, at, None)], ignore_conflicts=True)
        _finish(lesson.course_id, person, by=by, at=at)


def _row(lesson: Lesson, person: UUID, block: str, by: Actor, at: datetime, told: datetime | None) -> Progress:
    return Progress(agency_id=by.agency, person_id=person, lesson=lesson, block=block, done_at=at, told_at=told)


def finish_those_done(course: UUID, *, by: Actor, at: datetime) -> None:
    """Note everybody as finished who has done every lesson that is left, when a lesson was taken out."""
    lessons = Lesson.objects.filter(course=course).count()
    done = Progress.objects.filter(lesson__course=course, block="").values("person")
    whole = done.annotate(many=Count("pk")).filter(many__gte=max(1, lessons)).values("person")
    open_ones = Enrolment.objects.filter(course=course, person__in=whole, left_at=None, finished_at=None)
    for person in open_ones.select_for_update(of=("self",)).order_by("pk").values_list("person", flat=True):
        _finish(course, person, by=by, at=at)


def _finish(course: UUID, person: UUID, *, by: Actor, at: datetime) -> None:
    """Note that somebody has done all lessons, once, and tell it."""
    mine = Enrolment.objects.filter(course=course, person=person)
    if mine.filter(finished_at__isnull=False).exists():
        return
    lessons = Lesson.objects.filter(course=course).count()
    whole = Progress.objects.filter(person=person, lesson__course=course, block="").count()
    if whole < lessons:
        return
    mine.update(finished_at=at)
    publish(CourseFinished(agency=by.agency, course=course, person=person, at=at))
