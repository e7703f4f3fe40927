"""What somebody reads when storage does not take anything: the database is away, or the disk is full."""

import errno
import sys
from collections.abc import Iterator
from http import HTTPStatus

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from lingkar.foundation.ui.token import token_for

AWAY = (OperationalError, InterfaceError, psycopg.OperationalError)
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
RETRY_SECONDS = 30
SECRETS = ("password", "code", "otp", "credential")
"""Names of inputs that no page repeats."""


def failed(request: HttpRequest) -> HttpResponse:
    """Django's handler for what nobody caught: 503 when storage failed, with what was typed; else 500."""
    if not any(isinstance(fault, AWAY) or getattr(fault, "errno", None) in FULL for fault in _chain(sys.exc_info()[1])):
        return server_error(request)
    page = render_to_string("503.html", _typed(request) if request.method == "POST" else {})
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(RETRY_SECONDS)})


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    """A fault and what it came from: the library of jobs wraps those of the database."""
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _typed(request: HttpRequest) -> dict[str, object]:
    """The form as it was sent, to be sent again; nothing of a form with a secret in it. Files cannot be given back."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if isinstance(value, str)]
    fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    if any(secret in name for name, _ in fields for secret in SECRETS):
        fields = []
    return {
        "was_sent": True,
        "fields": fields,
        "typed": [value for _, value in fields if len(value.split()) > 1],
        "had_files": bool(request.FILES),
        "again": request.get_full_path(),
        "proof": token_for(request),
    }
