"""What everybody may see: published reports, and promises that are late. Masked words only."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lingkar.directory.services.queries import nearest_version
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.web import Request, address
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.words import day, shortened
from lingkar.listen.reports import queries
from lingkar.listen.reports.models import ReportState
from lingkar.listen.reports.queries import PublicLine
from lingkar.listen.reports.rules import OPEN_STATES, State
from lingkar.listen.reports.web.exports import PUBLIC
from lingkar.listen.reports.web.forms import PublicFilter
from lingkar.listen.reports.web.office_rows import Badge
from lingkar.listen.reports.web.paging import CountedPaginator

if TYPE_CHECKING:
    from lingkar.directory.services.models import Version

PER_PAGE = 20
LONGEST_TITLE = 110
NEWEST = 3
"""Reports that the page of a service shows."""


@require_safe
def published(request: Request) -> HttpResponseBase:
    """The public list, filtered by what stands in the address."""
    form = PublicFilter(request.GET)
    form.is_valid()
    given = form.cleaned_data
    about = _service(given.get("layanan", ""))
    chosen = {"category": given.get("kategori"), "place": given.get("tempat")}
    chosen["service"] = about.service_id if about else None
    today, words, promised = timezone.localdate(), given.get("q", ""), _promised(given.get("janji", ""))
    cut = partial(queries.promised, which=promised, today=today) if promised else None
    if wanted(request):
        every = queries.published(text=words, **chosen)
        return export(
            request, cut(every) if cut else every, PUBLIC, name=_("Published reports"), most=queries.MOST_COUNTED
        )
    rows = queries.PublicPages(text=words, cut=cut, **chosen)
    late = queries.PublicPages(late_on=today).tally
    context = {"form": form, "late": late, "about": about, "promised": promised, **_page(request, rows, today)}
    return render(request, "reports/citizen/public.html", context)


def _promised(given: str) -> queries.Promised | None:
    return queries.Promised(given) if given in set(queries.Promised) else None


def _service(code: str) -> "Version | None":
    """The service with this code, also one that is over: its reports stay."""
    return nearest_version(code, day=timezone.localdate()) if code else None


@require_safe
def of_service(request: Request, code: str) -> HttpResponse:
    """What was said about a service and whether its promises were kept: a panel of the page of that service."""
    about = _service(code)
    if about is None:
        raise Unseen
    if not request.htmx:
        return redirect(f"{reverse('reports:public')}?layanan={about.service.code}")
    today = timezone.localdate()
    context = {
        "about": about,
        "kept": queries.promises_kept(about.service_id, today=today),
        "rows": [row_of(line, today=today) for line in queries.newest_about(about.service_id, most=NEWEST)],
    }
    return render(request, "reports/citizen/of_service.html", context)


@require_safe
def overdue(request: Request) -> HttpResponseBase:
    """Promises that were not kept yet, the oldest first."""
    today = timezone.localdate()
    if wanted(request):
        every = queries.overdue_published(today=today)
        return export(request, every, PUBLIC, name=_("Late promises"), most=queries.MOST_COUNTED)
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
    return {"page": page, "rows": [row_of(line, today=today) for line in page]}


@dataclass(frozen=True)
class Row:
    """One line of a public list."""

    url: str
    title: str
    meta: str
    kind: str
    badges: tuple[Badge, ...]


def row_of(line: PublicLine, *, today: date) -> Row:
    """How a published report stands in a list."""
    is_late = line.state in OPEN_STATES and line.next_due < today
    return Row(
        url=address("reports:published", line.number),
        title=shortened(line.text_shown, LONGEST_TITLE) or _("(photo without text)"),
        meta=" · ".join(filter(None, [f"#{line.number}", line.category, line.place, line.unit])),
        kind="bad" if is_late else "",
        badges=(Badge(_("promised by %(due)s") % {"due": day(line.next_due)}, "bad") if is_late else _state(line),),
    )


def _state(line: PublicLine) -> Badge:
    unknown = line.state in (State.SILENT, State.OUTSIDE)
    kind = "info" if line.state in OPEN_STATES else "plain" if unknown else "good"
    return Badge(str(ReportState(line.state).label), kind)


def _today() -> dict[str, Any]:
    return {"today": timezone.localdate()}
