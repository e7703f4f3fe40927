"""What a quiz asks, in which order, for how long, and what the answers are worth. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from lingkar.foundation.refusals import Refused

OPTIONS = range(2, 7)
LONGEST_MINUTES = 240
MOST_QUESTIONS = 200
MOST_MARKS = 20
CENT = Decimal("0.01")
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Asked:
    """A question: what it asks, its choices, which of them is right (from 0), why, and what it is worth."""

    stem: str
    options: tuple[str, ...]
    key: int
    explanation: str
    marks: int = 1


def check_question(asked: Asked) -> None:
    """Refused (``exams.*``) unless it asks something, has two to six different choices, and says why one is right."""
    if not asked.stem.strip() or not asked.explanation.strip():
        raise Refused("exams.question_incomplete", stem=asked.stem[:80])
    if len(asked.options) not in OPTIONS or not all(option.strip() for option in asked.options):
        raise Refused("exams.options", stem=asked.stem[:80], least=OPTIONS[0], most=OPTIONS[-1])
    if len({option.strip() for option in asked.options}) < len(asked.options):
        raise Refused("exams.options_alike", stem=asked.stem[:80])
    if not 0 <= asked.key < len(asked.options):
        raise Refused("exams.no_key", stem=asked.stem[:80])
    if not 1 <= asked.marks <= MOST_MARKS:
        raise Refused("exams.marks", stem=asked.stem[:80], most=MOST_MARKS)


def check_quiz(*, minutes: int, shown: int, pass_mark: Decimal, attempts: int) -> None:
    """Refused when a number of a quiz makes no sense."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise Refused("exams.minutes", most=LONGEST_MINUTES)
    if not 1 <= shown <= MOST_QUESTIONS:
        raise Refused("exams.shown", most=MOST_QUESTIONS)
    if not 0 <= pass_mark <= WHOLE:
        raise Refused("exams.pass_mark")
    if attempts < 1:
        raise Refused("exams.attempts")


def check_window(opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Refused when a quiz closes before it opens."""
    if opens_at and closes_at and closes_at <= opens_at:
        raise Refused("exams.closes_before_it_opens")


def check_publishable(*, questions: int, shown: int) -> None:
    """Refused when there are fewer questions than a paper shows."""
    if questions < shown:
        raise Refused("exams.too_few_questions", has=questions, shown=shown)


def check_open(*, opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> None:
    """Refused before a quiz opens, and from the moment it closes."""
    if opens_at and at < opens_at:
        raise Refused("exams.not_open_yet", opens_at=opens_at)
    if closes_at and at >= closes_at:
        raise Refused("exams.closed", closes_at=closes_at)


def check_attempts(*, made: int, allowed: int) -> None:
    """Refused when every attempt was made."""
    if made >= allowed:
        raise Refused("exams.no_attempts_left", allowed=allowed)


def tells_keys(*, made: int, running: bool, allowed: int, closes_at: datetime | None, at: datetime) -> bool:
    """Whether somebody may read which choices are right: after their last attempt, or once the quiz is closed.

    Before, whoever has an attempt left would take it with the key in hand, and so would the next one who asks them.
    """
    return not running and (made >= allowed or (closes_at is not None and at >= closes_at))


def ends_at(*, started_at: datetime, minutes: int, closes_at: datetime | None) -> datetime:
    """When the time of an attempt is over, by the server's clock."""
    end = started_at + timedelta(minutes=minutes)
    return min(end, closes_at) if closes_at else end


@dataclass(frozen=True)
class Paper:
    """The questions of one attempt in their order, and for each the order of its choices, as digits."""

    questions: tuple[UUID, ...]
    orders: tuple[str, ...]


def paper(bank: Mapping[UUID, int], *, shown: int, seed: str) -> Paper:
    """Draw ``shown`` questions of ``bank`` (question → how many choices) and mix them: same seed, same paper."""
    drawn = sorted(bank, key=lambda question: _mixed(seed, question.hex))[:shown]
    return Paper(tuple(drawn), tuple(_order(bank[question], f"{seed}:{question.hex}") for question in drawn))


def _order(many: int, seed: str) -> str:
    return "".join(sorted((str(place) for place in range(many)), key=lambda place: _mixed(seed, place)))


def _mixed(seed: str, value: str) -> bytes:
    return hashlib.sha256(f"{seed}:{value}".encode()).digest()


@dataclass(frozen=True)
class Mark:
    """What an attempt is worth: 0–100 with two places, half up, and how many answers are right."""

    score: Decimal
    right: int
    answered: int


def mark(questions: Sequence[tuple[UUID, int, int]], chosen: Mapping[UUID, int]) -> Mark:
    """Mark answers (question → choice) against the paper: (question, key, marks). Nothing chosen is wrong."""
    full = sum(marks for _, _, marks in questions)
    right = [marks for question, key, marks in questions if chosen.get(question) == key]
    score = (WHOLE * sum(right) / full).quantize(CENT, ROUND_HALF_UP) if full else Decimal("0.00")
    answered = sum(question in chosen for question, _, _ in questions)
    return Mark(Decimal(score), len(right), answered)
