"""What everybody may see: published reports, and promises that are late. Masked words only."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lingkar.foundation.access.web import Request, address
from lingkar.foundation.ui.words import day, shortened
from lingkar.listen.reports import queries
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.rules import State
from lingkar.listen.reports.web.forms import PublicFilter
from lingkar.listen.reports.web.office_rows import Badge
from lingkar.listen.reports.web.paging import CountedPaginator

PER_PAGE = 20
LONGEST_TITLE = 110


@require_safe
def published(request: Request) -> HttpResponse:
    """The public list, filtered by what stands in the address."""
    form = PublicFilter(request.GET)
    form.is_valid()
    given = form.cleaned_data
    rows = queries.PublicPages(category=given.get("kategori"), place=given.get("tempat"), text=given.get("q", ""))
    today = timezone.localdate()
    context = {"form": form, "late": queries.PublicPages(late_on=today).tally, **_page(request, rows, today)}
    return render(request, "reports/citizen/public.html", context)


@require_safe
def overdue(request: Request) -> HttpResponse:
    """Promises that were not kept yet, the oldest first."""
    today = timezone.localdate()
    context = _page(request, queries.PublicPages(late_on=today), today)
    return render(request, "reports/citizen/overdue.html", context)


@require_safe
def one(request: Request, number: int) -> HttpResponse:
    """One published report with what happened to it."""
    found = queries.published_case(number, today=timezone.localdate())
    return render(request, "reports/citizen/published.html", {"case": found} | _today())


def _page(request: Request, rows: queries.PublicPages, today: date) -> dict[str, Any]:
    """A page of the list, and its reports as rows."""
    page = CountedPaginator(rows, PER_PAGE, rows.tally).get_page(request.GET.get("halaman"))
    return {"page": page, "rows": [row_of(report, today=today) for report in page]}


@dataclass(frozen=True)
class Row:
    """One line of a public list."""

    url: str
    title: str
    meta: str
    kind: str
    badges: tuple[Badge, ...]


def row_of(report: Report, *, today: date) -> Row:
    """The line of a published report: masked words only."""
    is_late = report.is_open and report.next_due < today
    place = report.place.name if report.place else ""
    return Row(
        url=address("reports:published", report.number),
        title=shortened(report.text_shown, LONGEST_TITLE) or _("(photo without text)"),
        meta=" · ".join(filter(None, [f"#{report.number}", report.category.name, place, report.unit.name])),
        kind="bad" if is_late else "",
        badges=(Badge(_("promised by %(due)s") % {"due": day(report.next_due)}, "bad") if is_late else _state(report),),
    )


def _state(report: Report) -> Badge:
    unknown = report.state in (State.SILENT, State.OUTSIDE)
    return Badge(report.get_state_display(), "info" if report.is_open else "plain" if unknown else "good")


def _today() -> dict[str, Any]:
    return {"today": timezone.localdate()}
