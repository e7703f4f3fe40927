"""Own data, requests for correction and erasures."""

import json
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.directory.people import queries, services
from lingkar.directory.people.models import Reason, Subject
from lingkar.directory.people.web.form_page import FormPage, form_page
from lingkar.directory.people.web.sentences import sentence
from lingkar.foundation.access.web import Request
from lingkar.foundation.privacy.registry import keepers
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import writing
from lingkar.foundation.ui.words import when

ANSWERS = (("ya", gettext_lazy("Corrected")), ("tidak", gettext_lazy("Not corrected")))


class AskForm(forms.Form):
    """What is wrong, and how it should be."""

    subject = forms.ChoiceField(label=gettext_lazy("What is wrong?"), choices=Subject.choices)
    text = forms.CharField(
        label=gettext_lazy("How should it be?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Name the paper that shows it, such as a decree or a certificate."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What became of a request."""

    granted = forms.ChoiceField(label=gettext_lazy("Decision"), choices=ANSWERS, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("The person reads it. When nothing is corrected, say why."),
    )


class ErasureForm(forms.Form):
    """Why somebody is forgotten."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("decision", "Reason"), choices=Reason.choices, widget=forms.RadioSelect
    )


@require_safe
@never_cache
def mine(request: Request) -> HttpResponse:
    """What is held about oneself: the record here, everything in the file."""
    context = {
        "parts": queries.my_data(request.actor, only=SHOWN),
        "others": [keeper for keeper in keepers() if keeper.name not in SHOWN],
        "asked": queries.own_corrections(request.actor)[:20],
    }
    return render(request, "people/mine.html", context)


SHOWN = ("people.1", "people.2", "people.3")
"""The parts that the page shows whole; the file has all."""


@require_safe
@never_cache
def mine_json(request: Request) -> HttpResponse:
    """Own data for other programs."""
    told = {part.label: {"data": part.rows, "kept": part.kept} for part in queries.my_data(request.actor)}
    body = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return _file(body, "application/json", "data-saya.json")


@require_safe
@never_cache
def mine_xlsx(request: Request) -> HttpResponse:
    """Own data as a sheet: part, row, heading, value."""
    file = BytesIO()
    parts = queries.my_data(request.actor)
    rows = [
        (part.label, number, heading, _plain(value))
        for part in parts
        for number, row in enumerate(part.rows, start=1)
        for heading, value in row.items()
    ]
    writing.xlsx(file, [_("Part"), _("Row"), _("Heading"), _("Value")], rows, title=_("My data"))
    return _file(file.getvalue(), XLSX, "data-saya.xlsx")


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _plain(value: Any) -> Any:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value


def _file(body: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponseBase:
    """Ask for a correction of one's own data."""
    form = AskForm(request.POST or None, initial={"key": uuid4()})
    if form.is_valid():
        row = services.ask_correction(**form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("Sent. You are answered by %(when)s.") % {"when": when(row.due_at)})
        return redirect("people:mine")
    page = FormPage(
        title=_("Ask for a correction"),
        lead=_("Those who keep the records answer within the time of the law, with a reason."),
        save=_("Send the request"),
        icon="send",
        back=reverse("people:mine"),
        back_to=_("My data"),
    )
    return form_page(request, page, form)


@require_safe
def corrections(request: Request) -> HttpResponse:
    """Requests that wait for an answer, by deadline, then those answered lately."""
    context = {
        "open": queries.corrections(request.actor)[:100],
        "done": queries.corrections(request.actor, is_open=False)[:20],
        "now": timezone.now(),
    }
    return render(request, "people/corrections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: Request, correction: UUID) -> HttpResponseBase:
    """One request, and its answer."""
    row = queries.correction_seen_by(request.actor, correction)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.answer_correction(
                correction=correction,
                granted=data["granted"] == "ya",
                answer=data["answer"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Answered. The person finds it in their inbox."))
            return redirect("people:corrections")
    context = {"row": row, "form": form, "now": timezone.now()}
    return render(request, "people/correction.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Request, person: UUID) -> HttpResponseBase:
    """Ask that somebody be forgotten."""
    seen = queries.person_to_change(request.actor, person, day=timezone.localdate())
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        try:
            services.ask_erasure(person=person, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Asked. Another colleague has to approve it."))
            return redirect("people:erasures")
    kept = queries.kept_by_law()
    context = {"seen": seen, "form": form, "kept": kept}
    return render(request, "people/erase.html", context, status=422 if form.errors else 200)


@require_safe
def erasures(request: Request) -> HttpResponse:
    """Erasures that wait for a second person, and those decided."""
    return render(request, "people/erasures.html", {"rows": queries.erasures(request.actor)[:100]})


@require_POST
def decide(request: Request, erasure: UUID) -> HttpResponse:
    """Approve or decline an erasure."""
    approve = request.POST.get("decision") == "setuju"
    try:
        services.decide_erasure(erasure=erasure, approve=approve, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Erased. It cannot be undone.") if approve else _("Declined."))
    return redirect("people:erasures")
