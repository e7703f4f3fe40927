"""Who looks after the catalogue, and which services somebody sees in the office."""

from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.directory.people.models import Role
from lingkar.directory.services.models import Service
from lingkar.foundation import access
from lingkar.foundation.access import Actor, Forbidden, declare


class Action(StrEnum):
    """Acts of this module."""

    MANAGE = "services.manage"  # write, publish and retire services of the own units, count their transactions


declare(Action.MANAGE, roles=[Role.OPERATOR, Role.COORDINATOR])


class ServicePolicy:
    """Who manages services sees those of the units they reach. What is published is seen by everybody elsewhere."""

    def visible(self, by: Actor) -> QuerySet[Service]:
        rows = Service.objects.select_related("unit")
        paths = by.paths(Action.MANAGE)
        if by.is_system or "" in paths:
            return rows
        return rows.filter(reduce(or_, (Q(unit__path__startswith=path) for path in paths), Q(pk__in=[])))

    def allows(self, by: Actor, action: str, item: Service) -> bool:
        return by.is_system or by.may(action, item.unit.path)


POLICY = ServicePolicy()


def fetch(by: Actor, service: UUID, *, lock: bool = False) -> Service:
    """One service that ``by`` may manage; see ``foundation.access.fetch``."""
    return access.fetch(POLICY, by, service, Action.MANAGE, lock=lock)


def visible(by: Actor) -> QuerySet[Service]:
    """Every service that ``by`` may manage."""
    return POLICY.visible(by)


def demand(by: Actor, path: str) -> None:
    """``Forbidden`` (403) unless ``by`` manages the services of the unit at ``path``."""
    if not (by.is_system or by.may(Action.MANAGE, path)):
        raise Forbidden
