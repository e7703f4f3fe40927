"""Who may change the calendar."""

from enum import StrEnum

from lingkar.foundation.access import Actor, Forbidden, declare


class Action(StrEnum):
    """Acts of this module."""

    EDIT = "calendar.edit"


declare(Action.EDIT, roles=["operator"], whole=True)


def demand_edit(by: Actor) -> None:
    """``Forbidden`` (403) unless ``by`` may change the calendar of the whole agency."""
    if not (by.is_system or by.may(Action.EDIT, "")):
        raise Forbidden
