"""Where causes stand on pages of modules below."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.navigation import Section, register
from lingkar.foundation.ui.slots import register_panel
from lingkar.foundation.ui.tasks import Task, tells_tasks
from lingkar.loop.causes import queries
from lingkar.loop.causes.access import Action

MOST = 100

register_panel("reports.case", "causes:panel", title=_("Root cause"), needs=Action.VIEW, order=20)
register_panel("programmes.cohort", "causes:offered", title=_("Cases to learn from"), needs=Action.OFFER, order=20)
register("causes:worklist", _("Root causes"), icon="list-checks", section=Section.VOICE, order=30, needs=Action.VIEW)


@tells_tasks
def waiting(actor: Actor, at: datetime) -> Iterator[Task]:  # noqa: ARG001  # a cause has no day
    """Closed cases that wait for a cause. One query, for those who may say one."""
    if not actor.may(Action.CODE):
        return
    many = queries.waiting(actor, MOST)
    if many:
        told = ngettext("%(n)s closed case waits for its cause", "%(n)s closed cases wait for their cause", many)
        yield Task(
            title=told % {"n": many},
            text=_("Some seconds each. From them the office learns what its people should learn."),
            href=reverse("causes:worklist"),
            action=_("Say why they arose"),
            order=300,
            icon="list-checks",
        )
