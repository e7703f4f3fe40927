"""Accounts for many people at once: choose, see who and who not, press once, watch."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import queries, services
from lingkar.directory.people.access import Action
from lingkar.directory.people.models import PersonKind
from lingkar.directory.people.web.record_forms import GRADES, Choices, chosen_from, offer
from lingkar.directory.people.web.sentences import sentence
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import web as sheets


class WhomForm(forms.Form):
    """Whom to invite."""

    unit = chosen_from(_("Unit"), [])
    jenis = chosen_from(pgettext_lazy("employment", "Kind"), [("", _("All kinds")), *PersonKind.choices])
    golongan = chosen_from(_("Grade"), GRADES)

    def __init__(self, *args: object, units: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offer(self, "unit", units)

    @property
    def chosen(self) -> queries.Chosen:
        """The filters as the services take them."""
        data = self.cleaned_data if self.is_valid() else {}
        unit = orgs.unit_of(UUID(data["unit"])) if data.get("unit") else None
        return queries.Chosen(
            path=unit.path if unit else "", kind=data.get("jenis", ""), golongan=data.get("golongan", "")
        )


def _form(request: Request) -> WhomForm:
    """The form with the units of ``request.actor``; who invites in some units alone begins with the first of them."""
    tops = request.actor.paths(Action.INVITE)
    found = [unit for unit in orgs.units_in(request.agency.pk, day=timezone.localdate()) if unit.path.startswith(tops)]
    units = [(str(unit.pk), orgs.INDENT * orgs.depth(unit.path) + unit.name) for unit in found]
    whole = [("", _("All units"))] if "" in tops else []
    asked = {name: value.replace("\0", "") for name, value in (request.POST or request.GET).dict().items()}
    if not whole and units:
        asked.setdefault("unit", units[0][0])
    return WhomForm(asked, units=[*whole, *units])


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request) -> HttpResponseBase:
    """Choose whom to invite, see how many, and begin."""
    form = _form(request)
    chosen = form.chosen
    if sheets.wanted(request):
        rows = queries.without_email(request.actor, chosen)
        return sheets.export(request, rows, COLUMNS, name="pegawai-tanpa-email", personal=True)
    if request.method == "POST" and form.is_valid():
        base = request.build_absolute_uri("/")
        try:
            key = UUID(request.POST.get("key", ""))
            row = services.invite_many(chosen=chosen, key=key, base=base, by=request.actor, at=timezone.now())
        except ValueError:
            return redirect("people:invitations")
        except Refused as refusal:
            messages.error(request, sentence(refusal))
            return redirect(f"{request.path}?{request.GET.urlencode()}")
        return redirect("people:invitation_round", row.pk)
    preview = queries.invitation_preview(request.actor, chosen)
    context = {
        "form": form,
        "preview": preview,
        "written": queries.written_by_others(request.actor, chosen),
        "key": uuid4(),
    }
    return render(request, "people/invitations.html", context)


COLUMNS: dict[Any, Any] = {
    _("Name"): lambda row: row.name,
    "NIP": lambda row: row.nip,
    _("E-mail"): lambda row: row.email,
}


@require_safe
def progress(request: Request, invitations: UUID) -> HttpResponse:
    """How far a round of invitations is."""
    row = queries.round_seen_by(request.actor, invitations)
    return render(request, "people/invitation_round.html", {"round": row})
