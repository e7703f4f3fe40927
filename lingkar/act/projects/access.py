"""Who sees a project: its owner and whoever guides, advises or judges it. No role sees it; the rows decide."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingkar.act.projects.models import PartKind, Project, Remark, RemarkKind, Reviewer
from lingkar.foundation import access
from lingkar.foundation.access import NOBODY, Actor, declare_by_rows


class Action(StrEnum):
    """Acts of this module. They belong to no role: being the owner or a reviewer carries them."""

    LOOK = "projects.look"
    OWN = "projects.own"  # write, offer, carry out, report
    GUIDE = "projects.guide"  # agree, ask for a change: the mentor
    ADVISE = "projects.advise"  # say a word: owner and every reviewer
    REVIEW = "projects.review"  # judge: every reviewer


for _action in Action:
    declare_by_rows(_action)


class ProjectPolicy:
    """The owner sees a project, reviewers from the moment at which it was first offered: until then it is a draft."""

    def visible(self, by: Actor) -> QuerySet[Project]:
        rows = Project.objects.select_related("person", "service")
        if by.is_system:
            return rows
        if not by.is_signed_in:
            return rows.none()
        part = Reviewer.objects.filter(project=OuterRef("pk"), person__account=by.person)
        sent = Remark.objects.filter(project=OuterRef("pk"), kind=RemarkKind.OFFERED)
        return rows.filter(Q(person__account=by.person) | Q(Exists(part), Exists(sent)))

    def allows(self, by: Actor, action: str, item: Project) -> bool:
        return by.is_system or action in (Action.LOOK, Action.ADVISE) or action in acts_of(by, item)


POLICY = ProjectPolicy()


def acts_of(by: Actor, item: Project) -> frozenset[Action]:
    """What ``by`` may do to a project that they see."""
    return acts_with(by, item, parts_of(by, item))


def acts_with(by: Actor, item: Project, parts: Iterable[str]) -> frozenset[Action]:
    """What ``by`` may do who has these parts."""
    owns, parts = by.person is not None and item.person.account_id == by.person, list(parts)
    found = {Action.LOOK, Action.ADVISE, *([Action.OWN] if owns else [])}
    if parts:
        found.add(Action.REVIEW)
    if PartKind.MENTOR in parts:
        found.add(Action.GUIDE)
    return frozenset(found)


def parts_of(by: Actor, item: Project) -> list[str]:
    """The parts that ``by`` has in a project of somebody else: nobody judges their own."""
    rows = item.reviewers.filter(person__account=by.person or NOBODY).exclude(person=item.person_id)
    return sorted(set(rows.values_list("part", flat=True)))


def fetch(by: Actor, project: UUID, action: str = Action.LOOK, *, lock: bool = False) -> Project:
    """One project for one act; see ``foundation.access.fetch``."""
    return access.fetch(POLICY, by, project, action, lock=lock)


def visible(by: Actor) -> QuerySet[Project]:
    """Every project that ``by`` may know of."""
    return POLICY.visible(by)
