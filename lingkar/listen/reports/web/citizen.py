"""The three screens of a report, and its receipt.

The first screen makes a token; the pages that follow carry it in their address. Nothing else tells the server who
writes: no session, no cookie but the one against forged forms.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.services.queries import service_coded
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.tries import Limit
from lingkar.foundation.access.web import Request, limited
from lingkar.foundation.files.web import serve
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.refusals import Refused
from lingkar.foundation.refusals.typed import tidy
from lingkar.listen.reports import queries, services
from lingkar.listen.reports.keys import new_token
from lingkar.listen.reports.models import Draft
from lingkar.listen.reports.parameters import DRAFT_HOURS, MOST_PHOTOS
from lingkar.listen.reports.services import NotKept
from lingkar.listen.reports.web.forms import CheckForm, WhereForm, WordsForm
from lingkar.listen.reports.web.private import private
from lingkar.listen.reports.web.sentences import sentence

if TYPE_CHECKING:
    from lingkar.directory.services.models import Version

WRITING = Limit(burst=120, seconds=15)
SENDING = Limit(burst=60, seconds=60)
"""Generous: a whole market may share one address with its mobile network."""

LONGEST_NAME = 40
"""Letters of a file's name that are repeated to whoever sent it."""


def too_busy(request: Request, minutes: int) -> HttpResponse:
    """Too many at once from one address. What was typed comes back with the page."""
    context = {"minutes": minutes, "typed": request.POST.get("text", ""), "again": request.path}
    context["draft_hours"] = _draft_hours(request)
    return render(request, "reports/citizen/busy.html", context)


@require_safe
def start(request: Request, code: str = "") -> HttpResponse:
    """Screen 1, empty, with a new token. Not "no-store": the back button shall find what was typed.

    ``code``, or ``?layanan=`` in the address, names the service that it is about. One that is not offered is no
    obstacle: the page says so, and the report finds its unit without it.
    """
    named = tidy(code or request.GET.get("layanan", ""))[:LONGEST_NAME]
    about = _offered(named)
    form = WordsForm(most=_most_photos(request), about=about)
    response = _words_page(request, new_token(), form, about=about, unknown=named if named and not about else "")
    response["Cache-Control"] = "private, no-cache"
    return response


def _offered(code: str) -> "Version | None":
    return service_coded(code, day=timezone.localdate()) if code else None


@private
@limited(WRITING, answer=too_busy)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: Request, token: str) -> HttpResponse:
    """Screen 1: the words and photos."""
    draft = queries.draft_of(token)
    if request.method == "POST":
        return _keep_words(request, token, draft)
    if draft is None:
        return _gone(request, token)
    about = _offered(draft.service.code) if draft.service else None
    form = WordsForm(initial={"text": draft.text}, most=_most_photos(request), about=about)
    return _words_page(request, token, form, draft, about=about)


def _keep_words(request: Request, token: str, before: Draft | None) -> HttpResponse:
    form = WordsForm(request.POST, request.FILES, most=0)
    form.is_valid()
    given = form.cleaned_data
    drop = [given["drop"]] if given.get("drop") else []
    service = given.get("layanan", "") if "layanan" in request.POST else None
    kept = {"text": given["text"], "photos": given["photos"], "drop": drop, "service": service}
    try:
        not_kept = services.save_words(token=token, by=request.actor, at=timezone.now(), **kept)
    except Refused:
        return redirect("reports:receipt", token=token)
    if not queries.takes_reports():
        return _not_ready(request, token)
    photos_lost = bool(given.get("held")) and before is None
    about = _offered(service or "")
    if not (not_kept or drop or photos_lost):
        return redirect("reports:where", token=token)
    typed = {"text": given["text"], "layanan": about.service.code if about else ""}
    again = WordsForm(typed, most=_most_photos(request), about=about)
    faults = [no for no in not_kept if not (drop and no.why.code == "reports.empty")]
    complaining, draft = _complaining(again, faults), queries.draft_of(token)
    return _words_page(request, token, complaining, draft, photos_lost=photos_lost, about=about)


def _complaining(form: WordsForm, not_kept: list[NotKept]) -> WordsForm:
    """The form with a sentence for everything that could not be kept. Not bound to the files: those kept stay kept."""
    form.is_valid()
    for no in not_kept:
        name = tidy(no.photo)[:LONGEST_NAME]
        form.add_error("photos" if no.photo else "text", f"{name}: {sentence(no.why)}" if name else sentence(no.why))
    return form


