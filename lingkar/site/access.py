"""What the roof itself protects: the operator's page, and the leader's."""

from enum import StrEnum

from lingkar.directory.people.models import Role
from lingkar.foundation.access import Actor, Forbidden, declare


class Action(StrEnum):
    """Acts of the roof."""

    OPERATE = "site.operate"
    LEAD = "site.lead"  # the leader's first page; which reports are counted there is asked of the reports


declare(Action.OPERATE, roles=[Role.OPERATOR], whole=True)
declare(Action.LEAD, roles=[Role.LEADER])


def may_operate(by: Actor) -> bool:
    """Whether ``by`` looks after the installation: an operator of a whole agency, not of one unit."""
    return by.may(Action.OPERATE, "")


def demand_operate(by: Actor) -> None:
    """``Forbidden`` (403) for everybody who may not."""
    if not may_operate(by):
        raise Forbidden
