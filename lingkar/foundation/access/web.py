"""Routes that state who may call them, and the request that carries the actor."""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from http import HTTPStatus
from typing import Any, TypeAlias
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, include, path, reverse
from django.urls.resolvers import RoutePattern
from django_htmx.middleware import HtmxDetails

from lingkar.foundation.access.actors import Actor
from lingkar.foundation.access.policy import Forbidden
from lingkar.foundation.access.tries import Limit, pseudonym
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


class Routes(URLResolver):
    """The routes of one module. It is asked only for addresses that begin as one of its routes does."""

    def resolve(self, path: str) -> ResolverMatch:
        begins = self._beginnings
        if begins is not None and path.partition("/")[0] not in begins:
            raise Resolver404({"path": path, "tried": []})
        return super().resolve(path)

    @cached_property
    def _beginnings(self) -> frozenset[str] | None:
        """The first parts of its addresses; ``None`` where one of them may begin with anything."""
        found = set(_begin(self.url_patterns))
        return None if None in found else frozenset(part for part in found if part is not None)


def _begin(routes: Iterable[URLPattern | URLResolver]) -> Iterator[str | None]:
    """The first part of each address; ``None`` for one that may begin with anything."""
    for it in routes:
        written = str(it.pattern)
        first, slash, _rest = written.partition("/")
        if isinstance(it, URLResolver) and not written:
            yield from _begin(it.url_patterns)
        elif not isinstance(it.pattern, RoutePattern) or "<" in first or (isinstance(it, URLResolver) and not slash):
            yield None
        else:
            yield first


def routes_of(urls: str) -> Routes:
    """The routes that a module declares in ``urls``: what ``path("", include(urls))`` means, found sooner."""
    module, app, namespace = include(urls)
    return Routes(RoutePattern("", is_endpoint=False), module, {}, app_name=app, namespace=namespace)


def address(name: str, row: UUID | int) -> str:
    """Where the page ``name`` stands of a row: ``reverse`` for a route whose only argument is an id or a number.

    The address is looked up once for each route; a list has twenty-five of them.
    """
    nobody = NOBODY if isinstance(row, UUID) else NOBODY.int
    return _address_of(name, nobody).replace(str(nobody), str(row))


NOBODY = UUID(int=987_654_321_012_345_678)


@cache
def _address_of(name: str, nobody: UUID | int) -> str:
    return reverse(name, args=[nobody])


def limited(
    limit: Limit,
    *,
    answer: Callable[[Request, int], HttpResponse],
    misses: bool = False,
    reads: bool = False,
    visitors: bool = False,
    persons: bool = False,
) -> Callable[[View], View]:
    """View decorator: a client without tries left gets ``answer(request, minutes)`` with status 429.

    Every POST is a try. With ``misses`` every request that finds nothing (404) is one and no other, so that a
    neighbourhood behind one address may read its own cases as often as it likes. With ``reads`` every request is one.
    With ``visitors`` nobody is counted who is signed in; with ``persons`` whoever is signed in counts as themselves,
    so that a hall of people behind one address is not one client.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, **kwargs: Any) -> HttpResponseBase:
            if (visitors and request.actor.is_signed_in) or (request.method != "POST" and not (misses or reads)):
                return view(request, **kwargs)
            known = str(request.actor.person) if persons and request.actor.is_signed_in else ""
            client = pseudonym(known or client_address(request))
            wait = limit.take(client, now=time.monotonic())
            if wait:
                return _too_many(answer(request, math.ceil(wait / 60)), wait)
            response = view(request, **kwargs)
            if misses and response.status_code != HTTPStatus.NOT_FOUND:
                limit.give_back(client)
            return response

        return guarded

    return decorate


def _too_many(response: HttpResponse, wait: float) -> HttpResponse:
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response["Retry-After"] = str(math.ceil(wait))
    return response


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: the connection, or the last entry of the header that the own proxy writes.

    Only a header named by the setting is believed: anybody can send the others.
    """
    header = settings.CLIENT_ADDRESS_HEADER
    named = request.headers.get(header, "") if header else ""
    return named.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
