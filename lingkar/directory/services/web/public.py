"""The catalogue for everybody: find a service, read its standard, print its poster."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lingkar.directory.orgs.queries import unit_coded
from lingkar.directory.services import queries
from lingkar.directory.services.models import Channel, Need, Version
from lingkar.directory.services.rules import Component
from lingkar.directory.services.web import posters, words
from lingkar.directory.services.web.forms import CatalogueFilter
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.tries import FILES
from lingkar.foundation.access.web import Request, limited
from lingkar.foundation.sheets.web import busy, export, wanted

PER_PAGE = 40
SHELF = Case(*(When(need=need, then=Value(place)) for place, need in enumerate(Need)), output_field=IntegerField())
COLUMNS: dict[str | Promise, Callable[[Version], Any]] = {
    _("Code"): lambda row: row.service.code,
    _("Service"): lambda row: row.name,
    _("What it is for"): lambda row: row.summary,
    _("Unit"): lambda row: row.unit.name,
    _("What to bring"): lambda row: "\n".join(row.requirements),
    _("Working days"): lambda row: row.working_days,
    _("Cost in rupiah"): lambda row: row.cost,
    _("How"): lambda row: ", ".join(str(channel.label) for channel in row.channels),
    _("Version"): lambda row: row.number,
    _("In force from"): lambda row: row.valid_from,
    _("Reviewed"): lambda row: row.reviewed_on,
}


@require_safe
def catalogue(request: Request) -> HttpResponseBase:
    """Every service by what people come for, filtered by what stands in the address."""
    today = timezone.localdate()
    everything = queries.published(day=today)
    units = everything.order_by("unit__name").values_list("unit__code", "unit__name").distinct()
    asked = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    form = CatalogueFilter(asked, units=list(units))
    given = form.chosen
    unit = unit_coded(given["unit"]) if given["unit"] else None
    rows = queries.catalogue(
        day=today, need=given["keperluan"], unit=unit, channel=given["saluran"], text=given["q"]
    ).order_by(SHELF, "name", "pk")
    if wanted(request):
        return export(request, rows, COLUMNS, name="layanan")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "page": page,
        "shelves": _shelves(list(page)),
        "is_filtered": any(given.values()),
    }
    return render(request, "services/public/catalogue.html", context)


def _shelves(rows: list[Version]) -> list[tuple[str, list[dict[str, Any]]]]:
    shelves: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        card = {"version": row, "time": words.time_of(row), "cost": words.cost_of(row)}
        shelves.setdefault(str(Need(row.need).label), []).append(card)
    return list(shelves.items())


@require_safe
def service(request: Request, code: str) -> HttpResponse:
    """One service as it is offered today. One that is over, or has not begun, says so and shows what was promised."""
    today = timezone.localdate()
    version = queries.service_coded(code, day=today)
    if version is None:
        return _not_now(request, code, today)
    return render(request, "services/public/service.html", page_of(version, today=today))


def _not_now(request: Request, code: str, today: date) -> HttpResponse:
    found = queries.nearest_version(code, day=today)
    if found is None:
        raise Unseen
    is_over = found.valid_from is not None and found.valid_from <= today
    context = {"version": found, "is_over": is_over}
    return render(request, "services/public/not_now.html", context, status=410 if is_over else 200)


@require_safe
def version(request: Request, code: str, number: int) -> HttpResponse:
    """What was promised in an older version, and from when to when."""
    found = queries.version_numbered(code, number)
    context = page_of(found, today=timezone.localdate()) | {"is_old": True}
    return render(request, "services/public/version.html", context)


def page_of(version: Version, *, today: date) -> dict[str, Any]:
    """Everything that the page of a version says, the draft's preview too."""
    opening = queries.opening_of(version, day=today)
    return {
        "version": version,
        "service": version.service,
        "time": words.time_of(version),
        "cost": words.cost_of(version),
        "ways": words.ways_of(version),
        "counter": Channel.COUNTER in version.channels,
        "week": words.hours_of(queries.standard_of(version).hours) if version.hours else [],
        "opening": opening,
        "open_today": words.clocks(opening.today) if opening and opening.today else "",
        "opens_next": words.weekday_and_day(opening.next_day) if opening and opening.next_day else "",
        "opens_at": words.clocks(opening.next_hours) if opening else "",
        "making": words.making_of(version),
        "said": len(Component) - version.missing,
        "serving": words.serving_of(queries.staff_of(version.service_id, day=today)),
        "pledge": queries.pledge_for(version.unit),
        "versions": queries.versions_of(version.service),
        "review": queries.review_of(version, today=today),
        "today": today,
    }


@require_safe
@limited(FILES, answer=busy, reads=True, visitors=True)
def poster(request: Request, code: str) -> HttpResponse:
    """An A4 poster for the counter, with a QR code."""
    return posters.answer(request, _offered(code), "poster")


@require_safe
@limited(FILES, answer=busy, reads=True, visitors=True)
def card(request: Request, code: str) -> HttpResponse:
    """A small card (A6) for the table of a counter, with the same QR code."""
    return posters.answer(request, _offered(code), "kartu")


def _offered(code: str) -> Version:
    found = queries.service_coded(code, day=timezone.localdate())
    if found is None:
        raise Unseen
    return found
