"""What waits for the word of a mentor or coach."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.fieldwork import access, rules
from lingkar.grow.fieldwork.models import LogEntry, LogPhoto, Word
from lingkar.grow.fieldwork.rules import Clock
from lingkar.grow.programmes.access import guides


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for a word."""

    id: UUID
    words: str
    saved_at: datetime
    person: str = column("participant__person__name")
    cohort: str = column("participant__cohort__title")


def waiting_for(by: Actor, text: str = "") -> "QuerySet[LogEntry, Waiting]":
    """Entries of those whom ``by`` guides that nobody has answered, the oldest first. ``text`` is part of a name."""
    rows = LogEntry.objects.filter(answered_at__isnull=True, participant__in=access.guided(by).values("pk"))
    if text:
        rows = rows.filter(participant__person__name__icontains=text)
    return plain(rows.order_by("saved_at", "pk"), Waiting)


def waits(by: Actor) -> tuple[int, datetime | None]:
    """How many entries wait for the word of ``by``, a hundred at most, and since when the oldest does."""
    found = [line.saved_at for line in waiting_for(by)[:100]]
    return len(found), found[0] if found else None


@dataclass(frozen=True)
class EntrySeen:
    """An entry whole, for whoever may read it. ``may_answer``: they guide who wrote it."""

    entry: LogEntry
    photos: list[UUID]
    said: list[Word]
    may_answer: bool

    @property
    def clock(self) -> Clock:
        """What the phone's clock was worth."""
        return rules.clock(self.entry.phone_at, self.entry.saved_at)


def entry_seen_by(by: Actor, entry: UUID) -> EntrySeen:
    """One entry with its photos and words; ``Unseen`` for whoever neither wrote it nor guides who did."""
    item = access.fetch(by, entry)
    owns = item.participant.person.account_id == by.person
    return EntrySeen(
        item,
        list(item.photos.values_list("pk", flat=True)),
        list(item.said.select_related("person")),
        may_answer=not owns and guides(by, item.participant, kinds=access.GUIDES),
    )


def photo_seen_by(by: Actor, photo: UUID) -> LogPhoto:
    """A photo of an entry that ``by`` may read."""
    row = LogPhoto.objects.select_related("file").filter(pk=photo).first()
    if row is None or not access.visible(by).filter(pk=row.entry_id).exists():
        raise Unseen
    return row
