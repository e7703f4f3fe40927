"""Pages of what needs speak for: the list, one training to take or leave, and panels on the pages of needs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.grow.competence.queries import names
from lingkar.loop.needs.queries import need_of
from lingkar.loop.planning import queries, services
from lingkar.loop.planning.queries import State, Suggested
from lingkar.loop.planning.web import forms, showing
from lingkar.loop.planning.web.sentences import sentence
from lingkar.loop.planning.web.shared import by_now, done

PER_PAGE = 20
COLUMNS: dict[str | Promise, Callable[[Suggested], Any]] = {
    gettext_lazy("Service"): lambda row: row.service_name,
    gettext_lazy("Competency"): lambda row: row.competency,
    gettext_lazy("Unit with the largest need"): lambda row: row.reason.unit,
    gettext_lazy("Need (0–1)"): lambda row: row.size,
    gettext_lazy("Why"): lambda row: row.reason.words,
    gettext_lazy("Decision"): lambda row: str(showing.STATES[row.state][0]),
}


@require_safe
def listing(request: Request, year: int) -> HttpResponseBase:
    """Trainings that needs speak for, the largest need first."""
    plan = queries.plan_for(request.actor, year)
    form = forms.SuggestedFilter(request.GET.dict())
    found = queries.suggestions(request.actor, plan, state=form.state)
    if wanted(request):
        return export(request, found, COLUMNS, name=f"saran-{year}")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    known = names()
    context = {
        "plan": plan,
        "form": form,
        "page": page,
        "rows": [showing.suggested_row(row, year=year, names=known) for row in page],
        "waits": form.state == State.OPEN,
    }
    return render(request, "planning/suggestions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, year: int, code: str, competency: str) -> HttpResponse:
    """One of them: why, what it would be like; taken with its cost."""
    plan, at = queries.plan_for(request.actor, year), timezone.now()
    found = queries.suggestion_for(request.actor, plan, code=code, competency=competency)
    if found.run:
        if request.method == "POST":
            messages.info(request, _("It is in the plan already; nothing was made twice."))
        return redirect("planning:run", year, found.run)
    outline = queries.outline_of(plan, found, day=timezone.localdate(at))
    known = names()
    initial = showing.outlined(outline, showing.title_of(found, known))
    form = forms.SuggestedForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {"plan": plan.pk, "service": found.service, "competency": competency, **form.cleaned_data}
        if made := done(form, lambda: services.take_suggestion(**told, by=request.actor, at=at)):
            messages.success(request, _("It stands in the plan. Ask for a proposal to see who would go."))
            return redirect("planning:run", year, made.pk)
    context = {
        "plan": plan,
        "form": form,
        "suggested": found,
        "outline": outline,
        "competency": known.get(competency, competency),
        "may_make": showing.may_now(request.actor, plan),
    }
    return render(request, "planning/suggestion.html", context, status=422 if form.errors else 200)


@require_POST
def leave(request: Request, year: int, code: str, competency: str) -> HttpResponse:
    """Leave one this year, or let one that was left be open again."""
    plan = queries.plan_for(request.actor, year)
    found = queries.suggestion_for(request.actor, plan, code=code, competency=competency)
    verb = services.reconsider if found.state == State.LEFT and "lagi" in request.POST else services.leave_suggestion
    try:
        verb(plan=plan.pk, service=found.service, competency=competency, **by_now(request))
    except Refused as no:
        messages.warning(request, sentence(no))
        return redirect("planning:suggested", year, code, competency)
    messages.success(request, _("Saved. You find it again in the list of those that were left."))
    return redirect("planning:suggestions", year)


@require_safe
def waiting(request: Request) -> HttpResponse:
    """On the list of needs: how many trainings wait for a decision in the plan that is made now."""
    plan = queries.next_draft(request.actor, year=timezone.localdate().year)
    many = len(queries.suggestions(request.actor, plan, state=State.OPEN)) if plan else 0
    return render(request, "planning/waiting.html", {"plan": plan, "many": many})


@require_safe
def from_need(request: Request, need: UUID) -> HttpResponse:
    """On the page of a need: whether the plan that is made now has a training for it."""
    row, plan = need_of(request.actor, need), queries.next_draft(request.actor, year=timezone.localdate().year)
    found = next(
        (
            one
            for one in (queries.suggestions(request.actor, plan) if plan else ())
            if (one.service, one.competency) == (row.service_id, row.competency)
        ),
        None,
    )
    return render(request, "planning/from_need.html", {"plan": plan, "suggested": found})
