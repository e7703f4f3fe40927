"""The door of answers: before sessions, sign-in and templates, because it is knocked at more than all others.

A token says whose attempt it is; the statement that saves checks everything else. What is acknowledged is committed.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from http import HTTPStatus
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.exams import services
from lingkar.grow.exams.services import Given, Kept
from lingkar.grow.exams.web import sentences
from lingkar.grow.exams.web.tokens import Holder, holder_of

PATH = "/ujian/simpan/"
MOST_SENT = 100_000
MOST_ANSWERS = 1000
DAY = 24 * 60 * 60 * 1000


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    """One answer: question on the paper, choice as shown, sequence number, what the phone's clock said when it was
    given, and for how many milliseconds it waited there.
    """

    n: int
    c: int
    s: int
    at: float | None = None
    w: int = 0


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    """What a phone, number ``d``, sends: answers in the order in which they were given."""

    token: str
    answers: list[Answer]
    d: int = 0


_decoder = msgspec.json.Decoder(Sent)
_encoder = msgspec.json.Encoder()


class Door:
    """Middleware before everything that a saved answer does not need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path != PATH or request.method != "POST":
            return self.get_response(request)
        return save(request)


@csrf_exempt
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save answers. The token stands in the body, so another site can neither know nor send it."""
    try:
        sent = _decoder.decode(request.body if len(request.body) <= MOST_SENT else b"")
    except msgspec.MsgspecError:
        return _said(sentences.UNREADABLE, HTTPStatus.BAD_REQUEST)
    holder = holder_of(sent.token)
    if holder is None:
        return _said(sentences.FORGED, HTTPStatus.FORBIDDEN)
    at = timezone.now()
    by = Actor(agency=holder.agency, person=holder.account)
    given = [Given(one.n, one.c, one.s, _moment(one.at), _waited(one.w)) for one in sent.answers[:MOST_ANSWERS]]
    try:
        with agency_scope(holder.agency):
            kept = services.save_answer(attempt=holder.attempt, given=given, device=sent.d, by=by, at=at)
    except Unseen:
        return _said(sentences.FORGED, HTTPStatus.FORBIDDEN)
    return _json(_told(kept, holder, at))


def _told(kept: Kept, holder: Holder, at: datetime) -> dict[str, Any]:
    """What is committed, at what time; and what stands instead of the rest."""
    told: dict[str, Any] = {"saved": list(kept.saved), "at": clock(at, holder)}
    if kept.over:
        told |= {"over": True, "late": list(kept.aside), "say": _words(sentences.OVER)}
    elif kept.other:
        told["say"] = _words(sentences.OTHER) % {"n": ", ".join(map(str, sorted(kept.other)))}
    if kept.other:
        told["other"] = [[number, shown, seq] for number, (shown, seq) in kept.other.items()]
    return told


def clock(at: datetime, holder: Holder) -> str:
    """``10:32:05`` in the time zone of the agency."""
    return f"{at.astimezone(_zone(holder.agency)):%H:%M:%S}"


@cache
def _zone(agency: UUID) -> ZoneInfo:
    """Asked once per process: an agency does not move."""
    return ZoneInfo(Agency.objects.values_list("timezone", flat=True).get(pk=agency))


def _waited(milliseconds: int) -> timedelta:
    return timedelta(milliseconds=min(max(milliseconds, 0), DAY))


def _moment(milliseconds: float | None) -> datetime | None:
    """The time that a phone tells, also that of 1970; None for what no clock shows."""
    try:
        return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _said(words: Promise, status: HTTPStatus) -> HttpResponse:
    return _json({"say": _words(words)}, status)


def _words(words: Promise) -> str:
    """In the language of the installation: this door knows no session."""
    with translation.override(translation.get_language() or "id"):
        return str(words)


def _json(data: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    answer = HttpResponse(_encoder.encode(data), status=status, content_type="application/json")
    answer["Cache-Control"] = "no-store"
    return answer


__all__ = ["PATH", "Door", "save"]
