"""Read notifications and the state of letters."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from lingkar.foundation.access import Actor
from lingkar.foundation.notify.access import letters, own_notifications
from lingkar.foundation.notify.models import Message, MessageState, Notification
from lingkar.foundation.notify.notices import text_of

MOST_UNREAD = 1000
STUCK = (MessageState.UNCERTAIN, MessageState.FAILED)


@dataclass(frozen=True)
class Notice:
    """A notification as its reader sees it, in the language that is active."""

    id: UUID
    text: str
    at: datetime
    is_read: bool


def inbox(by: Actor) -> QuerySet[Notification]:
    """What ``by`` was told, newest first."""
    return own_notifications(by)


def notice_of(row: Notification) -> Notice:
    """One notification in words."""
    return Notice(row.pk, str(text_of(row.kind)) % row.details, row.created_at, row.read_at is not None)


def unread(by: Actor) -> QuerySet[Notification]:
    """What ``by`` was told and has not opened. An index holds these alone."""
    return own_notifications(by).filter(read_at__isnull=True)


def unread_count(by: Actor) -> int:
    """How many notifications ``by`` has not opened, up to a thousand."""
    return unread(by)[:MOST_UNREAD].count()


def stuck_letters(by: Actor) -> QuerySet[Message]:
    """Letters that wait for a person to decide: uncertain ones first, then failed ones, oldest first."""
    return letters(by).filter(state__in=STUCK).order_by("-state", "changed_at")


def letter_counts(by: Actor) -> dict[str, int]:
    """How many letters stand in each state; states without any are 0."""
    found = dict(letters(by).order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in MessageState.values}
