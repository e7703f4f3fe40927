"""Who reads a logbook: who writes it, and whoever guides that participant. The rows of ``programmes`` decide."""

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.directory.people.models import Role
from lingkar.foundation import access
from lingkar.foundation.access import Actor, Forbidden, declare, declare_by_rows
from lingkar.grow.fieldwork.models import LogEntry
from lingkar.grow.programmes import access as programmes
from lingkar.grow.programmes.models import CohortState, Standing

if TYPE_CHECKING:
    from lingkar.grow.programmes.models import Participant

GUIDES = ("mentor", "coach")
"""Duties that read logbooks and answer them."""


class Action(StrEnum):
    """Acts of this module. ``LOOK`` and ``ANSWER`` belong to no role: duties carry them."""

    LOOK = "fieldwork.look"
    ANSWER = "fieldwork.answer"
    PREPARE = "fieldwork.prepare"  # offer cases, draw pictures of communities


declare_by_rows(Action.LOOK)
declare_by_rows(Action.ANSWER)
declare(Action.PREPARE, roles=[Role.TRAINING], whole=True)


class EntryPolicy:
    """One's own entries, and those of whom one mentors or coaches. Whoever manages programmes reads none of them."""

    def visible(self, by: Actor) -> QuerySet[LogEntry]:
        rows = LogEntry.objects.select_related("participant__person", "participant__cohort")
        if by.is_system:
            return rows
        if not by.is_signed_in:
            return rows.none()
        return rows.filter(Q(participant__person__account=by.person) | Q(participant__in=guided(by).values("pk")))

    def allows(self, by: Actor, action: str, item: LogEntry) -> bool:
        if by.is_system or action == Action.LOOK:
            return True
        return action == Action.ANSWER and programmes.guides(by, item.participant, kinds=GUIDES)


POLICY = EntryPolicy()


def guided(by: Actor) -> "QuerySet[Participant]":
    """Participants whom ``by`` mentors or coaches, one by one or with their whole cohort; never oneself."""
    return programmes.guided(by, kinds=GUIDES)


def fetch(by: Actor, entry: UUID, action: str = Action.LOOK, *, lock: bool = False) -> LogEntry:
    """One entry for one act; see ``foundation.access.fetch``."""
    return access.fetch(POLICY, by, entry, action, lock=lock)


def visible(by: Actor) -> QuerySet[LogEntry]:
    """Every entry that ``by`` may read."""
    return POLICY.visible(by)


def own_participant(by: Actor, participant: UUID) -> "Participant":
    """A participation of whoever acts; the system, while a past is told, acts for anybody. ``Unseen`` for others."""
    rows = programmes.PARTICIPANTS.visible(by) if by.is_system else programmes.own(by)
    row = rows.select_related("cohort", "person").filter(pk=participant).first()
    if row is None:
        raise access.Unseen
    return row


def hold(item: "Participant") -> None:
    """Let nobody else begin anything for this participant until the transaction ends."""
    type(item).objects.select_for_update().filter(pk=item.pk).values_list("pk").first()


def takes_part(item: "Participant") -> bool:
    """Whether the logbook of a participant takes entries: while the cohort runs.

    Who was deferred by a meeting makes up what was missing after the cohort was closed.
    """
    if item.standing == Standing.DEFERRED:
        return True
    return item.cohort.state == CohortState.RUNNING and item.standing == Standing.ENROLLED


def demand(by: Actor) -> None:
    """``Forbidden`` (403) unless ``by`` prepares field studies."""
    if not (by.is_system or by.may(Action.PREPARE)):
        raise Forbidden


def prepares(by: Actor, cohort: UUID) -> bool:
    """Whether ``by`` prepares the field study of a cohort: the training office, and who teaches it."""
    return by.is_system or by.may(Action.PREPARE) or programmes.teaches(by, cohort)


def demand_for(by: Actor, cohort: UUID | None) -> None:
    """``Forbidden`` (403) unless ``by`` prepares the field study of this cohort (None: of everybody)."""
    if cohort is None:
        demand(by)
    elif not prepares(by, cohort):
        raise Forbidden
