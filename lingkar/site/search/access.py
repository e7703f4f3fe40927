"""Who may say what means the same."""

from enum import StrEnum

from lingkar.directory.people.models import Role
from lingkar.foundation.access import Actor, Forbidden, declare


class Action(StrEnum):
    """Acts of this module."""

    SYNONYMS = "search.synonyms"


declare(Action.SYNONYMS, roles=[Role.COORDINATOR, Role.OPERATOR], whole=True)


def demand_synonyms(by: Actor) -> None:
    """``Forbidden`` (403) unless ``by`` may say what means the same in the whole agency."""
    if not (by.is_system or by.may(Action.SYNONYMS, "")):
        raise Forbidden
