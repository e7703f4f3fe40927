"""A project is carried out, step by step, and reported."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.act.projects import access, rules
from lingkar.act.projects.access import Action
from lingkar.act.projects.events import ProjectReported
from lingkar.act.projects.models import Evidence, Project, RemarkKind, Step
from lingkar.act.projects.rules import Move
from lingkar.act.projects.services.history import move, say
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.files.services import store
from lingkar.foundation.refusals import Refused
from lingkar.foundation.refusals.typed import check_unchanged

if TYPE_CHECKING:
    from django.core.files.base import File


@transaction.atomic
def finish_step(
    *,
    step: UUID,
    note: str,
    done_on: date,
    files: "Sequence[File[bytes]]" = (),
    seen: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Say that a step is done, on which day, and show it. The first one sets an agreed project going.

    ``seen``: the fingerprint of note and day that were looked at; others are not replaced unread.
    """
    item, row = _own_step(step, by)
    rules.check_done_on(done_on, today=timezone.localdate(at))
    words = rules.check_words(note, longest=2000)
    check_unchanged(seen, stands=(row.note, row.done_on), new=(words, done_on))
    row.note, row.done_on = words, done_on
    move(item, Move.STEP, at=at)
    row.save(update_fields=["note", "done_on"])
    _keep(row, files, by=by, at=at)
    record(by, "projects.step_finished", item, at=at, step=row.pk, files=len(files))


@transaction.atomic
def add_evidence(*, step: UUID, files: "Sequence[File[bytes]]", by: Actor, at: datetime) -> None:
    """More photos or PDFs for a step that is done."""
    item, row = _own_step(step, by)
    move(item, Move.STEP, at=at)
    _keep(row, files, by=by, at=at)
    record(by, "projects.evidence_added", item, at=at, step=row.pk, files=len(files))


def _own_step(step: UUID, by: Actor) -> tuple[Project, Step]:
    """A step of an own project; the project is locked."""
    row = Step.objects.filter(pk=step).first()
    if row is None:
        raise Unseen
    return access.fetch(by, row.project_id, Action.OWN, lock=True), Step.objects.get(pk=step)


def _keep(row: Step, files: "Sequence[File[bytes]]", *, by: Actor, at: datetime) -> None:
    if row.evidence.count() + len(files) > rules.MOST_FILES:
        raise Refused("projects.too_many_files", most=rules.MOST_FILES)
    for file in files:
        kept = store(file, kind="proof", purpose="projects.evidence", by=by, at=at)
        Evidence.objects.create(agency_id=row.agency_id, step=row, file=kept, added_at=at)


@transaction.atomic
def report_project(*, project: UUID, result: str, by: Actor, at: datetime) -> None:
    """Say what came of it and ask to be judged. ``Refused`` without proof or while a step is open."""
    item = access.fetch(by, project, Action.OWN, lock=True)
    rules.after(item.state, Move.REPORT)
    evidence = Evidence.objects.filter(step__project=item).count()
    unfinished = item.steps.filter(done_on__isnull=True).count()
    rules.check_report(result=result, evidence=evidence, unfinished=unfinished)
    item.result = rules.check_words(result)
    move(item, Move.REPORT, at=at)
    say(item, RemarkKind.REPORTED, by=by, at=at)
    record(by, "projects.reported", item, at=at)
    publish(ProjectReported(agency=by.agency, project=item.pk, at=at))
