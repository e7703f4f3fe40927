"""The inbox of mentors and coaches: entries and projects that wait for a word, the oldest first."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.act.projects import queries as projects
from lingkar.foundation.access import Forbidden
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import shortened
from lingkar.grow.fieldwork import queries, services
from lingkar.grow.fieldwork.web.forms import AnswerForm
from lingkar.grow.fieldwork.web.sentences import clock_words, sentence

PER_PAGE = 25
TITLE = 90
PROJECTS = 20


@require_safe
def inbox(request: Request) -> HttpResponseBase:
    """What waits for the word of whoever is signed in."""
    text = request.GET.get("q", "").strip()[:100]
    rows = queries.waiting_for(request.actor, text)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "text": text,
        "entries": [(it, shortened(it.words or _("Photos without words"), TITLE)) for it in page],
        "projects": list(projects.waiting_for(request.actor)[:PROJECTS]),
    }
    return render(request, "fieldwork/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: Request, entry: UUID) -> HttpResponseBase:
    """One entry, for who wrote it and who guides them; the latter may say a word."""
    seen = queries.entry_seen_by(request.actor, entry)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        if not seen.may_answer:
            raise Forbidden
        if form.is_valid():
            try:
                services.answer(entry=entry, words=form.cleaned_data["words"], by=request.actor, at=timezone.now())
            except Refused as no:
                form.add_error("words", sentence(no))
            else:
                messages.success(
                    request, _("Kept. %(name)s reads your word.") % {"name": seen.entry.participant.person}
                )
                return redirect("fieldwork:inbox")
    context = {"seen": seen, "entry": seen.entry, "form": form, "clock": clock_words(seen.clock, seen.entry.phone_at)}
    return render(request, "fieldwork/entry.html", context, status=422 if form.errors else 200)
