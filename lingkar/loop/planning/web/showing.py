"""Plans, runs and places as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.words import amount, day, days, number
from lingkar.loop.needs.queries import reason_from
from lingkar.loop.planning.access import Action
from lingkar.loop.planning.models import Plan, PlanState, Run, Source, Stage
from lingkar.loop.planning.queries import Outline, Place, PlanLine, RunLine, State, Suggested, TeamPlace
from lingkar.loop.planning.rules import NotHeld, Rule, Why
from lingkar.loop.planning.web.sentences import NOT_HELD, RULES, WHY


@dataclass(frozen=True)
class Badge:
    """A word with its colour."""

    words: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Row:
    """A linked row of a list."""

    url: str
    title: str
    meta: str
    badges: list[Badge]


def may_now(by: Actor, plan: Plan, action: Action = Action.MAKE) -> bool:
    """Whether ``by`` may change this plan now, or approve it."""
    return by.may(action) and plan.state == PlanState.DRAFT and plan.asked_at is None


def state_badge(state: str) -> Badge:
    """Draft, or approved."""
    return Badge(str(PlanState(state).label), "good" if state == PlanState.APPROVED else "info")


def plan_row(row: PlanLine) -> Row:
    """A plan in the list of years."""
    if row.approved_at:
        meta = _("approved on %(day)s") % {"day": day(row.approved_at)}
    elif row.solved_at:
        meta = _("proposed on %(day)s") % {"day": day(row.solved_at)}
    else:
        meta = _("no proposal yet")
    title = _("Training plan %(year)s") % {"year": row.year}
    return Row(reverse("planning:plan", args=(row.year,)), title, meta, [state_badge(row.state)])


def run_row(line: RunLine, *, year: int, names: Mapping[str, str]) -> Row:
    """A training in its plan."""
    run, competency = line.run, names.get(line.run.competency, line.run.competency)
    told = [
        days(run.first, run.last),
        _("%(competency)s to level %(level)s") % {"competency": competency, "level": run.level},
        f"{amount(run.jp)} JP",
        f"Rp{number(run.cost)}",
    ]
    if run.service:
        told.append(run.service.name)
    seats = _("%(places)s of %(seats)s seats") % {"places": line.places, "seats": run.most}
    if not line.is_held and run.why_not:
        told.append(str(NOT_HELD[NotHeld(run.why_not)]))
    badge = Badge(seats, "good") if line.is_held else Badge(_("not held"), "")
    return Row(reverse("planning:run", args=(year, run.pk)), run.title, " · ".join(told), [badge])


@dataclass(frozen=True)
class PlanShown:
    """A plan in numbers. ``stage``: how far the search is, in words; ``collide``: the rules that collided, in words."""

    badge: Badge
    people: str
    money: list[tuple[str, str, str]]
    value: str
    bound: str
    gap: str
    stage: str
    collide: list[str]


def plan_shown(plan: Plan, rows: Sequence[RunLine], budgets: Mapping[str, int]) -> PlanShown:
    """Places, money used by source, and how good the proposal is."""
    spent = {source: sum(r.run.cost for r in rows if r.is_held and r.run.source == source) for source in Source}
    money = [
        (str(source.label), f"Rp{number(spent[source])}", f"Rp{number(budgets.get(source.value, 0))}")
        for source in Source
        if spent[source] or budgets.get(source.value)
    ]
    value, bound = plan.value or 0.0, plan.bound or 0.0
    return PlanShown(
        badge=state_badge(plan.state),
        people=number(sum(row.places for row in rows)),
        money=money,
        value=_levels(value),
        bound=_levels(bound),
        gap=f"{number(100 * max(0.0, bound - value) / bound if bound else 0, 1)}%",
        stage=str(Stage(plan.stage).label),
        collide=[str(RULES[Rule(rule)]) for rule in plan.collide],
    )


def _levels(value: float) -> str:
    """What a plan closes, with its unit."""
    return _("%(n)s levels") % {"n": number(value, 1)}


@dataclass(frozen=True)
class Going:
    """Somebody on the page of a training, with the reason."""

    person: UUID
    name: str
    why: str
    by_hand: bool


def going(place: Place, competency: str) -> Going:
    """Why somebody goes."""
    why = _("Closes a gap in %(competency)s: level %(attained)s to %(closes)s") % {
        "competency": competency,
        "attained": place.attained,
        "closes": place.closes,
    }
    return Going(place.person_id, place.name, why, place.by_hand)


def staying(place: Place) -> Going:
    """Why somebody stays."""
    return Going(place.person_id, place.name, str(WHY[Why(place.why or Why.BY_HAND)]), place.by_hand)


@dataclass(frozen=True)
class Told:
    """Why a training stands in the plan: the need it answers, as it was then."""

    where: str
    words: str
    on: str


def reason_of(run: Run) -> Told | None:
    """The need that a training was taken from; None when somebody wrote it by hand."""
    kept = getattr(run, "suggestion", None)
    if kept is None:
        return None
    reason = reason_from(kept.reason)
    return Told(reason.unit, reason.words, day(kept.decided_at))


def why_not(run: Run) -> str:
    """What keeps the last proposal from holding a run; "" when it is held or nothing was proposed."""
    return str(NOT_HELD[NotHeld(run.why_not)]) if run.why_not else ""


STATES = {
    State.OPEN: ("", ""),
    State.TAKEN: (gettext_lazy("in the plan"), "good"),
    State.LEFT: (gettext_lazy("left this year"), ""),
}


def title_of(suggested: Suggested, names: Mapping[str, str]) -> str:
    """What a suggested training is called, until somebody calls it something else."""
    told = {"competency": names.get(suggested.competency, suggested.competency), "service": suggested.service_name}
    return _("%(competency)s, first for those who serve %(service)s") % told


def suggested_row(suggested: Suggested, *, year: int, names: Mapping[str, str]) -> Row:
    """A suggested training in the list, with why."""
    words, kind = STATES[suggested.state]
    badges = [Badge(str(words), kind)] if words else []
    badges.append(Badge(_("need %(size)s") % {"size": number(round(100 * suggested.size))}))
    url = reverse("planning:suggested", args=(year, suggested.service_code, suggested.competency))
    meta = f"{suggested.reason.unit} · {suggested.reason.words}"
    return Row(url, title_of(suggested, names), meta, badges)


def outlined(outline: Outline, title: str) -> dict[str, object]:
    """What the form of a suggested training begins with; the cost is asked."""
    names = ("everybody", "level", "least", "most", "jp", "source", "first", "last")
    return {"title": title[:160]} | {name: getattr(outline, name) for name in names}


def team_row(place: TeamPlace) -> Row:
    """Somebody of a team and where they go."""
    return Row("", place.name, f"{place.title} · {days(place.first, place.last)}", [])
