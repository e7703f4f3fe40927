"""Who reads notifications, and who looks after letters that did not go out."""

from enum import StrEnum

from django.db.models import QuerySet

from lingkar.foundation.access import NOBODY, Actor, Forbidden, declare
from lingkar.foundation.notify.models import Message, Notification


class Action(StrEnum):
    """Acts of this module. Reading one's own notifications needs none."""

    MANAGE_LETTERS = "notify.manage_letters"


declare(Action.MANAGE_LETTERS, roles=["operator"], whole=True)


def own_notifications(by: Actor) -> QuerySet[Notification]:
    """Only what ``by`` was told; a notification has no other reader."""
    return Notification.objects.filter(agency=by.agency, recipient=by.person or NOBODY)


def letters(by: Actor) -> QuerySet[Message]:
    """The letters of the agency, for an operator of the whole agency; never their address or words."""
    if not (by.is_system or by.may(Action.MANAGE_LETTERS, "")):
        raise Forbidden
    return Message.objects.filter(agency=by.agency).defer("address", "letter")
