"""Papers, times and marks."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.refusals import Refused
from lingkar.grow.exams import rules

AT = datetime(2026, 6, 8, 3, tzinfo=UTC)
BANK = {UUID(int=number): 4 for number in range(30)}
GOOD = rules.Asked("Apa?", ("a", "b"), 0, "Karena.")


@given(st.text(max_size=20), st.integers(1, 30))
def test_a_paper_has_each_question_once_and_each_choice_once(seed, shown):
    paper = rules.paper(BANK, shown=shown, seed=seed)
    assert len(set(paper.questions)) == len(paper.questions) == len(paper.orders) == shown
    assert {"".join(sorted(order)) for order in paper.orders} == {"0123"}
    assert paper == rules.paper(dict(reversed(BANK.items())), shown=shown, seed=seed)


def test_two_papers_differ():
    papers = {rules.paper(BANK, shown=20, seed=str(n)) for n in range(50)}
    assert len(papers) == 50
    first = {paper.orders[0][0] for paper in papers}
    assert first == {"0", "1", "2", "3"}


@pytest.mark.parametrize(
    ("chosen", "score", "right"),
    [
        ({}, "0.00", 0),
        ({1: 0}, "14.29", 1),
        ({1: 0, 2: 1}, "42.86", 2),
        ({1: 0, 2: 1, 3: 2}, "100.00", 3),
        ({1: 1, 9: 0}, "0.00", 0),
    ],
)
def test_marks_are_weighed_and_rounded_half_up(chosen, score, right):
    questions = [(UUID(int=1), 0, 1), (UUID(int=2), 1, 2), (UUID(int=3), 2, 4)]
    mark = rules.mark(questions, {UUID(int=number): choice for number, choice in chosen.items()})
    assert (mark.score, mark.right) == (Decimal(score), right)


def test_a_paper_of_nothing_is_worth_nothing():
    assert rules.mark([], {}).score == 0


def test_time_ends_with_the_quiz():
    assert rules.ends_at(started_at=AT, minutes=30, closes_at=None) == AT + timedelta(minutes=30)
    closes = AT + timedelta(minutes=10)
    assert rules.ends_at(started_at=AT, minutes=30, closes_at=closes) == closes


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"stem": " "}, "exams.question_incomplete"),
        ({"explanation": ""}, "exams.question_incomplete"),
        ({"options": ("a",)}, "exams.options"),
        ({"options": ("a", " ")}, "exams.options"),
        ({"options": tuple("abcdefg")}, "exams.options"),
        ({"options": ("a", "a ")}, "exams.options_alike"),
        ({"key": 2}, "exams.no_key"),
        ({"key": -1}, "exams.no_key"),
        ({"marks": 0}, "exams.marks"),
    ],
)
def test_what_a_question_may_not_be(told, code):
    values = {"stem": GOOD.stem, "options": GOOD.options, "key": 0, "explanation": GOOD.explanation} | told
    with pytest.raises(Refused) as no:
        rules.check_question(rules.Asked(**values))
    assert no.value.code == code
    rules.check_question(GOOD)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"minutes": 0}, "exams.minutes"),
        ({"minutes": 241}, "exams.minutes"),
        ({"shown": 0}, "exams.shown"),
        ({"pass_mark": Decimal(101)}, "exams.pass_mark"),
        ({"attempts": 0}, "exams.attempts"),
    ],
)
def test_what_a_quiz_may_not_be(told, code):
    with pytest.raises(Refused) as no:
        rules.check_quiz(**({"minutes": 30, "shown": 20, "pass_mark": Decimal(70), "attempts": 1} | told))
    assert no.value.code == code


def test_doors_of_a_quiz():
    later = AT + timedelta(hours=1)
    rules.check_open(opens_at=AT, closes_at=later, at=AT)
    for check, code in (
        (lambda: rules.check_open(opens_at=later, closes_at=None, at=AT), "exams.not_open_yet"),
        (lambda: rules.check_open(opens_at=None, closes_at=AT, at=AT), "exams.closed"),
        (lambda: rules.check_window(later, AT), "exams.closes_before_it_opens"),
        (lambda: rules.check_attempts(made=2, allowed=2), "exams.no_attempts_left"),
        (lambda: rules.check_publishable(questions=3, shown=4), "exams.too_few_questions"),
    ):
        with pytest.raises(Refused) as no:
            check()
        assert no.value.code == code
    rules.check_window(None, AT)
    rules.check_attempts(made=1, allowed=2)
