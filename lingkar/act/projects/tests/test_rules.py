"""The life of a project, walked whole; marks that add up, and words that must be there."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lingkar.act.projects import rules
from lingkar.act.projects.models import PartKind, ProjectState
from lingkar.act.projects.rules import Criterion, Move, PlannedStep, State
from lingkar.foundation.refusals import Refused

ALLOWED = {
    "draft": {"write": "draft", "offer": "offered", "close": "closed"},
    "offered": {"return": "draft", "agree": "agreed", "close": "closed"},
    "agreed": {"step": "running", "close": "closed"},
    "running": {"step": "running", "report": "reported", "close": "closed"},
    "reported": {"return": "running", "review": "reported", "close": "closed"},
    "closed": {},
}


@pytest.mark.parametrize(("state", "move"), list(itertools.product(State, Move)))
def test_every_pair_of_state_and_move(state, move):
    expected = ALLOWED[state].get(move)
    assert (move in rules.moves_from(state)) == bool(expected)
    if expected:
        assert rules.after(state, move) == expected
    else:
        with pytest.raises(Refused, match=r"projects\.not_now"):
            rules.after(state, move)


def test_the_database_knows_the_same_states_and_parts():
    assert set(ProjectState.values) == set(State)
    assert set(PartKind.values) == set(rules.Part)


def given(*values):
    return {criterion: Decimal(value) for criterion, value in zip(Criterion, values, strict=True)}


@pytest.mark.parametrize(
    ("values", "mean"),
    [
        (("80", "80", "80", "80"), "80.00"),
        (("90", "85", "70", "75.5"), "80.13"),  # 80.125 goes up
        (("0", "0", "0", "0"), "0.00"),
        (("100", "100", "100", "100"), "100.00"),
        (("90.01", "90", "90", "90.01"), "90.01"),  # 90.005 goes up
    ],
)
def test_the_mean_goes_half_up(values, mean):
    assert str(rules.overall(given(*values))) == mean


@pytest.mark.parametrize("wrong", ["101", "100.01", "-1", "-0.01", "NaN", "Infinity"])
def test_a_mark_outside_its_range_is_refused(wrong):
    with pytest.raises(Refused, match="mark_out_of_range") as no:
        rules.overall(given("80", wrong, "80", "80"))
    assert no.value.details["criteria"] == (Criterion.IDEA,)


def test_each_criterion_has_one_mark():
    marks = given("80", "80", "80", "80")
    del marks[Criterion.WORK]
    with pytest.raises(Refused, match="marks_missing"):
        rules.overall(marks)
    with pytest.raises(Refused, match="marks_missing"):
        rules.overall(given("80", "80", "80", "80") | {"style": Decimal(100)})


def test_what_a_mentor_must_be_able_to_read():
    whole: dict[str, Any] = {"title": "t", "issue": "i", "idea": "d", "steps": 1}
    rules.check_offer(**whole)
    for gap in ("title", "issue", "idea"):
        with pytest.raises(Refused, match="not_whole"):
            rules.check_offer(**whole | {gap: "  "})
    with pytest.raises(Refused, match="no_steps"):
        rules.check_offer(**whole | {"steps": 0})


def test_a_report_needs_words_proof_and_finished_steps():
    whole: dict[str, Any] = {"result": "r", "evidence": 1, "unfinished": 0}
    rules.check_report(**whole)
    for more, code in (({"result": " "}, "no_result"), ({"evidence": 0}, "no_evidence"), ({"unfinished": 1}, "open")):
        with pytest.raises(Refused, match=code):
            rules.check_report(**whole | more)


def test_steps_have_titles_and_an_end():
    step = PlannedStep("x", date(2026, 6, 1))
    rules.check_steps([step] * rules.MOST_STEPS)
    with pytest.raises(Refused, match="too_many_steps"):
        rules.check_steps([step] * (rules.MOST_STEPS + 1))
    with pytest.raises(Refused, match="step_without_title"):
        rules.check_steps([PlannedStep(" ", step.due)])


def test_nothing_was_done_tomorrow():
    today = date(2026, 6, 8)
    rules.check_done_on(today, today=today)
    with pytest.raises(Refused, match="done_in_the_future"):
        rules.check_done_on(today + timedelta(days=1), today=today)


def test_words_lose_what_cannot_be_seen():
    assert rules.check_words(" a\x00b\u202ec\r\nd ") == "abc\nd"
    with pytest.raises(Refused, match="no_words"):
        rules.check_words(" \u200b\n")
    with pytest.raises(Refused, match="too_long"):
        rules.check_words("x" * 5001)
