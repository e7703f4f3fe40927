"""Records on their way between agencies of the installation."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.directory.people import queries, services
from lingkar.directory.people.web.form_page import FormPage, form_page
from lingkar.directory.people.web.grant_forms import day_field
from lingkar.directory.people.web.record_forms import Choices, chosen_from, field_of, offer
from lingkar.directory.people.web.records import own_units
from lingkar.directory.people.web.sentences import sentence
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused

form_view = require_http_methods(["GET", "HEAD", "POST"])


class ToForm(forms.Form):
    """Which agency may take a record."""

    to = chosen_from(gettext_lazy("Agency"), [], required=True)

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", agencies)


class TakeForm(forms.Form):
    """Where somebody works who comes from another agency."""

    unit = chosen_from(gettext_lazy("Unit"), [], required=True)
    title = forms.CharField(
        label=pgettext_lazy("placement", "Title"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("As the decree says it."),
    )
    since = day_field(label=gettext_lazy("Works there since"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", gettext_lazy("Choose a unit")), *units])


@require_safe
def listed(request: Request) -> HttpResponse:
    """What others released to this agency, and what this agency released."""
    context = {
        "arriving": queries.transfers_to(request.actor),
        "leaving": queries.transfers_from(request.actor)[:50],
    }
    return render(request, "people/transfers.html", context)


@form_view
def release(request: Request, person: UUID) -> HttpResponseBase:
    """Let another agency take the record of somebody who left."""
    seen = queries.person_to_change(request.actor, person, day=timezone.localdate())
    agencies = [(str(row.pk), row.name) for row in queries.other_agencies(request.actor)]
    form = ToForm(request.POST or None, agencies=agencies)
    page = FormPage(
        title=_("Hand the record over"),
        lead=_("The other agency sees it from now on and may take it, with NIP and account. Your history stays here."),
        save=_("Hand over"),
        back=reverse("people:person", args=[person]),
        back_to=seen.name,
    )
    if form.is_valid():
        to = UUID(form.cleaned_data["to"])
        act = partial(services.release_person, person=person, to=to, by=request.actor, at=timezone.now())
        if _done(form, act):
            messages.success(request, _("Handed over. It waits until the other agency takes it."))
            return redirect("people:transfers")
    return form_page(request, page, form)


@form_view
def take(request: Request, transfer: UUID) -> HttpResponseBase:
    """Record somebody whom another agency released."""
    row = queries.transfer_to(request.actor, transfer)
    form = TakeForm(request.POST or None, units=own_units(request), initial={"since": timezone.localdate()})
    page = FormPage(
        title=_("Take the record"),
        lead=f"{row.person.name} · {row.agency.name}",
        save=_("Take the record"),
        back=reverse("people:transfers"),
        back_to=_("Transfers"),
    )
    if form.is_valid():
        facts = form.cleaned_data | {"unit": UUID(form.cleaned_data["unit"])}
        act = partial(services.take_person, transfer=transfer, **facts, by=request.actor, at=timezone.now())
        if _done(form, act):
            messages.success(request, _("Taken: the person is recorded here."))
            return redirect("people:people")
    return form_page(request, page, form)


def _done(form: forms.Form, act: "partial[Any]") -> bool:
    """Whether it could be done; if not, the form says why."""
    try:
        act()
    except Refused as refusal:
        form.add_error(field_of(form, refusal.code), sentence(refusal))
        return False
    return True


@require_POST
def withdraw(request: Request, transfer: UUID) -> HttpResponse:
    """Take back what the other agency has not taken."""
    try:
        services.withdraw_release(transfer=transfer, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Withdrawn: the other agency no longer sees the record."))
    return redirect("people:transfers")
