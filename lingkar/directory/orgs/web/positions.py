"""Positions on their pages: what one is, and its changes, previewed before they are done."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.orgs import queries, services
from lingkar.directory.orgs.access import demand_manage
from lingkar.directory.orgs.models import POSITION_TELLS
from lingkar.directory.orgs.queries import PositionSeen
from lingkar.directory.orgs.web import competence, forms, words
from lingkar.directory.orgs.web.changes import FORM_METHODS, Change, change_of, page, unit_to_change
from lingkar.foundation.access.web import Request


@require_safe
def position(request: Request, position: UUID) -> HttpResponse:
    """One position: what it is and requires, who sits there, what it was and will be."""
    today = timezone.localdate()
    seen = queries.position_seen_by(request.actor, position, day=today)
    context = {
        "seen": seen,
        "state": seen.state,
        "unit": seen.position.unit,
        "required": competence.required(seen.profile),
        "history": words.position_history(seen, today=today),
    }
    return render(request, "orgs/position.html", context)


@require_http_methods(FORM_METHODS)
def add(request: Request, code: str) -> HttpResponse:
    """A new position in this unit."""
    unit = unit_to_change(request, code)
    initial = {"valid_from": max(unit.valid_from, timezone.localdate()), "seats": 1}
    form = forms.PositionForm(request.POST or None, initial=initial)
    lead = _("The competence that it requires is that of its group, unless it is told otherwise.")
    return page(
        request, change_of(unit, _("Add a position"), lead, form, services.add_position, _("Add this position"))
    )


@require_http_methods(FORM_METHODS)
def change(request: Request, position: UUID) -> HttpResponse:
    """This position is something else from a day on."""
    seen = _to_change(request, position)
    initial = {name: getattr(seen.state, name) for name in POSITION_TELLS} | {"valid_from": _first(seen)}
    form = forms.PositionChangeForm(request.POST or None, initial=initial)
    return page(
        request,
        Change(
            title=_("Change %(unit)s") % {"unit": seen.position.title},
            lead=_("What was before that day stays in its history, and so does who sat there."),
            form=form,
            verb=services.change_position,
            arguments=lambda: {"position": position, **form.cleaned_data},
            back=seen.position,
            goes_to=lambda: _page_of(position),
            do=_("Change this position"),
        ),
    )


@require_http_methods(FORM_METHODS)
def profile(request: Request, position: UUID) -> HttpResponse:
    """What this position requires from a day on: its own levels, or those of its group."""
    seen = _to_change(request, position)
    initial = {"standard": seen.is_standard, "valid_from": _first(seen)}
    form = forms.ProfileForm(request.POST or None, seen=seen, initial=initial)
    return page(
        request,
        Change(
            title=_("Required competence: %(title)s") % {"title": seen.position.title},
            lead=_("Levels 1 to 5 of the competencies of PermenPANRB 38/2017."),
            form=form,
            verb=services.set_profile,
            arguments=lambda: {
                "position": position,
                "profile": form.profile(),
                "valid_from": form.cleaned_data["valid_from"],
            },
            back=seen.position,
            goes_to=lambda: _page_of(position),
            do=_("Set this profile"),
        ),
    )


@require_http_methods(FORM_METHODS)
def end(request: Request, position: UUID) -> HttpResponse:
    """This position is no longer needed."""
    item = _to_change(request, position).position
    form = forms.EndForm(request.POST or None, initial={"last_day": timezone.localdate()})
    return page(
        request,
        Change(
            title=_("End %(unit)s") % {"unit": item.title},
            lead=item.unit.name,
            form=form,
            verb=services.end_position,
            arguments=lambda: {"position": position, **form.cleaned_data},
            back=item,
            goes_to=lambda: _page_of(position),
            do=_("End this position"),
            is_end=True,
        ),
    )


def _to_change(request: Request, position: UUID) -> PositionSeen:
    """A position that the actor may change."""
    seen = queries.position_seen_by(request.actor, position, day=timezone.localdate())
    demand_manage(request.actor, seen.position.unit.path)
    return seen


def _first(seen: PositionSeen) -> date:
    """From which day a change holds unless somebody says otherwise."""
    return max(seen.position.valid_from, timezone.localdate())


def _page_of(position: UUID) -> str:
    return reverse("orgs:position", args=[position])
