"""Pages of the needs: the list, the largest on top; one need with its working; a new computation."""

from collections.abc import Callable
from dataclasses import dataclass
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
from django.views.decorators.http import require_POST, require_safe

from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access.web import Request, address
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.filters import remembered
from lingkar.grow.competence import queries as competence
from lingkar.loop.needs import queries, services
from lingkar.loop.needs.access import Action
from lingkar.loop.needs.queries import Line
from lingkar.loop.needs.web import words
from lingkar.loop.needs.web.forms import NeedFilter

PER_PAGE = 25
CASES = 10
"""Cases behind a need that its page shows."""
COLUMNS: dict[str | Promise, Callable[[Line], Any]] = {
    gettext_lazy("Place in the order"): lambda row: row.rank,
    gettext_lazy("Service"): lambda row: row.service,
    gettext_lazy("Unit"): lambda row: row.unit,
    gettext_lazy("Competency"): lambda row: row.competency,
    gettext_lazy("Cases"): lambda row: row.cases,
    gettext_lazy("Transactions"): lambda row: row.transactions,
    gettext_lazy("Rate in 1,000"): lambda row: row.rate,
    gettext_lazy("Rate, lower end"): lambda row: row.rate_low,
    gettext_lazy("Rate, upper end"): lambda row: row.rate_high,
    gettext_lazy("Rate, drawn towards all"): lambda row: row.rate_shrunk,
    gettext_lazy("Element of the survey"): lambda row: row.unsur,
    gettext_lazy("Answers"): lambda row: row.answers,
    gettext_lazy("Score"): lambda row: row.score,
    gettext_lazy("Score, lower end"): lambda row: row.score_low,
    gettext_lazy("Score, upper end"): lambda row: row.score_high,
    gettext_lazy("People who serve"): lambda row: row.people,
    gettext_lazy("Assessed"): lambda row: row.measured,
    gettext_lazy("Mean gap"): lambda row: row.lack,
    gettext_lazy("Evidence (0–1)"): lambda row: row.evidence,
    gettext_lazy("Lack (0–1)"): lambda row: row.capability,
    gettext_lazy("Need (0–1)"): lambda row: row.size,
}


@dataclass(frozen=True)
class Row:
    """A need as the list shows it."""

    need: Line
    url: str
    title: str
    why: str
    size: str


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """Who needs to learn what, for which service; the largest need first."""
    if elsewhere := remembered(request):
        return elsewhere
    names = competence.names()
    offered = catalogue.choices(day=timezone.localdate())
    form = NeedFilter(request.GET.dict(), services=offered, competencies=list(names.items()))
    chosen = form.chosen
    run = queries.newest(request.agency.pk)
    if run is None:
        return render(request, "needs/list.html", {"run": None, "may_compute": request.actor.may(Action.COMPUTE, "")})
    asked = {"service": chosen["layanan"], "competency": chosen["kompetensi"]}
    if wanted(request):
        return export(request, queries.needs(request.actor, run.id, **asked), COLUMNS, name="kebutuhan")
    page = Paginator(queries.pages(request.actor, run.id, **asked), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "run": run,
        "page": page,
        "rows": [_row(need, names) for need in page],
        "is_filtered": any(chosen.values()),
        "may_compute": request.actor.may(Action.COMPUTE, ""),
    }
    return render(request, "needs/list.html", context)


def _row(need: Line, names: dict[str, str]) -> Row:
    title = f"{names.get(need.competency, need.competency)} · {need.service}"
    return Row(need, address("needs:one", need.id), title, need.reason.words, words.share(need.size))


@require_safe
def one(request: Request, need: UUID) -> HttpResponse:
    """One need: its sentence, each part with its working, the cases behind it."""
    found = queries.need_of(request.actor, need)
    names = competence.names()
    context = {
        "need": found,
        "competency": names.get(found.competency, found.competency),
        "why": found.reason.words,
        "parts": words.parts(found),
        "evidence": words.share(found.evidence),
        "capability": words.share(found.capability),
        "size": words.share(found.size),
        "cases": list(queries.cases_behind(found)[:CASES]),
    }
    return render(request, "needs/one.html", context)


@require_POST
def compute(request: Request) -> HttpResponse:
    """Compute the needs of the agency anew, now."""
    services.compute(by=request.actor, at=timezone.now())
    messages.success(request, _("The needs were computed anew."))
    return redirect("needs:list")
