"""What those who make courses see: their courses, one with all its lessons, and who learns from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from django.db.models import Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lingkar.directory.orgs.queries import units_in
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.courses import access
from lingkar.grow.courses.access import Action
from lingkar.grow.courses.models import Course, Enrolment, Lesson, Material, Progress

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course as the list of its makers shows it."""

    id: UUID
    code: str
    title: str
    state: str
    minutes: int
    review_on: date
    unit: str = column("unit__name")
    learners: int = column("learners")


@dataclass(frozen=True, slots=True)
class Desk:
    """A course with everything that its makers work on."""

    course: Course
    lessons: list[Lesson]
    materials: list[Material]
    learners: int
    finished: int


class LearnerLine(TypedDict):
    """Somebody who learns from a course: lessons done, since when, and when the last one was done."""

    person: UUID
    name: str
    first: datetime
    end: datetime | None
    done: int


def managed(by: Actor, *, state: str = "", text: str = "") -> "QuerySet[Course, CourseLine]":
    """The courses that ``by`` makes, by title."""
    learning = Count("enrolments__person", filter=Q(enrolments__left_at__isnull=True), distinct=True)
    rows = access.made(by).annotate(learners=learning).order_by("title", "pk")
    if state:
        rows = rows.filter(state=state)
    if text.strip():
        rows = rows.filter(Q(title__icontains=text.strip()) | Q(code__icontains=text.strip()))
    return plain(rows, CourseLine)


def desk_of(course: UUID, *, by: Actor) -> Desk:
    """One course for its makers; ``Unseen`` or ``Forbidden`` for everybody else."""
    item = access.fetch(by, course)
    people = Enrolment.objects.filter(course=course, left_at__isnull=True)
    counted = people.aggregate(
        learners=Count("person", distinct=True),
        finished=Count("person", distinct=True, filter=Q(finished_at__isnull=False)),
    )
    lessons = list(Lesson.objects.filter(course=course).order_by("number"))
    materials = list(Material.objects.filter(course=course).select_related("file").order_by("name"))
    return Desk(item, lessons, materials, counted["learners"], counted["finished"])


def learners_of(course: UUID, *, by: Actor) -> "QuerySet[Enrolment, Any]":
    """Who learns from a course now, by name, each once: rows like ``LearnerLine``."""
    access.fetch(by, course)
    rows = Enrolment.objects.filter(course=course, left_at__isnull=True).values("person", name=F("person__name"))
    whole = Progress.objects.filter(lesson__course=course, block="", person=OuterRef("person")).order_by()
    counted = whole.values("person").annotate(many=Count("pk")).values("many")
    found = rows.annotate(
        first=Min("since"), end=Max("finished_at"), done=Coalesce(Subquery(counted), 0, output_field=IntegerField())
    )
    return found.order_by("name", "person")


def course_made(course: UUID, *, by: Actor) -> tuple[Course, int]:
    """A course for its makers, and how many lessons it has."""
    return access.fetch(by, course), Lesson.objects.filter(course=course).count()


@dataclass(frozen=True, slots=True)
class Brief:
    """A course as modules above name it."""

    id: UUID
    code: str
    title: str
    state: str


def coded(codes: Iterable[str]) -> dict[str, Brief]:
    """Courses by their code, whoever asks; what is not written yet is left out."""
    return {row.code: row for row in plain(Course.objects.filter(code__in=set(codes)), Brief)}


def course_coded(code: str, *, by: Actor) -> Course:
    """A course by its code, for who makes it; ``Unseen`` when there is none."""
    found = access.made(by).filter(code=code).first()
    if found is None:
        raise Unseen
    return found


def units_of(by: Actor, *, day: date) -> "list[Unit]":
    """The units for which ``by`` may make courses, as a tree."""
    return [unit for unit in units_in(by.agency, day=day) if by.is_system or by.may(Action.MAKE, unit.path)]


def lesson_to_write(lesson: UUID, *, by: Actor) -> Lesson:
    """A lesson for somebody who makes its course; ``Unseen`` or ``Forbidden`` for everybody else."""
    row = Lesson.objects.filter(pk=lesson).first()
    if row is None:
        raise Unseen
    access.fetch(by, row.course_id)
    return row
