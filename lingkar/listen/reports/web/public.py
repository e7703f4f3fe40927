"""What everybody may see: published reports, and promises that are late. Masked words only."""

from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lingkar.foundation.access.web import Request
from lingkar.listen.reports import queries
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.web.forms import PublicFilter
from lingkar.listen.reports.web.paging import CountedPaginator

PER_PAGE = 20


@require_safe
def published(request: Request) -> HttpResponse:
    """The public list, filtered by what stands in the address."""
    form = PublicFilter(request.GET)
    form.is_valid()
    given = form.cleaned_data
    rows = queries.published(category=given.get("kategori"), place=given.get("tempat"), text=given.get("q", ""))
    late = queries.tally(queries.overdue_published(today=timezone.localdate()))
    context = {"form": form, "page": _page(request, rows), "late": late}
    return render(request, "reports/citizen/public.html", context | _today())


@require_safe
def overdue(request: Request) -> HttpResponse:
    """Promises that were not kept yet, the oldest first."""
    today = timezone.localdate()
    context = {"page": _page(request, queries.overdue_published(today=today))}
    return render(request, "reports/citizen/overdue.html", context | _today())


@require_safe
def one(request: Request, number: int) -> HttpResponse:
    """One published report with what happened to it."""
    found = queries.published_case(number, today=timezone.localdate())
    return render(request, "reports/citizen/published.html", {"case": found} | _today())


def _page(request: Request, rows: QuerySet[Report]) -> "Page[Report]":
    return CountedPaginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))


def _today() -> dict[str, Any]:
    return {"today": timezone.localdate()}
