"""The logbook: read it, write in it. The same address answers the page and the phone that sends what waited."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import when
from lingkar.grow.fieldwork import queries, services
from lingkar.grow.fieldwork.web import forms
from lingkar.grow.fieldwork.web.sentences import clock_words, sentence

COMMUNITIES = 3
"""Pages on communities at the beginning of a logbook."""


@require_http_methods(["GET", "HEAD", "POST"])
def logbook(request: Request, participant: UUID) -> HttpResponseBase:
    """The entries of an own field study, and a form for the next one."""
    if request.method != "POST":
        return page(request, participant, forms.EntryForm())
    form = forms.EntryForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, participant, form)
    told = {name: form.cleaned_data[name] for name in ("key", "words", "place", "photos", "phone_at")}
    try:
        saved = services.write_entry(participant=participant, **told, by=request.actor, at=timezone.now())
    except Refused as no:
        form.add_error("photos" if no.code.startswith("files.") else None, sentence(no))
        return _again(request, participant, form)
    if _is_phone(request):
        return JsonResponse({"saved": clock_time(saved.at), "when": when(saved.at), "new": saved.is_new})
    messages.success(request, _("Saved %(time)s") % {"time": clock_time(saved.at)})
    return redirect("fieldwork:logbook", participant)


def clock_time(at: Any) -> str:
    """ "10.32": the hour and minute at which the server committed."""
    return formats.date_format(timezone.localtime(at), "H.i")


def _is_phone(request: Request) -> bool:
    """Whether the script of the page asks, which reads JSON."""
    return "application/json" in request.headers.get("Accept", "")


def _again(request: Request, participant: UUID, form: forms.EntryForm) -> HttpResponse:
    """What is wrong, with everything that was typed."""
    if _is_phone(request):
        queries.notebook_of(request.actor, participant)
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"error": " ".join(wrong)}, status=422)
    return page(request, participant, form, status=422)


def page(request: Request, participant: UUID, form: forms.EntryForm, *, status: int = 200) -> HttpResponse:
    """The logbook with its form."""
    book = queries.notebook_of(request.actor, participant)
    entries = queries.entries_of(request.actor, participant)
    context = {
        "book": book,
        "form": form,
        "communities": _begins_from(book),
        "entries": [(line, clock_words(line.clock, line.phone_at)) for line in entries],
        "most": len(entries) >= queries.SHOWN and queries.SHOWN,
    }
    return render(request, "fieldwork/logbook.html", context, status=status)


def _begins_from(book: queries.Notebook) -> list[queries.PictureLine]:
    """The community that was chosen, else those that were published to the cohort."""
    if book.picture:
        return [queries.PictureLine(book.picture.pk, book.picture.year, book.picture.place.name)]
    return queries.pictures_for(book.participant.cohort_id)[:COMMUNITIES]
