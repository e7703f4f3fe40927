"""The life of a project, what a plan needs, and what a judgement adds up to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from lingkar.foundation.refusals import Refused
from lingkar.foundation.refusals.typed import trimmed


class State(StrEnum):
    """How far a project is."""

    DRAFT = "draft"
    OFFERED = "offered"
    AGREED = "agreed"
    RUNNING = "running"
    REPORTED = "reported"
    CLOSED = "closed"


class Move(StrEnum):
    """What can happen to a project."""

    WRITE = "write"
    OFFER = "offer"
    RETURN = "return"
    AGREE = "agree"
    STEP = "step"
    REPORT = "report"
    REVIEW = "review"
    CLOSE = "close"


S, M = State, Move
TRANSITIONS = {
    (S.DRAFT, M.WRITE): S.DRAFT,
    (S.DRAFT, M.OFFER): S.OFFERED,
    (S.DRAFT, M.CLOSE): S.CLOSED,
    (S.OFFERED, M.RETURN): S.DRAFT,
    (S.OFFERED, M.AGREE): S.AGREED,
    (S.OFFERED, M.CLOSE): S.CLOSED,
    (S.AGREED, M.STEP): S.RUNNING,
    (S.AGREED, M.CLOSE): S.CLOSED,
    (S.RUNNING, M.STEP): S.RUNNING,
    (S.RUNNING, M.REPORT): S.REPORTED,
    (S.RUNNING, M.CLOSE): S.CLOSED,
    (S.REPORTED, M.RETURN): S.RUNNING,
    (S.REPORTED, M.REVIEW): S.REPORTED,
    (S.REPORTED, M.CLOSE): S.CLOSED,
}
"""The whole life of a project. A pair that is not here cannot happen."""


def after(state: str, move: Move) -> State:
    """The state that ``move`` leads to. Raises ``Refused("projects.not_now")`` for a pair that is not in the table."""
    try:
        return TRANSITIONS[State(state), move]
    except KeyError:
        raise Refused("projects.not_now", state=state, move=move) from None


def moves_from(state: str) -> frozenset[Move]:
    """Every move that ``state`` allows."""
    return frozenset(move for origin, move in TRANSITIONS if origin == state)


class Part(StrEnum):
    """What somebody does for a project of another: agrees and guides, advises, or judges."""

    MENTOR = "mentor"
    COACH = "coach"
    EXAMINER = "examiner"


class Criterion(StrEnum):
    """What a judgement looks at. Each counts the same."""

    ISSUE = "issue"
    IDEA = "idea"
    WORK = "work"
    BENEFIT = "benefit"


LEAST, MOST = Decimal(0), Decimal(100)
CENT = Decimal("0.01")
MOST_STEPS = 8
MOST_FILES = 4
LONGEST = 4000


def overall(marks: Mapping[str, Decimal]) -> Decimal:
    """The mean of all criteria, half up to two decimals.

    ``Refused`` for a criterion without a mark or with one outside 0–100.
    """
    missing = [criterion for criterion in Criterion if criterion not in marks]
    if missing or len(marks) != len(Criterion):
        raise Refused("projects.marks_missing", criteria=tuple(missing))
    wrong = [criterion for criterion, mark in marks.items() if not (mark.is_finite() and LEAST <= mark <= MOST)]
    if wrong:
        raise Refused("projects.mark_out_of_range", criteria=tuple(wrong))
    return mean(list(marks.values()))


def mean(marks: Sequence[Decimal]) -> Decimal:
    """The mean of some marks, half up to two decimals."""
    return (sum(marks, Decimal(0)) / len(marks)).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class PlannedStep:
    """A thing to be done until a day."""

    title: str
    due: date


def check_steps(steps: Sequence[PlannedStep]) -> None:
    """A plan has at most ``MOST_STEPS`` steps; each has a title."""
    if len(steps) > MOST_STEPS:
        raise Refused("projects.too_many_steps", most=MOST_STEPS)
    if any(not step.title.strip() for step in steps):
        raise Refused("projects.step_without_title")


def check_offer(*, title: str, issue: str, idea: str, steps: int) -> None:
    """What a mentor can say a word about: an issue, an idea, and at least one step."""
    empty = [name for name, words in (("title", title), ("issue", issue), ("idea", idea)) if not words.strip()]
    if empty:
        raise Refused("projects.not_whole", fields=tuple(empty))
    if not steps:
        raise Refused("projects.no_steps")


def check_report(*, result: str, evidence: int, unfinished: int) -> None:
    """A report says what came of it, has a file as proof, and no step is left open."""
    if not result.strip():
        raise Refused("projects.no_result")
    if unfinished:
        raise Refused("projects.steps_open", count=unfinished)
    if not evidence:
        raise Refused("projects.no_evidence")


def check_done_on(done_on: date, *, today: date) -> None:
    """What is done was not done tomorrow."""
    if done_on > today:
        raise Refused("projects.done_in_the_future")


def check_words(words: str, *, longest: int = LONGEST) -> str:
    """Words that somebody must have written, without what cannot be stored or seen."""
    plain = trimmed(words)
    if not plain:
        raise Refused("projects.no_words")
    if len(plain) > longest:
        raise Refused("projects.too_long", longest=longest)
    return plain
