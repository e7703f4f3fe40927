"""Who makes the plan, and who reads it. It is one for the whole agency."""

from enum import StrEnum

from django.db.models import QuerySet

from lingkar.directory.people.models import Role
from lingkar.foundation.access import Actor, Forbidden, declare
from lingkar.loop.planning.models import Plan


class Action(StrEnum):
    """Acts of this module."""

    VIEW = "planning.view"  # read plans, with who goes
    MAKE = "planning.make"  # write runs and budgets, ask for a proposal, change it
    APPROVE = "planning.approve"  # let a plan hold
    TEAM = "planning.team"  # read where the people of the own units go by approved plans


declare(Action.VIEW, roles=[Role.TRAINING, Role.LEADER], whole=True)
declare(Action.MAKE, roles=[Role.TRAINING], whole=True)
declare(Action.APPROVE, roles=[Role.TRAINING, Role.LEADER], whole=True)
declare(Action.TEAM, roles=[Role.SUPERVISOR])


def demand(by: Actor, action: Action) -> None:
    """``Forbidden`` (403) unless ``by`` may, for the whole agency."""
    if not (by.is_system or by.may(action)):
        raise Forbidden


def visible(by: Actor) -> QuerySet[Plan]:
    """Every plan of the agency, or none."""
    return Plan.objects.all() if by.is_system or by.may(Action.VIEW) else Plan.objects.none()
