"""What learners read: their courses, and one lesson with what they have done of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from lingkar.foundation.access import NOBODY, Actor, Unseen
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.grow.courses import access, rules
from lingkar.grow.courses.models import CheckAnswer, Course, CourseState, Enrolment, Lesson, Material, Progress
from lingkar.grow.courses.queries.progress import CourseProgress, told

if TYPE_CHECKING:
    from lingkar.foundation.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Outline:
    """A lesson as the list of a course shows it."""

    id: UUID
    number: int
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class LearnedCourse:
    """A course as its learner sees it: its lessons, and which of them are done."""

    id: UUID
    code: str
    title: str
    summary: str
    minutes: int
    lessons: tuple[Outline, ...]
    done: frozenset[int]
    progress: CourseProgress


@dataclass(frozen=True, slots=True)
class LessonSeen:
    """One lesson, the blocks that are done, and for each check question the choice that was last given."""

    course: LearnedCourse
    id: UUID
    number: int
    title: str
    minutes: int
    revision: int
    blocks: tuple[rules.Block, ...]
    done: frozenset[str]
    chosen: dict[str, int]
    files: dict[str, "File"] = field(default_factory=dict)

    @property
    def next(self) -> Outline | None:
        """The lesson after this one."""
        return next((lesson for lesson in self.course.lessons if lesson.number > self.number), None)

    @property
    def resume(self) -> str:
        """Where one goes on: the first block that is not done, or "" when none or all are."""
        left = [block.id for block in self.blocks if block.id not in self.done]
        return left[0] if left and self.done else ""


@dataclass(frozen=True, slots=True)
class File:
    """A file that a lesson shows."""

    id: UUID
    name: str
    size: int = column("file__size")
    media_type: str = column("file__media_type")
    width: int | None = column("file__width")
    height: int | None = column("file__height")


def learned_by(by: Actor) -> list[LearnedCourse]:
    """The published courses that somebody is enrolled in, what is begun first, what is finished last."""
    found = []
    for *row, lessons in _learned(account=by.person or NOBODY):
        outlines = [Outline(UUID(one["id"]), one["number"], one["title"], one["minutes"]) for one in lessons]
        found.append(_course(tuple(row), outlines, {one["number"] for one in lessons if one["is_done"]}))
    return sorted(found, key=lambda one: (one.progress.next is None, not one.progress.done, one.title))


@prepared
def _learned(*, account: UUID) -> "QuerySet[Course, Any]":
    """Each course once, whatever somebody came to it through, with when it was finished, and its lessons."""
    mine = Enrolment.objects.filter(person__account=account, left_at__isnull=True, course=OuterRef("pk")).order_by()
    end = mine.values("course").values(end=Max("finished_at"))
    whole = Progress.objects.filter(person__account=account, lesson=OuterRef("pk"), block="")
    told = JSONObject(id="pk", number="number", title="title", minutes="minutes", is_done=Exists(whole))
    lessons = Lesson.objects.filter(course=OuterRef("pk")).order_by("number").values(told=told)
    rows = Course.objects.filter(Exists(mine), state=CourseState.PUBLISHED).order_by("pk")
    found = rows.annotate(end=Subquery(end), lessons_=ArraySubquery(lessons))
    return found.values_list("pk", "end", "code", "title", "summary", "minutes", "lessons_")


@prepared
def _outlines(*, course: UUID, account: UUID) -> "QuerySet[Lesson, Any]":
    """The lessons of a course, and whether somebody has done them."""
    whole = Progress.objects.filter(person__account=account, lesson=OuterRef("pk"), block="")
    rows = Lesson.objects.filter(course=course).annotate(is_done=Exists(whole)).order_by("number")
    return rows.values_list("pk", "number", "title", "minutes", "is_done")


def _course(row: tuple[Any, ...], lessons: Iterable[Outline], done: set[int]) -> LearnedCourse:
    course, finished, code, title, summary, minutes = row
    outlines = tuple(lessons)
    numbers = [lesson.number for lesson in outlines]
    return LearnedCourse(
        course, code, title, summary, minutes, outlines, frozenset(done), told(numbers, done, finished)
    )


def course_for(by: Actor, code: str) -> LearnedCourse:
    """A course with its lessons, for somebody enrolled in it or who makes it. ``Unseen`` for everybody else."""
    found = next(iter(_coded(by, code=code)), None)
    if found is None:
        raise Unseen
    rows = _outlines(course=found.pk, account=by.person or NOBODY)
    lessons = [Outline(*row[:-1]) for row in rows]
    done = {row[1] for row in rows if row[-1]}
    row = (found.pk, None, found.code, found.title, found.summary, found.minutes)
    return _course(row, lessons, done)


@prepared
def _coded(by: Actor, *, code: str) -> QuerySet[Course]:
    return access.POLICY.visible(by).filter(code=code)


def lesson_for(by: Actor, course: str, number: int) -> LessonSeen:
    """A lesson for somebody enrolled in its course or who makes it; ``Unseen`` when there is none for them."""
    seen = course_for(by, course)
    outline = next((lesson for lesson in seen.lessons if lesson.number == number), None)
    if outline is None:
        raise Unseen
    account = by.person or NOBODY
    ((data, revision),) = _blocks(lesson=outline.id)
    blocks = rules.blocks_of(data)
    done = frozenset(block for (block,) in _done(account=account, lesson=outline.id))
    chosen = dict(_chosen(account=account, lesson=outline.id))
    shown = {file.name: file for file in _files(course=seen.id)} if rules.files_of(blocks) else {}
    return LessonSeen(seen, outline.id, number, outline.title, outline.minutes, revision, blocks, done, chosen, shown)


@prepared
def _blocks(*, lesson: UUID) -> "QuerySet[Lesson, Any]":
    return Lesson.objects.filter(pk=lesson).values_list("blocks", "revision")


@prepared
def _done(*, account: UUID, lesson: UUID) -> "QuerySet[Progress, Any]":
    return Progress.objects.filter(person__account=account, lesson=lesson).values_list("block")


@prepared
def _chosen(*, account: UUID, lesson: UUID) -> "QuerySet[CheckAnswer, Any]":
    """The last one of a block comes last. What was right once stays right."""
    rows = CheckAnswer.objects.filter(person__account=account, lesson=lesson)
    return rows.order_by("is_right", "saved_at").values_list("block", "choice")


@prepared
def _files(*, course: UUID) -> "QuerySet[Material, File]":
    return plain(Material.objects.filter(course=course), File)


def material_for(by: Actor, material: UUID) -> "StoredFile":
    """A file of a course, for whoever may read the course."""
    seen = Material.objects.filter(course__in=access.POLICY.visible(by), pk=material).select_related("file").first()
    if seen is None:
        raise Unseen
    return seen.file


def is_enrolled(account: UUID, course: UUID) -> bool:
    """Whether the person behind an account learns from a course now."""
    return Enrolment.objects.filter(person__account=account, course=course, left_at__isnull=True).exists()
