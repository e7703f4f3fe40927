"""What users said, for everybody: by service and period, with interval and number of answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lingkar.directory.orgs.queries import names_of
from lingkar.directory.services.queries import published, service_coded
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.web import Request
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.words import number
from lingkar.listen.surveys import queries
from lingkar.listen.surveys.queries import Ikm
from lingkar.listen.surveys.web import periods, sentences
from lingkar.listen.surveys.web.forms import PeriodForm
from lingkar.listen.surveys.web.periods import Period

PER_PAGE = 40
WEAKEST = 2


@dataclass(frozen=True)
class Row:
    """A service, a unit or a period with its index in words."""

    name: str
    href: str
    ikm: Ikm
    value: str
    interval: str
    band: str
    kind: str
    hidden: str

    @classmethod
    def of(cls, name: str, ikm: Ikm, *, smallest: int, href: str = "") -> "Row":
        band = str(queries.BANDS[ikm.band]) if ikm.band else ""
        kind = sentences.KINDS[ikm.band] if ikm.band else ""
        hidden = sentences.hidden(ikm, smallest=smallest) if ikm.is_hidden else ""
        return cls(name, href, ikm, sentences.value(ikm), sentences.interval(ikm.index), band, kind, hidden)


COLUMNS: dict[str | Promise, Callable[[Row], Any]] = {
    _("Service"): lambda row: row.name,
    _("Answers"): lambda row: None if row.ikm.is_hidden else row.ikm.n,
    _("Index (IKM)"): lambda row: row.ikm.value,
    _("Lower end (95%)"): lambda row: row.ikm.low,
    _("Upper end (95%)"): lambda row: row.ikm.high,
    _("Band"): lambda row: str(row.ikm.band or ""),
    _("Weight"): lambda row: str(row.ikm.weighting),
    _("Note"): lambda row: row.hidden,
}


def _period(request: Request, today: date) -> tuple[Period, PeriodForm]:
    found = periods.chosen(request.GET.get("periode", ""), today)
    known = [(period.code, period.label) for period in periods.choices(today)]
    return found, PeriodForm({"periode": found.code}, periods=known)


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """Every service with its index, those with answers first."""
    today = timezone.localdate()
    period, form = _period(request, today)
    agency = request.agency.pk
    book = queries.rulebook(agency, on=period.last)
    smallest = book.smallest
    versions = list(published(day=today))
    beside = periods.beside(period, today)
    found = queries.by_service(agency=agency, first=period.first, last=period.last, spans=beside)
    whole = queries.whole_beside(found.values(), agency=agency, first=period.first, last=period.last)
    none = Ikm(0, whole.weighting)
    rows = [
        Row.of(
            version.name,
            found.get(version.service_id, none),
            smallest=smallest,
            href=_href(version.service.code, period),
        )
        for version in versions
    ]
    rows.sort(key=lambda row: (row.ikm.is_hidden, row.ikm.n == 0, row.name))
    if wanted(request):
        return export(request, rows, COLUMNS, name="ikm")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "form": form,
        "period": period,
        "until": min(period.last, today),
        "whole": Row.of("", whole, smallest=smallest),
        **_counted(book),
    }
    return render(request, "surveys/results.html", context)


def _counted(book: queries.Rulebook) -> dict[str, Any]:
    """What the page says of the way in which it counts."""
    return {"book": book, "weighting": str(book.weighting).replace(".", get_format("DECIMAL_SEPARATOR"))}


def _href(code: str, period: Period) -> str:
    address = reverse("surveys:result", args=[code])
    return address if period.code == periods.YEAR else f"{address}?periode={period.code}"


@require_safe
def one(request: Request, code: str) -> HttpResponse:
    """One service: its elements from the weakest, its units, its quarters."""
    today = timezone.localdate()
    version = service_coded(code, day=today)
    if version is None:
        raise Unseen
    period, form = _period(request, today)
    agency, service = request.agency.pk, version.service_id
    book = queries.rulebook(agency, on=period.last)
    smallest = book.smallest
    told: dict[str, Any] = {"agency": agency, "service": service, "first": period.first, "last": period.last}
    beside = periods.beside(period, today)
    ikm, units = queries.ikm(**told, spans=beside), queries.by_unit(**told, spans=beside)
    names = names_of(units)
    spans = periods.quarters(today)[::-1]
    year = periods.twelve_months(today)
    trend = queries.by_period(
        agency=agency,
        service=service,
        periods=[(span.first, span.last) for span in spans],
        year=(year.first, year.last),
    )
    context = {
        "version": version,
        "period": period,
        "until": min(period.last, today),
        "form": form,
        "row": Row.of(version.name, ikm, smallest=smallest),
        "unsur": [Element.of(mean) for mean in ikm.weakest],
        "weakest": [str(queries.UNSUR[mean.unsur]) for mean in ikm.weakest[:WEAKEST]],
        "units": sorted((Row.of(names[u], i, smallest=smallest) for u, i in units.items()), key=lambda row: row.name),
        "quarters": [Row.of(s.label, i, smallest=smallest) for s, i in zip(spans, trend, strict=True) if i.n],
    } | _counted(book)
    return render(request, "surveys/result.html", context)


@dataclass(frozen=True)
class Element:
    """One of the nine, as the page shows it."""

    code: str
    name: str
    mean: str
    interval: str
    index: str

    @classmethod
    def of(cls, mean: queries.UnsurMean) -> "Element":
        told = number(mean.measured.mean, 2)
        told_interval = sentences.interval(mean.measured)
        return cls(mean.unsur, str(queries.UNSUR[mean.unsur]), told, told_interval, number(mean.index, 2))


@require_safe
def panel(request: Request, code: str) -> HttpResponse:
    """The index of a service on its own page: a panel of the slot ``services.service``."""
    if not request.htmx:
        return redirect("surveys:result", code)
    today = timezone.localdate()
    version = service_coded(code, day=today)
    if version is None:
        raise Unseen
    period = periods.twelve_months(today)
    ikm = queries.ikm(agency=request.agency.pk, service=version.service_id, first=period.first, last=period.last)
    smallest = queries.rulebook(request.agency.pk, on=period.last).smallest
    row = Row.of(version.name, ikm, smallest=smallest, href=_href(code, period))
    return render(request, "surveys/panel.html", {"row": row, "code": code})
