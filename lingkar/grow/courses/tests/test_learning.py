"""Enrolling, learning in whatever order, finishing once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lingkar.directory.people.queries import actor_for
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.events.models import Event
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.courses import queries, rules, services
from lingkar.grow.courses.models import CheckAnswer, Enrolment, Lesson, Progress
from lingkar.grow.courses.services import Told
from tests.learning import FIRST, course, learner


@pytest.fixture
def rina(kota):
    """A person enrolled in a course of two lessons: person, actor, course."""
    person, account = learner(kota)
    made = course(kota)
    services.enrol_many(course=made.pk, people=[person.pk], source="own", by=kota.system, at=_at(kota))
    return person, actor_for(account, day=_at(kota).date()), made


def _at(_kota):
    return datetime(2026, 6, 8, 3, tzinfo=UTC)


def everything(made):
    """What a phone tells of somebody who did all of it, in order."""
    told = []
    for lesson in Lesson.objects.filter(course=made):
        for block in rules.blocks_of(lesson.blocks):
            choice = block.right if isinstance(block, rules.Check) else None
            told.append(Told(uuid4(), lesson.pk, block.id, choice))
    return told


def test_a_course_is_finished_by_its_last_block_in_any_order(kota, rina, at):
    person, by, made = rina
    told = everything(made)[::-1]
    for one in told:
        assert Event.objects.filter(name="courses.finished").count() == 0
        services.keep_progress(events=[one], by=by, at=at)
    progress = queries.progress_of([person.pk], [made.pk])[person.pk, made.pk]
    assert progress == queries.CourseProgress(2, 2, at, None)
    assert Event.objects.filter(name="courses.finished").count() == 1
    services.keep_progress(events=told, by=by, at=at + timedelta(hours=1))
    assert Event.objects.filter(name="courses.finished").count() == 1
    assert CheckAnswer.objects.count() == 2


def test_told_twice_is_done_once(rina, at):
    _, by, made = rina
    told = everything(made)[:2]
    for _ in range(2):
        kept = services.keep_progress(events=told * 2, by=by, at=at)
        assert kept.keys == {one.key for one in told}
    assert Progress.objects.count() == 2


def test_a_wrong_answer_is_kept_and_does_not_finish(rina, at):
    _, by, made = rina
    lesson = Lesson.objects.get(course=made, number=1)
    check = rules.blocks_of(lesson.blocks)[-1]
    services.keep_progress(events=[Told(uuid4(), lesson.pk), Told(uuid4(), lesson.pk, check.id, 0)], by=by, at=at)
    seen = queries.lesson_for(by, made.code, 1)
    assert seen.chosen == {check.id: 0}
    assert seen.resume == check.id
    assert seen.course.done == frozenset()
    services.keep_progress(events=[Told(uuid4(), lesson.pk, check.id, 1)], by=by, at=at)
    seen = queries.lesson_for(by, made.code, 1)
    assert seen.course.done == {1}
    assert seen.course.progress.next == 2
    assert seen.chosen == {check.id: 1}


def test_a_question_is_never_just_read(rina, at):
    _, by, made = rina
    lesson = Lesson.objects.get(course=made, number=1)
    check = rules.blocks_of(lesson.blocks)[-1]
    services.keep_progress(events=[Told(uuid4(), lesson.pk, check.id)], by=by, at=at)
    assert not Progress.objects.exists()


def test_a_phone_of_1970_loses_nothing(rina, at):
    _, by, made = rina
    told = [
        Told(one.key, one.lesson, one.block, one.choice, datetime(1970, 1, 1, tzinfo=UTC)) for one in everything(made)
    ]
    services.keep_progress(events=told, by=by, at=at)
    assert set(Progress.objects.values_list("done_at", flat=True)) == {at}


def test_what_is_not_learned_is_refused_and_the_rest_kept(kota, rina, at):
    _, by, made = rina
    other = course(kota, code="lain")
    lesson = Lesson.objects.get(course=made, number=1)
    strange = Told(uuid4(), Lesson.objects.filter(course=other).first().pk)
    nothing = Told(uuid4(), lesson.pk, "tiada", 1)
    fine = Told(uuid4(), lesson.pk)
    kept = services.keep_progress(events=[strange, nothing, fine], by=by, at=at)
    assert kept.keys == {fine.key}
    assert kept.refused == {strange.key: "courses.not_enrolled", nothing.key: "courses.not_asked"}


def test_too_much_at_once_is_refused_by_key(rina, at):
    _, by, made = rina
    lesson = Lesson.objects.get(course=made, number=1)
    told = [Told(uuid4(), lesson.pk) for _ in range(501)]
    kept = services.keep_progress(events=told, by=by, at=at)
    assert kept.refused == {told[-1].key: "courses.too_many"}


def test_who_left_sees_nothing_and_finds_everything_again(kota, rina, at):
    person, by, made = rina
    services.keep_progress(events=everything(made)[:3], by=by, at=at)
    services.leave(course=made.pk, people=[person.pk], source="own", by=kota.system, at=at)
    with pytest.raises(Unseen):
        queries.course_for(by, made.code)
    assert queries.learned_by(by) == []
    assert not queries.is_enrolled(by.person, made.pk)
    assert services.enrol_many(course=made.pk, people=[person.pk], source="own", by=kota.system, at=at) == 1
    assert queries.course_for(by, made.code).done == {1}
    assert services.enrol_many(course=made.pk, people=[person.pk], source="own", by=kota.system, at=at) == 0


def test_who_finished_it_once_has_finished_it_for_a_cohort_too(kota, rina, at):
    person, by, made = rina
    services.keep_progress(events=everything(made), by=by, at=at)
    services.enrol_many(course=made.pk, people=[person.pk], source="cohort:1", by=kota.system, at=at)
    assert Enrolment.objects.filter(finished_at=at).count() == 2
    (only,) = queries.learned_by(by)
    assert only.progress.finished_at == at


def test_a_draft_is_learned_by_nobody(kota, at):
    person, account = learner(kota)
    made = course(kota, published=False)
    services.enrol_many(course=made.pk, people=[person.pk], source="own", by=kota.system, at=at)
    by = _actor(account, at)
    assert queries.learned_by(by) == []
    with pytest.raises(Unseen):
        queries.lesson_for(by, made.code, 1)


def test_another_agency_is_not_there(kota, lain, rina, at):
    _, by, made = rina
    with agency_scope(lain.agency.pk):
        assert queries.learned_by(by) == []
        with pytest.raises(Unseen):
            queries.course_for(lain.actor("training", None), made.code)


def test_a_published_lesson_is_changed_as_another_version(kota, rina, at):
    _, by, made = rina
    lesson = Lesson.objects.get(course=made, number=1)
    services.keep_progress(events=[Told(uuid4(), lesson.pk)], by=by, at=at)
    new = services.NewLesson("Standar", 6, rules.written(FIRST + "\n## Baru\nBagian baru."))
    services.change_lesson(lesson=lesson.pk, new=new, seen="0", by=kota.system, at=at)
    seen = queries.lesson_for(by, made.code, 1)
    assert (seen.minutes, len(seen.done), len(seen.blocks)) == (6, 2, 4)
    made.refresh_from_db()
    assert (made.version, made.minutes) == (2, 10)
    with pytest.raises(Refused) as no:
        services.change_lesson(lesson=lesson.pk, new=new, seen="0", by=kota.system, at=at)
    assert no.value.code == "changed_meanwhile"
    with pytest.raises(Refused) as no:
        services.remove_lesson(lesson=lesson.pk, by=kota.system, at=at)
    assert no.value.code == "courses.lesson_in_use"


def test_who_has_done_all_others_finishes_when_the_last_open_lesson_goes(kota, rina, at):
    _person, by, made = rina
    done = [told for told in everything(made) if told.lesson == Lesson.objects.get(number=1).pk]
    services.keep_progress(events=done, by=by, at=at)
    assert Enrolment.objects.get().finished_at is None
    services.remove_lesson(lesson=Lesson.objects.get(number=2).pk, by=kota.system, at=at)
    assert Enrolment.objects.get().finished_at == at
    assert Event.objects.filter(name="courses.finished").count() == 1


def test_lessons_move_and_go(kota, at):
    made = course(kota)
    first, second = Lesson.objects.filter(course=made)
    services.move_lesson(lesson=second.pk, up=True, by=kota.system, at=at)
    services.move_lesson(lesson=second.pk, up=True, by=kota.system, at=at)
    assert list(Lesson.objects.filter(course=made)) == [second, first]
    services.remove_lesson(lesson=second.pk, by=kota.system, at=at)
    assert list(Lesson.objects.filter(course=made).values_list("number", flat=True)) == [1]


def test_makers_reach_the_courses_of_their_units(kota, at):
    made = course(kota, unit="pupr")
    with pytest.raises(Unseen):
        services.publish_course(course=made.pk, by=kota.actor("training"), at=at)
    with pytest.raises(Forbidden):
        facts = services.CourseFacts(title="A", unit=kota.units["pupr"].pk, review_on=at.date())
        services.add_course(code="a", facts=facts, by=kota.actor("training"), at=at)
    assert [line.code for line in queries.managed(kota.actor("training", None))] == [made.code]
    assert not queries.managed(kota.actor("training")).exists()


@pytest.mark.parametrize(
    ("lessons", "code"),
    [
        ([], "courses.no_lessons"),
        (["Hanya teks."], "courses.nothing_asked"),
        ([FIRST + "\n::berkas tiada.pdf | X"], "courses.files_missing"),
    ],
)
def test_what_is_not_ready_is_not_published(kota, at, lessons, code):
    facts = services.CourseFacts(title="A", unit=kota.units["pupr"].pk, review_on=at.date())
    made = services.add_course(code="a", facts=facts, by=kota.system, at=at)
    rows = [services.NewLesson("A", 5, rules.written(text)) for text in lessons]
    services.add_lessons(course=made.pk, lessons=rows, by=kota.system, at=at)
    with pytest.raises(Refused) as no:
        services.publish_course(course=made.pk, by=kota.system, at=at)
    assert no.value.code == code


def _actor(account, at):
    return actor_for(account, day=at.date())
