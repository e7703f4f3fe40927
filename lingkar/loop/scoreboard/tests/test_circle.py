"""What is told of a circle, and what is hidden. Pure."""

from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest

from lingkar.loop.scoreboard.rules import Effect, Heard, Held, Part, Planned, Station, Wanted, causes, few, fold
from lingkar.loop.scoreboard.rules.circle import Facts
from tests.fixtures import NOW

DAY = NOW.date()
FACTS = Facts(DAY, DAY, DAY, DAY, 5)
ID = UUID(int=1)


def test_few_are_not_told_and_nobody_is_no_secret():
    assert [few(n, smallest=5) for n in (0, 1, 4, 5)] == [0, None, None, 5]


def test_small_causes_are_told_together_or_not_at_all():
    assert fold({"budget": 9, "tool": 3, "staffing": 2}, smallest=5) == (
        Part(("budget",), 9),
        Part(("tool", "staffing"), 5),
    )
    assert fold({"budget": 9, "tool": 3}, smallest=5) == (Part(("budget",), 9), Part(("tool",), None))
    assert fold({}, smallest=5) == ()


def test_no_small_number_can_be_had_by_taking_the_others_off_a_sum():
    kinds = ("knowledge", "conduct", "procedure", "staffing")
    for numbers in product((0, 1, 3, 4, 5, 9), repeat=len(kinds)):
        found = causes(dict(zip(kinds, numbers, strict=True)), trainable=kinds[:2], smallest=5)
        shown = [part.n for part in (*found.trainable, *found.others) if part.n is not None]
        assert all(n >= 5 for n in shown)
        assert (found.n or 0) == sum(shown)
        assert not found.curable or found.curable >= 5


def test_where_nothing_went_wrong_the_service_has_no_cause():
    assert causes({"none": 50}, trainable=("knowledge",), smallest=5).n == 0


def circle(**facts):
    return replace(FACTS, **facts)


def effect(kind):
    return Effect(ID, "cases", DAY, kind, None, -0.5, -0.7, -0.3, None, 0.2, 40, is_ratio=True, is_late=False)


def test_a_circle_closes_station_by_station():
    whole = circle(
        heard=Heard(reports=9),
        causes=causes({"knowledge": 9}, trainable=("knowledge",), smallest=5),
        needs=(Wanted(ID, "public_service", "Loket", 1, 0.8, 9, 1.0, 1.0),),
        planned=(Planned(ID, 2027, "Prima", "public_service", DAY, DAY, None, is_approved=True),),
        held=(Held("a1", "Prima", DAY, DAY, is_over=True, hours=8, taking_part=None, passed=None),),
        effects=(effect("better"),),
    )
    assert whole.reached == tuple(Station)
    assert whole.stops_at == ""
    assert (whole.going, whole.passed) == (None, None)
    assert FACTS.reached == ()
    assert FACTS.stops_at == Station.HEARD


@pytest.mark.parametrize(("kinds", "told"), [([], ""), (["better"], "better"), (["better", "cannot_tell"], "mixed")])
def test_verdicts_that_differ_are_not_one(kinds, told):
    assert circle(effects=tuple(effect(kind) for kind in kinds)).verdict == told


def test_what_cannot_be_told_closes_nothing():
    assert Station.PROVEN not in circle(effects=(effect("cannot_tell"),)).reached


def test_a_plan_that_nobody_approved_sends_nobody():
    draft = Planned(ID, 2027, "Prima", "public_service", DAY, DAY, 20, is_approved=False)
    assert circle(planned=(draft,)).reached == ()
    assert circle(planned=(draft,)).going == 0
