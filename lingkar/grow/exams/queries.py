"""Questions about quizzes, attempts and results."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lingkar.directory.orgs.queries import units_in
from lingkar.foundation.access import NOBODY, Actor, Unseen
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.grow.courses.queries import is_enrolled, learned_by
from lingkar.grow.exams import access, rules
from lingkar.grow.exams.access import Action
from lingkar.grow.exams.models import Answer, Attempt, Question, Quiz, Restart, UncountedAnswer, Why

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit

MOST_QUIZZES = 100
"""What a taker's list shows."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of an attempt as it is shown: its choices in their order, and which was chosen (None: none yet).

    ``right`` and ``explanation`` are told once no attempt is left or the quiz is closed; before, they are None and "".
    """

    number: int
    stem: str
    options: tuple[str, ...]
    chosen: int | None
    saved_at: datetime | None
    right: int | None
    explanation: str

    @property
    def is_right(self) -> bool:
        """Whether the right choice was chosen; asked after handing in."""
        return self.right is not None and self.chosen == self.right


@dataclass(frozen=True, slots=True)
class Uncounted:
    """An answer that is kept and not marked: to which question, in which words, when it came in, and why."""

    number: int
    words: str
    came_at: datetime
    why: Why


@dataclass(frozen=True, slots=True)
class AttemptSeen:
    """One's own attempt with every question, and the highest sequence number that is known."""

    attempt: Attempt
    turns: tuple[Turn, ...]
    seq: int
    uncounted: tuple["Uncounted", ...] = ()

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(turn.chosen is not None for turn in self.turns)


@dataclass(frozen=True, slots=True)
class QuizSeen:
    """A quiz for somebody who may take it, with the attempts they made; ``counted``: since they came to it last."""

    quiz: Quiz
    attempts: tuple[Attempt, ...]

    @property
    def counted(self) -> tuple[Attempt, ...]:
        """The attempts since they came to this quiz for the last time."""
        return tuple(attempt for attempt in self.attempts if getattr(attempt, "counts", True))

    @property
    def running(self) -> Attempt | None:
        """The attempt that is not handed in."""
        return next((attempt for attempt in self.attempts if attempt.submitted_at is None), None)

    @property
    def left(self) -> int:
        """How many more attempts may be begun."""
        return max(self.quiz.attempts - len(self.counted), 0)

    def tells_keys(self, at: datetime) -> bool:
        """Whether this taker may read which choices are right."""
        running = any(attempt.submitted_at is None for attempt in self.attempts)
        made, quiz = len(self.counted), self.quiz
        return rules.tells_keys(made=made, running=running, allowed=quiz.attempts, closes_at=quiz.closes_at, at=at)


@dataclass(frozen=True, slots=True)
class QuizLine:
    """A quiz as lists show it."""

    id: UUID
    code: str
    title: str
    minutes: int
    shown: int
    published_at: datetime | None
    unit: str = column("unit__name")
    course: str | None = column("course__title")


@dataclass(frozen=True, slots=True)
class ResultLine:
    """An attempt as the list of results shows it."""

    id: UUID
    person_id: UUID
    number: int
    started_at: datetime
    submitted_at: datetime | None
    by_clock: bool
    score: Decimal | None
    right: int | None
    name: str = column("person__name")


def quiz_for(by: Actor, code: str) -> QuizSeen:
    """A quiz for somebody who may take it; ``Unseen`` when it is not published or not meant for them."""
    found = next(iter(_published(code=code)), None)
    if found is None or not by.person:
        raise Unseen
    attempts = tuple(_own(account=by.person, quiz=found.pk))
    if found.course_id and not attempts and not is_enrolled(by.person, found.course_id):
        raise Unseen
    return QuizSeen(found, attempts)


@prepared
def _published(*, code: str) -> QuerySet[Quiz]:
    return Quiz.objects.filter(code=code, published_at__isnull=False).select_related("course")


@prepared
def _own(*, account: UUID, quiz: UUID) -> QuerySet[Attempt]:
    return with_counts(Attempt.objects.filter(person__account=account, quiz=quiz).order_by("number"))


def with_counts(rows: "QuerySet[Attempt]") -> "QuerySet[Attempt, Any]":
    """Attempts with ``counts``: whether they were begun since their person came to the quiz for the last time."""
    return rows.annotate(counts=~Exists(_later_starts()))


def of_source(rows: "QuerySet[Attempt]", source: str) -> "QuerySet[Attempt]":
    """Attempts that were not begun before their person came to the quiz through ``source``."""
    return rows.filter(~Exists(_later_starts().filter(source=source)))


def _later_starts() -> QuerySet[Restart]:
    """Fresh starts after an attempt at the same quiz by the same person."""
    return Restart.objects.filter(quiz=OuterRef("quiz"), person=OuterRef("person"), begun_at__gt=OuterRef("started_at"))


