"""The training office chooses real cases for a cohort: published ones, in the words that everybody may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.services import queries as catalogue
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.access.web import Request
from lingkar.foundation.ui.words import day
from lingkar.grow.competence.queries import names
from lingkar.grow.fieldwork.queries import keys_offered
from lingkar.grow.programmes.queries import cohort_for, cohort_of
from lingkar.loop.causes import queries, services
from lingkar.loop.causes.queries import LearningCase
from lingkar.loop.causes.web import sentences
from lingkar.loop.causes.web.forms import LearningFilter, OfferForm

PER_PAGE = 10
NOBODYS = UUID(int=0)
"""The id of no case."""


@dataclass(frozen=True)
class Case:
    """A case as the page shows it."""

    report: UUID
    text: str
    about: str
    is_offered: bool


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request, code: str) -> HttpResponseBase:
    """Published cases with their cause, those about the service of the cohort first; one tap offers one."""
    seen = cohort_for(request.actor, code)
    if not seen.manages:
        raise Forbidden
    cohort = seen.cohort
    if request.method == "POST":
        return _offer(request, cohort.pk)
    start = {"layanan": cohort.service.code if cohort.service else "", "kompetensi": ""}
    form = LearningFilter(start | request.GET.dict(), services=catalogue.choices(day=timezone.localdate()))
    about = (
        catalogue.service_coded(form.chosen["layanan"], day=timezone.localdate()) if form.chosen["layanan"] else None
    )
    found = queries.cases_for_learning(
        service=about.service_id if about else None, competency=form.chosen["kompetensi"]
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    there, known = keys_offered(cohort.pk), names()
    context = {
        "cohort": cohort,
        "form": form,
        "page": page,
        "cases": [_case(row, there, known) for row in page],
    }
    return render(request, "causes/offering.html", context)


def _offer(request: Request, cohort: UUID) -> HttpResponse:
    form = OfferForm(request.POST)
    report = form.cleaned_data["case"] if form.is_valid() else NOBODYS
    try:
        services.offer_to_cohort(report=report, cohort=cohort, by=request.actor, at=timezone.now())
    except Unseen:
        messages.warning(request, _("This case is not public any more. Nothing was offered; choose another one."))
    else:
        messages.success(request, _("Offered. Participants find it where they choose their case."))
    return redirect(request.get_full_path())


def _case(row: LearningCase, there: set[UUID], known: Mapping[str, str]) -> Case:
    told = (sentences.cause(row.kind, row.competency, known), row.service_name, row.place, day(row.happened_on))
    return Case(row.report_id, row.text, " · ".join(part for part in told if part), row.report_id in there)


@require_safe
def panel(request: Request, cohort: UUID) -> HttpResponse:
    """On the page of a cohort: how many cases it may begin from, and the way to more."""
    found = cohort_of(cohort)
    if found is None:
        raise Unseen
    return render(request, "causes/offered.html", {"cohort": found, "many": len(keys_offered(cohort))})
