"""The home of a civil servant: one next thing, then what is due, then numbers about oneself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.parameters.queries import read_once
from lingkar.foundation.ui.tasks import Task, figures, tasks
from lingkar.foundation.ui.words import day as spoken

FURTHER = 12
"""Things that are listed after the first one."""


@dataclass(frozen=True)
class Badge:
    """A short word beside a thing to do."""

    words: str
    kind: str
    icon: str = ""


@dataclass(frozen=True)
class Line:
    """A thing to do as the list shows it."""

    title: str
    meta: str
    url: str
    action: str
    badges: Sequence[Badge]


def line_of(task: Task, today: date) -> Line:
    """A task with its day and its length in words."""
    return Line(str(task.title), str(task.text), task.href, str(task.action), _badges(task, today))


def _badges(task: Task, today: date) -> tuple[Badge, ...]:
    found = []
    if task.minutes:
        found.append(Badge(ngettext("%(n)d minute", "%(n)d minutes", task.minutes) % {"n": task.minutes}, "", "clock"))
    if task.due is not None and task.is_late(today):
        found.append(Badge(_("was due on %(day)s") % {"day": spoken(task.due)}, "bad", "triangle-alert"))
    elif task.due == today:
        found.append(Badge(_("today"), "warn", "calendar"))
    elif task.due is not None:
        words = "%(day)s" if task.is_event else _("to be done by %(day)s")
        found.append(Badge(words % {"day": spoken(task.due)}, "", "calendar"))
    return tuple(found)


@require_safe
def home(request: Request) -> HttpResponse:
    """What waits for whoever is signed in, the next thing first."""
    now = timezone.now()
    today = timezone.localdate(now)
    lines = [line_of(task, today) for task in tasks(request.actor, now)]
    with read_once():
        numbers = figures(request.actor, now)
    context = {
        "next": lines[0] if lines else None,
        "after": lines[1 : 1 + FURTHER],
        "more": max(0, len(lines) - 1 - FURTHER),
        "figures": numbers,
    }
    return render(request, "asn/home.html", context)
