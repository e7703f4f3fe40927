"""Where courses stand in the navigation, and what waits for their learners."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.navigation import Section, register
from lingkar.foundation.ui.tasks import Task, tells_tasks
from lingkar.grow.courses import queries
from lingkar.grow.courses.access import Action
from lingkar.grow.courses.queries import LearnedCourse

register("courses:own", gettext_lazy("Learn"), icon="list-checks", section=Section.LEARNING, order=22)
register(
    "courses:manage", gettext_lazy("Courses"), icon="file-text", section=Section.TRAINING, order=62, needs=Action.MAKE
)


@tells_tasks
def next_lessons(actor: Actor, at: datetime) -> Iterator[Task]:  # noqa: ARG001
    """The next lesson of each course that is not finished, those that were begun first."""
    for course in queries.learned_by(actor):
        if course.progress.next is not None:
            yield _task(course)


def _task(course: LearnedCourse) -> Task:
    lesson = next(one for one in course.lessons if one.number == course.progress.next)
    begun = bool(course.progress.done)
    return Task(
        title=_("Go on: %(title)s") % {"title": lesson.title} if begun else course.title,
        text=course.title if begun else _("Begin with “%(title)s”.") % {"title": lesson.title},
        href=reverse("courses:lesson", args=[course.code, lesson.number]),
        action=_("Go on") if begun else _("Begin"),
        minutes=lesson.minutes,
        order=40 if begun else 60,
        icon="list-checks",
    )
