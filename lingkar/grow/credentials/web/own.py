"""Somebody's own certificates, hours and points; the same as a panel on the page of a person."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lingkar.directory.people.queries import person_of
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.tries import PAPERS
from lingkar.foundation.access.web import Request, limited
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.words import amount
from lingkar.grow.credentials import queries
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.models import Form
from lingkar.grow.credentials.paper import printed
from lingkar.grow.credentials.queries import HoursLine
from lingkar.grow.credentials.web.forms import YearFilter
from lingkar.grow.credentials.web.words import (
    LEVELS,
    missing_of,
    records_of,
    steps_of,
    where_from,
    year_note,
)

if TYPE_CHECKING:
    from lingkar.directory.people.models import Person

PER_PAGE = 30
COLUMNS: dict[str | Promise, Callable[[HoursLine], Any]] = {
    _("Day"): lambda row: row.on,
    _("What was learned"): lambda row: row.title,
    _("Form"): lambda row: str(Form(row.form).label),
    _("JP before limits"): lambda row: row.full,
    "JP": lambda row: row.jp,
    _("Where it comes from"): lambda row: where_from(row),
}


def own_person(request: Request) -> "Person | None":
    """The person behind the account, if there is one."""
    return person_of(request.actor.person) if request.actor.person else None


def nobody(request: Request) -> HttpResponse:
    """A friendly page for accounts without a record."""
    return render(request, "credentials/nobody.html")


@require_safe
def certificates(request: Request) -> HttpResponse:
    """One's own certificates."""
    person = own_person(request)
    if person is None:
        return nobody(request)
    page = Paginator(queries.certificates_of(person.pk), PER_PAGE).get_page(request.GET.get("halaman"))
    rows = [(row, amount(row.jp)) for row in page]
    return render(request, "credentials/own.html", {"page": page, "rows": rows})


def busy(request: Request, minutes: int) -> HttpResponse:
    """Too many papers at once."""
    return render(request, "429.html", {"minutes": minutes})


@require_safe
@limited(PAPERS, answer=busy, reads=True, persons=True)
def document(request: Request, certificate: UUID) -> HttpResponse:
    """The certificate as a PDF, for its owner and for who issues."""
    row = queries.certificate_seen_by(request.actor, certificate)
    made = printed([row], base=request.build_absolute_uri("/"), agency=request.agency.name)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="sertifikat-{row.number.replace("/", "-")}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def hours(request: Request) -> HttpResponseBase:
    """One's own hours of a year, and the points of the IP ASN that are still available."""
    person = own_person(request)
    if person is None:
        return nobody(request)
    today = timezone.localdate()
    form = YearFilter(request.GET or {"tahun": str(today.year)}, this_year=today.year)
    entries = queries.entries_of(person.pk, form.year)
    if wanted(request):
        return export(request, entries, COLUMNS, name="jp")
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("halaman"))
    standing = queries.standing_of(person.pk, form.year, day=today)
    context = {
        "form": form,
        "year": form.year,
        "page": page,
        "lines": [_line(row) for row in page],
        "is_this_year": form.year == today.year,
        "records": records_of(standing.ratings, standing.punishments),
        **told_of(standing),
    }
    return render(request, "credentials/hours.html", context)


def _line(row: HoursLine) -> dict[str, Any]:
    return {"title": row.title, "form": Form(row.form).label, "on": row.on, "jp": amount(row.jp),
            "limited": amount(row.full) if row.jp < row.full else "", "from": where_from(row)}  # fmt: skip


def told_of(standing: queries.Standing) -> dict[str, Any]:
    """Hours of a year and the index of today, in words."""
    told, index = standing.hours, standing.index
    return {
        "hours": told,
        "counted": amount(told.counted),
        "note": year_note(told),
        "index": index,
        "value": "" if index is None or index.value is None else amount(index.value),
        "level": LEVELS[index.level] if index and index.level else "",
        "missing": missing_of(index) if index and index.missing else "",
        "steps": steps_of(index.available) if index else [],
        "parts": _parts(index),
    }


def _parts(index: Any) -> list[tuple[Any, str, int]]:
    if index is None:
        return []
    named = ((_("Qualification"), index.qualification, 25), (_("Competence"), index.competence, 40),
             (_("Performance"), index.performance, 30), (_("Discipline"), index.discipline, 5))  # fmt: skip
    return [(label, "–" if points is None else amount(points), most) for label, points, most in named]


@require_safe
def panel(request: Request, person: UUID) -> HttpResponse:
    """Hours and points of somebody, on their page; nothing for who may not see them."""
    try:
        seen = queries.index_seen_by(request.actor, person, day=timezone.localdate())
    except Unseen:
        return HttpResponse("") if request.htmx else render(request, "credentials/not_yours.html")
    year = timezone.localdate().year
    may_write = not seen.is_self and request.actor.may(Action.CREDIT, "")
    context = {"person": seen.person, "may_write": may_write, "year": year, **told_of(seen.standing)}
    return render(request, "credentials/panel_part.html" if request.htmx else "credentials/panel.html", context)
