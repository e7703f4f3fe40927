"""One's own field study: its case, its entries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from lingkar.act.projects.queries import sees
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.fieldwork import access, rules
from lingkar.grow.fieldwork.models import CaseBrief, CommunityPicture, LogEntry, LogPhoto, Study, Word
from lingkar.grow.fieldwork.rules import Clock
from lingkar.grow.programmes import access as programmes
from lingkar.grow.programmes.models import CohortState, Standing
from lingkar.grow.programmes.queries import participant_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lingkar.grow.programmes.models import Participant

LATEST = 3
SHOWN = 30
"""Entries of a logbook on one page."""


@dataclass(frozen=True)
class Notebook:
    """The field study of one participation. ``is_open``: it takes entries."""

    participant: "Participant"
    case: CaseBrief | None
    picture: CommunityPicture | None
    project: UUID | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """A participation as a choice between several."""

    id: UUID
    title: str = column("cohort__title")
    state: str = column("cohort__state")


def notebooks(by: Actor) -> list[Mine]:
    """The participations of whoever is signed in, the running ones first: drafts and withdrawals left out."""
    rows = programmes.own(by).exclude(cohort__state=CohortState.DRAFT).exclude(standing=Standing.WITHDRAWN)
    found = list(plain(rows.order_by("-cohort__first_day"), Mine))
    return sorted(found, key=lambda row: row.state != CohortState.RUNNING)


def notebook_of(by: Actor, participant: UUID) -> Notebook:
    """The field study of an own participation; ``Unseen`` for somebody else's. Two statements."""
    owner = access.own_participant(by, participant)
    study = Study.objects.select_related("case", "picture__place").filter(participant=owner).first()
    told = (study.case, study.picture, study.project_id) if study else (None, None, None)
    return Notebook(owner, *told, is_open=access.takes_part(owner))


@dataclass(frozen=True)
class Summary:
    """A field study on the page of a programme: ``latest`` are entries that the viewer may read, ``count`` all."""

    participant: "Participant"
    is_own: bool
    case: CaseBrief | None
    project: UUID | None
    count: int
    latest: list["EntryLine"]


def summary_of(by: Actor, participant: UUID) -> Summary:
    """The field study of a participant whom ``by`` sees: words for who writes and who guides, for others a number.

    ``project`` is told to those alone who may open it. Five statements.
    """
    item = participant_for(by, participant)
    study = Study.objects.select_related("case").filter(participant=item).first()
    project = study.project_id if study else None
    return Summary(
        item,
        by.person is not None and item.person.account_id == by.person,
        study.case if study else None,
        project if project and sees(by, project) else None,
        LogEntry.objects.filter(participant=item).count(),
        list(plain(access.visible(by).filter(participant=item).order_by("-saved_at", "pk"), EntryLine)[:LATEST]),
    )


@dataclass(slots=True)
class EntryLine:
    """An entry with its photos and the words said to it."""

    id: UUID
    words: str
    place: str
    phone_at: datetime | None
    saved_at: datetime
    photos: list[UUID] = field(default_factory=list)
    said: list[tuple[str, str, datetime]] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        """What the phone's clock was worth."""
        return rules.clock(self.phone_at, self.saved_at)


def entries_of(by: Actor, participant: UUID, *, most: int = SHOWN) -> list[EntryLine]:
    """The newest entries of a logbook that ``by`` may read, with photos and words. Three statements."""
    rows = plain(access.visible(by).filter(participant=participant).order_by("-saved_at", "pk"), EntryLine)
    return filled(list(rows[:most]))


def filled(lines: Sequence[EntryLine]) -> list[EntryLine]:
    """Entries with their photos and words. Two statements."""
    found = {line.id: line for line in lines}
    for pk, entry in LogPhoto.objects.filter(entry__in=found).order_by("number").values_list("pk", "entry"):
        found[entry].photos.append(pk)
    said = Word.objects.filter(entry__in=found).order_by("at", "id")
    for entry, name, words, at in said.values_list("entry", "person__name", "words", "at"):
        found[entry].said.append((name, words, at))
    return list(found.values())


def saved_entry(by: Actor, participant: UUID, key: UUID) -> datetime | None:
    """When an entry was saved under a phone's key; nothing when it never arrived."""
    rows = access.visible(by).filter(participant=participant, key=key)
    return rows.values_list("saved_at", flat=True).first()


def without_entry(by: Actor, day: date) -> "QuerySet[Participant]":
    """Own running field studies without an entry on ``day``.

    A field study runs once a case was taken for it, until its cohort's last day.
    """
    rows = programmes.own(by).filter(
        cohort__state=CohortState.RUNNING,
        cohort__last_day__gte=day,
        standing=Standing.ENROLLED,
        pk__in=Study.objects.filter(case__isnull=False).values("participant"),
    )
    return rows.exclude(pk__in=LogEntry.objects.filter(day=day).values("participant"))
