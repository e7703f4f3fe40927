"""Self-study: the courses and quizzes that the subjects of a cohort name, and how far people are in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar.foundation.access import Actor
from lingkar.grow.courses import queries as courses
from lingkar.grow.courses.queries import LearnedCourse
from lingkar.grow.exams import queries as exams
from lingkar.grow.exams.queries import OwnQuiz
from lingkar.grow.programmes import rules
from lingkar.grow.programmes.models import Cohort, Participant, Standing, Subject
from lingkar.grow.programmes.queries.own import Named


@dataclass(frozen=True)
class SelfStudy:
    """What one participant learns and takes for a cohort, in the order of its subjects."""

    courses: tuple[LearnedCourse, ...]
    quizzes: tuple[OwnQuiz, ...]

    @property
    def next_course(self) -> LearnedCourse | None:
        """The course to go on with: one that was begun, else the first that is not finished."""
        left = [course for course in self.courses if course.progress.next is not None]
        return next((course for course in left if course.progress.done), left[0] if left else None)

    @property
    def next_quiz(self) -> OwnQuiz | None:
        """A quiz that was never taken."""
        return next((quiz for quiz in self.quizzes if not quiz.made), None)


NO_STUDY = SelfStudy((), ())


def self_study(by: Actor, participant: Participant, named: Sequence[Named]) -> SelfStudy:
    """The courses and quizzes that the subjects of one's own participation name. Three statements."""
    codes = [it.course for it in named if it.course]
    quizzes = [it.quiz for it in named if it.quiz]
    learned = {course.code: course for course in courses.learned_by(by)} if codes else {}
    source = rules.source_of(participant.cohort_id)
    made = exams.own_quizzes(participant.person_id, quizzes, source=source) if quizzes else []
    taken = {quiz.code: quiz for quiz in made}
    return SelfStudy(
        tuple(learned[code] for code in dict.fromkeys(codes) if code in learned),
        tuple(taken[code] for code in dict.fromkeys(quizzes) if code in taken),
    )


@dataclass(frozen=True)
class Studied:
    """How many of those who take part have finished a course, or taken a quiz, by its code."""

    people: int
    finished: dict[str, int]
    taken: dict[str, int]
    missing: tuple[str, ...]
    """Codes of courses and quizzes that are not there yet, or not published."""


def studied(cohort: Cohort, subjects: Sequence[Subject]) -> Studied:
    """How far a cohort that was fetched for somebody is. Three statements, however many people."""
    codes = {it.course for it in subjects if it.course}
    quizzes = {it.quiz for it in subjects if it.quiz}
    if not codes and not quizzes:
        return Studied(0, {}, {}, ())
    rows = Participant.objects.filter(cohort=cohort).exclude(standing=Standing.WITHDRAWN)
    finished = courses.finished_through(rules.source_of(cohort.pk), codes) if codes else {}
    taken = exams.takers_of(quizzes, rows.values("person"), source=rules.source_of(cohort.pk)) if quizzes else {}
    missing = sorted((codes - finished.keys()) | (quizzes - taken.keys()))
    return Studied(rows.count(), finished, taken, tuple(missing))
