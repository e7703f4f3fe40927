"""Who sees what people need to learn, and of which units."""

from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from lingkar.directory.people.models import Role
from lingkar.foundation.access import Actor, Forbidden, declare
from lingkar.loop.needs.models import Need


class Action(StrEnum):
    """Acts of this module."""

    VIEW = "needs.view"  # the needs of the own units, with what they stand on
    COMPUTE = "needs.compute"  # ask for a new computation


declare(Action.VIEW, roles=[Role.TRAINING, Role.LEADER, Role.SUPERVISOR])
declare(Action.COMPUTE, roles=[Role.TRAINING])


def visible(by: Actor) -> QuerySet[Need]:
    """Needs of the units that ``by`` looks after, those of the newest computation and of earlier ones."""
    rows = Need.objects.all()
    paths = by.paths(Action.VIEW)
    if by.is_system or "" in paths:
        return rows
    return rows.filter(reduce(or_, (Q(unit__path__startswith=path) for path in paths), Q(pk__in=[])))


def demand_compute(by: Actor) -> None:
    """``Forbidden`` (403) unless ``by`` may have the needs of the whole agency computed anew."""
    if not (by.is_system or by.may(Action.COMPUTE, "")):
        raise Forbidden
