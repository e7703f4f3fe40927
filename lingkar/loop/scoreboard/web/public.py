"""You said – we did – not possible yet, because …: for everybody, from published reports and folded counts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lingkar.directory.services.queries import service_coded
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.web import Request, address
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.words import day, shortened
from lingkar.listen.reports import queries as reports
from lingkar.loop.scoreboard import queries
from lingkar.loop.scoreboard.queries import Said
from lingkar.loop.scoreboard.web import telling
from lingkar.loop.scoreboard.web.forms import SaidFilter

if TYPE_CHECKING:
    from lingkar.directory.services.models import Version

PER_PAGE = 25
PROMISES = 5
"""Open promises that the page of a service shows; the list has all."""
LONGEST = 120
COLUMNS: dict[str | Promise, Callable[[Said], Any]] = {
    gettext_lazy("Service"): lambda row: row.name,
    gettext_lazy("Unit"): lambda row: row.unit,
    gettext_lazy("Published reports of a year"): lambda row: row.said,
    gettext_lazy("Closed with proof"): lambda row: row.done,
    gettext_lazy("Promises late"): lambda row: row.late,
    gettext_lazy("People trained"): lambda row: row.passed,
    gettext_lazy("Did training help?"): lambda row: telling.turned(row.verdict),
}


def _offered(code: str) -> "Version":
    found = service_coded(code, day=timezone.localdate())
    if found is None:
        raise Unseen
    return found


@require_safe
def one(request: Request, code: str) -> HttpResponse:
    """What people said about a service, what was done, what changed, and what is not possible yet."""
    version, today = _offered(code), timezone.localdate()
    chain = queries.public_chain(version.service_id, day=today)
    waiting = reports.open_about(version.service_id, most=PROMISES)
    context = {
        "version": version,
        "chain": chain,
        "told": telling.told(chain) if chain else None,
        "promises": [
            {
                "url": address("reports:published", row.number),
                "title": shortened(row.text_shown, LONGEST),
                "due": day(row.next_due),
                "is_late": row.next_due < today,
                "unit": row.unit,
            }
            for row in waiting
        ],
    }
    return render(request, "scoreboard/public.html", context)


@require_safe
def panel(request: Request, code: str) -> HttpResponse:
    """The same in three lines: a panel of the slot ``services.service``."""
    if not request.htmx:
        return redirect("scoreboard:public", code)
    version = _offered(code)
    chain = queries.public_chain(version.service_id, day=timezone.localdate())
    return render(request, "scoreboard/panel.html", {"code": code, "told": telling.told(chain) if chain else None})


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """Every service: what people said, what was done; those about which most was said first."""
    form = SaidFilter(request.GET)
    look = queries.newest(request.agency.pk)
    rows = queries.said(look.id, text=form.text) if look else None
    if rows is not None and wanted(request):
        return export(request, rows, COLUMNS, name="anda-sampaikan")
    page: Page[Said] = Paginator(rows if rows is not None else (), PER_PAGE).get_page(request.GET.get("halaman"))
    smallest = look.smallest if look else 0
    context = {"look": look, "form": form, "page": page, "rows": [telling.line(row, smallest) for row in page]}
    return render(request, "scoreboard/said.html", context)
