"""Every request knows its agency and its actor, and reads rows of that agency only."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.utils import timezone

from lingkar.directory.people.models import Account
from lingkar.directory.people.queries import actor_for
from lingkar.foundation.access import Actor
from lingkar.foundation.access.web import Request
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_of_host, agency_scope


class AgencyAndActor:
    """Sets ``request.agency`` and ``request.actor``, opens the agency's scope and its time zone.

    Somebody signed in is served in their own agency, whatever the host name says.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        user = request.user
        agency = user.agency if isinstance(user, Account) else agency_of_host(request.get_host().split(":")[0])
        if agency is None:
            raise Http404("no agency is set up on this installation")
        request.agency = agency
        with agency_scope(agency.pk), timezone.override(ZoneInfo(agency.timezone)):
            request.actor = _actor(user, agency)
            return self.get_response(request)


def _actor(user: object, agency: Agency) -> Actor:
    if isinstance(user, Account):
        return actor_for(user, day=timezone.localdate())
    return Actor.visitor(agency.pk)
