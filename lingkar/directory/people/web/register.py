"""Pages that show people: the list, and one person as the viewer may see them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import access, queries
from lingkar.directory.people.models import PersonKind
from lingkar.directory.people.rules import golongan
from lingkar.directory.people.web.record_forms import FilterForm
from lingkar.foundation.access.web import Request, address
from lingkar.foundation.sheets import web as sheets
from lingkar.foundation.ui.filters import remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lingkar.directory.people.models import Person, Placement

PER_PAGE = 50


@require_safe
def listed(request: Request) -> HttpResponseBase:
    """People of the agency, filtered; ``?unduh`` gives the same list as a file."""
    if elsewhere := remembered(request):
        return elsewhere
    today = timezone.localdate()
    full = access.keeps_records(request.actor)
    form = FilterForm(
        {name: value.replace("\0", "") for name, value in request.GET.dict().items()},
        units=orgs.choices(request.agency.pk, day=today),
        full=full,
    )
    filters = _filters(form)
    if sheets.wanted(request):
        rows = queries.people_in(request.actor, filters, day=today)
        more = {heading: _if_kept(value) for heading, value in RECORD_COLUMNS.items()} if full else {}
        return sheets.export(request, rows, COLUMNS | more, name="pegawai", personal=True)
    lines = queries.people_lines(request.actor, filters, day=today)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"form": form, "page": page, "full": full, "is_filtered": bool(form.chosen), "rows": _rows(page, today)}
    return render(request, "people/list.html", context)


@dataclass(frozen=True)
class Row:
    """One line of the list; of those whose record the viewer does not keep no more than name and work."""

    url: str
    name: str
    title: str
    unit: str
    kind: str
    golongan: str


def _rows(page: "Iterable[queries.PersonLine]", today: date) -> list[Row]:
    lines = list(page)
    posts = queries.posts_of([line.id for line in lines], day=today)
    kinds = {kind.value: str(kind.label) for kind in PersonKind}
    return [_row(line, posts.get(line.id), kinds) for line in lines]


def _row(line: queries.PersonLine, post: queries.Post | None, kinds: dict[str, str]) -> Row:
    return Row(
        url=address("people:person", line.id),
        name=line.name,
        title=(post and post.title) or NOTHING,
        unit=(post and post.unit) or NOTHING,
        kind=kinds[line.kind] if line.is_kept else NOTHING,
        golongan=(line.is_kept and line.golongan) or NOTHING,
    )


NOTHING = "–"


def _filters(form: FilterForm) -> queries.Filters:
    chosen = form.chosen
    unit = orgs.unit_of(UUID(chosen["unit"])) if "unit" in chosen else None
    return queries.Filters(
        words=chosen.get("q", ""),
        path=unit.path if unit else "",
        kind=chosen.get("jenis", ""),
        golongan=chosen.get("golongan", ""),
        status=chosen.get("status", ""),
    )


def _main(person: "Person") -> "Placement | None":
    return person.placed[0] if person.placed else None


COLUMNS: dict[Any, Any] = {
    _("Name"): lambda row: row.name,
    pgettext_lazy("placement", "Title"): lambda row: (main := _main(row)) and main.title,
    _("Unit"): lambda row: (main := _main(row)) and main.unit.name,
}
RECORD_COLUMNS: dict[Any, Any] = {
    "NIP": lambda row: row.nip,
    pgettext_lazy("employment", "Kind"): lambda row: row.get_kind_display(),
    _("Grade"): lambda row: row.golongan,
    _("Rank"): lambda row: golongan.rank_of(row.golongan),
    _("Status"): lambda row: row.get_status_display(),
    _("Place of birth"): lambda row: row.birth_place,
    _("Date of birth"): lambda row: row.birth_date,
    _("Sex"): lambda row: row.get_sex_display(),
    _("Education"): lambda row: row.education,
    _("E-mail"): lambda row: row.email,
    _("Phone"): lambda row: row.phone,
    _("Institution"): lambda row: row.institution,
    _("Works there since"): lambda row: (main := _main(row)) and main.valid_from,
}


def _if_kept(value: "Callable[[Person], Any]") -> "Callable[[Person], Any]":
    """Nothing of those whose record the viewer does not keep."""
    return lambda row: value(row) if row.is_kept else None  # type: ignore[attr-defined]  # annotated


@require_safe
def person(request: Request, person: UUID) -> HttpResponse:
    """One person: name and work for everybody, all that is recorded for themselves and for who keeps records."""
    today = timezone.localdate()
    seen = queries.person_seen_by(request.actor, person, day=today)
    above = orgs.ancestors(seen.placed[0].unit.path)[:-1] if seen.placed else []
    context = {
        "seen": seen,
        "facts": seen.facts,
        "rank": golongan.rank_of(seen.facts.golongan) if seen.facts else "",
        "above": " · ".join(unit.name for unit in reversed(above)),
        "account": queries.account_of(request.actor, person) if seen.may_link else None,
        "today": today,
    }
    return render(request, "people/person.html", context)
