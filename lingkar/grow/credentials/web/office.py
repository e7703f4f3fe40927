"""Pages of those who issue: the list, one certificate, revoking, printing many."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.files.web import serve
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.filters import remembered
from lingkar.foundation.ui.words import amount
from lingkar.grow.credentials import queries, services
from lingkar.grow.credentials.paper import days_of
from lingkar.grow.credentials.queries import Paper
from lingkar.grow.credentials.web.forms import PaperFilter, RevokeForm
from lingkar.grow.credentials.web.sentences import sentence

PER_PAGE = 30
COLUMNS: dict[str | Promise, Callable[[Paper], Any]] = {
    gettext_lazy("Number"): lambda row: row.number,
    gettext_lazy("Name"): lambda row: row.name,
    gettext_lazy("Programme"): lambda row: row.title,
    "JP": lambda row: row.jp,
    gettext_lazy("Issued on"): lambda row: row.issued_on,
    gettext_lazy("Revoked on"): lambda row: row.revoked_at and timezone.localdate(row.revoked_at),
}


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """Every certificate of the agency, newest first."""
    if elsewhere := remembered(request):
        return elsewhere
    form = PaperFilter({name: str(value).replace("\0", "") for name, value in request.GET.items()})
    rows = queries.issued(request.actor, words=form.chosen["q"], state=form.chosen["keadaan"])
    if wanted(request):
        return export(request, rows, COLUMNS, name="sertifikat", personal=True)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"form": form, "page": page, "is_filtered": any(form.chosen.values())}
    return render(request, "credentials/office/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, certificate: UUID) -> HttpResponseBase:
    """One certificate; posting revokes it with a reason."""
    row = queries.certificate_seen_by(request.actor, certificate)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.revoke(
                certificate=certificate, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
            )
        except Refused as no:
            form.add_error("reason", sentence(no))
        else:
            messages.success(request, _("Revoked. Everybody who checks it reads that, and why."))
            return redirect("credentials:one", certificate)
    context = {"row": row, "form": form, "days": days_of(row), "jp": amount(row.jp)}
    return render(request, "credentials/office/one.html", context, status=422 if form.errors else 200)


@require_POST
def start(request: Request, source: UUID) -> HttpResponseBase:
    """Print every certificate of a source in the background."""
    try:
        base = request.build_absolute_uri("/")
        made = services.render(source=source, base=base, by=request.actor, at=timezone.now())
    except Refused as no:
        messages.warning(request, sentence(no))
        return redirect("credentials:list")
    return redirect("credentials:bundle", made.pk)


@require_safe
def bundle(request: Request, bundle: UUID) -> HttpResponse:
    """How far the printing is, and what is printed already."""
    row = queries.bundle_of(request.actor, bundle)
    context = {"row": row, "parts": sorted(row.parts.all(), key=lambda part: part.first)}
    return render(request, "credentials/office/bundle.html", context)


@require_safe
def part(request: Request, part: int) -> HttpResponseBase:
    """One PDF of a bundle."""
    return serve(queries.bundle_file(request.actor, part), inline=False)
