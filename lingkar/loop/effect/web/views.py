"""Pages of effects: the studies with what they say, one study with its working, registering."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.grow.programmes.queries import cohort_of
from lingkar.loop.effect import queries, services
from lingkar.loop.effect.access import Action
from lingkar.loop.effect.models import Outcome
from lingkar.loop.effect.rules import started_before
from lingkar.loop.effect.web import forms, showing
from lingkar.loop.effect.web.sentences import sentence

PER_PAGE = 30
Row = showing.Line
COLUMNS: dict[str | Promise, Callable[[Row], Any]] = {
    gettext_lazy("Service"): lambda row: row.study.name,
    gettext_lazy("Unit"): lambda row: row.study.unit,
    gettext_lazy("What is looked at"): lambda row: str(Outcome(row.study.outcome).label),
    gettext_lazy("Registered"): lambda row: timezone.localdate(row.study.registered_at),
    gettext_lazy("Registered after the training began"): lambda row: _("yes") if row.study.is_late else _("no"),
    gettext_lazy("Verdict"): lambda row: row.verdict.words if row.verdict else "",
    gettext_lazy("Asked on"): lambda row: row.on,
}


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """Every study with what it said last."""
    rows = queries.studies(request.actor)
    if wanted(request):
        return export(request, showing.lines(list(rows[:1000])), COLUMNS, name="dampak")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "lines": showing.lines(list(page.object_list)),
        "may_register": request.actor.may(Action.REGISTER),
    }
    return render(request, "effect/list.html", context)


@require_safe
def study(request: Request, study: UUID) -> HttpResponse:
    """One study: the verdict in words, then all that it was made from."""
    row = queries.study_for(request.actor, study)
    work = queries.working_of(row, timezone.localdate())
    context = {"study": row, "work": work, "shown": showing.shown(work), "history": queries.history_of(row)}
    return render(request, "effect/study.html", context)


@require_safe
def choose(request: Request) -> HttpResponse:
    """Which service a new study is about."""
    offered = catalogue.choices(day=timezone.localdate())
    form = forms.ServiceForm(request.GET or None, services=offered)
    if form.is_bound and form.is_valid():
        return redirect("effect:register", form.cleaned_data["layanan"])
    return render(request, "effect/choose.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Request, code: str) -> HttpResponse:
    """Say what is looked at, before the training begins."""
    today = timezone.localdate()
    version = catalogue.service_coded(code, day=today)
    if version is None:
        raise Http404
    units = queries.units_to_follow(version.service_id)
    usual = queries.margins(agency=request.agency.pk, day=today)[Outcome.CASES]
    begun = queries.first_days_of(version.service_id, [unit for unit, _name in units])
    form = forms.StudyForm(request.POST or None, units=units, begun=begun, initial={"percent": int(usual * 100)})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register_study(service=version.service_id, by=request.actor, at=timezone.now(), **form.told)
        except Refused as no:
            form.add_error(None, sentence(no))
        else:
            messages.success(request, _("Registered. What is looked at can no longer be changed."))
            return redirect("effect:study", made.pk)
    is_late = started_before(today, begun.values())
    context = {"form": form, "service": version, "units": units, "begun": begun, "is_late": is_late}
    return render(request, "effect/register.html", context, status=422 if form.errors else 200)


@require_safe
def panel(request: Request, cohort: UUID) -> HttpResponse:
    """On the page of a cohort: what is looked at for its service, and the way to register it before the first day."""
    found = cohort_of(cohort)
    if found is None:
        raise Http404
    lines = showing.lines(list(queries.studies(request.actor, service=found.service_id)[:5])) if found.service else []
    begins = {"cohort": found, "lines": lines, "is_late": started_before(timezone.localdate(), [found.first_day])}
    return render(request, "effect/panel.html", begins)
