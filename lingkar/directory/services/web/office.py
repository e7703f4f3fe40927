"""Pages of those who look after the catalogue: the list, a draft beside what holds today, publishing, ending."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.directory.orgs.queries import INDENT, depth
from lingkar.directory.services import queries, rules, services
from lingkar.directory.services.models import Service
from lingkar.directory.services.queries import Desk, Line
from lingkar.directory.services.rules import DELIVERY, Standard
from lingkar.directory.services.web import office_forms as forms
from lingkar.directory.services.web.office_words import changes_of, checklist_of, state_of
from lingkar.directory.services.web.public import page_of
from lingkar.directory.services.web.sentences import FIELDS, sentence
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.filters import remembered

PER_PAGE = 30
SHOWN = 6
"""Positions that the page of a service shows; the others stand on their own page."""
STATES: dict[str, Promise] = {
    "published": gettext_lazy("Offered"),
    "draft": gettext_lazy("With a draft"),
    "review": gettext_lazy("Review is due"),
    "incomplete": gettext_lazy("Incomplete"),
    "ended": gettext_lazy("Ended"),
}
COLUMNS: dict[str | Promise, Callable[[Line], Any]] = {
    gettext_lazy("Code"): lambda row: row.service.code,
    gettext_lazy("Service"): lambda row: row.service.name,
    gettext_lazy("Unit"): lambda row: row.service.unit.name,
    gettext_lazy("Version"): lambda row: row.newest.number if row.newest else None,
    gettext_lazy("In force from"): lambda row: row.newest.valid_from if row.newest else None,
    gettext_lazy("Reviewed"): lambda row: row.newest.reviewed_on if row.newest else None,
    gettext_lazy("Components missing"): lambda row: row.newest.missing if row.newest else None,
    gettext_lazy("Last day"): lambda row: row.service.retired_on,
}


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """The services that one looks after, with what they need."""
    if elsewhere := remembered(request):
        return elsewhere
    today = timezone.localdate()
    asked = {name: str(value).replace("\0", "") for name, value in request.GET.items()}
    form = forms.ShelfFilter(asked, states=list(STATES.items()))
    given = form.chosen
    rows = queries.managed(request.actor, today=today, state=given["keadaan"], text=given["q"])
    if wanted(request):
        return export(request, queries.lines_of(rows), COLUMNS, name="layanan")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    cycle = queries.review_cycle(request.agency.pk, today=today)
    lines = [(line, state_of(line, today=today, cycle=cycle)) for line in queries.lines_of(page)]
    context = {"form": form, "page": page, "lines": lines, "is_filtered": any(given.values())}
    return render(request, "services/office/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponseBase:
    """A new service, as a draft."""
    form = forms.NewServiceForm(request.POST or None, units=_units(request))
    if request.method == "POST" and form.is_valid():
        given = {"code": form.cleaned_data["code"], "unit": form.cleaned_data["unit"], "standard": form.standard}
        made = _done(form, lambda: services.add_service(by=request.actor, at=timezone.now(), **given))
        if isinstance(made, Service):
            messages.success(request, _("Saved as a draft. Nobody else sees it until it is published."))
            return redirect("services:desk", made.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, service: UUID) -> HttpResponseBase:
    """Write the draft. What is published stays as it is meanwhile."""
    desk = _desk(request, service)
    source = desk.draft or desk.newest
    standard = queries.standard_of(source) if source else Standard(desk.service.name)
    initial = forms.form_of(standard, unit=source.unit_id if source else desk.service.unit_id)
    form = forms.StandardForm(request.POST or None, initial=initial, units=_units(request))
    if request.method == "POST" and form.is_valid():
        given = {"unit": form.cleaned_data["unit"], "standard": form.standard, "seen": form.cleaned_data["seen"]}
        verb = services.change_service
        if _done(form, lambda: verb(service=service, by=request.actor, at=timezone.now(), **given)):
            messages.success(request, _("Saved as a draft. Nobody else sees it until it is published."))
            return redirect("services:desk", service)
    return _form_page(request, form, desk)


@require_safe
def one(request: Request, service: UUID) -> HttpResponse:
    """Where a service stands, what its draft lacks and changes, and what can be done."""
    return _desk_page(request, _desk(request, service))


@require_safe
def preview(request: Request, service: UUID) -> HttpResponseBase:
    """The draft as everybody would see it."""
    desk = _desk(request, service)
    if desk.draft is None:
        return redirect("services:desk", service)
    context = page_of(desk.draft, today=timezone.localdate()) | {"is_preview": True, "desk": desk}
    return render(request, "services/office/preview.html", context)


@require_POST
def publish(request: Request, service: UUID) -> HttpResponseBase:
    """Put the draft in force, or confirm the old words after a review."""
    form = forms.PublishForm(request.POST)
    done = _("Published. What held before stays readable as an older version.")
    return _act(request, service, "publishing", form, services.publish_service, done)


@require_POST
def retire(request: Request, service: UUID) -> HttpResponseBase:
    """End a service."""
    form = forms.RetireForm(request.POST)
    return _act(request, service, "retiring", form, services.retire_service, _("Saved. Its page says that it ends."))


@require_POST
def drop(request: Request, service: UUID) -> HttpResponseBase:
    """Forget the draft."""
    desk = _desk(request, service)
    try:
        services.drop_draft(service=service, by=request.actor, at=timezone.now())
    except Refused as no:
        messages.warning(request, sentence(no))
        return redirect("services:desk", service)
    messages.success(request, _("The draft is forgotten."))
    return redirect("services:desk", service) if desk.newest else redirect("services:manage")


def _act(request: Request, service: UUID, name: str, form: Any, verb: Any, done: str) -> HttpResponseBase:
    desk = _desk(request, service)
    if form.is_valid():
        by, at = request.actor, timezone.now()
        if _done(form, lambda: verb(service=service, by=by, at=at, **form.cleaned_data) or True):
            messages.success(request, done)
            return redirect("services:desk", service)
    return _desk_page(request, desk, status=422, **{name: form})


def _done(form: Any, act: Callable[[], Any]) -> Any:
    """What the act gives; None when it was refused, and then the form says why."""
    try:
        return act()
    except Refused as no:
        field = FIELDS.get(no.code)
        form.add_error(field if field in form.fields else None, sentence(no))
    except ValidationError as fault:
        for name, words in fault.message_dict.items():
            taken = name == "__all__" and "code" in form.fields
            form.add_error("code" if taken else name if name in form.fields else None, words)
    return None


def _desk(request: Request, service: UUID) -> Desk:
    return queries.desk_of(service, by=request.actor, today=timezone.localdate())


def _desk_page(request: Request, desk: Desk, *, status: int = 200, **more: Any) -> HttpResponse:
    today = timezone.localdate()
    shown = desk.draft or desk.newest
    seen = desk.draft.revision if desk.draft else 0
    serving = queries.staff_of(desk.service.pk, day=today)
    first = {"seen": seen, "valid_from": today, "reviewed_on": today}
    context = {
        "desk": desk,
        "service": desk.service,
        "state": state_of(Line(desk.service, desk.newest, desk.draft is not None), today=today),
        "shown": shown,
        "checklist": checklist_of(shown) if shown else [],
        "blocking": [c for c in rules.missing(queries.standard_of(shown)) if c in DELIVERY] if shown else [],
        "changes": changes_of(desk),
        "review": queries.review_of(desk.newest, today=today) if desk.newest else None,
        "publishing": forms.PublishForm(initial=first),
        "retiring": forms.RetireForm(initial={"last_day": today}),
        "serving": serving[:SHOWN],
        "hidden_serving": len(serving[SHOWN:]),
        "is_ended": bool(desk.service.retired_on and desk.service.retired_on < today),
        **more,
    }
    return render(request, "services/office/one.html", context, status=status)


def _form_page(request: Request, form: forms.StandardForm, desk: Desk | None) -> HttpResponse:
    """``seen`` is the draft as it stands now: whoever was told of a change may save the same words once more."""
    context = {"form": form, "desk": desk, "seen": desk.draft.revision if desk and desk.draft else 0}
    return render(request, "services/office/edit.html", context, status=422 if form.errors else 200)


def _units(request: Request) -> list[tuple[str, str]]:
    units = queries.units_managed(request.actor, day=timezone.localdate())
    return [(str(unit.pk), INDENT * depth(unit.path) + unit.name) for unit in units]
