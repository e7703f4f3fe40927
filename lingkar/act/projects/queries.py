"""Projects, each for a viewer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from lingkar.act.projects import access, rules
from lingkar.act.projects.access import Action
from lingkar.act.projects.models import Evidence, Project, ProjectState, Remark, Review, Reviewer, Step
from lingkar.act.projects.rules import Move
from lingkar.foundation.access import NOBODY, Actor, Unseen
from lingkar.foundation.refusals.typed import fingerprint
from lingkar.foundation.tenancy.plain import column, plain


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project as lists show it."""

    id: UUID
    title: str
    state: str
    moved_at: datetime
    person_id: UUID
    person: str = column("person__name")


def own_projects(by: Actor) -> "QuerySet[Project, ProjectLine]":
    """The projects of whoever is signed in, the newest first."""
    rows = Project.objects.filter(person__account=by.person or NOBODY)
    return plain(rows.order_by("-begun_at", "pk"), ProjectLine)


def waiting_for(by: Actor) -> "QuerySet[Project, ProjectLine]":
    """Projects that wait for a word of ``by``, the longest first: to be agreed by the mentor, or judged in a part."""
    return plain(waiting(by.person or NOBODY), ProjectLine)


def waiting(account: UUID) -> "QuerySet[Project]":
    """The same for the account of somebody, for a module above that asks several things at once."""
    mine = Reviewer.objects.filter(person__account=account)
    to_agree = Q(state=ProjectState.OFFERED, pk__in=mine.filter(part=rules.Part.MENTOR).values("project"))
    judged = Review.objects.filter(person__account=account).values("project")
    to_judge = Q(state=ProjectState.REPORTED, pk__in=mine.values("project")) & ~Q(pk__in=judged)
    return Project.objects.filter(to_agree | to_judge).order_by("moved_at", "pk")


def told_by(project: Project, steps: Iterable[Step]) -> tuple[object, ...]:
    """Everything that the owner wrote of a plan."""
    told = sorted((step.number, step.title, step.due) for step in steps)
    return (project.title, project.issue, project.idea, *((title, due) for _n, title, due in told))


def mark_of(seen: "ProjectSeen") -> str:
    """The fingerprint of a plan as it is seen."""
    return fingerprint(*told_by(seen.project, seen.steps))


def judgement_of(row: Review | None) -> tuple[object, ...]:
    """Marks and words of a judgement; nothing where there is none."""
    return (dict(sorted(row.marks.items())), row.words) if row else ()


def sees(by: Actor, project: UUID) -> bool:
    """Whether ``by`` may open a project."""
    return access.visible(by).filter(pk=project).exists()


def states_of(projects: Iterable[UUID]) -> dict[UUID, str]:
    """How far some projects are, for a module above that already knows that its viewer may know."""
    return dict(Project.objects.filter(pk__in=list(projects)).values_list("pk", "state"))


def mark_in(project: UUID, part: str) -> Decimal | None:
    """The mean of what everybody with this part has judged so far, half up; for modules above.

    None before the first judgement.
    """
    given = list(Review.objects.filter(project=project, part=part).values_list("mark", flat=True))
    return rules.mean(given) if given else None


def next_steps(account: UUID) -> "QuerySet[Step]":
    """Of each project of somebody that may be carried out, the first step that is open."""
    rows = Step.objects.filter(
        project__person__account=account,
        project__state__in=(ProjectState.AGREED, ProjectState.RUNNING),
        done_on__isnull=True,
    ).order_by("project", "due", "number")
    return rows.distinct("project")


@dataclass(frozen=True)
class ProjectSeen:
    """A project whole, and what its viewer may do to it now."""

    project: Project
    steps: list[Step]
    reviewers: list[Reviewer]
    remarks: list[Remark]
    reviews: list[Review]
    parts: list[str]
    acts: frozenset[Action]

    @property
    def moves(self) -> frozenset[Move]:
        return rules.moves_from(self.project.state)

    @property
    def is_own(self) -> bool:
        return Action.OWN in self.acts


def project_seen_by(by: Actor, project: UUID) -> ProjectSeen:
    """One project with all that hangs on it: six statements. ``Unseen`` for somebody else's.

    The owner reads judgements as soon as they are given; one reviewer does not see another's before giving their own.
    """
    item = access.fetch(by, project)
    reviewers = list(item.reviewers.select_related("person").order_by("part", "person__name"))
    mine = [row for row in reviewers if row.person.account_id == by.person and row.person_id != item.person_id]
    parts = sorted({row.part for row in mine})
    acts = access.acts_with(by, item, parts)
    reviews = list(item.reviews.select_related("person").order_by("given_at"))
    if Action.OWN not in acts and not any(row.person.account_id == by.person for row in reviews):
        reviews = []
    return ProjectSeen(
        item,
        list(item.steps.prefetch_related(Prefetch("evidence", Evidence.objects.select_related("file")))),
        reviewers,
        list(item.remarks.select_related("person")),
        reviews,
        parts,
        acts,
    )


def step_of(by: Actor, step: UUID) -> Step:
    """A step of an own project."""
    row = Step.objects.filter(pk=step).first()
    if row is None:
        raise Unseen
    row.project = access.fetch(by, row.project_id, Action.OWN)
    return row


def evidence_seen_by(by: Actor, evidence: UUID) -> Evidence:
    """A file of a project that ``by`` sees."""
    row = Evidence.objects.select_related("file", "step").filter(pk=evidence).first()
    if row is None:
        raise Unseen
    access.fetch(by, row.step.project_id)
    return row


def counts_by_state(service: UUID) -> dict[str, int]:
    """How many projects better a service, by state: numbers alone, for everybody."""
    rows = Project.objects.filter(service=service).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)
