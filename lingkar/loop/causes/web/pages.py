"""The panel "Akar masalah" on the page of a case, and the list of closed cases that wait for a cause."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.services.queries import choices
from lingkar.foundation.access.web import Request, address
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.charts import Bar, bars
from lingkar.foundation.ui.words import day
from lingkar.grow.competence.queries import names
from lingkar.listen.reports import access as reports
from lingkar.loop.causes import queries, services
from lingkar.loop.causes.access import Action
from lingkar.loop.causes.queries import CaseLine
from lingkar.loop.causes.web import sentences
from lingkar.loop.causes.web.forms import CauseForm

if TYPE_CHECKING:
    from lingkar.listen.reports.models import Report
    from lingkar.loop.causes.rules import Suggestion

PER_PAGE = 25
LOOKED_BACK = timedelta(days=365)
LIKELY = 0.5
"""A suggestion that is at least so sure is filled in; the officer still has to save it."""


@require_http_methods(["GET", "HEAD", "POST"])
def panel(request: Request, report: UUID) -> HttpResponse:
    """Why a case arose: read, or said. A part of the case's page; a page of its own without scripts."""
    case = reports.fetch_to_read(request.actor, report)
    found = queries.cause_of(report)
    may_code = request.actor.may(Action.CODE) and reports.may(request.actor, reports.Action.HANDLE, case)
    is_over = case.closed_at is not None and not case.is_open
    suggestion = _suggested(case) if may_code and is_over and found is None else None
    form = CauseForm(
        request.POST or None, services=choices(day=timezone.localdate()), initial=_initial(case, suggestion)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.code_cause(report=report, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Refused as no:
            form.add_error(sentences.FIELDS.get(no.code, "competency"), sentences.sentence(no))
        else:
            messages.success(request, _("Saved. The cause counts from now on."))
            return redirect("reports:office_case", report)
    context = {
        "case": case,
        "form": form if may_code and is_over else None,
        "cause": sentences.cause(found.kind, found.competency) if found else "",
        "found": found,
        "is_over": is_over,
        "suggestion": suggestion,
        "suggested": sentences.cause(suggestion.kind, suggestion.competency) if suggestion else "",
        "percent": round(suggestion.share * 100) if suggestion else 0,
        "why": sentences.reason(suggestion) if suggestion else "",
    }
    part = "causes/panel.html" if request.htmx else "causes/one.html"
    return render(request, part, context, status=422 if form.errors else 200)


def _suggested(case: "Report") -> "Suggestion | None":
    return queries.suggestion_for(case.pk, text=case.text_shown, service=case.service_id, category=case.category_id)


def _initial(case: "Report", suggestion: "Suggestion | None") -> dict[str, str]:
    first = {"service": case.service.code if case.service else ""}
    if suggestion and suggestion.share >= LIKELY:
        first |= {"kind": suggestion.kind.value, "competency": suggestion.competency}
    return first


COLUMNS: dict[str | Promise, Callable[[CaseLine], Any]] = {
    gettext_lazy("Number"): lambda line: line.number,
    gettext_lazy("Category"): lambda line: line.category,
    gettext_lazy("Service"): lambda line: line.service or "",
    gettext_lazy("Unit"): lambda line: line.unit,
    gettext_lazy("Closed"): lambda line: timezone.localdate(line.closed_at),
}


@dataclass(frozen=True)
class Row:
    """A closed case without a cause."""

    url: str
    title: str
    meta: str


@require_safe
def worklist(request: Request) -> HttpResponseBase:
    """Closed cases that wait for a cause, and why those of a year arose."""
    today = timezone.localdate()
    lines = queries.worklist(request.actor)
    if wanted(request):
        return export(request, lines, COLUMNS, name="akar-masalah", personal=True)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("halaman"))
    counted = queries.counts(first=today - LOOKED_BACK, last=today, paths=request.actor.paths(Action.VIEW))
    known = names()
    context = {
        "page": page,
        "rows": [_row(line) for line in page],
        "may_code": request.actor.may(Action.CODE),
        "bars": bars([Bar(sentences.cause(row.kind, row.competency, known), row.n) for row in counted]),
        "first": today - LOOKED_BACK,
        "last": today,
    }
    return render(request, "causes/worklist.html", context)


def _row(line: CaseLine) -> Row:
    title = _("Case %(number)s: %(category)s") % {"number": line.number, "category": line.category}
    closed = _("closed on %(day)s") % {"day": day(line.closed_at)}
    meta = " · ".join(part for part in (line.service, line.unit, closed) if part)
    return Row(address("reports:office_case", line.id), title, meta)
