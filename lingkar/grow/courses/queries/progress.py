"""How far people are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from lingkar.grow.courses.models import Course, CourseState, Enrolment, Lesson, Progress


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """Lessons done of those there are, the number of the next one (None: all are done), and when the last was done."""

    done: int
    lessons: int
    finished_at: datetime | None
    next: int | None


def progress_of(people: Iterable[UUID], courses: Iterable[UUID]) -> dict[tuple[UUID, UUID], CourseProgress]:
    """How far each person is in each course that they are or were enrolled in: (person, course) → progress.

    Three statements, however many there are. A course that was finished stays finished when lessons are added.
    """
    who, what = list(people), list(courses)
    numbers: defaultdict[UUID, list[int]] = defaultdict(list)
    for course, number in Lesson.objects.filter(course__in=what).order_by("number").values_list("course", "number"):
        numbers[course].append(number)
    done: defaultdict[tuple[UUID, UUID], set[int]] = defaultdict(set)
    rows = Progress.objects.filter(person__in=who, lesson__course__in=what, block="")
    for person, course, number in rows.values_list("person", "lesson__course", "lesson__number"):
        done[person, course].add(number)
    enrolled = Enrolment.objects.filter(person__in=who, course__in=what).values_list("person", "course")
    return {
        (person, course): told(numbers[course], done[person, course], finished)
        for person, course, finished in enrolled.annotate(finished=Max("finished_at"))
    }


def finished_through(source: str, codes: Iterable[str]) -> dict[str, int]:
    """How many have finished each published course of those who came to it through ``source``, by its code."""
    done = Q(enrolments__source=source, enrolments__left_at__isnull=True, enrolments__finished_at__isnull=False)
    rows = Course.objects.filter(code__in=list(codes), state=CourseState.PUBLISHED).order_by()
    return dict(rows.annotate(many=Count("enrolments", filter=done)).values_list("code", "many"))


def told(numbers: list[int], done: set[int], finished: datetime | None) -> CourseProgress:
    """The progress of somebody who has done the lessons ``done`` of ``numbers``."""
    left = [number for number in numbers if number not in done]
    return CourseProgress(len(numbers) - len(left), len(numbers), finished, left[0] if left else None)
