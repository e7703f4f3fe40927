"""Who reads the circle of which services, and who has it computed anew."""

from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from lingkar.directory.people.models import Role
from lingkar.foundation.access import Actor, Forbidden, declare
from lingkar.loop.scoreboard.models import Chain


class Action(StrEnum):
    """Acts of this module."""

    VIEW = "scoreboard.view"  # the circle of the services of the own units
    COMPUTE = "scoreboard.compute"  # have it computed anew, for the whole agency


declare(Action.VIEW, roles=[Role.TRAINING, Role.COORDINATOR, Role.LEADER])
declare(Action.COMPUTE, roles=[Role.TRAINING, Role.LEADER], whole=True)


def visible(by: Actor) -> QuerySet[Chain]:
    """Circles of services that the units of ``by`` give."""
    rows = Chain.objects.all()
    paths = by.paths(Action.VIEW)
    if by.is_system or "" in paths:
        return rows
    return rows.filter(reduce(or_, (Q(unit__path__startswith=path) for path in paths), Q(pk__in=[])))


def demand_compute(by: Actor) -> None:
    """``Forbidden`` (403) unless ``by`` may have the circle of every service computed anew."""
    if not (by.is_system or by.may(Action.COMPUTE, "")):
        raise Forbidden
