"""The page of one project, as several views answer with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lingkar.act.projects.models import Remark, RemarkKind, Review, Step
from lingkar.act.projects.queries import ProjectSeen
from lingkar.act.projects.rules import Criterion, Move, State
from lingkar.act.projects.web.sentences import CRITERIA
from lingkar.foundation.access.web import Request

STATE_KINDS = {
    State.DRAFT: "", State.OFFERED: "warn", State.AGREED: "info", State.RUNNING: "info", State.REPORTED: "warn",
    State.CLOSED: "good",
}  # fmt: skip
REMARK_KINDS = {
    RemarkKind.AGREED: "good", RemarkKind.RETURNED: "warn", RemarkKind.REVIEWED: "good", RemarkKind.REPORTED: "info",
}  # fmt: skip


@dataclass(frozen=True)
class StepSeen:
    """A step as the page shows it."""

    step: Step
    kind: str
    is_late: bool

    @property
    def pictures(self) -> list[Any]:
        return [row for row in self.step.evidence.all() if row.file.is_picture]

    @property
    def documents(self) -> list[Any]:
        return [row for row in self.step.evidence.all() if not row.file.is_picture]


def step_seen(step: Step, today: date) -> StepSeen:
    late = step.done_on is None and step.due < today
    return StepSeen(step, "good" if step.done_on else "bad" if late else "plain", late)


@dataclass(frozen=True)
class JudgementSeen:
    """A judgement with its criteria in words."""

    review: Review
    marks: list[tuple[Any, str]]


def judgement(row: Review) -> JudgementSeen:
    return JudgementSeen(row, [(CRITERIA[c.value], row.marks[c.value]) for c in Criterion if c.value in row.marks])


@dataclass(frozen=True)
class MomentSeen:
    """A line of history as the page shows it."""

    remark: Remark
    kind: str


def page(request: Request, seen: ProjectSeen, offered: Sequence[Any], *, status: int = 200) -> HttpResponse:
    """The project whole: plan, steps, what may be done now, history, judgements."""
    today = timezone.localdate()
    first, *further = offered or [None]
    context = {
        "seen": seen,
        "project": seen.project,
        "state_kind": STATE_KINDS[State(seen.project.state)],
        "steps": [step_seen(step, today) for step in seen.steps],
        "may_write": seen.is_own and Move.WRITE in seen.moves,
        "may_step": seen.is_own and Move.STEP in seen.moves,
        "judge": seen.parts if Move.REVIEW in seen.moves else [],
        "judgements": [judgement(row) for row in seen.reviews],
        "history": [MomentSeen(row, REMARK_KINDS.get(RemarkKind(row.kind), "plain")) for row in seen.remarks],
        "first": first,
        "further": further,
    }
    return render(request, "projects/one.html", context, status=status)
