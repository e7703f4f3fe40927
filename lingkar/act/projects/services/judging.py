"""What mentor, coach and examiner say about a project."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from lingkar.act.projects import access, rules
from lingkar.act.projects.access import Action
from lingkar.act.projects.events import ProjectReviewed
from lingkar.act.projects.models import RemarkKind, Review
from lingkar.act.projects.queries import judgement_of
from lingkar.act.projects.rules import Move
from lingkar.act.projects.services.history import move, say
from lingkar.directory.people.queries import person_of
from lingkar.foundation.access import Actor, Forbidden
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals.typed import check_unchanged, trimmed


@transaction.atomic
def agree(*, project: UUID, words: str = "", by: Actor, at: datetime) -> None:
    """The mentor agrees: the plan may be carried out."""
    item = access.fetch(by, project, Action.GUIDE, lock=True)
    move(item, Move.AGREE, at=at)
    say(item, RemarkKind.AGREED, trimmed(words), by=by, at=at)
    record(by, "projects.agreed", item, at=at)


@transaction.atomic
def return_project(*, project: UUID, words: str, by: Actor, at: datetime) -> None:
    """The mentor asks for a change, and says which: of the plan, or of what was reported."""
    item = access.fetch(by, project, Action.GUIDE, lock=True)
    move(item, Move.RETURN, at=at)
    say(item, RemarkKind.RETURNED, rules.check_words(words), by=by, at=at)
    record(by, "projects.returned", item, at=at)


@transaction.atomic
def add_remark(*, project: UUID, words: str, by: Actor, at: datetime) -> None:
    """Say a word that changes nothing: advice of a reviewer, an answer of the owner. Twice in a row is once."""
    item = access.fetch(by, project, Action.ADVISE, lock=True)
    said, last = rules.check_words(words), item.remarks.select_related("person").order_by("-at", "-id").first()
    if last is not None and last.person and (last.person.account_id, last.words) == (by.person, said):
        return
    say(item, RemarkKind.NOTE, said, by=by, at=at)
    record(by, "projects.remarked", item, at=at)


@transaction.atomic
def review(
    *, project: UUID, part: str, marks: Mapping[str, Decimal], words: str, seen: str = "", by: Actor, at: datetime
) -> Decimal:
    """Judge a reported project in a part that one has; once more replaces the judgement before, if it is the one that
    was ``seen`` (its fingerprint). Returns the mean.
    """
    item = access.fetch(by, project, Action.REVIEW, lock=True)
    person = person_of(by.person) if by.person else None
    if person is None or part not in access.parts_of(by, item):
        raise Forbidden
    mark = rules.overall(marks)
    said = rules.check_words(words)
    move(item, Move.REVIEW, at=at)
    told = {name: str(value) for name, value in marks.items()}
    kept = {"marks": told, "mark": mark, "words": said, "given_at": at}
    before = Review.objects.filter(project=item, person=person, part=part).first()
    check_unchanged(seen, stands=judgement_of(before), new=judgement_of(Review(marks=told, words=said)))
    row, _is_new = Review.objects.update_or_create(
        project=item, person=person, part=part, defaults=kept | {"agency_id": by.agency}
    )
    say(item, RemarkKind.REVIEWED, by=by, at=at)
    record(by, "projects.reviewed", item, at=at, part=part, review=row.pk)
    publish(
        ProjectReviewed(
            agency=by.agency, project=item.pk, review=row.pk, part=part, mark=str(mark), by=by.person, at=at
        )
    )
    return mark


@transaction.atomic
def close_project(*, project: UUID, by: Actor, at: datetime) -> None:
    """What it belonged to is over: nothing changes any more. The system alone."""
    if not by.is_system:
        raise Forbidden
    item = access.fetch(by, project, lock=True)
    move(item, Move.CLOSE, at=at)
    record(by, "projects.closed", item, at=at)
