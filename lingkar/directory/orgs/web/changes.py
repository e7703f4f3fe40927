"""Change units and positions: a form, what it would do, and only then the deed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lingkar.directory.orgs import queries, services
from lingkar.directory.orgs.access import Action, demand_manage, may_manage
from lingkar.directory.orgs.models import Position, Unit
from lingkar.directory.orgs.web import forms
from lingkar.directory.orgs.web.sentences import sentence, told
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused

FORM_METHODS = ["GET", "HEAD", "POST"]
SAVED = gettext_lazy("Saved. The tree and the history show it.")


@dataclass(frozen=True)
class Change:
    """A change as its page shows it: ``arguments`` turns the form into what the verb asks for."""

    title: str | Promise
    lead: str | Promise
    form: forms.ActForm
    verb: Callable[..., object]
    arguments: Callable[[], dict[str, Any]]
    back: Unit | Position | None
    goes_to: Callable[[], str]
    do: str | Promise
    is_end: bool = False

    @property
    def back_to(self) -> str:
        """Where one came from."""
        if isinstance(self.back, Position):
            return reverse("orgs:position", args=[self.back.pk])
        return unit_page(self.back.code) if self.back else reverse("orgs:tree")

    @property
    def back_name(self) -> str:
        if isinstance(self.back, Position):
            return self.back.title
        return self.back.name if self.back else _("All units")


@require_http_methods(FORM_METHODS)
def add(request: Request) -> HttpResponse:
    """A new unit, below another one or at the top."""
    above = queries.unit_coded(request.GET.get("induk", "").replace("\0", ""))
    demand_manage(request.actor, above.path if above else _somewhere(request))
    initial = {"parent": above.pk if above else None, "valid_from": timezone.localdate()}
    form = forms.UnitForm(request.POST or None, **_parents(request), initial=initial)
    return page(
        request,
        Change(
            title=_("Add a unit"),
            lead=_("A part of the organisation: a dinas, bidang, UPTD, kelurahan, sekolah …"),
            form=form,
            verb=services.add_unit,
            arguments=lambda: {"agency": request.agency.pk, **form.cleaned_data},
            back=above,
            goes_to=lambda: unit_page(form.cleaned_data["code"]),
            do=_("Add this unit"),
        ),
    )


@require_http_methods(FORM_METHODS)
def rename(request: Request, code: str) -> HttpResponse:
    """Another name, short name or kind from a day on."""
    unit = unit_to_change(request, code)
    initial = {"name": unit.name, "short_name": unit.short_name, "kind": unit.kind, "on": timezone.localdate()}
    form = forms.RenameForm(request.POST or None, initial=initial)
    lead = _("All that belongs to the unit stays with it: people, roles, reports. The old name stays in history.")
    return page(request, change_of(unit, _("Rename"), lead, form, services.rename_unit, _("Rename this unit")))


@require_http_methods(FORM_METHODS)
def move(request: Request, code: str) -> HttpResponse:
    """Another parent from a day on."""
    unit = unit_to_change(request, code)
    initial = {"parent": unit.parent_id, "on": timezone.localdate()}
    form = forms.MoveForm(request.POST or None, **_parents(request), initial=initial)
    lead = _("Everything below it moves along. Whoever looks after the new parent reaches it from that day on.")
    return page(request, change_of(unit, _("Move"), lead, form, services.move_unit, _("Move this unit")))


@require_http_methods(FORM_METHODS)
def merge(request: Request, code: str) -> HttpResponse:
    """This unit, and others beside it, go on in another one."""
    unit, today = unit_to_change(request, code), timezone.localdate()
    units = [choice for choice in queries.units_to_manage(request.actor, day=today) if choice[0] != str(unit.pk)]
    tree = queries.tree_on(request.agency.pk, day=today)
    beside = [(str(n.unit), n.name) for n in tree if n.parent == unit.parent_id and n.unit != unit.pk]
    may = {choice[0] for choice in units}
    form = forms.MergeForm(
        request.POST or None, units=units, beside=[one for one in beside if one[0] in may], initial={"on": today}
    )
    lead = _("It ends, and goes on in another unit, which takes over what stands below it and what was left.")
    return page(
        request,
        Change(
            title=_("Merge %(unit)s") % {"unit": unit.name},
            lead=lead,
            form=form,
            verb=services.merge_units,
            arguments=lambda: {
                "units": [unit.pk, *form.cleaned_data.get("others", [])],
                "into": form.cleaned_data["into"],
                "on": form.cleaned_data["on"],
            },
            back=unit,
            goes_to=lambda: unit_page(unit.code),
            do=_("Merge"),
            is_end=True,
        ),
    )


@require_http_methods(FORM_METHODS)
def split(request: Request, code: str) -> HttpResponse:
    """This unit goes on in new ones."""
    unit, today = unit_to_change(request, code), timezone.localdate()
    tree = queries.tree_on(request.agency.pk, day=today)
    below = [(str(node.unit), node.name) for node in tree if node.parent == unit.pk]
    form = forms.SplitForm(request.POST or None, below=below, initial={"on": today})
    lead = _("It ends, and goes on in new units beside it. With one part it goes on under another code.")
    return page(
        request,
        Change(
            title=_("Split %(unit)s") % {"unit": unit.name},
            lead=lead,
            form=form,
            verb=services.split_unit,
            arguments=lambda: {"unit": unit.pk, "parts": form.parts(), "on": form.cleaned_data["on"]},
            back=unit,
            goes_to=lambda: unit_page(unit.code),
            do=_("Split"),
            is_end=True,
        ),
    )


@require_http_methods(FORM_METHODS)
def end(request: Request, code: str) -> HttpResponse:
    """This unit goes on nowhere."""
    unit = unit_to_change(request, code)
    form = forms.EndForm(request.POST or None, initial={"last_day": timezone.localdate()})
    lead = _("It goes on nowhere, and its positions end with it. What happened there stays readable.")
    return page(request, change_of(unit, _("End"), lead, form, services.end_unit, _("End this unit"), is_end=True))


@require_http_methods(FORM_METHODS)
def withdraw(request: Request, code: str) -> HttpResponse:
    """A planned end, merger or split does not come."""
    unit = unit_to_change(request, code)
    if unit.valid_to is None or unit.valid_to < timezone.localdate():
        raise Http404
    return page(
        request,
        Change(
            title=_("Withdraw the plan: %(unit)s") % {"unit": unit.name},
            lead=_("The unit stays. Who was already moved elsewhere for that day stays moved: check people and roles."),
            form=forms.SureForm(request.POST if request.method == "POST" else None),
            verb=services.withdraw_ending,
            arguments=lambda: {"unit": unit.pk},
            back=unit,
            goes_to=lambda: unit_page(unit.code),
            do=_("Withdraw this plan"),
        ),
    )


def change_of(
    unit: Unit, what: str, lead: str, form: forms.ActForm, verb: Callable[..., object], do: str, *, is_end: bool = False
) -> Change:
    """A change of one unit whose form asks for what the verb asks for."""
    return Change(
        title=f"{what}: {unit.name}",
        lead=lead,
        form=form,
        verb=verb,
        arguments=lambda: {"unit": unit.pk, **form.cleaned_data},
        back=unit,
        goes_to=lambda: unit_page(unit.code),
        do=do,
        is_end=is_end,
    )


def page(request: Request, change: Change) -> HttpResponse:
    """The page of a change: the form; once it is right, what it would do; once that was seen, the deed."""
    form, preview = change.form, None
    status = 200
    occupied: tuple[services.Occupied, ...] = ()
    if form.is_bound:
        try:
            if form.is_valid():
                given = {**change.arguments(), "by": request.actor, "at": timezone.now()}
                if request.POST.get("sure") and request.POST.get("seen") == form.fingerprint():
                    change.verb(**given)
                    messages.success(request, str(SAVED))
                    return HttpResponseRedirect(change.goes_to())
                preview = told(services.preview(change.verb, **given))
        except Refused as refusal:
            occupied = services.occupied(refusal)
            form.add_error(None, sentence(refusal))
        except ValidationError as fault:
            form.add_error(None, fault.messages)
        status = 200 if preview else 422
    context = {"change": change, "form": form, "preview": preview, "occupied": occupied}
    return render(request, "orgs/change.html", context, status=status)


def unit_to_change(request: Request, code: str) -> Unit:
    """A unit that the actor may change."""
    unit = queries.unit_coded(code)
    if unit is None:
        raise Http404
    demand_manage(request.actor, unit.path)
    return unit


def _parents(request: Request) -> dict[str, Any]:
    """Below which units the actor may put one, and whether at the top."""
    units = queries.units_to_manage(request.actor, day=timezone.localdate())
    return {"units": units, "top": may_manage(request.actor, "")}


def _somewhere(request: Request) -> str:
    """A place where the actor may add units; the route has asked whether there is one."""
    return next(iter(request.actor.paths(Action.MANAGE)), "")


def unit_page(code: str) -> str:
    return reverse("orgs:unit", args=[code])
