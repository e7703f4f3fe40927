"""Write a course and publish it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Sum

from lingkar.directory.orgs.queries import known_unit
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.files import services as files
from lingkar.foundation.refusals import Refused
from lingkar.foundation.refusals.typed import CHANGED
from lingkar.grow.courses import access, rules
from lingkar.grow.courses.events import CoursePublished
from lingkar.grow.courses.models import Course, CourseState, Lesson, Material, Progress
from lingkar.grow.courses.services.learning import finish_those_done

if TYPE_CHECKING:
    from django.core.files.base import File

    from lingkar.directory.orgs.models import Unit


@dataclass(frozen=True)
class CourseFacts:
    """What is told about a course. ``competency`` is a code of the dictionary or "", ``level`` 1–5 or None."""

    title: str
    unit: UUID
    review_on: date
    summary: str = ""
    competency: str = ""
    level: int | None = None


@dataclass(frozen=True)
class NewLesson:
    """A lesson to be added, after those that are there."""

    title: str
    minutes: int
    blocks: Sequence[rules.Block]


@transaction.atomic
def add_course(*, code: str, facts: CourseFacts, by: Actor, at: datetime) -> Course:
    """A new course, as a draft that nobody learns from yet.

    A code that is taken or unusable raises ``ValidationError``, an unknown unit ``Unseen``.
    """
    course = Course(agency_id=by.agency, code=code.strip().lower(), **_told(facts, by))
    course.full_clean()
    course.save(force_insert=True)
    record(by, "courses.added", course, at=at, code=course.code)
    return course


@transaction.atomic
def change_course(*, course: UUID, facts: CourseFacts, by: Actor, at: datetime) -> Course:
    """Tell something else about a course; its code stays."""
    item = access.fetch(by, course, lock=True)
    for name, value in _told(facts, by).items():
        setattr(item, name, value)
    item.full_clean()
    item.save()
    record(by, "courses.changed", item, at=at, code=item.code)
    return item


@transaction.atomic
def add_lessons(*, course: UUID, lessons: Sequence[NewLesson], by: Actor, at: datetime) -> list[Lesson]:
    """Lessons at the end of a course, all or none. Refused (``courses.*``) when one is not as lessons must be."""
    item = access.fetch(by, course, lock=True)
    last = Lesson.objects.filter(course=item).aggregate(last=Max("number"))["last"] or 0
    if last + len(lessons) > rules.MOST_LESSONS:
        raise Refused("courses.too_many_lessons", most=rules.MOST_LESSONS)
    rows = []
    for number, new in enumerate(lessons, last + 1):
        rules.check_lesson(new.title, new.minutes, new.blocks)
        lesson = Lesson(agency_id=by.agency, course=item, number=number, title=new.title.strip(), minutes=new.minutes)
        lesson.blocks = rules.stored(new.blocks)
        lesson.clean_fields(exclude=["course"])
        rows.append(lesson)
    Lesson.objects.bulk_create(rows)
    _touched(item)
    record(by, "courses.lessons_added", item, at=at, count=len(rows))
    return rows


@transaction.atomic
def change_lesson(*, lesson: UUID, new: NewLesson, seen: str = "", by: Actor, at: datetime) -> Lesson:
    """Write a lesson anew. Blocks whose words stay keep what learners did with them.

    ``seen`` is the revision that was looked at: ``Refused("changed_meanwhile")`` for an older one.
    """
    row = _lesson(lesson, by)
    if seen and seen != str(row.revision):
        raise Refused(CHANGED)
    rules.check_lesson(new.title, new.minutes, new.blocks)
    if row.course.state == CourseState.PUBLISHED:
        rules.check_files(new.blocks, _names(row.course))
    row.title, row.minutes, row.blocks = new.title.strip(), new.minutes, rules.stored(new.blocks)
    row.revision += 1
    row.clean_fields(exclude=["course"])
    row.save()
    _touched(row.course)
    record(by, "courses.lesson_changed", row.course, at=at, number=row.number, revision=row.revision)
    return row


@transaction.atomic
def move_lesson(*, lesson: UUID, up: bool, by: Actor, at: datetime) -> None:
    """Change places with the lesson before (``up``) or after; at the end nothing happens."""
    row = _lesson(lesson, by)
    other = Lesson.objects.filter(course=row.course, number=row.number + (-1 if up else 1)).first()
    if other is None:
        return
    there, here = other.number, row.number
    Lesson.objects.filter(pk=other.pk).update(number=0)
    Lesson.objects.filter(pk=row.pk).update(number=there)
    Lesson.objects.filter(pk=other.pk).update(number=here)
    record(by, "courses.lesson_moved", row.course, at=at, number=here, to=there)


@transaction.atomic
def remove_lesson(*, lesson: UUID, by: Actor, at: datetime) -> None:
    """Take a lesson out of a course. Refused once somebody has learned from it: what people did is kept. Who has done
    all the others has finished.
    """
    row = _lesson(lesson, by)
    if Progress.objects.filter(lesson=row).exists():
        raise Refused("courses.lesson_in_use")
    number = row.number
    row.delete()
    for later in Lesson.objects.filter(course=row.course, number__gt=number).order_by("number"):
        Lesson.objects.filter(pk=later.pk).update(number=F("number") - 1)
    _touched(row.course)
    finish_those_done(row.course_id, by=by, at=at)
    record(by, "courses.lesson_removed", row.course, at=at, number=number)


@transaction.atomic
def add_material(*, course: UUID, name: str, upload: "File[bytes]", by: Actor, at: datetime) -> Material:
    """Keep a file of a course under a name; the same name again replaces the file."""
    item = access.fetch(by, course, lock=True)
    name = rules.file_name(name)
    old = Material.objects.filter(course=item, name=name).select_related("file").first()
    stored = files.store(upload, kind="lesson", purpose="courses.material", by=by, at=at)
    row = old or Material(agency_id=by.agency, course=item, name=name)
    gone, row.file = (old.file_id if old else None), stored
    row.save()
    if gone:
        files.remove(file=gone, by=by, at=at)
    record(by, "courses.material_added", item, at=at, file=stored.pk)
    return row


@transaction.atomic
def remove_material(*, material: UUID, by: Actor, at: datetime) -> None:
    """Forget a file of a course. Refused while a lesson shows it."""
    row = Material.objects.filter(pk=material).select_related("course").first()
    if row is None:
        raise Unseen
    item = access.fetch(by, row.course_id, lock=True)
    for lesson in Lesson.objects.filter(course=item):
        if row.name in rules.files_of(rules.blocks_of(lesson.blocks)):
            raise Refused("courses.file_in_use", file=row.name, number=lesson.number)
    row.delete()
    files.remove(file=row.file_id, by=by, at=at)
    record(by, "courses.material_removed", item, at=at, file=row.file_id)


@transaction.atomic
def publish_course(*, course: UUID, by: Actor, at: datetime) -> Course:
    """Let those who are enrolled learn from it. Refused while it has no lessons, asks nothing or lacks a file."""
    item = access.fetch(by, course, lock=True)
    lessons = [rules.blocks_of(lesson.blocks) for lesson in Lesson.objects.filter(course=item)]
    rules.check_publishable(lessons)
    known = _names(item)
    for blocks in lessons:
        rules.check_files(blocks, known)
    if item.published_at is not None:
        item.version += 1
    item.state, item.published_at = CourseState.PUBLISHED, at
    item.save()
    record(by, "courses.published", item, at=at, version=item.version)
    publish(CoursePublished(agency=by.agency, course=item.pk, code=item.code, at=at))
    return item


def _told(facts: CourseFacts, by: Actor) -> dict[str, Any]:
    unit = _unit(facts.unit, by)
    return {**asdict(facts), "unit": unit, "title": facts.title.strip(), "summary": facts.summary.strip()}


def _unit(unit: UUID, by: Actor) -> "Unit":
    found = known_unit(unit)
    access.demand(by, found.path)
    return found


def _lesson(lesson: UUID, by: Actor) -> Lesson:
    """A lesson whose course is locked, and which ``by`` may change."""
    row = Lesson.objects.filter(pk=lesson).first()
    if row is None:
        raise Unseen
    row.course = access.fetch(by, row.course_id, lock=True)
    row.refresh_from_db(fields=["revision", "number", "title", "minutes", "blocks"])
    return row


def _names(course: Course) -> list[str]:
    return list(Material.objects.filter(course=course).values_list("name", flat=True))


def _touched(course: Course) -> None:
    """The minutes of a course are those of its lessons; what was published is another version now."""
    course.minutes = Lesson.objects.filter(course=course).aggregate(sum=Sum("minutes"))["sum"] or 0
    if course.state == CourseState.PUBLISHED:
        course.version += 1
    course.save(update_fields=["minutes", "version"])
