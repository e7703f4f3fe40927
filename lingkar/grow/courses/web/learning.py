"""Pages of learners: own courses, one course, one lesson; and the door through which phones tell what was done."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.foundation.access.web import Request
from lingkar.foundation.files.web import serve
from lingkar.foundation.refusals import Refused
from lingkar.grow.courses import queries, services
from lingkar.grow.courses.queries import LessonSeen
from lingkar.grow.courses.services import Told
from lingkar.grow.courses.web.drawing import blocks_drawn
from lingkar.grow.courses.web.rows import lesson_rows, own_rows
from lingkar.grow.courses.web.sentences import sentence

MOST_SENT = 200_000
"""Bytes that a phone sends at once: five hundred things that were done need half of it."""


@require_safe
def own(request: Request) -> HttpResponse:
    """The courses that one is enrolled in, the one to go on with first."""
    rows = list(own_rows(queries.learned_by(request.actor)))
    return render(request, "courses/own.html", {"rows": rows})


@require_safe
def course(request: Request, code: str) -> HttpResponse:
    """One course: its lessons, what is done, and the button to go on."""
    seen = queries.course_for(request.actor, code)
    following = next((one for one in seen.lessons if one.number == seen.progress.next), None)
    context = {"course": seen, "rows": lesson_rows(seen), "next": following, "last": len(seen.lessons)}
    return render(request, "courses/course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: Request, code: str, number: int) -> HttpResponseBase:
    """The player. Without a script each answer is a form of its own, and the end of the lesson is a button."""
    if request.method == "POST":
        return _told(request, code, number)
    seen = queries.lesson_for(request.actor, code, number)
    context = {
        "lesson": seen,
        "course": seen.course,
        "blocks": blocks_drawn(seen),
        "is_done": number in seen.course.done,
        "most": seen.course.lessons[-1].number,
    }
    return render(request, "courses/lesson.html", context)


def _told(request: Request, code: str, number: int) -> HttpResponseBase:
    """What a form tells: an answer to one question, or that the lesson was read to its end."""
    seen = queries.lesson_for(request.actor, code, number)
    block, chosen = request.POST.get("bagian", ""), request.POST.get("pilihan", "")
    if block and not chosen.isdecimal():
        messages.warning(request, _("Choose an answer first."))
        return redirect(f"{request.path}#b-{block}")
    one = Told(uuid4(), seen.id, block, int(chosen[:3]) if block else None)
    kept = services.keep_progress(events=[one], by=request.actor, at=timezone.now())
    for code_ in kept.refused.values():
        messages.warning(request, sentence(Refused(code_)))
    if block or kept.refused:
        return redirect(f"{request.path}#b-{block}" if block else request.path)
    return _onwards(request, queries.lesson_for(request.actor, code, number))


def _onwards(request: Request, seen: LessonSeen) -> HttpResponseBase:
    """After the end: to what is still open here, to the next lesson, or back to the course."""
    open_ones = [block.id for block in seen.blocks if block.id not in seen.done]
    if open_ones:
        messages.info(request, _("Read to the end. A question still waits for its right answer."))
        return redirect(f"{request.path}#b-{open_ones[0]}")
    if seen.next is None:
        messages.success(request, _("That was the last lesson."))
        return redirect("courses:course", seen.course.code)
    return redirect("courses:lesson", seen.course.code, seen.next.number)


class Event(msgspec.Struct, forbid_unknown_fields=True):
    """One thing that was done, as a phone sends it. ``at`` is its clock, in milliseconds; whatever it says is taken."""

    key: UUID
    lesson: UUID
    block: str = ""
    choice: int | None = None
    at: float | None = None


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    """What a phone sends."""

    events: list[Event]


@require_POST
def keep(request: Request) -> HttpResponse:
    """What a phone kept while it had no network, and tells now. The answer names what is committed."""
    try:
        sent = msgspec.json.decode(request.body[:MOST_SENT], type=Sent)
    except (msgspec.MsgspecError, RawPostDataException):  # no JSON, or a form
        words = _("This could not be read. It stays on your phone; load the page again.")
        return _json({"say": words}, status=400)
    at = timezone.now()
    told = [Told(one.key, one.lesson, one.block[:20], one.choice, moment(one.at)) for one in sent.events]
    kept = services.keep_progress(events=told, by=request.actor, at=at)
    refused = {str(key): sentence(Refused(code)) for key, code in kept.refused.items()}
    return _json({"kept": [str(key) for key in kept.keys], "refused": refused, "at": clock(at)})


def moment(milliseconds: float | None) -> datetime | None:
    """The time that a phone tells, also that of 1970; None for what no clock shows."""
    try:
        return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def clock(at: datetime) -> str:
    """``10:32:05`` in the time zone of the agency."""
    return formats.date_format(timezone.localtime(at), "H:i:s")


def _json(data: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(data), status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


@require_safe
def material(request: Request, material: UUID) -> HttpResponseBase:
    """A file of a lesson; of a picture the small one, so that a lesson stays light."""
    return serve(queries.material_for(request.actor, material), small=True, span=request.headers.get("Range", ""))
