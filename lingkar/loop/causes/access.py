"""Who says why a case arose, and who reads it."""

from enum import StrEnum

from lingkar.directory.people.models import Role
from lingkar.foundation.access import declare


class Action(StrEnum):
    """Acts of this module."""

    VIEW = "causes.view"  # see why the cases arose that one may see
    CODE = "causes.code"  # say why a case arose; which cases is asked of each one, as for handling it
    OFFER = "causes.offer"  # offer published cases to those who learn


declare(Action.VIEW, roles=[Role.OFFICER, Role.COORDINATOR, Role.LEADER, Role.INSPECTOR])
declare(Action.CODE, roles=[Role.OFFICER, Role.INSPECTOR])
declare(Action.OFFER, roles=[Role.TRAINING], whole=True)