def _words_page(
    request: Request, token: str, form: WordsForm, draft: Draft | None = None, *, status: int = 200, **more: object
) -> HttpResponse:
    photos = draft.photos.all() if draft else ()
    context = {"form": form, "token": token, "photos": photos, "draft_hours": 0} | more
    if more.get("gone") or more.get("photos_lost"):
        context["draft_hours"] = _draft_hours(request)
    return render(request, "reports/citizen/words.html", context, status=422 if form.errors else status)


def _draft_hours(request: Request) -> int:
    return value(DRAFT_HOURS, agency=request.agency.pk, on=timezone.localdate())


def _most_photos(request: Request) -> int:
    return value(MOST_PHOTOS, agency=request.agency.pk, on=timezone.localdate())


@private
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: Request, token: str) -> HttpResponse:
    """Screen 2: the place."""
    draft = queries.draft_of(token)
    if draft is None:
        return _gone(request, token)
    held = {"place": draft.place_id, "location": draft.location, "latitude": draft.latitude}
    form = WhereForm(request.POST or None, initial=held | {"longitude": draft.longitude})
    if request.method == "POST" and form.is_valid():
        try:
            services.save_where(token=token, **form.cleaned_data)
        except Refused as no:
            form.add_error("place", sentence(no))
        else:
            return redirect("reports:check", token=token)
    context = {"form": form, "token": token, "draft": draft}
    return render(request, "reports/citizen/where.html", context, status=422 if form.errors else 200)


@private
@limited(SENDING, answer=too_busy)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, token: str) -> HttpResponse:
    """Screen 3: how it will look, where it goes, what is promised. Then it is sent."""
    today = timezone.localdate()
    form = CheckForm(request.POST or None, units=orgs.choices(request.agency.pk, day=today))
    if request.method == "POST" and form.is_valid() and request.POST.get("act") != "look":
        return _send(request, token, form)
    chosen = form.cleaned_data if form.is_bound else {}
    try:
        preview = queries.preview_of(
            token,
            category=chosen.get("category"),
            reported_unit=chosen.get("reported_unit"),
            by=request.actor,
            today=today,
        )
    except Refused:
        return _not_ready(request, token)
    if preview is None:
        return _gone(request, token)
    if not (preview.draft.place_id or preview.draft.location or preview.draft.latitude):
        return redirect("reports:where", token=token)
    form.initial["category"] = preview.category.pk
    reachable = form["name"].value() or form["email"].value() or form.errors
    context = {"form": form, "token": token, "preview": preview, "reachable": reachable}
    return render(request, "reports/citizen/check.html", context, status=422 if form.errors else 200)


def _send(request: Request, token: str, form: CheckForm) -> HttpResponse:
    try:
        services.send_report(token=token, by=request.actor, at=timezone.now(), **form.cleaned_data)
    except Unseen:
        return _gone(request, token)
    except Refused as no:
        if no.code == "reports.not_ready":
            return _not_ready(request, token)
        return redirect("reports:where" if no.code == "reports.no_place" else "reports:words", token=token)
    return redirect("reports:receipt", token=token)


def _not_ready(request: Request, token: str) -> HttpResponse:
    """The agency has not said who answers yet. The words are kept; where to go meanwhile."""
    draft = queries.draft_of(token)
    context = {"typed": draft.text if draft else "", "token": token, "draft_hours": _draft_hours(request)}
    return render(request, "reports/citizen/not_ready.html", context, status=503)


@private
@require_safe
def receipt(request: Request, token: str) -> HttpResponse:
    """Number, code, unit, promised date. Shown for a day: afterwards the code alone opens the case."""
    found = queries.receipt_for(token, at=timezone.now())
    if found is None:
        return _gone(request, token)
    return render(request, "reports/citizen/receipt.html", {"receipt": found})


@private
@require_safe
def draft_photo(request: Request, token: str, photo: UUID) -> FileResponse:  # noqa: ARG001
    """A photo of a report that is being written."""
    return serve(queries.file_of_draft(token, photo).file, small=True)


def _gone(request: Request, token: str) -> HttpResponse:
    """There is no draft: it was sent, or begun more than a day ago. What was typed on this screen is shown again."""
    if queries.receipt_for(token, at=timezone.now()):
        return redirect("reports:receipt", token=token)
    form = WordsForm(most=_most_photos(request))
    return _words_page(request, new_token(), form, status=410, gone=True, typed=request.POST.get("location", ""))
