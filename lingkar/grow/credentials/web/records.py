"""Writing down hours, SKP predicates and punishments of one person, and taking back what was wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import amount, day
from lingkar.grow.credentials import queries, services
from lingkar.grow.credentials.models import Form, Severity
from lingkar.grow.credentials.queries import Written
from lingkar.grow.credentials.services import NewHours
from lingkar.grow.credentials.web.record_forms import HoursForm, PunishmentForm, RatingForm, TakeBackForm
from lingkar.grow.credentials.web.sentences import sentence
from lingkar.grow.credentials.web.words import records_of, where_from

HOURS, RATING, PUNISHMENT = "jp", "skp", "disiplin"


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request, person: UUID) -> HttpResponse:
    """What is written down of somebody, with a form for each kind."""
    seen, today = queries.written_of(request.actor, person), timezone.localdate()
    forms_of = _forms(request, today)
    kind = request.POST.get("apa", "")
    form = forms_of.get(kind)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            SAVE[kind](request, person, form.cleaned_data)
        except Refused as no:
            form.add_error(None, sentence(no))
        else:
            messages.success(
                request, _("Saved. %(name)s reads it with where it comes from.") % {"name": seen.person.name}
            )
            return redirect("credentials:record", person)
    return _page(request, seen, forms_of, TakeBackForm(lines=_lines(seen)))


def _forms(request: Request, today: date) -> dict[str, forms.Form]:
    """The three forms; the one that was sent holds what was typed."""
    sent = {request.POST.get("apa", ""): request.POST} if request.method == "POST" else {}
    return {
        HOURS: HoursForm(sent.get(HOURS), auto_id="jp_%s"),
        RATING: RatingForm(sent.get(RATING), today=today, auto_id="skp_%s"),
        PUNISHMENT: PunishmentForm(sent.get(PUNISHMENT), auto_id="disiplin_%s"),
    }


def _page(request: Request, seen: Written, forms_of: dict[str, forms.Form], taking: TakeBackForm) -> HttpResponse:
    context = {
        "person": seen.person,
        "hours_form": forms_of[HOURS],
        "rating_form": forms_of[RATING],
        "punishment_form": forms_of[PUNISHMENT],
        "taking": taking if _lines(seen) else None,
        "hours": [
            {"title": row.title, "meta": f"{Form(row.form).label} · {day(row.on)} · {where_from(row)}",
             "jp": amount(row.jp)}
            for row in seen.hours
        ],
        "records": records_of(seen.ratings, seen.punishments),
    }  # fmt: skip
    wrong = any(form.errors for form in (*forms_of.values(), taking))
    return render(request, "credentials/office/record.html", context, status=422 if wrong else 200)


def _save_hours(request: Request, person: UUID, told: dict[str, Any]) -> None:
    row = NewHours(
        person=person, form=told["form"], title=told["title"], amount=told["amount"], on=told["on"], days=told["days"],
        international=told["abroad"], organiser=told["organiser"], proof=told["proof"],
    )  # fmt: skip
    row = replace(row, source_id=row.mark)
    if not services.credit(rows=[row], by=request.actor, at=timezone.now()):
        raise Refused("credentials.recorded_before")


def _save_rating(request: Request, person: UUID, told: dict[str, Any]) -> None:
    services.rate(person=person, year=told["year"], predicate=told["predicate"], by=request.actor, at=timezone.now())


def _save_punishment(request: Request, person: UUID, told: dict[str, Any]) -> None:
    services.punish(person=person, severity=told["severity"], on=told["decided"], by=request.actor, at=timezone.now())


SAVE: dict[str, Callable[[Request, UUID, dict[str, Any]], None]] = {
    HOURS: _save_hours, RATING: _save_rating, PUNISHMENT: _save_punishment
}  # fmt: skip


def _lines(seen: Written) -> list[tuple[str, str]]:
    """What may be taken back: hours that were written down, and punishments."""
    return [
        *((f"{row.id}", f"{row.title} · {day(row.on)} · {amount(row.jp)} JP") for row in seen.hours),
        *((row.on.isoformat(), f"{Severity(row.severity).label} · {day(row.on)}") for row in seen.punishments),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: Request, person: UUID) -> HttpResponse:
    """Take back a line that was wrong; it is gone for good."""
    seen = queries.written_of(request.actor, person)
    form = TakeBackForm(request.POST or None, lines=_lines(seen))
    if request.method == "POST" and form.is_valid():
        line, at = form.cleaned_data["line"], timezone.now()
        try:
            if line in {str(row.id) for row in seen.hours}:
                services.strike(entry=UUID(line), by=request.actor, at=at)
            else:
                services.lift(person=person, on=date.fromisoformat(line), by=request.actor, at=at)
        except Refused as no:
            form.add_error("line", sentence(no))
        else:
            messages.success(request, _("Taken back. Hours and IP ASN are counted without it."))
            return redirect("credentials:record", person)
    return _page(request, seen, _forms(request, timezone.localdate()), form)
