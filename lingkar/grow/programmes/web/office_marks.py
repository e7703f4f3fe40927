"""Pages of the training office: the book of marks, and the meeting that decides."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.access.web import Request
from lingkar.foundation.sheets.web import export, wanted
from lingkar.grow.credentials.queries import counted_for, last_signer
from lingkar.grow.programmes import minutes as paper
from lingkar.grow.programmes import queries, rules, services
from lingkar.grow.programmes.queries import BookLine, CohortSeen
from lingkar.grow.programmes.services import (
    MeetingFacts,
)
from lingkar.grow.programmes.web import forms
from lingkar.grow.programmes.web.shared import common, done, seen_by
from lingkar.grow.programmes.web.words import (
    marked,
    outlook,
    standing_badge,
)

BOOK_PAGE = 20
"""People on one page of the book: each is a card on a phone."""


@require_safe
def book(request: Request, code: str) -> HttpResponseBase:
    """The book of marks by weights, with every change."""
    seen = queries.cohort_for(request.actor, code)
    if not (seen.manages or seen.duties):
        raise Forbidden
    found = queries.marks_book(request.actor, seen.cohort, at=timezone.now())
    if wanted(request):
        return export(request, found.lines, _book_columns(seen), name=f"nilai-{code}", personal=True)
    page = Paginator(found.lines, BOOK_PAGE).get_page(request.GET.get("halaman"))
    context = common(seen, "book") | {
        "components": [(it.name, it.weight.normalize()) for it in seen.scheme.components],
        "page": page,
        "lines": [(it, [(cell, marked(cell.value)) for cell in it.marks], _last(it)) for it in page],
        "changes": [(it, seen.scheme.component(it.component).name) for it in found.changes],
    }
    return render(request, "programmes/office/book.html", context)


def _last(line: BookLine) -> tuple[str, str, str]:
    final = line.verdict.final
    return (
        _so_far(line) if final is None else marked(final),
        f"{marked(line.verdict.attendance)}%",
        outlook(line.verdict),
    )


def _so_far(line: BookLine) -> str:
    """What the marks that are there come to; a dash while there is none."""
    if all(it.value is None for it in line.marks):
        return marked(None)
    return _("{mark} so far").format(mark=marked(line.so_far))


def _mark_at(place: int, row: BookLine) -> Decimal | None:
    return row.marks[place].value


def _book_columns(seen: CohortSeen) -> dict[str | Promise, Callable[[BookLine], Any]]:
    columns: dict[str | Promise, Callable[[BookLine], Any]] = {gettext_lazy("Name"): lambda row: row.name}
    for place, item in enumerate(seen.scheme.components):
        columns[f"{item.name} ({item.weight.normalize():f})"] = partial(_mark_at, place)
    columns[gettext_lazy("Final mark")] = lambda row: row.verdict.final
    columns[gettext_lazy("Attendance in percent")] = lambda row: row.verdict.attendance
    return columns


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: Request, code: str) -> HttpResponseBase:
    """What the next meeting would decide, the minutes of those that were held, and what people thought."""
    seen, now = seen_by(request, code), timezone.now()
    meetings = queries.minutes_of(seen.cohort)
    initial: dict[str, Any] = {"held_on": timezone.localdate(now), "number": len(meetings) + 1}
    if request.method != "POST" and seen.cohort.state == "running":
        initial |= dict(zip(("signer", "signer_title"), last_signer(), strict=True))
    form = forms.MeetingForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, partial(_hold, request, seen, form.cleaned_data, now))
    ):
        messages.success(request, _("The meeting is kept, with its minutes."))
        return redirect("programmes:meeting", code)
    is_over = bool(meetings) and not meetings[-1].deferred
    lines = () if is_over else queries.marks_book(request.actor, seen.cohort, at=now).lines
    ahead = [it for it in lines if it.standing in rules.IN_CLASS]
    context = common(seen, "meeting") | {
        "form": form,
        "ahead": [(it.name, _last(it), standing_badge(it.verdict.standing.value)) for it in ahead],
        "may_decide": bool(ahead) and seen.cohort.state in ("running", "closed"),
        "meetings": meetings,
        "papers": counted_for(seen.cohort.pk) if seen.cohort.state == "closed" else 0,
        "reactions": queries.reactions_to(seen.cohort),
    }
    return render(request, "programmes/office/meeting.html", context, status=422 if form.errors else 200)


def _hold(request: Request, seen: CohortSeen, told: dict[str, Any], now: datetime) -> None:
    facts = MeetingFacts(**{name: value for name, value in told.items() if name != "number"})
    services.hold_meeting(cohort=seen.cohort.pk, facts=facts, number=told["number"], by=request.actor, at=now)


@require_safe
def minutes(request: Request, code: str, number: int) -> HttpResponse:
    """The minutes of a meeting as a PDF."""
    seen = seen_by(request, code)
    told = next((it for it in queries.minutes_of(seen.cohort) if it.meeting.number == number), None)
    if told is None:
        raise Unseen
    made = paper.printed(told, queries.decisions_of(told.meeting), agency=request.agency.name)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="berita-acara-{code}-{number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
