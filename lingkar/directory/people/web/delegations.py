"""Own roles for a colleague while one is away."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.directory.people import queries, services
from lingkar.directory.people.web.forms import sign_in_name
from lingkar.directory.people.web.grant_forms import day_field
from lingkar.directory.people.web.record_forms import Choices, chosen_from, offer
from lingkar.directory.people.web.sentences import sentence
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused


class OfferForm(forms.Form):
    """Which role, to whom, from when to when."""

    grant = chosen_from(gettext_lazy("Role"), [], required=True)
    receiver = forms.CharField(
        label=gettext_lazy("Colleague"),
        max_length=254,
        help_text=gettext_lazy("E-mail address or NIP of a colleague who works within the units of the role."),
    )
    valid_from = day_field(label=gettext_lazy("First day"))
    valid_to = day_field(label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "grant", roles)

    def clean_receiver(self) -> str:
        return sign_in_name(self.cleaned_data["receiver"])


@require_safe
def listed(request: Request) -> HttpResponse:
    """Roles that I handed over, and those offered to me."""
    today = timezone.localdate()
    rows = list(queries.delegations_of(request.actor)[:50])
    context = {"rows": rows, "today": today, "may_offer": queries.delegable_of(request.actor, day=today).exists()}
    return render(request, "people/delegations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_one(request: Request) -> HttpResponseBase:
    """Offer a role to a colleague."""
    today = timezone.localdate()
    whole = request.agency.name
    roles = [
        (str(row.pk), f"{row.get_role_display()} · {row.unit.name if row.unit else whole}")
        for row in queries.delegable_of(request.actor, day=today)
    ]
    form = OfferForm(request.POST or None, roles=roles, initial={"valid_from": today})
    if form.is_valid():
        data = dict(form.cleaned_data)
        grant = UUID(data.pop("grant"))
        try:
            services.offer_delegation(grant=grant, **data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(FIELDS.get(refusal.code), sentence(refusal))
        else:
            messages.success(request, _("Offered. It holds once your colleague accepts."))
            return redirect("people:delegations")
    status = 422 if form.errors else 200
    return render(request, "people/delegation.html", {"form": form, "roles": roles}, status=status)


FIELDS = {
    "people.not_delegable": "grant",
    "people.delegated_already": "grant",
    "people.receiver_unknown": "receiver",
    "people.receiver_elsewhere": "receiver",
    "people.receiver_holds_it": "receiver",
    "people.delegated_to_self": "receiver",
    "people.delegation_in_the_past": "valid_from",
    "people.ends_before_it_begins": "valid_to",
    "people.delegation_too_long": "valid_to",
    "people.delegation_beyond_role": "valid_to",
}


@require_POST
def answer(request: Request, delegation: UUID) -> HttpResponse:
    """Accept or decline what was offered."""
    accept = request.POST.get("answer") == "terima"
    done = _("Accepted: you hold the role in these days.") if accept else _("Declined.")
    try:
        services.answer_delegation(delegation=delegation, accept=accept, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, done)
    return redirect("people:delegations")


@require_POST
def end(request: Request, delegation: UUID) -> HttpResponse:
    """Take back, or give back, at once."""
    services.end_delegation(delegation=delegation, by=request.actor, at=timezone.now())
    messages.success(request, _("The role is back with its owner."))
    return redirect("people:delegations")
