"""Pages of those who take part: their programmes, one programme with one next thing, attendance, the questions."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.people.queries import person_of
from lingkar.foundation.access import Unseen
from lingkar.foundation.access.tries import Limit
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import day
from lingkar.grow.courses.queries import LearnedCourse
from lingkar.grow.credentials.queries import given_to
from lingkar.grow.exams.queries import OwnQuiz
from lingkar.grow.programmes import queries, services
from lingkar.grow.programmes.names import PREDICATES, SOURCES, WHY
from lingkar.grow.programmes.queries import CohortSeen, OwnBook, OwnSession
from lingkar.grow.programmes.services import Arrival
from lingkar.grow.programmes.web import forms
from lingkar.grow.programmes.web.sentences import sentence
from lingkar.grow.programmes.web.steps import next_step
from lingkar.grow.programmes.web.words import Badge, link, marked, span, standing_badge, state_badge


@require_safe
def listing(request: Request) -> HttpResponse:
    """The programmes of whoever is signed in, the newest first."""
    person = person_of(request.actor.person) if request.actor.person else None
    rows = list(queries.my_programmes(person.pk)) if person else []
    lines = [
        {
            "url": link("programmes:mine", code=row.code),
            "title": row.title,
            "meta": f"{row.kind} · {day(row.first_day)} – {day(row.last_day)}",
            "badges": [state_badge(row.state) if row.standing == "enrolled" else standing_badge(row.standing)],
        }
        for row in rows
    ]
    return render(request, "programmes/mine/list.html", {"lines": lines, "has_person": person is not None})


@require_safe
def one(request: Request, code: str) -> HttpResponse:
    """One programme as its participant sees it: the next thing first."""
    now = timezone.now()
    seen, named = queries.own_programme(request.actor, code)
    assert seen.participant is not None  # noqa: S101  (own_programme)
    sessions = queries.own_schedule(seen.participant)
    is_over = seen.cohort.state == "closed" and seen.participant.standing != "deferred"
    study = queries.NO_STUDY if is_over else queries.self_study(request.actor, seen.participant, named)
    context = {
        "seen": seen,
        "cohort": seen.cohort,
        "badge": standing_badge(seen.participant.standing)
        if seen.participant.standing != "enrolled"
        else state_badge(seen.cohort.state),
        "next": next_step(seen, sessions, study, now=now),
        "study": [*map(_course, study.courses), *map(_quiz, study.quizzes)],
        "remedial": seen.scheme.remedial if any(quiz.attempts > 1 for quiz in study.quizzes) else 100,
        "paper": given_to(seen.participant.person_id, seen.cohort.pk) if is_over else None,
        "sessions": [_session(row, now) for row in sessions],
        **_marks(seen, queries.own_book(seen, sessions, at=now)),
    }
    return render(request, "programmes/mine/one.html", context)


def _course(row: LearnedCourse) -> dict[str, Any]:
    told = {"done": row.progress.done, "all": row.progress.lessons}
    if row.progress.next is None:
        badge = Badge(_("Finished"), "good", "check")
    else:
        badge = Badge(_("{done} of {all} lessons").format(**told), "info" if row.progress.done else "")
    meta = _("{all} lessons, {minutes} minutes").format(minutes=row.minutes, **told)
    return {"title": row.title, "meta": meta, "badges": [badge], "url": reverse("courses:course", args=[row.code])}


def _quiz(row: OwnQuiz) -> dict[str, Any]:
    badge = Badge(_("Not taken yet")) if row.best is None else Badge(_("Best: {n}").format(n=marked(row.best)), "good")
    meta = _("{shown} questions, {minutes} minutes, {made} of {all} tries").format(
        shown=row.shown, minutes=row.minutes, made=row.made, all=row.attempts
    )
    return {"title": row.title, "meta": meta, "badges": [badge], "url": reverse("exams:quiz", args=[row.code])}


def _marks(seen: CohortSeen, book: OwnBook | None) -> dict[str, Any]:
    """One's own marks in words; nothing for whoever withdrew."""
    if book is None or seen.participant is None:
        return {"book": None}
    item = seen.participant
    decision = str(WHY[book.why]) if book.why else str(PREDICATES.get(item.predicate, ""))
    return {
        "book": book,
        "marks": [(it.component, marked(it.value), SOURCES.get(it.source, "")) for it in book.marks],
        "so_far": marked(book.so_far),
        "final": marked(item.final) if item.final is not None else "",
        "decision": decision if seen.cohort.state == "closed" else "",
        "changes": [(it, seen.scheme.component(it.component).name) for it in book.changes],
    }


