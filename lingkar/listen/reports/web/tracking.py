"""A reporter follows the case, rates the answer, reopens it. The key is the code, or the link of a mail."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.foundation.access import Unseen
from lingkar.foundation.access.tries import Limit
from lingkar.foundation.access.web import Request, limited
from lingkar.foundation.files.web import serve
from lingkar.foundation.privacy.codes import normal_code
from lingkar.foundation.privacy.tickets import ticket_for
from lingkar.foundation.refusals import Refused
from lingkar.listen.reports import queries, services
from lingkar.listen.reports.keys import LINK
from lingkar.listen.reports.queries import ReporterView
from lingkar.listen.reports.web.forms import CitizenForm, CodeForm, RatingForm, ReopenForm
from lingkar.listen.reports.web.private import private
from lingkar.listen.reports.web.sentences import sentence

GUESSING = Limit(burst=20, seconds=60)
"""Wrong codes of one client: 20 at once, then one a minute. Right codes count nothing."""

DONE = {"nilai", "buka-lagi"}
"""What ``?selesai=`` may say: which act has just been committed."""


def too_many_guesses(request: Request, minutes: int) -> HttpResponse:
    """Too many wrong codes from one address."""
    return render(request, "reports/citizen/guessing.html", {"minutes": minutes})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: Request) -> HttpResponse:
    """Ask for the code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = normal_code(form.cleaned_data["code"])
        return redirect("reports:case", key=code) if code else _unknown(request, form.cleaned_data["code"])
    return render(request, "reports/citizen/track.html", {"form": form}, status=422 if form.errors else 200)


def _unknown(request: Request, typed: str) -> HttpResponse:
    """One sentence, whatever the reason: never given out, mistyped, or of another agency."""
    form = CodeForm({"code": "" if typed.startswith(LINK) else typed})
    form.is_valid()
    form.errors.clear()
    form.add_error("code", _("We know no report with this code. Compare it letter by letter with your receipt."))
    return render(request, "reports/citizen/track.html", {"form": form}, status=404)


@private
@limited(GUESSING, answer=too_many_guesses, misses=True)
@require_safe
def case(request: Request, key: str) -> HttpResponse:
    """The case as its reporter sees it."""
    return _case_page(request, key, RatingForm(), ReopenForm())


@private
@limited(GUESSING, answer=too_many_guesses, misses=True)
@require_POST
def rate(request: Request, key: str) -> HttpResponse:
    """What the answer was worth."""
    form = RatingForm(request.POST)
    if form.is_valid():
        try:
            services.rate_report(key=key, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Unseen:
            return _unknown(request, key)
        except Refused as no:
            form.add_error(None, sentence(no))
        else:
            return _done(key, "nilai")
    return _case_page(request, key, form, ReopenForm())


@private
@limited(GUESSING, answer=too_many_guesses, misses=True)
@require_POST
def reopen(request: Request, key: str) -> HttpResponse:
    """The answer did not help."""
    form = ReopenForm(request.POST)
    if form.is_valid():
        try:
            services.reopen_report(key=key, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Unseen:
            return _unknown(request, key)
        except Refused as no:
            form.add_error(None, sentence(no))
        else:
            return _done(key, "buka-lagi")
    return _case_page(request, key, RatingForm(), form)


@private
@limited(GUESSING, answer=too_many_guesses, misses=True)
@require_safe
def case_file(request: Request, key: str, attachment: UUID) -> FileResponse:
    """A photo or proof of the case."""
    return serve(queries.file_of_reporter(key, attachment).file, small="kecil" in request.GET)


def _case_page(request: Request, key: str, rating: CitizenForm, reopening: CitizenForm) -> HttpResponse:
    try:
        found: ReporterView = queries.by_key(key, today=timezone.localdate())
    except Unseen:
        return _unknown(request, key)
    done = request.GET.get("selesai")
    context = {
        "key": key,
        "case": found,
        "rating": rating,
        "reopening": reopening,
        "done": done if done in DONE else "",
        "ticket": _ticket(found),
    }
    bad = rating.errors or reopening.errors
    return render(request, "reports/citizen/case.html", context, status=422 if bad else 200)


def _ticket(found: ReporterView) -> str:
    """Leads from a closed case to pages that ask about its service, once; it says nothing of the case or of anybody."""
    report = found.report
    if report.service is None or report.closed_at is None or report.is_open:
        return ""
    return ticket_for(about=report.service.code, occasion=f"reports {report.pk}")


def _done(key: str, act: str) -> HttpResponse:
    response = redirect("reports:case", key=key)
    response["Location"] += f"?selesai={act}"
    return response
