"""Pages with a form of their own: the plan, a step, a judgement."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingkar.act.projects import queries, services
from lingkar.act.projects.models import PartKind
from lingkar.act.projects.rules import Move
from lingkar.act.projects.web import forms
from lingkar.act.projects.web.sentences import sentence
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.refusals.typed import CHANGED, fingerprint
from lingkar.foundation.ui.meanwhile import Meanwhile

page_and_post = require_http_methods(["GET", "HEAD", "POST"])


@page_and_post
def write(request: Request, project: UUID) -> HttpResponseBase:
    """Title, issue, idea and steps; kept as far as they are."""
    seen = queries.project_seen_by(request.actor, project)
    if not seen.is_own:
        raise Forbidden
    if Move.WRITE not in seen.moves:
        messages.info(request, _("This plan was handed in. It can be changed when your mentor gives it back."))
        return redirect("projects:one", project)
    form = forms.WriteForm(request.POST or None, project=seen.project, steps=seen.steps, mark=queries.mark_of(seen))
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("title", "issue", "idea", "seen")}
        try:
            services.write(project=project, **told, steps=form.steps, by=request.actor, at=timezone.now())
        except Refused as no:
            _say(form, no)
        else:
            messages.success(request, _("Kept. Nobody but you reads it until you send it to your mentor."))
            return redirect("projects:one", project)
    return _form(request, "projects/write.html", form, project=seen.project)


@page_and_post
def step(request: Request, step: UUID) -> HttpResponseBase:
    """Say that a step is done, and show it."""
    row, now = queries.step_of(request.actor, step), timezone.now()
    files = request.FILES if request.method == "POST" else None
    today, mark = timezone.localdate(now), fingerprint(row.note, row.done_on)
    form = forms.StepForm(request.POST or None, files, step=row, today=today, mark=mark)
    if request.method == "POST" and form.is_valid():
        try:
            told = {name: form.cleaned_data[name] for name in ("note", "done_on", "seen")}
            services.finish_step(step=step, files=form.cleaned_data["proofs"], by=request.actor, at=now, **told)
        except Refused as no:
            _say(form, no, "proofs" if no.code.startswith("files.") else None)
        else:
            messages.success(request, _("Kept. The step is done."))
            return redirect("projects:one", row.project_id)
    return _form(request, "projects/step.html", form, step=row)


@page_and_post
def review(request: Request, project: UUID, part: str) -> HttpResponseBase:
    """A mark for each criterion, in a part that one has."""
    seen = queries.project_seen_by(request.actor, project)
    if part not in PartKind.values:
        raise Unseen
    if part not in seen.parts:
        raise Forbidden
    mine = [row for row in seen.reviews if row.part == part and row.person.account_id == request.actor.person]
    given, said = (mine[0].marks, mine[0].words) if mine else ({}, "")
    mark = fingerprint(*queries.judgement_of(mine[0] if mine else None))
    form = forms.ReviewForm(request.POST or None, given=given, said=said, mark=mark)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"marks": form.marks, "words": form.cleaned_data["words"]}
        told["seen"] = form.cleaned_data["seen"]
        try:
            mean = services.review(project=project, part=part, **told, by=request.actor, at=timezone.now())
        except Refused as no:
            _say(form, no)
        else:
            messages.success(request, _("Kept. Your mark is %(mark)s.") % {"mark": str(mean).replace(".", ",")})
            return redirect("projects:one", project)
    return _form(request, "projects/review.html", form, project=seen.project, part=PartKind(part).label)


def _say(form: Meanwhile, no: Refused, field: str | None = None) -> None:
    if no.code == CHANGED:
        form.keep_both()
    else:
        form.add_error(field, sentence(no))


def _form(request: Request, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
