"""Who registers what is to be found out, and who reads what was found."""

from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.directory.people.models import Role
from lingkar.foundation import access
from lingkar.foundation.access import Actor, Forbidden, declare
from lingkar.loop.effect.models import Study


class Action(StrEnum):
    """Acts of this module."""

    VIEW = "effect.view"  # read studies and what they found
    REGISTER = "effect.register"  # say what is looked at, before a training begins


declare(Action.VIEW, roles=[Role.TRAINING, Role.LEADER, Role.COORDINATOR])
declare(Action.REGISTER, roles=[Role.TRAINING])


class StudyPolicy:
    """Who reads studies reads those about services of the units they reach."""

    def visible(self, by: Actor) -> QuerySet[Study]:
        rows = Study.objects.select_related("service", "service__unit")
        paths = by.paths(Action.VIEW)
        if by.is_system or "" in paths:
            return rows
        return rows.filter(reduce(or_, (Q(service__unit__path__startswith=path) for path in paths), Q(pk__in=[])))

    def allows(self, by: Actor, action: str, item: Study) -> bool:
        return by.is_system or by.may(action, item.service.unit.path)


POLICY = StudyPolicy()


def fetch(by: Actor, study: UUID) -> Study:
    """One study that ``by`` may read; see ``foundation.access.fetch``."""
    return access.fetch(POLICY, by, study, Action.VIEW)


def visible(by: Actor) -> QuerySet[Study]:
    """Every study that ``by`` may read."""
    return POLICY.visible(by)


def demand(by: Actor, path: str) -> None:
    """``Forbidden`` (403) unless ``by`` registers studies for the unit at ``path``."""
    if not (by.is_system or by.may(Action.REGISTER, path)):
        raise Forbidden
