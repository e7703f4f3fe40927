"""Every request knows its agency and its actor, reads rows of that agency only, and owes what its role demands."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from lingkar.directory.people import sessions
from lingkar.directory.people.models import Account
from lingkar.directory.people.queries import actor_for, needs_second_factor
from lingkar.directory.people.web import factors
from lingkar.foundation.access import Actor
from lingkar.foundation.access.web import Request
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_of_host, agency_scope

Answer = Callable[[Request], HttpResponse]

TOUCH = 600
"""Seconds between two notes that a session is in use; it ends ``SESSION_COOKIE_AGE`` after the last one."""

LONGEST_SESSION = 7 * 24 * 3600
"""Seconds after which everybody signs in again, however busy the session is."""


class LivingSession:
    """Keeps a session in use alive, and ends it a week after sign-in. Visitors have no session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.setdefault("since", now) > LONGEST_SESSION:
                request.session.flush()
                return HttpResponseRedirect(request.get_full_path() if request.method == "GET" else "/")
            if now - request.session.get("seen", 0) >= TOUCH:
                request.session["seen"] = now
                sessions.seen(request.session.session_key or "", at=timezone.now())
        return self.get_response(request)


class AgencyAndActor:
    """Sets ``request.agency`` and ``request.actor``, opens the agency's scope and its time zone.

    Somebody signed in is served in their own agency, whatever the host name says. Whoever owes a second step of
    sign-in acts without any grant, and is led to it before any other page.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        user = request.user
        agency = user.agency if isinstance(user, Account) else agency_of_host(request.get_host().split(":")[0])
        if agency is None:
            raise Http404("no agency is set up on this installation")
        request.agency = agency
        with agency_scope(agency.pk), timezone.override(ZoneInfo(agency.timezone)):
            request.actor = _actor(user, agency)
            request.owes_second_step = needs_second_factor(request.actor) and not factors.is_proven(request)
            if request.owes_second_step:
                request.actor = replace(request.actor, grants=())
            return self.get_response(request)

    def process_view(self, request: Request, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:  # noqa: ARG002
        if not request.owes_second_step:
            return None
        first, allowed = _second_step(request)
        if request.resolver_match and request.resolver_match.view_name in allowed:
            return None
        query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        return HttpResponseRedirect(f"{reverse(first)}?{query}")


ALWAYS = frozenset({"account_logout", "language"})
SHOW_IT = ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
"""Open to somebody who has a second factor, but signed in before it was set up. They cannot set up another one."""
SET_IT_UP = ALWAYS | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
"""Open to somebody who has none."""


def _second_step(request: Request) -> tuple[str, frozenset[str]]:
    """The page that somebody who owes the second step is led to, and all that is open to them."""
    kinds = factors.kinds(request.user) if isinstance(request.user, Account) else frozenset()
    if not kinds:
        return "mfa_index", SET_IT_UP
    return ("mfa_reauthenticate" if factors.APP in kinds else "mfa_reauthenticate_webauthn"), SHOW_IT


def _actor(user: object, agency: Agency) -> Actor:
    if isinstance(user, Account):
        return actor_for(user, day=timezone.localdate())
    return Actor.visitor(agency.pk)
