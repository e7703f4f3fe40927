"""What a field study begins from is written here: the page on a community, and a case in one's own words.

Both are looked at before they are published to the cohort; until then nothing is kept but on the own device.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.places import queries as places
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.access.web import Request
from lingkar.foundation.privacy.masking import mask
from lingkar.foundation.refusals import Refused
from lingkar.foundation.refusals.typed import CHANGED, fingerprint
from lingkar.grow.fieldwork import access, queries, rules, services
from lingkar.grow.fieldwork.models import CommunityPicture
from lingkar.grow.fieldwork.web.forms import OwnCaseForm, PictureForm
from lingkar.grow.fieldwork.web.sentences import sentence
from lingkar.grow.fieldwork.web.study import sides_of
from lingkar.grow.programmes.queries import cohort_for, cohort_of, manages

if TYPE_CHECKING:
    from lingkar.grow.programmes.models import Cohort

LOOK = "look"
"""The button that shows and keeps nothing."""


def _cohort(request: Request, code: str) -> "Cohort":
    cohort = cohort_for(request.actor, code).cohort
    if not access.prepares(request.actor, cohort.pk):
        raise Forbidden
    return cohort


def _back(request: Request, cohort: "Cohort") -> str:
    """Where somebody came from: the page of the cohort, or the own teaching."""
    if manages(request.actor):
        return reverse("programmes:cohort", args=[cohort.code])
    return reverse("programmes:teaching")


@require_http_methods(["GET", "HEAD", "POST"])
def community(request: Request, code: str) -> HttpResponseBase:
    """One page on a village: write it, look at it as participants will, publish it to the cohort."""
    cohort = _cohort(request, code)
    begun, mark = _begun(request)
    form = PictureForm(request.POST or None, initial=begun, mark=mark)
    form.fields["place"].widget.choices = [("", "—"), *places.choices()]
    shown = None
    if request.method == "POST" and form.is_valid():
        try:
            shown = _publish(request, cohort, form)
        except Refused as no:
            if no.code == CHANGED:
                form.keep_both(*_stands(form))
            else:
                form.add_error(str(no.details["side"]) if "side" in no.details else None, sentence(no))
        else:
            if shown is None:
                return redirect(_back(request, cohort))
    context = {
        "cohort": cohort,
        "form": form,
        "back": _back(request, cohort),
        "shown": shown,
        "sides": sides_of(shown.figures) if shown else (),
        "pictures": queries.pictures_for(cohort.pk),
    }
    return render(request, "fieldwork/community.html", context, status=422 if form.errors else 200)


def _begun(request: Request) -> tuple[dict[str, Any], str]:
    """What stands already, with its fingerprint: of the village that was asked for, else nothing but the year."""
    year = timezone.localdate().year - 1
    try:
        row = queries.picture(request.actor, UUID(request.GET.get("potret", "")))
    except (ValueError, Unseen):
        return {"year": year}, fingerprint()
    return {"place": row.place_id, "year": row.year} | _words(row), _mark(row)


def _words(row: CommunityPicture) -> dict[str, str]:
    figures = [rules.Figure(**it) for it in row.figures]
    return {"lives": row.lives, "says": row.says} | {side.value: rules.typed(figures, side) for side in rules.TYPED}


def _mark(row: CommunityPicture) -> str:
    return fingerprint(*rules.told(row.lives, row.says, row.figures))


def _stands(form: PictureForm) -> tuple[dict[str, str], str]:
    """What stands by now of the village and year that were typed, with its fingerprint."""
    row = queries.picture_of(form.cleaned_data["place"], form.cleaned_data["year"])
    return (_words(row), _mark(row)) if row else ({}, fingerprint())


def _publish(request: Request, cohort: "Cohort", form: PictureForm) -> CommunityPicture | None:
    """The page as it would look; None when it is published."""
    told, now = form.cleaned_data, timezone.now()
    place = places.place_of(told["place"])
    if place is None:
        raise Refused("fieldwork.no_place", side="place")
    figures = form.figures() + (queries.counted(request.actor, place.pk, at=now) if told["voice"] else [])
    rules.check_figures(figures)
    if request.POST.get("do") == LOOK:
        words = {name: mask(rules.check_telling(told[name])).text for name in ("lives", "says")}
        rows = [rules.as_data(figure) for figure in figures]
        return CommunityPicture(place=place, year=told["year"], figures=rows, painted_at=now, **words)
    words = {name: told[name] for name in ("lives", "says", "seen")}
    services.paint_picture(
        place=place.pk, year=told["year"], figures=figures, cohort=cohort.pk, by=request.actor, at=now, **words
    )
    messages.success(
        request, _("Published. %(cohort)s reads about %(place)s in the logbook.") % {
            "cohort": cohort.title, "place": place.name,
        }
    )  # fmt: skip
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def own_case(request: Request, code: str) -> HttpResponseBase:
    """A case in one's own words: write it, look at it with everything personal masked, offer it to the cohort."""
    cohort = _cohort(request, code)
    form = OwnCaseForm(request.POST or None, initial={"happened_on": timezone.localdate()})
    shown = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if request.POST.get("do") == LOOK:
            shown = {name: mask(told[name]) for name in ("words", "answer", "place_name")}
        else:
            try:
                services.write_case(cohort=cohort.pk, **told, by=request.actor, at=timezone.now())
            except Refused as no:
                form.add_error("happened_on" if no.code == "fieldwork.day_to_come" else "words", sentence(no))
            else:
                messages.success(request, _("Offered. Participants find it where they choose their case."))
                return redirect(_back(request, cohort))
    context = {"cohort": cohort, "form": form, "back": _back(request, cohort), "shown": shown}
    return render(request, "fieldwork/own_case.html", context, status=422 if form.errors else 200)


@require_safe
def panel(request: Request, cohort: UUID) -> HttpResponse:
    """On the page of a cohort: the communities that it reads about, and the ways to write."""
    found = cohort_of(cohort)
    if found is None or not access.prepares(request.actor, cohort):
        raise Unseen
    context = {"cohort": found, "pictures": queries.pictures_for(cohort)}
    return render(request, "fieldwork/prepared.html", context)
