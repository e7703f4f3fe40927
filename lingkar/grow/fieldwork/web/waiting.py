"""What field studies put on the home of people signed in, and into the navigation."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.tasks import Task, tells_tasks
from lingkar.foundation.ui.words import day as spoken
from lingkar.grow.fieldwork import queries


@tells_tasks
def waiting(actor: Actor, at: datetime) -> Iterable[Task]:
    """The logbook of today, the next step of an own project, and what waits for a word of the actor."""
    today = timezone.localdate(at)
    waits = queries.waits(actor, today)
    for participant, title in waits.entries:
        yield Task(
            _("Write today's logbook"), title, reverse("fieldwork:logbook", args=[participant]), _("Write"),
            due=today, minutes=5, order=40, icon="pencil",
        )  # fmt: skip
    for step in waits.steps:
        yield Task(
            step.step, _("Your project"), reverse("projects:one", args=[step.project]), _("Open the project"),
            due=step.due, order=50, icon="flag",
        )  # fmt: skip
    if waits.since is not None:
        many = waits.words
        title = ngettext("%(n)d thing waits for your word", "%(n)d things wait for your word", many) % {"n": many}
        told = _("The oldest since %(day)s") % {"day": spoken(waits.since)}
        yield Task(title, told, reverse("fieldwork:inbox"), _("Read and answer"), minutes=3 * min(many, 10), order=30)
