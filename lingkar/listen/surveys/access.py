"""Who collects answers at the counters. Results are for everybody."""

from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.directory.people.models import Role
from lingkar.foundation import access
from lingkar.foundation.access import Actor, Forbidden, declare
from lingkar.listen.surveys.models import Counter


class Action(StrEnum):
    """Acts of this module."""

    COLLECT = "surveys.collect"  # print the QR sheet of a counter, enter answers from paper


declare(Action.COLLECT, roles=[Role.OFFICER, Role.COORDINATOR])


class CounterPolicy:
    """Who collects sees the counters of the units they reach."""

    def visible(self, by: Actor) -> QuerySet[Counter]:
        rows = Counter.objects.select_related("service", "unit")
        paths = by.paths(Action.COLLECT)
        if by.is_system or "" in paths:
            return rows
        return rows.filter(reduce(or_, (Q(unit__path__startswith=path) for path in paths), Q(pk__in=[])))

    def allows(self, by: Actor, action: str, item: Counter) -> bool:
        return by.is_system or by.may(action, item.unit.path)


POLICY = CounterPolicy()


def fetch(by: Actor, counter: UUID) -> Counter:
    """One counter at which ``by`` may collect answers; see ``foundation.access.fetch``."""
    return access.fetch(POLICY, by, counter, Action.COLLECT)


def visible(by: Actor) -> QuerySet[Counter]:
    """Every counter at which ``by`` may collect answers."""
    return POLICY.visible(by)


def demand(by: Actor, path: str) -> None:
    """``Forbidden`` (403) unless ``by`` collects answers for the unit at ``path``."""
    if not (by.is_system or by.may(Action.COLLECT, path)):
        raise Forbidden
