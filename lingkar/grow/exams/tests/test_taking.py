"""Attempts: one at a time, saved answer by answer, marked once."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lingkar.directory.people.models import Person
from lingkar.directory.people.queries import actor_for
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.events.models import Event
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.courses import services as courses
from lingkar.grow.exams import queries, services
from lingkar.grow.exams.models import Answer, Attempt, UncountedAnswer
from lingkar.grow.exams.services import Given, answering
from tests.learning import course, learner, quiz


@pytest.fixture
def rina(kota, at):
    """A person with a quiz of five questions, twice thirty minutes."""
    _person, account = learner(kota)
    quiz(kota)
    return actor_for(account, day=at.date())


def right(attempt: Attempt, number: int) -> int:
    """Where the right choice (0 of the bank) of a question is shown."""
    return attempt.orders[number - 1].index("0")


def answer(attempt, number, shown, seq, by, at):
    return services.save_answer(attempt=attempt.pk, given=[Given(number, shown, seq)], by=by, at=at)


def test_an_answer_is_one_statement(rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    with CaptureQueriesContext(connection) as ran:
        kept = answer(attempt, 1, 2, 1, rina, at)
    assert len(ran) == 1
    assert kept.saved == {1}
    row = Answer.objects.get()
    assert (row.number, row.seq, row.saved_at) == (1, 1, at)
    assert str(row.choice) == attempt.orders[0][2]
    assert row.question_id == attempt.questions[0]
    assert queries.attempt_for(rina, attempt.pk).turns[0].chosen == 2


def test_the_later_number_wins_whenever_it_comes_in(rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    answer(attempt, 1, 3, 7, rina, at)
    old = answer(attempt, 1, 0, 4, rina, at)
    assert old.saved == frozenset()
    assert old.other == {1: (3, 7)}
    again = answer(attempt, 1, 3, 7, rina, at)
    assert again.saved == {1}
    assert answer(attempt, 1, 1, 8, rina, at).saved == {1}
    assert queries.attempt_for(rina, attempt.pk).turns[0].chosen == 1


def test_two_phones_with_one_number_are_told(rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    answer(attempt, 1, 3, 1, rina, at)
    assert answer(attempt, 1, 0, 1, rina, at).other == {1: (3, 1)}


def given(attempt, shown, seq, by, at, *, device, waited=0):
    """An answer to the first question that a device gave ``waited`` minutes ago."""
    one = Given(1, shown, seq, waited=timedelta(minutes=waited))
    return services.save_answer(attempt=attempt.pk, given=[one], device=device, by=by, at=at)


def chosen(attempt, by):
    return queries.attempt_for(by, attempt.pk).turns[0].chosen


def aside(attempt):
    rows = UncountedAnswer.objects.filter(attempt=attempt).order_by("seq")
    return [(attempt.orders[0].index(str(row.choice)), row.why, row.device) for row in rows]


def test_of_two_devices_the_answer_that_was_given_later_counts(rina, at):
    """A phone without network for ten minutes has the higher number, and still gives way to what came after it."""
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    assert given(attempt, 2, 6, rina, at + timedelta(minutes=5), device=22).saved == {1}
    late = given(attempt, 3, 40, rina, at + timedelta(minutes=10), device=11, waited=8)
    assert (late.saved, late.other, late.aside) == (frozenset(), {1: (2, 6)}, {1})
    given(attempt, 3, 40, rina, at + timedelta(minutes=10), device=11, waited=8)
    assert (chosen(attempt, rina), aside(attempt)) == (2, [(3, "overtaken", 11)])
    services.submit_attempt(attempt=attempt.pk, by=rina, at=at + timedelta(minutes=11))
    (kept,) = queries.attempt_for(rina, attempt.pk).uncounted
    assert (kept.number, kept.why) == (1, "overtaken")


def test_what_waited_but_was_given_later_counts_and_the_other_one_is_kept(rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    given(attempt, 2, 50, rina, at + timedelta(minutes=5), device=22)
    assert given(attempt, 3, 7, rina, at + timedelta(minutes=20), device=11, waited=10).saved == {1}
    assert (chosen(attempt, rina), aside(attempt)) == (3, [(2, "overtaken", 22)])
    assert given(attempt, 3, 99, rina, at + timedelta(minutes=21), device=22, waited=20).saved == {1}
    assert aside(attempt) == [(2, "overtaken", 22)], "the same choice is no other answer"


def test_of_one_device_its_own_order_counts_whatever_its_clock_says(rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    given(attempt, 2, 1, rina, at, device=11)
    assert given(attempt, 3, 2, rina, at, device=11, waited=10_000_000).saved == {1}
    assert given(attempt, 1, 1, rina, at, device=11, waited=-5).saved == frozenset()
    assert chosen(attempt, rina) == 3


def test_whoever_comes_to_a_quiz_anew_begins_from_nothing(rina, at):
    """A quiz serves one cohort after the other: tries in an earlier one are none of the later one."""
    person = Person.objects.get(name="Rina Wulandari").pk

    def attempt_scored(many, when):
        attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=when)
        for number in range(1, many + 1):
            answer(attempt, number, right(attempt, number), number, rina, when)
        return services.submit_attempt(attempt=attempt.pk, by=rina, at=when)

    def scores(source):
        return queries.scores_of(["kuis-pktbt"], [person], source=source).get((person, "kuis-pktbt"))

    def begin(source, when):
        to = {"codes": ["kuis-pktbt"], "people": [person], "source": source}
        services.begin_anew(**to, by=Actor.system(rina.agency), at=when)

    begin("first", at)
    for many in (1, 2):
        attempt_scored(many, at)
    later = at + timedelta(days=300)
    with pytest.raises(Refused):
        services.open_attempt(code="kuis-pktbt", by=rina, at=later)
    for _ in range(2):
        begin("second", later)
    seen = queries.quiz_for(rina, "kuis-pktbt")
    assert (seen.left, seen.counted, len(seen.attempts), seen.tells_keys(later)) == (2, (), 2, False)
    (own,) = queries.own_quizzes(person, ["kuis-pktbt"], source="second")
    assert (own.made, own.best, scores("second")) == (0, None, None)
    assert attempt_scored(5, later).number == 3
    assert scores("second") == (Decimal(100),)
    assert scores("first") == (Decimal(20), Decimal(40), Decimal(100))
    (own,) = queries.own_quizzes(person, ["kuis-pktbt"], source="second")
    assert (own.made, own.best) == (1, Decimal(100))
    assert queries.quiz_for(rina, "kuis-pktbt").left == 1


def test_what_waited_comes_in_at_once_and_in_any_order(rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    given = [Given(1, 0, 1), Given(2, 1, 2), Given(1, 2, 3), Given(3, 3, 4)]
    kept = services.save_answer(attempt=attempt.pk, given=given[::-1], by=rina, at=at)
    assert kept.saved == {1, 2, 3}
    seen = queries.attempt_for(rina, attempt.pk)
    assert [turn.chosen for turn in seen.turns] == [2, 1, 3, None, None]
    assert (seen.seq, seen.answered) == (4, 3)


@pytest.mark.parametrize(
    "given",
    [
        Given(0, 0, 1),
        Given(6, 0, 1),
        Given(1, 4, 1),
        Given(1, -1, 1),
        Given(1, 0, 0),
        Given(9999, 0, 1),
        Given(1, 0, 2**40),
    ],
)
def test_an_answer_to_nothing_is_not_saved(rina, at, given):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    kept = services.save_answer(attempt=attempt.pk, given=[given], by=rina, at=at)
    assert kept.saved == frozenset()
    assert not Answer.objects.exists()


def test_after_the_time_an_answer_is_kept_aside(rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    answer(attempt, 1, right(attempt, 1), 1, rina, at)
    last = answer(attempt, 2, right(attempt, 2), 2, rina, attempt.ends_at)
    assert last.saved == {2}
    for _ in range(2):
        late = answer(attempt, 3, right(attempt, 3), 3, rina, attempt.ends_at + timedelta(seconds=1))
        assert (late.saved, late.aside, late.over) == (frozenset(), {3}, True)
    assert UncountedAnswer.objects.count() == 1
    assert services.expire(by=Actor.system(rina.agency), at=attempt.ends_at + timedelta(minutes=1)) == 1
    attempt.refresh_from_db()
    assert (attempt.score, attempt.right, attempt.by_clock) == (Decimal("40.00"), 2, True)
    assert attempt.submitted_at == attempt.ends_at
    assert [one.number for one in queries.attempt_for(rina, attempt.pk).uncounted] == [3]


def test_after_handing_in_nothing_changes(rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    for number in range(1, 6):
        answer(attempt, number, right(attempt, number), number, rina, at)
    done = services.submit_attempt(attempt=attempt.pk, by=rina, at=at)
    assert (done.score, done.by_clock) == (Decimal("100.00"), False)
    late = answer(attempt, 1, (right(attempt, 1) + 1) % 4, 9, rina, at)
    assert (late.saved, late.aside, late.over) == (frozenset(), {1}, True)
    again = services.submit_attempt(attempt=attempt.pk, by=rina, at=at + timedelta(hours=1))
    assert (again.score, again.submitted_at) == (Decimal("100.00"), at)
    assert Event.objects.filter(name="exams.submitted").count() == 1
    assert all(turn.is_right and turn.explanation for turn in queries.attempt_for(rina, attempt.pk, keys=True).turns)


def test_before_handing_in_nothing_tells_what_is_right(rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    turns = queries.attempt_for(rina, attempt.pk, keys=True).turns
    assert {(turn.right, turn.explanation) for turn in turns} == {(None, "")}


def test_another_device_goes_on_with_the_same_time(rina, at):
    first = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    later = services.open_attempt(code="kuis-pktbt", by=rina, at=at + timedelta(minutes=29))
    assert (later.pk, later.ends_at) == (first.pk, first.ends_at)


def test_attempts_are_counted(rina, at):
    first = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    second = services.open_attempt(code="kuis-pktbt", by=rina, at=at + timedelta(minutes=31))
    assert second.number == 2
    first.refresh_from_db()
    assert first.by_clock
    services.submit_attempt(attempt=second.pk, by=rina, at=at + timedelta(minutes=32))
    with pytest.raises(Refused) as no:
        services.open_attempt(code="kuis-pktbt", by=rina, at=at + timedelta(minutes=33))
    assert no.value.code == "exams.no_attempts_left"


def test_the_best_score_counts(rina, at):
    for many in (3, 1):
        attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
        for number in range(1, many + 1):
            answer(attempt, number, right(attempt, number), number, rina, at)
        services.submit_attempt(attempt=attempt.pk, by=rina, at=at)
    found = queries.best_scores(attempt.quiz_id, [attempt.person_id])
    assert found == {attempt.person_id: Decimal("60.00")}


def test_another_persons_attempt_is_not_there(kota, rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    _, other = learner(kota, "Budi Santoso")
    by = actor_for(other, day=at.date())
    for ask in (
        lambda: queries.attempt_for(by, attempt.pk),
        lambda: services.submit_attempt(attempt=attempt.pk, by=by, at=at),
    ):
        with pytest.raises(Unseen):
            ask()


def test_another_agencys_attempt_is_not_there(lain, rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    with agency_scope(lain.agency.pk), pytest.raises(Unseen):
        answer(attempt, 1, 0, 1, Actor(agency=lain.agency.pk, person=rina.person), at)
    assert not Answer.objects.exists()


def test_a_quiz_of_a_course_is_for_its_learners(kota, at):
    person, account = learner(kota)
    made = course(kota)
    quiz(kota, course=made.code)
    by = actor_for(account, day=at.date())
    for ask in (
        lambda: services.open_attempt(code="kuis-pktbt", by=by, at=at),
        lambda: queries.quiz_for(by, "kuis-pktbt"),
    ):
        with pytest.raises(Unseen):
            ask()
    courses.enrol_many(course=made.pk, people=[person.pk], source="own", by=kota.system, at=at)
    assert queries.quiz_for(by, "kuis-pktbt").left == 2
    assert services.open_attempt(code="kuis-pktbt", by=by, at=at).number == 1


def test_an_account_without_a_person_is_told(kota, at):
    quiz(kota)
    with pytest.raises(Refused) as no:
        services.open_attempt(code="kuis-pktbt", by=kota.actor("member", None), at=at)
    assert no.value.code == "exams.no_person"


def test_a_quiz_opens_and_closes(kota, at: datetime):
    _, account = learner(kota)
    quiz(kota, opens_at=at + timedelta(hours=1), closes_at=at + timedelta(hours=1, minutes=10))
    by = actor_for(account, day=at.date())
    for hours, code in ((0, "exams.not_open_yet"), (2, "exams.closed")):
        with pytest.raises(Refused) as no:
            services.open_attempt(code="kuis-pktbt", by=by, at=at + timedelta(hours=hours))
        assert no.value.code == code
    attempt = services.open_attempt(code="kuis-pktbt", by=by, at=at + timedelta(hours=1))
    assert attempt.ends_at == at + timedelta(hours=1, minutes=10)


def test_only_what_is_published_is_taken(kota, rina, at):
    with pytest.raises(Unseen):
        services.open_attempt(code="tiada", by=rina, at=at)
    made = quiz(kota, code="dua")
    made.published_at = None
    made.save()
    with pytest.raises(Unseen):
        services.open_attempt(code="dua", by=rina, at=at)


def test_results_are_for_makers_of_the_unit(kota, rina, at):
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    (line,) = queries.results_of(attempt.quiz_id, by=kota.actor("training", "dukcapil"))
    assert line.name == "Rina Wulandari"
    with pytest.raises(Unseen):
        queries.results_of(attempt.quiz_id, by=kota.actor("training", "pupr"))


def test_a_token_keeps_only_so_many_late_answers(rina, at, monkeypatch):
    """The door knows no session and stays open when the time is over: nobody fills the disk through it."""
    monkeypatch.setattr(answering, "MOST_ASIDE", 3)
    attempt = services.open_attempt(code="kuis-pktbt", by=rina, at=at)
    late = attempt.ends_at + timedelta(seconds=1)
    kept = [answer(attempt, 1, 0, seq, rina, late) for seq in range(1, 6)]
    assert [len(one.aside) for one in kept] == [1, 1, 1, 0, 0]
    assert (UncountedAnswer.objects.count(), kept[-1].over) == (3, True)
