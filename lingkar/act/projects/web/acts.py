"""The acts on a project's page as one table: which form, which verb, who may, when, what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingkar.act.projects import queries, services
from lingkar.act.projects.access import Action
from lingkar.act.projects.rules import Move
from lingkar.act.projects.web import forms, pages
from lingkar.act.projects.web.sentences import sentence
from lingkar.foundation.access import Forbidden
from lingkar.foundation.access.web import Request, View
from lingkar.foundation.refusals import Refused


@dataclass(frozen=True)
class Act:
    """One thing that can be done on the page. ``name`` stands in the address, ``button`` is an imperative."""

    name: str
    verb: Callable[..., None]
    form: type[django_forms.Form]
    action: Action
    label: Promise
    button: Promise
    done: Promise
    icon: str
    move: Move | None = None
    hint: Promise | str = ""

    def is_offered(self, seen: queries.ProjectSeen) -> bool:
        """Whether the page shows it: the service decides again."""
        return self.action in seen.acts and (self.move is None or self.move in seen.moves)


ACTS = {
    act.name: act
    for act in (
        Act(
            "ajukan",
            services.offer,
            forms.BareForm,
            Action.OWN,
            label=_("Ask your mentor for a word"),
            button=_("Send it to my mentor"),
            done=_("Sent. Your mentor finds it among what waits."),
            icon="send",
            move=Move.OFFER,
            hint=_("Your mentor reads issue, idea and steps, and agrees or says what to change."),
        ),
        Act(
            "setujui",
            services.agree,
            forms.AgreeForm,
            Action.GUIDE,
            label=_("Agree to this plan"),
            button=_("Agree"),
            done=_("Agreed. The project may be carried out."),
            icon="check",
            move=Move.AGREE,
        ),
        Act(
            "kembalikan",
            services.return_project,
            forms.WordsForm,
            Action.GUIDE,
            label=_("Ask for a change"),
            button=_("Give it back with this word"),
            done=_("Given back. Your word stands in the history."),
            icon="rotate-ccw",
            move=Move.RETURN,
        ),
        Act(
            "laporkan",
            services.report_project,
            forms.ResultForm,
            Action.OWN,
            label=_("Report what came of it"),
            button=_("Report it"),
            done=_("Reported. Mentor, coach and examiner can judge it now."),
            icon="send",
            move=Move.REPORT,
            hint=_("When every step is done and shown. Afterwards nothing changes any more."),
        ),
        Act(
            "catatan",
            services.add_remark,
            forms.WordsForm,
            Action.ADVISE,
            label=_("Say a word"),
            button=_("Keep this word"),
            done=_("Kept. Everybody who has a part in this project reads it."),
            icon="message-square-text",
        ),
    )
}


def doing(name: str) -> View:
    """The view of one act."""

    def view(request: Request, project: UUID) -> HttpResponseBase:
        return act(request, project, ACTS[name])

    return view


def act(request: Request, project: UUID, chosen: Act) -> HttpResponseBase:
    """Carry out one act of the table. Whatever goes wrong, the words that were typed come back."""
    if request.method != "POST":
        return redirect("projects:one", project)
    form = chosen.form(request.POST, auto_id=f"{chosen.name}_%s")
    if form.is_valid():
        try:
            chosen.verb(project=project, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Refused as no:
            form.add_error(None, sentence(no))
        else:
            messages.success(request, str(chosen.done))
            return redirect("projects:one", project)
    seen = queries.project_seen_by(request.actor, project)
    if chosen.action not in seen.acts:
        raise Forbidden
    return pages.page(request, seen, offered(seen, bound=(chosen.name, form)), status=422)


@dataclass(frozen=True)
class Offered:
    """An act as the page shows it."""

    act: Act
    form: Any
    is_open: bool


def offered(seen: queries.ProjectSeen, *, bound: tuple[str, django_forms.Form] | None = None) -> list[Offered]:
    """What may be done now, in the order of the table; a form that was refused stands open."""
    found = []
    for each in ACTS.values():
        is_bound = bound is not None and bound[0] == each.name
        if is_bound or each.is_offered(seen):
            form = bound[1] if bound and is_bound else each.form(auto_id=f"{each.name}_%s")
            found.append(Offered(each, form, is_bound))
    return found
