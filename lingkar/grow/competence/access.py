"""Who may assess whom, and who sees what was found."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from lingkar.directory.people import queries as people
from lingkar.directory.people.models import Role
from lingkar.foundation import access
from lingkar.foundation.access import Actor, Forbidden, declare

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lingkar.directory.people.models import Person


class Action(StrEnum):
    """Acts of this module."""

    ASSESS = "competence.assess"  # assess the people of the own units as their line manager
    MEASURE = "competence.measure"  # write down what assessors found; see anybody's gaps
    OVERVIEW = "competence.overview"  # means of units, never of somebody
    DICTIONARY = "competence.dictionary"  # load the dictionary


declare(Action.ASSESS, roles=[Role.SUPERVISOR])
declare(Action.MEASURE, roles=[Role.TRAINING])
declare(Action.OVERVIEW, roles=[Role.TRAINING, Role.LEADER])
declare(Action.DICTIONARY, roles=[Role.TRAINING])


class TeamPolicy:
    """Whose gaps somebody sees: their own; those of the people of their units, who assesses or measures there."""

    def visible(self, by: Actor) -> "QuerySet[Person]":
        tops = by.paths(Action.ASSESS) + by.paths(Action.MEASURE)
        return people.serving(("",) if by.is_system else tops, account=by.person)

    def allows(self, by: Actor, action: str, item: "Person") -> bool:
        """Oneself may be assessed by oneself alone; everybody else by who holds the action where they work."""
        if is_oneself(by, item):
            return action == Action.ASSESS
        return people_below(by, Action(action)).filter(pk=item.pk).exists()


def people_below(by: Actor, action: Action) -> "QuerySet[Person]":
    """Everybody who works in a unit over which ``by`` holds ``action``."""
    return people.serving(("",) if by.is_system else by.paths(action))


def is_oneself(by: Actor, person: "Person") -> bool:
    """Whether ``by`` is this person."""
    return by.person is not None and person.account_id == by.person


POLICY = TeamPolicy()


def fetch(by: Actor, person: UUID, action: Action, *, lock: bool = False) -> "Person":
    """One person for one act; see ``foundation.access.fetch``."""
    return access.fetch(POLICY, by, person, action, lock=lock)


def visible(by: Actor) -> "QuerySet[Person]":
    """Everybody whose gaps ``by`` may see."""
    return POLICY.visible(by)


def demand(by: Actor, action: Action, path: str | None = None) -> None:
    """``Forbidden`` (403) unless ``by`` may, somewhere or over the unit at ``path`` ("": the whole agency)."""
    if not (by.is_system or by.may(action, path)):
        raise Forbidden


def sees_means(by: Actor, path: str) -> bool:
    """Whether ``by`` may see the means of the unit at ``path``."""
    return by.is_system or by.may(Action.OVERVIEW, path) or by.may(Action.ASSESS, path)
