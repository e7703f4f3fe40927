"""How quizzes, questions and results stand in lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lingkar.foundation.ui.words import number as spoken
from lingkar.foundation.ui.words import when
from lingkar.grow.exams.models import Attempt, Quiz
from lingkar.grow.exams.queries import AttemptSeen, QuizLine, QuizSeen, Turn
from lingkar.grow.exams.web import sentences


@dataclass(frozen=True)
class Badge:
    """A short word beside a row."""

    words: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a list."""

    title: str
    url: str
    meta: str
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True)
class Place:
    """A question in the row of numbers."""

    number: int
    url: str
    is_done: bool
    is_here: bool


@dataclass(frozen=True)
class Choice:
    """A choice on the page of the result."""

    words: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True)
class Marked:
    """A question on the page of the result."""

    number: int
    stem: str
    is_right: bool
    choices: tuple[Choice, ...]
    explanation: str


def size_of(quiz: Quiz | QuizLine) -> str:
    """``20 soal · 30 menit``."""
    return _("%(n)d questions · %(minutes)d minutes") % {"n": quiz.shown, "minutes": quiz.minutes}


def own_rows(found: Iterable[tuple[Quiz, list[Attempt]]], *, at: datetime) -> Iterator[Row]:
    """Quizzes of a taker, running ones first."""
    rows = [(_is_running(attempts, at), _own(quiz, attempts, at)) for quiz, attempts in found]
    yield from (row for _running, row in sorted(rows, key=lambda pair: (not pair[0], pair[1].title)))


def _is_running(attempts: list[Attempt], at: datetime) -> bool:
    return any(attempt.submitted_at is None and attempt.ends_at >= at for attempt in attempts)


def _own(quiz: Quiz, attempts: list[Attempt], at: datetime) -> Row:
    badges: list[Badge] = []
    best = max((attempt.score for attempt in attempts if attempt.score is not None), default=None)
    if _is_running(attempts, at):
        badges.append(Badge(_("running"), "warn", "clock"))
    if best is not None:
        badges.append(Badge(_("best: %(score)s") % {"score": spoken(best)}, "good" if best >= quiz.pass_mark else ""))
    if quiz.opens_at and at < quiz.opens_at:
        badges.append(Badge(_("opens %(at)s") % {"at": when(quiz.opens_at)}))
    return Row(quiz.title, reverse("exams:quiz", args=[quiz.code]), size_of(quiz), tuple(badges))


def places(seen: AttemptSeen, code: str, *, here: int = 0) -> list[Place]:
    """Every question with its address, and whether it is answered."""
    start = reverse("exams:turn", args=[code, 0])
    return [
        Place(turn.number, start.replace("/0/", f"/{turn.number}/"), turn.chosen is not None, turn.number == here)
        for turn in seen.turns
    ]


def result_rows(seen: AttemptSeen) -> Iterator[Marked]:
    """Every question with what was chosen, what is right, and why."""
    for turn in seen.turns:
        choices = tuple(Choice(words, tuple(_marks(turn, place))) for place, words in enumerate(turn.options))
        yield Marked(turn.number, turn.stem, turn.is_right, choices, turn.explanation)


def uncounted_rows(seen: AttemptSeen) -> list[Row]:
    """Answers that are kept and not marked, with the reason."""
    return [
        Row(
            _("Question %(n)d: %(words)s") % {"n": one.number, "words": one.words},
            "",
            _("came in %(at)s: %(why)s") % {"at": when(one.came_at), "why": sentences.NOT_COUNTED[one.why]},
        )
        for one in seen.uncounted
    ]


def attempt_rows(seen: QuizSeen) -> list[Row]:
    """The attempts that were handed in; those from before a fresh start say so."""
    earlier = (Badge(_("earlier, counts no more")),)
    return [
        Row(
            _("Attempt %(n)s: %(score)s") % {"n": row.number, "score": spoken(row.score)},
            reverse("exams:result", args=[seen.quiz.code, row.number]),
            when(row.submitted_at),
            () if row in seen.counted else earlier,
        )
        for row in seen.attempts
        if row.submitted_at and row.score is not None
    ]


def _marks(turn: Turn, place: int) -> Iterator[Badge]:
    if place == turn.right:
        yield Badge(_("right answer"), "good", "check")
    if place == turn.chosen:
        yield Badge(_("your answer"), "info" if place == turn.right else "warn")
