"""A project begins, is written, and is offered for the mentor's word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingkar.act.projects import access, rules
from lingkar.act.projects.access import Action
from lingkar.act.projects.events import ProjectOffered
from lingkar.act.projects.models import Project, RemarkKind, Reviewer, Step
from lingkar.act.projects.queries import told_by
from lingkar.act.projects.rules import Move, PlannedStep
from lingkar.act.projects.services.history import move, say
from lingkar.directory.people.queries import person_of
from lingkar.foundation.access import Actor, Forbidden
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals.typed import check_unchanged, trimmed


@dataclass(frozen=True)
class Guide:
    """Somebody (a person's id) and what they do for a project: mentor, coach or examiner."""

    person: UUID
    part: str


@transaction.atomic
def begin(*, person: UUID, reviewers: Iterable[Guide], service: UUID | None = None, by: Actor, at: datetime) -> Project:
    """Begin an empty project of a person, by that person or the system."""
    own = person_of(by.person) if by.person else None
    if not by.is_system and (own is None or own.pk != person):
        raise Forbidden
    item = Project(agency_id=by.agency, person_id=person, service_id=service, begun_at=at, moved_at=at)
    item.save(force_insert=True)
    record(by, "projects.begun", item, at=at, service=service)
    _name(item, reviewers)
    return item


@transaction.atomic
def name_reviewers(*, project: UUID, reviewers: Iterable[Guide], by: Actor, at: datetime) -> None:
    """Say anew who guides, advises and judges a project: the system alone, for whoever knows the duties."""
    if not by.is_system:
        raise Forbidden
    item = access.fetch(by, project, lock=True)
    if _name(item, reviewers):
        record(by, "projects.reviewers_named", item, at=at)


def _name(item: Project, reviewers: Iterable[Guide]) -> bool:
    """Make the rows so; whether anything changed. Nobody is a reviewer of their own project."""
    wanted = {(guide.person, guide.part) for guide in reviewers if guide.person != item.person_id}
    had = {(row.person_id, row.part): row.pk for row in item.reviewers.all()}
    Reviewer.objects.filter(pk__in=[pk for pair, pk in had.items() if pair not in wanted]).delete()
    new = [Reviewer(agency_id=item.agency_id, project=item, person_id=p, part=part) for p, part in wanted - set(had)]
    Reviewer.objects.bulk_create(new)
    return wanted != set(had)


@transaction.atomic
def write(
    *,
    project: UUID,
    title: str,
    issue: str,
    idea: str,
    steps: Sequence[PlannedStep],
    seen: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Keep what the owner wrote so far, whole or not; the steps replace those before.

    With ``seen`` (``queries.mark_of`` what was looked at) words of another tab are not lost: ``changed_meanwhile``.
    """
    item = access.fetch(by, project, Action.OWN, lock=True)
    rules.check_steps(steps)
    words = tuple(trimmed(it) for it in (title, issue, idea))
    kept = [(n, trimmed(step.title), step.due) for n, step in enumerate(sorted(steps, key=lambda s: s.due), 1)]
    new = (*words, *((title, due) for _n, title, due in kept))
    check_unchanged(seen, stands=told_by(item, item.steps.all()), new=new)
    item.title, item.issue, item.idea = words
    move(item, Move.WRITE, at=at)
    item.steps.all().delete()
    Step.objects.bulk_create(
        Step(agency_id=item.agency_id, project=item, number=n, title=words, due=due) for n, words, due in kept
    )
    record(by, "projects.written", item, at=at, steps=len(kept))


@transaction.atomic
def offer(*, project: UUID, by: Actor, at: datetime) -> None:
    """Ask the mentor for a word. ``Refused`` while title, issue, idea or steps are missing."""
    item = access.fetch(by, project, Action.OWN, lock=True)
    rules.check_offer(title=item.title, issue=item.issue, idea=item.idea, steps=item.steps.count())
    move(item, Move.OFFER, at=at)
    say(item, RemarkKind.OFFERED, by=by, at=at)
    record(by, "projects.offered", item, at=at)
    publish(ProjectOffered(agency=by.agency, project=item.pk, at=at))
