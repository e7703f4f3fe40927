"""The circle in numbers for the leader: does service get better, where, and what waits for a decision."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.words import number
from lingkar.loop.planning import queries as plans
from lingkar.loop.planning.models import PlanState
from lingkar.loop.scoreboard import queries
from lingkar.loop.scoreboard.queries import Line, Newest

MOST = 3
"""Needs and verdicts that wait: the page is one look, the board has all."""
LARGE = 0.5
"""A need of at least half the largest one of the agency."""
ASK = frozenset({"no_larger_than", "worse"})
"""Verdicts after which somebody must decide whether to go on."""


@dataclass(frozen=True)
class Count:
    """How many services a verdict has, and the board that lists them."""

    label: str
    n: str
    url: str
    kind: str
    names: str


@dataclass(frozen=True)
class Wait:
    """Something that waits for a decision."""

    title: str
    why: str
    url: str


@dataclass(frozen=True)
class Circle:
    """The circle of every service a leader sees, in a few numbers."""

    look: Newest
    all: int
    counts: list[Count]
    waits: list[Wait]


def circle_of(by: Actor) -> Circle | None:
    """What the page says; nothing where no circle was computed yet. Three queries."""
    look = queries.newest(by.agency)
    if look is None:
        return None
    lines = list(queries.board(by, look.id))
    return Circle(look, len(lines), _counts(lines), [*_plans(by), *_verdicts(lines), *_needs(lines)])


def _board(**query: str) -> str:
    return reverse("scoreboard:board") + "?" + "&".join(f"{name}={value}" for name, value in query.items())


def _counts(lines: list[Line]) -> list[Count]:
    """Better, no larger change, worse, differs, cannot tell, never looked at; each with where. Empty ones are left out,
    but for "better": that none did is a number too.
    """
    found = Counter(line.verdict for line in lines)
    order = ("better", "mixed", "no_larger_than", "worse", "cannot_tell", "")
    return [
        Count(
            queries.verdict_name(kind),
            number(found[kind]),
            _board(dampak=kind or "belum"),
            {"better": "good", "worse": "bad"}.get(kind, "") if found[kind] else "",
            ", ".join(line.name.partition(":")[0] for line in lines if line.verdict == kind) if kind else "",
        )
        for kind in order
        if found[kind] or kind == "better"
    ]


def _plans(by: Actor) -> list[Wait]:
    return [
        Wait(
            _("Plan of training %(year)s") % {"year": plan.year},
            _("It sends nobody before it is approved."),
            reverse("planning:plan", args=[plan.year]),
        )
        for plan in plans.plans(by)
        if plan.state == PlanState.DRAFT
    ]


def _verdicts(lines: list[Line]) -> list[Wait]:
    return [
        Wait(
            line.name,
            _("Training changed little or nothing here: go on, change it, or stop?"),
            reverse("scoreboard:one", args=[line.code]) + "#proven",
        )
        for line in lines
        if line.verdict in ASK
    ][:MOST]


def _needs(lines: list[Line]) -> list[Wait]:
    """The largest needs for which no approved plan sends anybody."""
    waiting = [line for line in lines if (line.need or 0) >= LARGE and line.going == 0][:MOST]
    return [
        Wait(
            line.name,
            _("%(competency)s is needed most, and no approved plan sends anybody.") % {"competency": line.competency},
            reverse("scoreboard:one", args=[line.code]) + "#need",
        )
        for line in waiting
    ]
