"""What field studies put on the home of people signed in, and into the navigation."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingkar.act.projects import queries as projects
from lingkar.foundation.access import Actor
from lingkar.foundation.ui.tasks import Task, tells_tasks
from lingkar.foundation.ui.words import day as spoken
from lingkar.grow.fieldwork import queries


@tells_tasks
def write_today(actor: Actor, at: datetime) -> Iterable[Task]:
    """The logbook of today, and the next step of an own project."""
    today = timezone.localdate(at)
    for participant, title in queries.due_entries(actor, today):
        yield Task(
            _("Write today's logbook"), title, reverse("fieldwork:logbook", args=[participant]), _("Write"),
            due=today, minutes=5, order=40, icon="pencil",
        )  # fmt: skip
    for step in projects.next_steps(actor):
        yield Task(
            step.step, _("Your project"), reverse("projects:one", args=[step.project]), _("Open the project"),
            due=step.due, order=50, icon="flag",
        )  # fmt: skip


@tells_tasks
def words_wait(actor: Actor, _at: datetime) -> Iterable[Task]:
    """Logbooks and projects that wait for a word of the actor."""
    count, since = queries.waits(actor)
    waiting = list(projects.waiting_for(actor)[:20])
    many, oldest = count + len(waiting), min(filter(None, [since, *(it.moved_at for it in waiting)]), default=None)
    if oldest is not None:
        title = ngettext("%(n)d thing waits for your word", "%(n)d things wait for your word", many) % {"n": many}
        told = _("The oldest since %(day)s") % {"day": spoken(oldest)}
        yield Task(title, told, reverse("fieldwork:inbox"), _("Read and answer"), minutes=3 * min(many, 10), order=30)
