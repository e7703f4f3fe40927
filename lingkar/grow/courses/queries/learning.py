"""What learners read: their courses, and one lesson with what they have done of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from lingkar.foundation.access import Actor, Unseen
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
    rows = _learned(account=by.person or access.NOBODY)
    finished = {course: at for course, at, *_ in rows}
    lessons: dict[UUID, list[Outline]] = {course: [] for course in finished}
    done: dict[UUID, set[int]] = {course: set() for course in finished}
    for course, *lesson, is_done in _outlines_of(account=by.person or access.NOBODY):
        lessons[course].append(Outline(*lesson))
        if is_done:
            done[course].add(lesson[1])
    found = [_course(row, lessons[row[0]], done[row[0]]) for row in rows]
    return sorted(found, key=lambda one: (one.progress.next is None, not one.progress.done, one.title))


@prepared
def _learned(*, account: UUID) -> "QuerySet[Enrolment, Any]":
    """Each course once, whatever somebody came to it through."""
    rows = Enrolment.objects.filter(person__account=account, left_at__isnull=True, course__state=CourseState.PUBLISHED)
    names = ("course__code", "course__title", "course__summary", "course__minutes")
    return (
        rows.order_by("course")
        .values_list("course")
        .annotate(end=Max("finished_at"))
        .values_list("course", "end", *names)
    )


@prepared
def _outlines_of(*, account: UUID) -> "QuerySet[Lesson, Any]":
    """The lessons of every course that somebody is enrolled in, and whether they are done."""
    enrolled = Enrolment.objects.filter(person__account=account, left_at__isnull=True)
    rows = Lesson.objects.filter(course__in=enrolled.values("course"), course__state=CourseState.PUBLISHED)
    whole = Progress.objects.filter(person__account=account, lesson=OuterRef("pk"), block="")
    found = rows.annotate(is_done=Exists(whole)).order_by("course", "number")
    return found.values_list("course", "pk", "number", "title", "minutes", "is_done")


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
    rows = _outlines(course=found.pk, account=by.person or access.NOBODY)
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
    account = by.person or access.NOBODY
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
