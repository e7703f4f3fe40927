"""The field study of a participant: the case it begins from, its community, its project, its photos."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.files.web import serve
from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import shortened
from lingkar.grow.fieldwork import queries, services
from lingkar.grow.fieldwork.rules import Side
from lingkar.grow.fieldwork.web.forms import CaseForm
from lingkar.grow.fieldwork.web.sentences import sentence

CASES = 20
TITLE = 90


@require_safe
def mine(request: Request) -> HttpResponseBase:
    """To the own logbook; a choice for who has several, a friendly word for who has none."""
    found = queries.notebooks(request.actor)
    if len(found) == 1:
        return redirect("fieldwork:logbook", found[0].id)
    return render(request, "fieldwork/mine.html", {"books": found})


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Request, participant: UUID) -> HttpResponseBase:
    """Real cases to begin from, and the community to look at."""
    book = queries.notebook_of(request.actor, participant)
    communities = list(queries.pictures(request.actor, cohort=book.participant.cohort_id))
    start = {"picture": book.picture.pk if book.picture else None}
    form = CaseForm(request.POST or None, initial=start)
    form.fields["picture"].widget.choices = [
        ("", "—"),
        *((str(it.id), f"{it.place} ({it.year})") for it in communities),
    ]
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["case"] or (book.case.pk if book.case else None)
        told = {"case": chosen, "picture": form.cleaned_data["picture"]}
        try:
            services.take_case(participant=participant, **told, by=request.actor, at=timezone.now())
        except Refused as no:
            form.add_error(None, sentence(no))
        else:
            messages.success(request, _("Chosen. Your field study begins from here."))
            return redirect("fieldwork:logbook", participant)
    cases = queries.cases(request.actor, cohort=book.participant.cohort_id)[:CASES]
    context = {"book": book, "form": form, "cases": cases}
    return render(request, "fieldwork/case.html", context, status=422 if form.errors else 200)


def project(request: Request, participant: UUID) -> HttpResponseBase:
    """Begin the project of a participation, or go to the one that is there."""
    if request.method != "POST":
        return redirect("fieldwork:logbook", participant)
    try:
        made = services.begin_project(participant=participant, by=request.actor, at=timezone.now())
    except Refused as no:
        messages.error(request, sentence(no))
        return redirect("fieldwork:logbook", participant)
    return redirect("projects:one", made)


@require_safe
def panel(request: Request, participant: UUID) -> HttpResponse:
    """The field study on the page of a participant: for them, for who guides them, for the training office."""
    seen = queries.summary_of(request.actor, participant)
    latest = [(line, shortened(line.words or _("Photos without words"), TITLE)) for line in seen.latest]
    return render(request, "fieldwork/panel.html", {"seen": seen, "latest": latest})


@require_safe
def photo(request: Request, photo: UUID) -> HttpResponseBase:
    """A photo of an entry that one may read."""
    row = queries.photo_seen_by(request.actor, photo)
    return serve(row.file, small="kecil" in request.GET)


@require_safe
def picture(request: Request, picture: UUID) -> HttpResponse:
    """One page on a community, in figures with their source."""
    row = queries.picture(request.actor, picture)
    return render(request, "fieldwork/picture.html", {"picture": row, "sides": sides_of(row.figures)})


def sides_of(figures: Iterable[Mapping[str, str]]) -> list[tuple[str, list[Mapping[str, str]]]]:
    """Figures side by side, as the page shows them."""
    rows = list(figures)
    return [(side.value, [it for it in rows if it["side"] == side]) for side in Side]
