"""Pages of the training plan: the years, one plan, its runs, who goes and why."""

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

from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.grow.competence.queries import names
from lingkar.loop.planning import queries, services
from lingkar.loop.planning.access import Action
from lingkar.loop.planning.models import PlanState, Source
from lingkar.loop.planning.queries import Place, RunLine
from lingkar.loop.planning.web import forms, showing
from lingkar.loop.planning.web.sentences import sentence
from lingkar.loop.planning.web.shared import act, by_now, done

PER_PAGE = 30
COLUMNS: dict[str | Promise, Callable[[RunLine], Any]] = {
    gettext_lazy("Training"): lambda row: row.run.title,
    gettext_lazy("Competency"): lambda row: row.run.competency,
    gettext_lazy("Level it brings"): lambda row: row.run.level,
    gettext_lazy("First day"): lambda row: row.run.first,
    gettext_lazy("Last day"): lambda row: row.run.last,
    gettext_lazy("Hours (JP)"): lambda row: row.run.jp,
    gettext_lazy("Seats of the training"): lambda row: row.run.most,
    gettext_lazy("People who go"): lambda row: row.places,
    gettext_lazy("Who pays"): lambda row: str(Source(row.run.source).label),
    gettext_lazy("Cost (rupiah)"): lambda row: row.run.cost,
}
PEOPLE: dict[str | Promise, Callable[[Place], Any]] = {
    gettext_lazy("Name"): lambda row: row.name,
    gettext_lazy("Attained level"): lambda row: row.attained,
    gettext_lazy("Level afterwards"): lambda row: row.closes,
    gettext_lazy("Decided by a person"): lambda row: _("yes") if row.by_hand else _("no"),
}


@require_safe
def listing(request: Request) -> HttpResponse:
    """The plans by year."""
    page = Paginator(queries.plans(request.actor), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "rows": [showing.plan_row(row) for row in page.object_list],
        "may_make": request.actor.may(Action.MAKE),
    }
    return render(request, "planning/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: Request) -> HttpResponse:
    """Begin the plan of a year."""
    form = forms.PlanForm(request.POST or None, initial={"year": timezone.localdate().year + 1})
    if request.method == "POST" and form.is_valid():
        year = form.cleaned_data["year"]
        if done(form, lambda: services.make_plan(year=year, budgets=form.budgets, **by_now(request))):
            return redirect("planning:plan", year)
    return render(request, "planning/make.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def plan(request: Request, year: int) -> HttpResponseBase:
    """One plan: its runs with who goes, money, value and bound, what to do next."""
    row = queries.plan_for(request.actor, year)
    rows = queries.runs_of(row)
    if wanted(request):
        return export(request, rows, COLUMNS, name=f"rencana-{year}")
    known = names()
    context = {
        "plan": row,
        "rows": [showing.run_row(line, year=year, names=known) for line in rows],
        "shown": showing.plan_shown(row, rows, queries.budgets_of(row)),
        "may_make": showing.may_now(request.actor, row),
        "may_approve": showing.may_now(request.actor, row, Action.APPROVE),
        "rows_held": any(line.is_held for line in rows),
        "may_stop": request.actor.may(Action.MAKE),
    }
    return render(request, "planning/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def money(request: Request, year: int) -> HttpResponse:
    """What each source pays."""
    row = queries.plan_for(request.actor, year)
    form = forms.MoneyForm(request.POST or None, initial=queries.budgets_of(row))
    if request.method == "POST" and form.is_valid():
        services.set_budgets(plan=row.pk, budgets=form.budgets, **by_now(request))
        return redirect("planning:plan", year)
    return render(request, "planning/money.html", {"form": form, "plan": row}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, year: int) -> HttpResponse:
    """Add a training that may be held."""
    row, today = queries.plan_for(request.actor, year), timezone.localdate()
    known = list(names().items())
    form = forms.RunForm(request.POST or None, competencies=known, services=catalogue.choices(day=today))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        about = catalogue.service_coded(code, day=today) if (code := given.pop("layanan")) else None
        given["service"] = about.service_id if about else None
        if done(form, lambda: services.add_run(plan=row.pk, **given, **by_now(request))):
            messages.success(request, _("Saved. Ask for a proposal to see who would go."))
            return redirect("planning:plan", year)
    return render(request, "planning/add.html", {"form": form, "plan": row}, status=422 if form.errors else 200)


@require_POST
def propose(request: Request, year: int) -> HttpResponse:
    """Ask for the best plan; it is looked for in the background."""
    words = _("The best plan is looked for. You may leave this page and come back.")
    return act(request, year, lambda row: services.ask(plan=row.pk, **by_now(request)), words)


@require_POST
def stop(request: Request, year: int) -> HttpResponse:
    """Look no longer for a plan."""
    words = _("Stopped. What stood before stands as it was.")
    return act(request, year, lambda row: services.stop(plan=row.pk, **by_now(request)), words)


@require_POST
def approve(request: Request, year: int) -> HttpResponse:
    """Approve a plan."""
    return act(
        request, year, lambda row: services.approve(plan=row.pk, **by_now(request)), _("Approved. The plan holds.")
    )


@require_safe
def run(request: Request, year: int, run: UUID) -> HttpResponseBase:
    """One training: who goes and what it closes, who stays and why."""
    row = queries.plan_for(request.actor, year)
    found, places = queries.run_in(row, run), queries.places_of(run)
    if wanted(request):
        return export(request, places, PEOPLE, name="peserta-rencana", personal=True)
    page = Paginator(places, PER_PAGE).get_page(request.GET.get("halaman"))
    competency = names().get(found.competency, found.competency)
    context = {
        "plan": row,
        "run": found,
        "competency": competency,
        "page": page,
        "going": [showing.going(place, competency) for place in page.object_list],
        "staying": [showing.staying(place) for place in queries.left_out_of(run)],
        "reason": showing.reason_of(found),
        "why_not": showing.why_not(found),
        "may_make": showing.may_now(request.actor, row),
        "may_open": request.actor.may(Action.MAKE) and row.state == PlanState.APPROVED and bool(page.object_list),
    }
    return render(request, "planning/run.html", context)


@require_POST
def decide(request: Request, year: int, run: UUID) -> HttpResponse:
    """Somebody goes, or stays, by decision."""
    row, form = queries.plan_for(request.actor, year), forms.DecisionForm(request.POST)
    if form.is_valid():
        try:
            services.decide(plan=row.pk, run=run, **(form.told | by_now(request)))
        except Refused as no:
            messages.warning(request, sentence(no))
        else:
            messages.success(request, _("Saved. The next proposal keeps to it."))
    return redirect("planning:run", year, run)


@require_POST
def drop(request: Request, year: int, run: UUID) -> HttpResponse:
    """Take a training out of the plan."""
    words = _("The training is taken out of the plan.")
    return act(request, year, lambda row: services.drop_run(plan=row.pk, run=run, **by_now(request)), words)
