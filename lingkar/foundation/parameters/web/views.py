"""The numbers of law: the list, and one with its history and a form for a new value."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.parameters import queries, services
from lingkar.foundation.parameters.registry import declared
from lingkar.foundation.parameters.web.forms import ValueForm
from lingkar.foundation.parameters.web.sentences import sentence
from lingkar.foundation.parameters.web.words import shown
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.words import day

ASKED_BY_FIELD = {
    "parameters.begins_in_the_past": "valid_from",
    "parameters.source_missing": "source",
}
"""Where the reason of a refusal is shown; everything else is about the value."""

COLUMNS: dict[str | Promise, Callable[[queries.Standing], Any]] = {
    gettext_lazy("Rule"): lambda standing: standing.spec.label,
    gettext_lazy("Value"): lambda standing: shown(standing.now.value) if standing.now else "",
    gettext_lazy("Unit of measure"): lambda standing: standing.spec.unit,
    gettext_lazy("Since"): lambda standing: standing.now.valid_from if standing.now else None,
    gettext_lazy("Source"): lambda standing: standing.now.source if standing.now else "",
    gettext_lazy("Not checked"): lambda standing: bool(standing.now and standing.now.is_doubtful),
}


@require_safe
def listed(request: Request) -> HttpResponseBase:
    """Every parameter with the value in force, by the module that uses it."""
    found = queries.standings(agency=request.agency.pk, on=timezone.localdate())
    if wanted(request):
        return export(request, found, COLUMNS, name=_("Rules and numbers"))
    groups = [
        {"title": apps.get_app_config(module).verbose_name, "standings": list(standings)}
        for module, standings in groupby(found, key=lambda standing: standing.spec.module)
    ]
    doubtful = sum(bool(standing.now and standing.now.is_doubtful) for standing in found)
    return render(request, "parameters/list.html", {"groups": groups, "doubtful": doubtful})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, key: str) -> HttpResponse:
    """One parameter: what holds now, what comes, what was; and a new value from a date on."""
    if key not in declared():
        raise Http404
    today = timezone.localdate()
    form = ValueForm(request.POST or None, spec=declared()[key], today=today)
    if form.is_valid():
        try:
            return _saved(request, key, form)
        except Refused as refusal:
            form.add_error(ASKED_BY_FIELD.get(refusal.code, "value"), sentence(refusal))
    (standing,) = queries.standings(agency=request.agency.pk, on=today, key=key)
    return render(request, "parameters/one.html", {"form": form, "standing": standing})


def _saved(request: Request, key: str, form: ValueForm) -> HttpResponse:
    row = services.set_value(key=key, **form.cleaned_data, by=request.actor, at=timezone.now())
    messages.success(request, _("The new value is saved. It holds from %(day)s on.") % {"day": day(row.valid_from)})
    return HttpResponseRedirect(reverse("parameters:one", args=[key]))