def attempt_for(by: Actor, attempt: UUID, *, keys: bool = False) -> AttemptSeen:
    """One's own attempt with all its questions; ``Unseen`` for that of another person. With ``keys`` which choices are
    right and why, once it is handed in: ask ``QuizSeen.tells_keys`` first.
    """
    row = next(iter(_mine(account=by.person or NOBODY, attempt=attempt)), None)
    if row is None:
        raise Unseen
    asked = {question.pk: question for question in _questions(quiz=row.quiz_id)}
    answers = {number: (choice, seq, at) for number, choice, seq, at in _answers(attempt=row.pk)}
    turns = tuple(
        _turn(number, asked[question], order, answers.get(number), tells=keys and row.submitted_at is not None)
        for number, (question, order) in enumerate(zip(row.questions, row.orders, strict=True), 1)
    )
    aside = tuple(_aside(row, asked)) if row.submitted_at else ()
    return AttemptSeen(row, turns, max((seq for _, seq, _ in answers.values()), default=0), aside)


def _aside(row: Attempt, asked: Mapping[UUID, "Asked"]) -> Iterator[Uncounted]:
    for one in UncountedAnswer.objects.filter(attempt=row).order_by("number", "came_at"):
        words = asked[row.questions[one.number - 1]].options[one.choice]
        yield Uncounted(one.number, words, one.came_at, Why(one.why))


