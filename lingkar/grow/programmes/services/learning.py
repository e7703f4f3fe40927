"""The courses and quizzes of a cohort: who learns from them, and what a quiz brings of the mark."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.grow.courses import queries as courses
from lingkar.grow.courses import services as learning
from lingkar.grow.exams import queries as exams
from lingkar.grow.exams import services as taking
from lingkar.grow.programmes import rules, schemes
from lingkar.grow.programmes.models import Cohort, CohortState, Mark, MarkChange, Participant, Standing, Subject

BY_QUIZ = "quiz"
"""The source of a mark that came from quizzes."""
LEARNING = (CohortState.OPEN, CohortState.RUNNING)


def enrol(item: Cohort, persons: Collection[UUID], *, by: Actor, at: datetime) -> None:
    """Let people learn from the courses that the subjects name, once the cohort is open, and take its quizzes anew. A
    code that names no course yet is left out: whoever publishes that course brings its learners along
    (``follow_course``). A quiz that is made later was taken by nobody before.
    """
    if item.state not in LEARNING or not persons:
        return
    for course in _courses(item):
        learning.enrol_many(course=course, people=persons, source=rules.source_of(item.pk), by=by, at=at)
    taking.begin_anew(codes=_quizzes(item), people=persons, source=rules.source_of(item.pk), by=by, at=at)
    take_scores(item, persons, at=at)


def enrol_all(item: Cohort, *, by: Actor, at: datetime) -> None:
    """The same for everybody who takes part."""
    rows = Participant.objects.filter(cohort=item, standing=Standing.ENROLLED)
    enrol(item, list(rows.values_list("person", flat=True)), by=by, at=at)


def end(item: Cohort, person: UUID, *, by: Actor, at: datetime) -> None:
    """Somebody left: they learn no longer through this cohort. Everything they did is kept."""
    for course in _courses(item):
        learning.leave(course=course, people=[person], source=rules.source_of(item.pk), by=by, at=at)


@transaction.atomic
def follow_course(*, code: str, by: Actor, at: datetime) -> None:
    """A course was published: those whose cohort names it learn from it now."""
    for item in Cohort.objects.filter(state__in=LEARNING, subjects__course=code).distinct():
        enrol_all(item, by=by, at=at)


@transaction.atomic
def follow_score(*, quiz: str, person: UUID, by: Actor, at: datetime) -> None:
    """Somebody handed in a quiz: the component of each cohort that asks for it gets its mark. Harmless to repeat."""
    taking_part = Participant.objects.filter(person=person, standing__in=rules.IN_CLASS)
    rows = Cohort.objects.filter(pk__in=taking_part.values("cohort"), subjects__quiz=quiz).exclude(
        state=CohortState.DRAFT
    )
    for item in rows.distinct():
        if changed := take_scores(item, [person], at=at):
            record(by, "programmes.quiz_marked", item, at=at, quiz=quiz, count=changed)


def take_scores(item: Cohort, persons: Collection[UUID], *, at: datetime) -> int:
    """Marks of the components that quizzes give, from what people handed in since they joined; how many changed.

    Nothing is marked before every quiz of the cohort was taken once. A mark that somebody gave by hand stands.
    """
    scheme = schemes.read(item.scheme)
    components = [it.code for it in scheme.components if it.by == rules.Marker.QUIZ]
    codes = _quizzes(item)
    if not (components and codes):
        return 0
    scores = exams.scores_of(codes, persons, source=rules.source_of(item.pk))
    found: dict[UUID, Decimal] = {}
    for person in persons:
        value = rules.mark_of_quizzes([scores.get((person, code), ()) for code in codes], most=scheme.remedial)
        if value is not None:
            found[person] = value
    rows = Participant.objects.select_for_update().filter(cohort=item, person__in=found, standing__in=rules.IN_CLASS)
    return sum(_keep(row, component, found[row.person_id], at) for row in rows for component in components)


def _keep(row: Participant, component: str, value: Decimal, at: datetime) -> int:
    """A first mark, or a better one; 1 when something changed."""
    there = Mark.objects.filter(participant=row, component=component).first()
    if there is None:
        Mark.objects.create(
            agency_id=row.agency_id, participant=row, component=component, value=value, source=BY_QUIZ, given_at=at
        )
        return 1
    if there.source != BY_QUIZ or there.value == value:
        return 0
    MarkChange.objects.create(
        agency_id=row.agency_id, mark=there, before=there.value, after=value, changed_at=at,
        reason=_("Another try at the quiz counts."),
    )  # fmt: skip
    there.value, there.given_at = value, at
    there.save(update_fields=["value", "given_at"])
    return 1


def _quizzes(item: Cohort) -> list[str]:
    return sorted(set(Subject.objects.filter(cohort=item).exclude(quiz="").values_list("quiz", flat=True)))


def _courses(item: Cohort) -> Iterable[UUID]:
    codes = set(Subject.objects.filter(cohort=item).exclude(course="").values_list("course", flat=True))
    return sorted(brief.id for brief in courses.coded(codes).values()) if codes else ()
