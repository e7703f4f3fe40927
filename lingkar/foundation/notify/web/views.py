"""The inbox of whoever is signed in, and the operator's list of letters that did not go out."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.notify import queries, services
from lingkar.foundation.notify.notices import letter_name
from lingkar.foundation.notify.web.sentences import fault_in_words, sentence
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.web import export, wanted

PER_PAGE = 30
NOTICES: dict[str | Promise, Callable[[queries.Notice], Any]] = {
    gettext_lazy("When"): lambda notice: notice.at,
    gettext_lazy("What"): lambda notice: notice.text,
    gettext_lazy("Read"): lambda notice: notice.is_read,
}
LETTERS: dict[str | Promise, Callable[[Any], Any]] = {
    gettext_lazy("Letter"): lambda letter: letter_name(letter.template),
    gettext_lazy("When"): lambda letter: letter.created_at,
    gettext_lazy("State"): lambda letter: letter.get_state_display(),
    gettext_lazy("Reason"): lambda letter: fault_in_words(letter.fault),
    gettext_lazy("Tries"): lambda letter: letter.attempts,
}
"""Neither addresses nor words: the page hides them as well."""


@require_safe
def inbox(request: Request) -> HttpResponseBase:
    """What the person was told, newest first."""
    rows = queries.inbox(request.actor)
    if wanted(request):
        notices = (queries.notice_of(row) for row in rows.iterator(chunk_size=500))
        return export(request, notices, NOTICES, name=_("Notifications"))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    shown = [queries.notice_of(row) for row in page.object_list]
    unread = queries.unread_count(request.actor)
    return render(request, "notify/inbox.html", {"page": page, "notices": shown, "unread": unread})


@require_safe
def opened(request: Request, pk: UUID) -> HttpResponse:
    """Follow a notification to what it tells of; from then on it is read."""
    row = services.mark_read(notification=pk, by=request.actor, at=timezone.now())
    return HttpResponseRedirect(row.url)


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Everything is read."""
    services.mark_all_read(by=request.actor, at=timezone.now())
    return HttpResponseRedirect(reverse("notify:inbox"))


@require_safe
def letters(request: Request) -> HttpResponseBase:
    """Letters that wait for a person to decide."""
    stuck = queries.stuck_letters(request.actor)
    if wanted(request):
        return export(request, stuck, LETTERS, name=_("Letters"))
    page = Paginator(stuck, PER_PAGE).get_page(request.GET.get("halaman"))
    rows = [
        {"letter": row, "name": letter_name(row.template), "fault": fault_in_words(row.fault)}
        for row in page.object_list
    ]
    counts = queries.letter_counts(request.actor)
    return render(request, "notify/letters.html", {"page": page, "rows": rows, "counts": counts})


@require_POST
def send_again(request: Request, pk: UUID) -> HttpResponse:
    """Send a letter (once more)."""
    return _decide(request, pk, services.send_again, _("The letter is queued again."))


@require_POST
def drop(request: Request, pk: UUID) -> HttpResponse:
    """Give a letter up."""
    return _decide(request, pk, services.drop, _("The letter was given up, and its address erased."))


def _decide(request: Request, pk: UUID, verb: Callable[..., None], done: str) -> HttpResponse:
    try:
        verb(message=pk, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("notify:letters"))
