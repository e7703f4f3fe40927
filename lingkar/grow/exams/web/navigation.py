"""Where quizzes stand in the navigation, and which attempt runs."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.navigation import Section, register
from lingkar.foundation.ui.tasks import Task, tells_tasks
from lingkar.grow.exams import queries
from lingkar.grow.exams.access import Action

register("exams:own", gettext_lazy("Quizzes"), icon="circle-question-mark", section=Section.LEARNING, order=24)
register(
    "exams:manage",
    gettext_lazy("Quizzes and results"),
    icon="activity",
    section=Section.TRAINING,
    order=63,
    needs=Action.MAKE,
)


@tells_tasks
def running_attempts(actor: Actor, at: datetime) -> Iterator[Task]:
    """An attempt that runs comes before everything else."""
    for quiz, attempt in queries.open_quizzes(actor, at=at):
        yield Task(
            title=_("Your quiz is running: %(title)s") % {"title": quiz.title},
            text=_("The time runs on the server, also while the page is closed."),
            href=reverse("exams:turn", args=[quiz.code, 1]),
            action=_("Go on"),
            due=at.date(),
            minutes=max(int((attempt.ends_at - at).total_seconds() // 60), 0),
            order=0,
            icon="clock",
        )
