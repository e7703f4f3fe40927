"""Moves of a project and the line that each leaves in its history."""

from datetime import datetime

from lingkar.act.projects import rules
from lingkar.act.projects.models import Project, Remark, RemarkKind
from lingkar.act.projects.rules import Move
from lingkar.directory.people.queries import person_of
from lingkar.foundation.access import Actor


def move(item: Project, what: Move, *, at: datetime) -> None:
    """Bring a locked project to the state that ``what`` leads to, and keep it."""
    item.state = rules.after(item.state, what)
    item.moved_at = at
    item.save()


def say(item: Project, kind: RemarkKind, words: str = "", *, by: Actor, at: datetime) -> Remark:
    """One line of history."""
    own = (RemarkKind.OFFERED, RemarkKind.REPORTED)
    person = person_of(by.person) if by.person else item.person if kind in own else None
    return Remark.objects.create(agency_id=item.agency_id, project=item, kind=kind, person=person, words=words, at=at)
