"""Anybody checks whether a certificate is true."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.foundation.access.tries import Limit
from lingkar.foundation.access.web import Request, limited
from lingkar.foundation.privacy.codes import normal_code
from lingkar.foundation.ui.words import amount
from lingkar.grow.credentials import queries
from lingkar.grow.credentials.paper import days_of
from lingkar.grow.credentials.web.forms import CodeForm

GUESSING = Limit(burst=20, seconds=60)
"""Wrong codes of one client: 20 at once, then one a minute. Right codes count nothing."""


def too_many_guesses(request: Request, minutes: int) -> HttpResponse:
    """Too many wrong codes from one address."""
    return render(request, "credentials/guessing.html", {"minutes": minutes})


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request) -> HttpResponse:
    """Ask for the code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = normal_code(form.cleaned_data["code"])
        if code:
            return redirect("credentials:verify", code=code)
        form.add_error("code", _("This is no code of a certificate. Compare it letter by letter with the paper."))
    return render(request, "credentials/check.html", {"form": form}, status=422 if form.errors else 200)


@limited(GUESSING, answer=too_many_guesses, misses=True)
@require_safe
def verify(request: Request, code: str) -> HttpResponse:
    """Whether the certificate with this code is true. Its signature is computed anew each time."""
    found = queries.verify(code)
    if found is None:
        return render(request, "credentials/unknown.html", {"code": code[:40]}, status=404)
    paper = found.certificate
    context = {"found": found, "paper": paper, "days": days_of(paper), "jp": amount(paper.jp)}
    response = render(request, "credentials/verify.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
