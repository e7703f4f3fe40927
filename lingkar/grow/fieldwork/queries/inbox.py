"""What waits for the word of a mentor or coach."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lingkar.act.projects import queries as projects
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.foundation.tenancy.together import part, together
from lingkar.grow.fieldwork import access, rules
from lingkar.grow.fieldwork.models import LogEntry, LogPhoto, Word
from lingkar.grow.fieldwork.queries.logbook import without_entry
from lingkar.grow.fieldwork.rules import Clock
from lingkar.grow.programmes.access import guides

MOST_ENTRIES, MOST_PROJECTS = 100, 20
"""How many of those that wait for a word are counted."""


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
    rows = _unanswered(by)
    if text:
        rows = rows.filter(participant__person__name__icontains=text)
    return plain(rows, Waiting)


def _unanswered(by: Actor) -> "QuerySet[LogEntry]":
    rows = LogEntry.objects.filter(answered_at__isnull=True, participant__in=access.guided(by).values("pk"))
    return rows.order_by("saved_at", "pk")


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step of an own project that comes next."""

    project: UUID
    step: str
    due: date


@dataclass(frozen=True, slots=True)
class Waits:
    """What field study and projects ask of somebody: ``entries`` are own participations, with their cohort, without an
    entry today; ``words`` how many entries (a hundred at most) and projects (twenty) wait for a word, ``since`` when.
    """

    entries: tuple[tuple[UUID, str], ...]
    steps: tuple[NextStep, ...]
    words: int
    since: datetime | None


def waits(by: Actor, day: date) -> Waits:
    """What waits for somebody, as writer and as guide. One statement."""
    found: dict[str, list[Any]] = {"entry": [], "step": [], "word": []}
    for name, told in _waits(by.sight, account=by.person, day=day) if by.person else ():
        found[name].append(told)
    words = [datetime.fromisoformat(told["at"]) for told in found["word"]]
    return Waits(
        tuple((UUID(told["id"]), told["title"]) for told in found["entry"]),
        tuple(NextStep(UUID(it["project"]), it["title"], date.fromisoformat(it["due"])) for it in found["step"]),
        len(words),
        min(words, default=None),
    )


@prepared
def _waits(sight: Actor, *, account: UUID, day: date) -> "QuerySet[Any, tuple[str, dict[str, Any]]]":
    by = sight.seen_by(account)
    return together(
        part("entry", without_entry(by, day), id="pk", title="cohort__title"),
        part("step", projects.next_steps(account), project="project_id", title="title", due="due"),
        part("word", _unanswered(by)[:MOST_ENTRIES], at="saved_at"),
        part("word", projects.waiting(account)[:MOST_PROJECTS], at="moved_at"),
    )


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