def _session(row: OwnSession, now: datetime) -> dict[str, Any]:
    if row.there:
        badge = Badge(_("there"), "good", "check")
    elif row.ends_at < now:
        badge = Badge(_("not there"), "warn")
    else:
        badge = Badge(_("{n} JP").format(n=row.jp))
    where = " · ".join(filter(None, (span(row.starts_at, row.ends_at), row.room, row.trainer)))
    return {"title": row.title, "meta": where, "badges": [badge]}


def _mine(request: Request, code: str) -> CohortSeen:
    seen = queries.cohort_for(request.actor, code)
    if seen.participant is None:
        raise Unseen
    return seen


@require_http_methods(["GET", "HEAD", "POST"])
def react(request: Request, code: str) -> HttpResponseBase:
    """The questions at the end."""
    seen = _mine(request, code)
    assert seen.participant is not None  # noqa: S101
    if seen.participant.reacted_on and request.method != "POST":
        messages.info(request, _("You answered already. Thank you."))
        return redirect("programmes:mine", code)
    form = forms.ReactionForm(request.POST or None, scheme=seen.scheme)
    if request.method == "POST" and form.is_valid():
        try:
            services.react(
                participant=seen.participant.pk, ratings=form.ratings, comment=form.cleaned_data["comment"],
                by=request.actor, at=timezone.now(),
            )  # fmt: skip
        except Refused as no:
            form.add_error(None, sentence(no))
        else:
            messages.success(request, _("Thank you. Your answer was kept without your name."))
            return redirect("programmes:mine", code)
    context = {"seen": seen, "cohort": seen.cohort, "form": form}
    return render(request, "programmes/mine/react.html", context, status=422 if form.errors else 200)


# --- attendance ----------------------------------------------------------------------------------------------------

TYPED = Limit(burst=20, seconds=30)


@require_http_methods(["GET", "HEAD", "POST"])
def here(request: Request) -> HttpResponseBase:
    """Attendance by the six letters, for who cannot scan."""
    form = forms.CodeForm(request.POST or None)
    found: Arrival | None = None
    if request.method == "POST" and form.is_valid():
        if TYPED.take(str(request.actor.person), now=timezone.now().timestamp()):
            form.add_error("code", _("Too many tries. Wait ten minutes, or ask the trainer to note you."))
        else:
            try:
                found = services.attend(code=form.cleaned_data["code"], by=request.actor, at=timezone.now())
            except Refused as no:
                form.add_error("code", sentence(no))
    context = {"form": form, "found": found, "noted": _noted(found)}
    return render(request, "programmes/mine/here.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def scanned(request: Request, token: str) -> HttpResponseBase:
    """What the QR leads to: one button. Nothing is noted by opening the page."""
    found, refusal, now = None, "", timezone.now()
    if request.method == "POST":
        try:
            found = services.attend(token=token, ticket=request.POST.get("karcis", ""), by=request.actor, at=now)
        except Refused as no:
            refusal = sentence(no)
    ticket = "" if found else services.ticket_of(token=token, by=request.actor, at=now)
    context = {"found": found, "noted": _noted(found), "refusal": refusal, "ticket": ticket}
    return render(request, "programmes/mine/scanned.html", context, status=422 if refusal else 200)


def _noted(found: Arrival | None) -> str:
    return f"{timezone.localtime(found.at):%H.%M.%S}" if found else ""