@prepared
def _mine(*, account: UUID, attempt: UUID) -> QuerySet[Attempt]:
    return Attempt.objects.filter(person__account=account, pk=attempt).select_related("quiz")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as an attempt reads it."""

    pk: UUID
    stem: str
    options: list[str]
    key: int
    explanation: str


@prepared
def _questions(*, quiz: UUID) -> "QuerySet[Question, Asked]":
    return plain(Question.objects.filter(quiz=quiz), Asked)


@prepared
def _answers(*, attempt: UUID) -> "QuerySet[Answer, Any]":
    return Answer.objects.filter(attempt=attempt).values_list("number", "choice", "seq", "saved_at")


def _turn(number: int, asked: "Asked", order: str, given: tuple[int, int, datetime] | None, *, tells: bool) -> Turn:
    places = [int(place) for place in order]
    return Turn(
        number,
        asked.stem,
        tuple(asked.options[place] for place in places),
        places.index(given[0]) if given else None,
        given[2] if given else None,
        places.index(asked.key) if tells else None,
        asked.explanation if tells else "",
    )


def best_scores(quiz: UUID, people: Iterable[UUID]) -> dict[UUID, Decimal]:
    """The best score (0–100) of each person who handed in a quiz; who did not is left out. One statement."""
    rows = Attempt.objects.filter(quiz=quiz, person__in=list(people), submitted_at__isnull=False)
    return dict(rows.order_by().values_list("person").annotate(best=Max("score")))


def scores_of(
    codes: Iterable[str], people: Iterable[UUID], *, source: str
) -> dict[tuple[UUID, str], tuple[Decimal, ...]]:
    """The scores of quizzes by their codes, (person, code) → scores in the order of the attempts, without those from
    before somebody came to the quiz through ``source``. One statement.
    """
    rows = Attempt.objects.filter(quiz__code__in=list(codes), person__in=list(people), submitted_at__isnull=False)
    found: dict[tuple[UUID, str], tuple[Decimal, ...]] = {}
    for person, code, score in of_source(rows, source).order_by("number").values_list("person", "quiz__code", "score"):
        if score is not None:
            found[person, code] = (*found.get((person, code), ()), score)
    return found


def takers_of(codes: Iterable[str], people: "QuerySet[Any, Any]", *, source: str) -> dict[str, int]:
    """How many of ``people`` (a query of their ids) handed in each published quiz, by its code, since they came to it
    through ``source``. One statement.
    """
    made = Attempt.objects.filter(quiz=OuterRef("pk"), person__in=people, submitted_at__isnull=False).order_by()
    many = of_source(made, source).values("quiz").annotate(many=Count("person", distinct=True)).values("many")
    rows = Quiz.objects.filter(code__in=list(codes), published_at__isnull=False).order_by()
    return dict(rows.annotate(taken=Coalesce(Subquery(many), 0)).values_list("code", "taken"))


@dataclass(frozen=True, slots=True)
class OwnQuiz:
    """A published quiz as somebody who may take it sees it: attempts made, and the best score so far."""

    code: str
    title: str
    minutes: int
    shown: int
    attempts: int
    made: int
    best: Decimal | None


def own_quizzes(person: UUID, codes: Iterable[str], *, source: str) -> list[OwnQuiz]:
    """Published quizzes with these codes, with what a person made of them since they came through ``source``; for
    modules above. One statement.
    """
    return _quizzes(tuple(sorted(set(codes))), person=person, source=source)


@prepared
def _quizzes(codes: tuple[str, ...], *, person: UUID, source: str) -> "QuerySet[Quiz, OwnQuiz]":
    mine = Attempt.objects.filter(quiz=OuterRef("pk"), person=person, submitted_at__isnull=False).order_by()
    made = of_source(mine, source).values("quiz").annotate(many=Count("pk"), top=Max("score"))
    rows = Quiz.objects.filter(code__in=codes, published_at__isnull=False).annotate(
        made=Coalesce(Subquery(made.values("many")), 0), best=Subquery(made.values("top"))
    )
    return plain(rows.order_by("title", "pk"), OwnQuiz)


def check_takeable(seen: QuizSeen, *, at: datetime) -> None:
    """``Refused`` when a new attempt cannot be begun now: not open yet, closed, or none left."""
    rules.check_open(opens_at=seen.quiz.opens_at, closes_at=seen.quiz.closes_at, at=at)
    rules.check_attempts(made=len(seen.counted), allowed=seen.quiz.attempts)


def running_of(by: Actor, code: str, *, at: datetime) -> UUID | None:
    """The attempt of somebody at a quiz that runs at a moment."""
    rows = _open_ones(account=by.person or NOBODY, code=code)
    return next((attempt for attempt, ends_at in rows if ends_at >= at), None)


@prepared
def _open_ones(*, account: UUID, code: str) -> "QuerySet[Attempt, Any]":
    rows = Attempt.objects.filter(person__account=account, quiz__code=code, submitted_at__isnull=True)
    return rows.values_list("pk", "ends_at")


def quizzes_of(by: Actor) -> "list[tuple[Quiz, list[Attempt]]]":
    """The published quizzes of the courses that somebody learns from, and those for everybody, each with one's own
    attempts that count.
    """
    account = by.person or NOBODY
    courses = [course.id for course in learned_by(by)]
    found = Quiz.objects.filter(Q(course__isnull=True) | Q(course__in=courses), published_at__isnull=False)
    quizzes = list(found.order_by("title", "pk")[:MOST_QUIZZES])
    made: dict[UUID, list[Attempt]] = {quiz.pk: [] for quiz in quizzes}
    rows = Attempt.objects.filter(person__account=account, quiz__in=made).filter(~Exists(_later_starts()))
    for attempt in rows.order_by("number"):
        made[attempt.quiz_id].append(attempt)
    return [(quiz, made[quiz.pk]) for quiz in quizzes]


def quiz_of(quiz: UUID, *, by: Actor) -> Quiz:
    """A quiz by its id, for who makes it."""
    return access.fetch(by, quiz)


def questions_of(quiz: Quiz) -> list[Question]:
    """The bank of a quiz that was fetched for who makes it."""
    return list(Question.objects.filter(quiz=quiz).order_by("number"))


def is_taken(quiz: Quiz) -> bool:
    """Whether somebody began it: then its questions stay."""
    return Attempt.objects.filter(quiz=quiz).exists()


def units_of(by: Actor, *, day: date) -> "list[Unit]":
    """The units for which ``by`` may make quizzes, as a tree."""
    return [unit for unit in units_in(by.agency, day=day) if by.is_system or by.may(Action.MAKE, unit.path)]


def open_quizzes(by: Actor, *, at: datetime) -> "list[tuple[Quiz, Attempt]]":
    """The attempts of somebody that run at a moment, each with its quiz."""
    return [(row.quiz, row) for row in _running(account=by.person or NOBODY, at=at)]


@prepared
def _running(*, account: UUID, at: datetime) -> QuerySet[Attempt]:
    rows = Attempt.objects.filter(person__account=account, submitted_at__isnull=True, ends_at__gte=at)
    return rows.select_related("quiz").order_by("ends_at")


def quiz_coded(code: str, *, by: Actor) -> Quiz:
    """A quiz by its code, for who makes it; ``Unseen`` when there is none."""
    found = access.visible(by).filter(code=code).first()
    if found is None:
        raise Unseen
    return found


def managed(by: Actor, *, text: str = "") -> "QuerySet[Quiz, QuizLine]":
    """The quizzes that ``by`` makes, by title."""
    rows = access.visible(by).order_by("title", "pk")
    if text.strip():
        rows = rows.filter(Q(title__icontains=text.strip()) | Q(code__icontains=text.strip()))
    return plain(rows, QuizLine)


def results_of(quiz: UUID, *, by: Actor) -> "QuerySet[Attempt, ResultLine]":
    """Every attempt at a quiz, by name, for who makes it."""
    item = access.fetch(by, quiz)
    return plain(Attempt.objects.filter(quiz=item).order_by("person__name", "person", "number"), ResultLine)
