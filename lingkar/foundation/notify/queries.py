"""Read notifications and the state of letters."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
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


def unread_count(by: Actor) -> int:
    """How many notifications ``by`` has not opened, up to a thousand. One query over a partial index."""
    if by.person is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, (by.agency, by.person, MOST_UNREAD))
        return int(cursor.fetchone()[0])


UNREAD = """
    SELECT count(*) FROM (
      SELECT FROM notify_notification WHERE agency_id = %s AND recipient = %s AND read_at IS NULL LIMIT %s
    ) unread
"""
"""Plain SQL, because every page of the office asks it. A test compares it with ``inbox``."""


def stuck_letters(by: Actor) -> QuerySet[Message]:
    """Letters that wait for a person to decide: uncertain ones first, then failed ones, oldest first."""
    return letters(by).filter(state__in=STUCK).order_by("-state", "changed_at")


def letter_counts(by: Actor) -> dict[str, int]:
    """How many letters stand in each state; states without any are 0."""
    found = dict(letters(by).order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in MessageState.values}
