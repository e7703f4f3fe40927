"""Pages of takers: what a quiz is, one question a screen, handing in, the result."""

from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.grow.exams import queries, services
from lingkar.grow.exams.models import Attempt, Why
from lingkar.grow.exams.queries import AttemptSeen, QuizSeen
from lingkar.grow.exams.services import Given
from lingkar.grow.exams.web import sentences
from lingkar.grow.exams.web.rows import attempt_rows, own_rows, places, result_rows, uncounted_rows
from lingkar.grow.exams.web.sentences import sentence
from lingkar.grow.exams.web.tokens import token_for


@require_safe
def own(request: Request) -> HttpResponse:
    """The quizzes that one may take, running ones first."""
    rows = list(own_rows(queries.quizzes_of(request.actor), at=timezone.now()))
    return render(request, "exams/own.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def intro(request: Request, code: str) -> HttpResponseBase:
    """What a quiz asks of one, and the button that begins or goes on."""
    if request.method == "POST":
        return _begin(request, code)
    seen = queries.quiz_for(request.actor, code)
    now = timezone.now()
    running = seen.running if seen.running and seen.running.ends_at >= now else None
    context = {
        "quiz": seen.quiz,
        "running": running,
        "left": seen.left,
        "attempts": attempt_rows(seen),
        "why_not": "" if running else _why_not(seen, now),
    }
    return render(request, "exams/intro.html", context)


def _why_not(seen: QuizSeen, now: Any) -> str:
    try:
        queries.check_takeable(seen, at=now)
    except Refused as no:
        return sentence(no)
    return ""


def _begin(request: Request, code: str) -> HttpResponseBase:
    try:
        services.open_attempt(code=code, by=request.actor, at=timezone.now())
    except Refused as no:
        messages.warning(request, sentence(no))
        return redirect("exams:quiz", code)
    return redirect("exams:turn", code, 1)


@require_http_methods(["GET", "HEAD", "POST"])
def turn(request: Request, code: str, number: int) -> HttpResponseBase:
    """One question. With a script the whole paper is fetched once and answers go through the door of answers."""
    seen = _meant(request, code)
    if seen is None:
        return _ended(request, code)
    if not 1 <= number <= len(seen.turns):
        raise Http404
    if request.method == "POST":
        return _answered(request, code, number, seen)
    asked = seen.turns[number - 1]
    context = {
        "quiz": seen.attempt.quiz,
        "attempt": seen.attempt,
        "turn": asked,
        "choices": _choices(asked),
        "places": places(seen, code, here=number),
        "all": len(seen.turns),
        "seconds": seconds_left(seen),
    }
    return render(request, "exams/turn.html", context)


def _answered(request: Request, code: str, number: int, seen: AttemptSeen) -> HttpResponseBase:
    """An answer without a script: saved, then the next question. After the end it is kept like that of a script."""
    chosen = request.POST.get("pilihan", "")
    if chosen.isdecimal():
        given = [Given(number, int(chosen[:3]), seen.seq + len(seen.uncounted) + 1)]
        at = timezone.now()
        kept = services.save_answer(attempt=seen.attempt.pk, given=given, by=request.actor, at=at)
        if kept.over:
            messages.warning(request, sentences.OVER)
        elif number in kept.saved:
            messages.success(request, _("Saved {at}").format(at=f"{timezone.localtime(at):%H:%M:%S}"))
        else:
            messages.warning(request, sentences.OTHER % {"n": number})
            return redirect("exams:turn", code, number)
    if _is_over(seen.attempt):
        return _closed(request, code, seen.attempt)
    last = number >= len(seen.turns)
    return redirect("exams:hand_in", code) if last else redirect("exams:turn", code, number + 1)


@require_safe
def paper(request: Request, code: str) -> HttpResponse:
    """The whole paper of the running attempt for the phone, with what is answered and the token of its door."""
    seen = _running(request, code)
    if seen is None:
        return _json({"over": True}, status=410)
    return _json(
        {
            "attempt": str(seen.attempt.pk),
            "token": token_for(seen.attempt.pk, agency=request.agency.pk, account=request.actor.person),  # type: ignore[arg-type]
            "seconds": seconds_left(seen),
            "seq": seen.seq,
            "turns": [{"stem": one.stem, "options": one.options, "chosen": one.chosen} for one in seen.turns],
        }
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: Request, code: str) -> HttpResponseBase:
    """What is answered and what not, then handing in."""
    seen = _meant(request, code)
    if seen is None:
        return _ended(request, code)
    if request.method == "POST":
        if _is_over(seen.attempt):
            return _closed(request, code, seen.attempt)
        done = services.submit_attempt(attempt=seen.attempt.pk, by=request.actor, at=timezone.now())
        return redirect("exams:result", code, done.number)
    context = {
        "quiz": seen.attempt.quiz,
        "attempt": seen.attempt,
        "answered": seen.answered,
        "all": len(seen.turns),
        "open": [turn.number for turn in seen.turns if turn.chosen is None],
        "places": places(seen, code),
        "seconds": seconds_left(seen),
    }
    return render(request, "exams/hand_in.html", context)


@require_safe
def result(request: Request, code: str, number: int) -> HttpResponseBase:
    """The result of one's own attempt, with the reason of each answer once no attempt is left."""
    seen = queries.quiz_for(request.actor, code)
    attempt = next((one for one in seen.attempts if one.number == number and one.submitted_at), None)
    if attempt is None:
        raise Http404
    tells = seen.tells_keys(timezone.now())
    whole = queries.attempt_for(request.actor, attempt.pk, keys=tells)
    context = {
        "quiz": seen.quiz,
        "attempt": attempt,
        "passed": attempt.score is not None and attempt.score >= seen.quiz.pass_mark,
        "turns": result_rows(whole) if tells else (),
        "tells": tells,
        "closes": seen.quiz.closes_at,
        "all": len(whole.turns),
        "late": len({one.number for one in whole.uncounted if one.why == Why.LATE}),
        "uncounted": uncounted_rows(whole),
        "left": seen.left,
    }
    return render(request, "exams/result.html", context)


def _running(request: Request, code: str) -> AttemptSeen | None:
    """The attempt that runs now, whole; None when there is none, or its time is over."""
    found = queries.running_of(request.actor, code, at=timezone.now())
    return queries.attempt_for(request.actor, found) if found else None


def _meant(request: Request, code: str) -> AttemptSeen | None:
    """The attempt that a form was sent from, which may be over by now; else the one that runs."""
    try:
        attempt = UUID(request.POST.get("percobaan", ""))
    except ValueError:
        return _running(request, code)
    seen = queries.attempt_for(request.actor, attempt)
    if seen.attempt.quiz.code != code:
        raise Http404
    return seen


def _ended(request: Request, code: str) -> HttpResponseBase:
    """Where one goes when no attempt runs: to the last result, else to the beginning."""
    seen = queries.quiz_for(request.actor, code)
    return _closed(request, code, seen.attempts[-1]) if seen.attempts else redirect("exams:quiz", code)


def _closed(request: Request, code: str, attempt: Attempt) -> HttpResponseBase:
    """The result of an attempt that is over; what nobody handed in is handed in now."""
    if attempt.submitted_at is None:
        services.submit_attempt(attempt=attempt.pk, by=request.actor, at=timezone.now())
        messages.info(request, _("The time is over. What was saved is handed in."))
    return redirect("exams:result", code, attempt.number)


def _is_over(attempt: Attempt) -> bool:
    return attempt.submitted_at is not None or attempt.ends_at < timezone.now()


def seconds_left(seen: AttemptSeen) -> int:
    """Seconds until the attempt ends, by the server's clock."""
    return max(int((seen.attempt.ends_at - timezone.now()).total_seconds()), 0)


def _choices(asked: queries.Turn) -> list[dict[str, Any]]:
    return [
        {"value": place, "words": words, "is_chosen": place == asked.chosen}
        for place, words in enumerate(asked.options)
    ]


def _json(data: dict[str, Any], *, status: int = 200) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(msgspec.json.encode(data), status=status, content_type="application/json", headers=headers)
