"""Who may change the tree. Names of units are public; everything else is for people of the agency."""

from enum import StrEnum

from lingkar.foundation.access import Actor, Forbidden, declare


class Action(StrEnum):
    """Acts of this module."""

    MANAGE = "orgs.manage"


declare(Action.MANAGE, roles=["operator", "personnel"])  # the codes of roles: Role stands above, in people


def may_manage(by: Actor, path: str | None = None) -> bool:
    """Whether ``by`` may change units somewhere, or the unit at ``path`` ("": the top of the agency)."""
    return by.is_system or by.may(Action.MANAGE, path)


def demand_manage(by: Actor, *paths: str) -> None:
    """``Forbidden`` (403) unless ``by`` may change the units at every one of ``paths``."""
    if not all(may_manage(by, path) for path in paths):
        raise Forbidden
