"""Routes that state who may call them, and the request that carries the actor."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django_htmx.middleware import HtmxDetails

from lingkar.foundation.access.actors import Actor
from lingkar.foundation.access.policy import Forbidden
from lingkar.foundation.tenancy.models import Agency


class Request(HttpRequest):
    """A request after the middleware: it knows its agency and its actor."""

    agency: Agency
    actor: Actor
    owes_second_step: bool
    htmx: HtmxDetails


View: TypeAlias = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class RouteNeed:
    """Who may call a route: everybody (``public``), anyone signed in, or holders of ``action``."""

    public: bool = False
    signed_in: bool = False
    action: str | None = None

    def __str__(self) -> str:
        return "public" if self.public else self.action or "signed in"


def route(
    pattern: str,
    view: View,
    *,
    name: str,
    public: bool = False,
    signed_in: bool = False,
    needs: str | None = None,
) -> URLPattern:
    """A Django path that states its need: exactly one of ``public``, ``signed_in`` or ``needs``.

    A visitor who lacks it is led to sign-in; somebody signed in gets 403.
    """
    if [public, signed_in, needs is not None].count(True) != 1:
        raise ValueError(f"route {name!r}: state exactly one of public, signed_in, needs")
    need = RouteNeed(public=public, signed_in=signed_in, action=None if needs is None else str(needs))
    return path(pattern, _guarded(view, need), name=name)


def _guarded(view: View, need: RouteNeed) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: Request, **kwargs: Any) -> HttpResponseBase:
        if not need.public:
            if not request.actor.is_signed_in:
                return redirect_to_login(request.get_full_path())
            if need.action is not None and not request.actor.may(need.action):
                raise Forbidden
        return view(request, **kwargs)

    guarded.need = need  # type: ignore[attr-defined]  # read by tests/house
    return guarded
