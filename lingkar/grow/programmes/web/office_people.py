"""Pages of the training office: who takes part, and one participant with their marks."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.foundation.access import Forbidden
from lingkar.foundation.access.web import Request, address
from lingkar.foundation.imports import services as imports
from lingkar.foundation.imports.telling import sentence as said
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.grow.programmes import queries, services
from lingkar.grow.programmes.models import Origin, Standing
from lingkar.grow.programmes.names import PREDICATES, SOURCES
from lingkar.grow.programmes.queries import CohortSeen, ParticipantLine
from lingkar.grow.programmes.services import (
    NewParticipant,
)
from lingkar.grow.programmes.web import forms
from lingkar.grow.programmes.web.sentences import sentence
from lingkar.grow.programmes.web.shared import asked, common, done, owner_of, seen_by
from lingkar.grow.programmes.web.words import (
    Badge,
    marked,
    outlook,
    standing_badge,
)

ROSTER_PAGE = 60
ROSTER = "roster"
"""The kind of sheet that the importer of this module reads."""
ROSTER_COLUMNS: dict[str | Promise, Callable[[ParticipantLine], Any]] = {
    "NIP": lambda row: row.nip,
    gettext_lazy("Name"): lambda row: row.name,
    gettext_lazy("Unit or institution"): lambda row: row.institution or row.unit,
    gettext_lazy("Origin"): lambda row: str(Origin(row.origin).label),
    gettext_lazy("Standing"): lambda row: str(Standing(row.standing).label),
    gettext_lazy("Final mark"): lambda row: row.final,
    gettext_lazy("Predicate"): lambda row: str(PREDICATES[row.predicate]) if row.predicate else "",
}


@require_safe
def roster(request: Request, code: str) -> HttpResponseBase:
    """Who takes part."""
    seen = seen_by(request, code)
    form = forms.RosterFilter(asked(request))
    given = form.chosen
    asked_for = {"standing": given["status"], "text": given["q"]}
    if wanted(request):
        rows = queries.participants_of(request.actor, seen.cohort, **asked_for)
        return export(request, rows, ROSTER_COLUMNS, name=f"peserta-{code}", personal=True)
    pages = Paginator(queries.roster(request.actor, seen.cohort, **asked_for), ROSTER_PAGE)
    return _roster_page(request, seen, form, pages.get_page(request.GET.get("halaman")))


def _roster_page(request: Request, seen: CohortSeen, form: forms.RosterFilter, page: Any, **more: Any) -> HttpResponse:
    lines = [
        {
            "url": address("programmes:participant", row.id),
            "title": row.name,
            "meta": " · ".join(filter(None, (row.nip or _("without NIP"), row.institution or row.unit))),
            "badges": [
                *([] if row.origin == Origin.AGENCY else [Badge(str(Origin(row.origin).label))]),
                *([] if row.standing == Standing.ENROLLED else [standing_badge(row.standing)]),
            ],
        }
        for row in page
    ]
    context = common(seen, "roster") | {"form": form, "page": page, "lines": lines, "adding": forms.AddForm(), **more}
    return render(request, "programmes/office/roster.html", context, status=422 if more else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def send_roster(request: Request, code: str) -> HttpResponseBase:
    """Send a sheet with participants: what each line means is shown before anybody is taken in."""
    seen = seen_by(request, code)
    form = forms.RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = imports.start_import(
                kind=ROSTER, upload=form.cleaned_data["file"], about=seen.cohort.pk, by=request.actor,
                at=timezone.now(),
            )  # fmt: skip
        except Refused as no:
            form.add_error("file", said(no))
        else:
            return redirect("imports:one", made.pk)
    context = common(seen, "roster") | {"form": form, "kind": ROSTER}
    return render(request, "programmes/office/send_roster.html", context, status=422 if form.errors else 200)


@require_POST
def add_one(request: Request, code: str) -> HttpResponseBase:
    """Take one person into a cohort, by NIP."""
    seen, form = seen_by(request, code), forms.AddForm(request.POST)
    if form.is_valid():
        person = owner_of(form, form.cleaned_data["nip"])
        rows, at = [NewParticipant(person)] if person else [], timezone.now()
        verb = services.add_participants
        if person and done(form, lambda: verb(cohort=seen.cohort.pk, people=rows, by=request.actor, at=at) + 1):
            messages.success(request, _("Taken in."))
            return redirect("programmes:roster", code)
    rows_now = queries.participants_of(request.actor, seen.cohort)
    page = Paginator(rows_now, ROSTER_PAGE).get_page(1)
    return _roster_page(request, seen, forms.RosterFilter({}), page, adding=form)


@require_http_methods(["GET", "HEAD", "POST"])
def participant(request: Request, participant: UUID) -> HttpResponseBase:
    """One participant: marks to give, what was changed, and leaving. For the office and for who guides them."""
    item = queries.participant_for(request.actor, participant)
    scheme, manages, now = queries.scheme_of(item.cohort), queries.manages(request.actor), timezone.now()
    allowed = services.markable(request.actor, item, scheme)
    if not (manages or allowed is not None):
        raise Forbidden
    book = queries.marks_book(request.actor, item.cohort, at=now, only=item.pk)
    line = book.lines[0] if book.lines else None
    given = {it.component.code: it.value for it in line.marks if it.value is not None} if line else {}
    form = forms.MarkForm(request.POST or None, scheme=scheme, allowed=allowed or (), now=given)
    if request.method == "POST" and form.is_valid() and _mark(request, item.pk, form, given):
        messages.success(request, _("Saved."))
        return redirect("programmes:participant", participant)
    context = {
        "manages": manages,
        "cohort": item.cohort,
        "item": item,
        "badge": standing_badge(item.standing),
        "line": line,
        "marks": [(it.component, marked(it.value), SOURCES.get(it.source, "")) for it in line.marks] if line else [],
        "so_far": marked(line.so_far) if line else "",
        "outlook": outlook(line.verdict) if line else "",
        "changes": [(it, scheme.component(it.component).name) for it in book.changes],
        "form": form,
        "allowed": allowed,
        "leaving": forms.ReasonForm(),
        "may_leave": manages and item.standing == Standing.ENROLLED and item.cohort.state != "closed",
    }
    return render(request, "programmes/office/participant.html", context, status=422 if form.errors else 200)


def _mark(request: Request, participant: UUID, form: forms.MarkForm, given: Mapping[str, Decimal]) -> bool:
    """Give what was typed; the first thing that is refused says why, and nothing of it is kept."""
    told = {name: value for name, value in form.cleaned_data.items() if name != "reason" and value is not None}
    changed = {name: value for name, value in told.items() if given.get(name) != value}
    reason, at = form.cleaned_data["reason"], timezone.now()
    try:
        services.mark_components(participant=participant, values=changed, reason=reason, by=request.actor, at=at)
    except Refused as no:
        field = str(no.details.get("component", ""))
        words = sentence(no)
        form.add_error("reason" if no.code == "programmes.reason_missing" else field or None, words)
        return False
    return True


@require_POST
def leave(request: Request, participant: UUID) -> HttpResponseBase:
    """Somebody leaves."""
    item, form = queries.participant_for(request.actor, participant), forms.ReasonForm(request.POST)
    reason = form.cleaned_data["leaves"] if form.is_valid() else ""
    try:
        services.withdraw(participant=participant, reason=reason, by=request.actor, at=timezone.now())
    except Refused as no:
        messages.warning(request, sentence(no))
        return redirect("programmes:participant", participant)
    messages.success(request, _("Saved. The seat is free again; marks and attendance are kept."))
    return redirect("programmes:roster", item.cohort.code)
