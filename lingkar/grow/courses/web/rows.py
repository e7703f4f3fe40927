"""How courses and lessons stand in lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingkar.grow.courses.models import CourseState
from lingkar.grow.courses.queries import CourseLine, LearnedCourse


@dataclass(frozen=True)
class Badge:
    """A short word beside a row."""

    words: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a list."""

    title: str
    url: str
    meta: str
    badges: tuple[Badge, ...] = ()


def minutes(number: int) -> str:
    """``6 menit``."""
    return ngettext("%(n)d minute", "%(n)d minutes", number) % {"n": number}


def own_rows(found: Iterable[LearnedCourse]) -> Iterator[Row]:
    """Courses of a learner."""
    for course in found:
        progress = course.progress
        told = _("%(done)d of %(all)d lessons") % {"done": progress.done, "all": progress.lessons}
        url = reverse("courses:course", args=[course.code])
        yield Row(course.title, url, f"{told} · {minutes(course.minutes)}", (_how_far(course),))


def _how_far(course: LearnedCourse) -> Badge:
    if course.progress.next is None and course.lessons:
        return Badge(_("finished"), "good", "check")
    return Badge(_("under way"), "info") if course.progress.done else Badge(_("not begun"))


def lesson_rows(course: LearnedCourse) -> Iterator[Row]:
    """Lessons of a course."""
    for lesson in course.lessons:
        url = reverse("courses:lesson", args=[course.code, lesson.number])
        badges: tuple[Badge, ...] = ()
        if lesson.number in course.done:
            badges = (Badge(_("done"), "good", "check"),)
        elif lesson.number == course.progress.next:
            badges = (Badge(_("next"), "info"),)
        yield Row(f"{lesson.number}. {lesson.title}", url, minutes(lesson.minutes), badges)


def managed_rows(found: Iterable[CourseLine], *, today: object) -> Iterator[Row]:
    """Courses of their makers."""
    for line in found:
        learners = ngettext("%(n)d learner", "%(n)d learners", line.learners) % {"n": line.learners}
        meta = " · ".join((line.code, line.unit, minutes(line.minutes), learners))
        yield Row(line.title, reverse("courses:desk", args=[line.id]), meta, tuple(_states(line, today)))


def _states(line: CourseLine, today: object) -> Iterator[Badge]:
    if line.state == CourseState.DRAFT:
        yield Badge(_("Draft"), "warn")
    if str(line.review_on) < str(today):
        yield Badge(_("review is due"), "bad", "triangle-alert")
