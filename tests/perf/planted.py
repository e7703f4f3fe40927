"""The shipped application with a fault planted into it, to prove that the measurements see one.

``python -m tests.perf.planted slow serve …`` is ``lingkar serve …`` with the WSGI application ``slow`` of this module.
Nothing of this is in the product: the faults wrap its application from outside.
"""

import os
import queue
import re
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SLOW_MS = 20
"""CPU milliseconds that ``slow`` burns before every answer."""
MUTE_ONE_IN = 15
"""Of so many sent forms ``mute`` answers one not at all."""
PROMISES = re.compile(r"^/lapor/[^/]+/kirim/$|^/petugas/kasus/|^/ujian/simpan/$")
"""Addresses whose answer promises that something is kept for good."""
COMMIT_LATE = 1.0
"""Seconds after its answer at which ``early`` commits."""

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]


def shipped() -> Application:
    """The application as granian loads it."""
    from lingkar.site.wsgi import application

    return application


def slow(environ: Environ, start: Start) -> Iterable[bytes]:
    """A busy loop before every answer: the bench must show it."""
    end = time.thread_time() + SLOW_MS / 1000
    while time.thread_time() < end:
        pass
    return shipped()(environ, start)


def empty(environ: Environ, start: Start) -> Iterable[bytes]:
    """One page more, ``EMPTY``: the office's layout for somebody signed in, with nothing on it."""
    add_empty_page()
    return shipped()(environ, start)


EMPTY = "/kosong/"


@cache
def add_empty_page() -> None:
    """Add the page ``EMPTY``: what it costs, each page of the office costs before it says anything."""
    shipped()  # sets Django up
    from django.http import HttpRequest, HttpResponse
    from django.template import engines

    from lingkar.foundation.access.web import route
    from lingkar.site.urls import urlpatterns

    layout = '{% extends "ui/office.html" %}{% block title %}Kosong{% endblock %}'
    template = engines["django"].from_string(layout)

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(template.render({}, request))

    urlpatterns.append(route(EMPTY.lstrip("/"), view, name="empty", signed_in=True))


def counted(environ: Environ, start: Start) -> Iterable[bytes]:
    """Adds ``X-Queries``: how many statements the page sent to the database."""
    from django.db import connection

    seen = 0

    def count(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal seen
        seen += 1
        return execute(sql, params, many, context)

    answer = Answer()
    with connection.execute_wrapper(count):
        body = answer.take(shipped()(environ, answer.start))
    start(answer.status, [*answer.headers, ("X-Queries", str(seen))])
    return [body]


def early(environ: Environ, start: Start) -> Iterable[bytes]:
    """Answers a sent report or an officer's act before its transaction is committed: "Terkirim" that is not true yet.

    The form is handled, and the page it leads to is read, in one open transaction; that page is the answer; the
    commit comes a second later.
    """
    if environ["REQUEST_METHOD"] != "POST" or not PROMISES.search(environ["PATH_INFO"]):
        return shipped()(environ, start)
    environ = {**environ, "wsgi.input": BytesIO(environ["wsgi.input"].read())}
    answers: queue.Queue[Answer] = queue.Queue()
    threading.Thread(target=_answer_then_commit, args=(environ, answers), daemon=True).start()
    answer = answers.get(timeout=60)
    start(answer.status, answer.headers)
    return [answer.body]


def mute(environ: Environ, start: Start) -> Iterable[bytes]:
    """Now and then a sent form is handled and committed, and the process dies before it answers."""
    answer = Answer.of(environ)
    if environ["REQUEST_METHOD"] == "POST" and secrets.randbelow(MUTE_ONE_IN) == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    start(answer.status, answer.headers)
    return [answer.body]


def unlocked(environ: Environ, start: Start) -> Iterable[bytes]:
    """Nobody locks the row that they are about to change: of two at once both believe that they were first."""
    application = shipped()
    from django.db.models import QuerySet

    QuerySet.select_for_update = lambda rows, *_a, **_k: rows._chain()  # type: ignore[method-assign]
    return application(environ, start)


def _answer_then_commit(environ: Environ, answers: "queue.Queue[Answer]") -> None:
    from django.db import connections, transaction

    connection = connections["default"]
    connection.close_if_unusable_or_obsolete = lambda: None  # type: ignore[method-assign]  # the end of a request is not ours
    try:
        with transaction.atomic():
            answers.put(_followed(environ))
            time.sleep(COMMIT_LATE)
    finally:
        connection.close()


def _followed(environ: Environ) -> "Answer":
    """The answer to a form, or where it redirects to, the page there, with the cookies of both."""
    first = Answer.of(environ)
    target = dict(first.headers).get("Location")
    if not first.status.startswith("3") or not target:
        return first
    cookies = [value for key, value in first.headers if key.lower() == "set-cookie"]
    carried = "; ".join([environ.get("HTTP_COOKIE", ""), *(c.split(";")[0] for c in cookies)]).strip("; ")
    where = urlsplit(target)
    page = Answer.of(
        {
            **{k: v for k, v in environ.items() if k not in ("CONTENT_LENGTH", "CONTENT_TYPE")},
            "REQUEST_METHOD": "GET",
            "PATH_INFO": where.path,
            "QUERY_STRING": where.query,
            "HTTP_COOKIE": carried,
            "wsgi.input": BytesIO(),
        }
    )
    page.headers += [("Set-Cookie", value) for value in cookies] + [("X-Followed", target)]
    return page


@dataclass
class Answer:
    """What an application answered."""

    status: str = ""
    headers: list[tuple[str, str]] = None  # type: ignore[assignment]  # filled by ``start``
    body: bytes = b""

    @classmethod
    def of(cls, environ: Environ) -> "Answer":
        answer = cls()
        answer.take(shipped()(environ, answer.start))
        return answer

    def start(self, status: str, headers: list[tuple[str, str]], _fault: object = None) -> None:
        self.status, self.headers = status, list(headers)

    def take(self, parts: Iterable[bytes]) -> bytes:
        try:
            self.body = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()
        return self.body


def serve(application: str, arguments: list[str]) -> None:
    """``lingkar`` with another WSGI application in its web part."""
    from lingkar.site import cli
    from lingkar.site.operate import parts
    from lingkar.site.operate.supervisor import Part

    made = parts.web

    def web(wish: parts.Wish) -> Part:
        part = made(wish)
        return replace(part, command=[*part.command[:-1], f"{__spec__.name}:{application}"])

    parts.web = web
    os.environ["PYTHONPATH"] = str(Path.cwd())
    cli.main(arguments)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2:])
