"""Rate a service: from the home, from the QR code at a counter, after a closed case. No account, no script needed."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.services.queries import catalogue, service_of
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.tries import Limit
from lingkar.foundation.access.web import Request, limited
from lingkar.foundation.privacy.tickets import read_ticket
from lingkar.foundation.refusals import Refused
from lingkar.listen.surveys import queries, services
from lingkar.listen.surveys.models import Source
from lingkar.listen.surveys.queries import Place
from lingkar.listen.surveys.web.forms import AnswerForm, FindForm
from lingkar.listen.surveys.web.sentences import sentence

ANSWERING = Limit(burst=60, seconds=60)
"""Generous: a whole waiting room may share one address."""
PER_PAGE = 20
LONGEST_TOKEN = 300


def too_busy(request: Request, minutes: int) -> HttpResponse:
    """Too many at once from one address. The answers stay in the browser's form."""
    return render(request, "surveys/busy.html", {"minutes": minutes, "again": request.path})


@require_safe
def choose(request: Request) -> HttpResponse:
    """Which service was it?"""
    form = FindForm({name: str(value).replace("\0", "") for name, value in request.GET.items()})
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows = catalogue(day=timezone.localdate(), text=words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "surveys/choose.html", {"form": form, "page": page, "words": words})


@limited(ANSWERING, answer=too_busy)
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: Request, code: str, unit: str = "") -> HttpResponse:
    """The nine questions about a service, at one of its counters."""
    place = queries.counter_at(code, unit, day=timezone.localdate())
    if place is None:
        raise Unseen
    others = [line for line in queries.counters_of(place.service) if line.unit_id != place.unit]
    return _asked(request, place, services.invite(service=place.service, unit=place.unit), others=others)


@limited(ANSWERING, answer=too_busy)
@require_http_methods(["GET", "HEAD", "POST"])
def after_case(request: Request, ticket: str) -> HttpResponse:
    """The same questions, once, for somebody whose report about a service was closed."""
    read = read_ticket(ticket)
    place = queries.counter_at(read.about, day=timezone.localdate()) if read else None
    if read is None or place is None:
        raise Unseen
    token = services.invite(service=place.service, unit=place.unit, source=Source.CASE, once=read.occasion)
    if request.method != "POST" and queries.was_used(token):
        return redirect(_thanks(place.code) + "?sudah")
    return _asked(request, place, token)


def _asked(request: Request, place: Place, token: str, **more: object) -> HttpResponse:
    asked = queries.instrument_asked(request.POST.get("version", ""), day=timezone.localdate())
    form = AnswerForm(request.POST or None, asked=asked)
    if request.method == "POST" and request.POST.get("version", asked.version) != asked.version:
        return _changed(request, Refused("surveys.changed"))
    if request.method == "POST":
        token = request.POST.get("token", "")[:LONGEST_TOKEN]
        if form.is_valid():
            return _kept(request, form, token)
    context = {"form": form, "place": place, "token": token, **more}
    response = render(request, "surveys/rate.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-cache"  # not "no-store": back shall find what was chosen
    return response


def _kept(request: Request, form: AnswerForm, token: str) -> HttpResponse:
    """What the token says counts, not the address: a page cannot answer for another service."""
    try:
        is_new = services.respond(
            token=token,
            answers=form.answers,
            version=form.version_read,
            about=form.respondent,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as no:
        return _changed(request, no)
    visit = queries.visit_of(token)
    item = service_of(visit.service) if visit else None
    return redirect(_thanks(item.code if item else "") + ("" if is_new else "?sudah"))


def _changed(request: Request, no: Refused) -> HttpResponse:
    """The questionnaire changed while somebody was reading it: nobody knows which question an answer was given to."""
    return render(request, "surveys/changed.html", {"why": sentence(no), "again": request.path}, status=409)


def _thanks(code: str) -> str:
    return reverse("surveys:thanks", args=[code])


@require_safe
def thanks(request: Request, code: str) -> HttpResponse:
    """It is saved; what becomes of it."""
    place = queries.counter_at(code, day=timezone.localdate())
    if place is None:
        raise Unseen
    version = queries.instrument_on(timezone.localdate()).version
    context = {"place": place, "version": version, "was_there": "sudah" in request.GET}
    return render(request, "surveys/thanks.html", context)
