"""What the pages of plans share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.loop.planning import queries
from lingkar.loop.planning.models import Plan
from lingkar.loop.planning.web.sentences import FIELDS, sentence


def by_now(request: Request) -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": request.actor, "at": timezone.now()}


def act(request: Request, year: int, verb: Callable[[Plan], object], done: str) -> HttpResponse:
    """Do something with a plan and go back to it, with what was done or why it was not."""
    row = queries.plan_for(request.actor, year)
    try:
        verb(row)
    except Refused as no:
        messages.warning(request, sentence(no))
    else:
        messages.success(request, done)
    return redirect("planning:plan", year)


def done(form: Any, verb: Callable[[], Any]) -> Any:
    """What the act gives; None when it was refused, and then the form says why."""
    try:
        return verb()
    except Refused as no:
        field = FIELDS.get(no.code)
        form.add_error(field if field in form.fields else None, sentence(no))
    return None
