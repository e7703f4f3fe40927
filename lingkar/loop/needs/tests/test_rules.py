"""Needs grow with what citizens show and with what people lack, and small cells are drawn towards all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.privacy.cells import told_groups
from lingkar.loop.needs import rules
from lingkar.loop.needs.rules import Capability, Cases, Parts, Scores, sizes


def numbered(one):
    """A few of these, each under a number."""
    return st.lists(one, min_size=2, max_size=6).map(lambda found: dict(enumerate(found)))


cells = numbered(
    st.tuples(st.integers(0, 200), st.floats(0.1, 1), st.integers(1, 50_000)).map(
        lambda drawn: Cases(drawn[0], drawn[0] * drawn[1], drawn[2])
    )
)
answers = numbered(
    st.tuples(st.integers(2, 400), st.floats(1, 4), st.floats(0, 2.25)).map(lambda drawn: Scores(*drawn))
)
either = numbered(
    st.tuples(st.none() | st.floats(0, 100), st.none() | st.floats(0, 1), st.none() | st.floats(0, 5)).map(
        lambda drawn: Parts(*drawn)
    )
)


def test_a_case_counts_half_after_its_half_life():
    assert rules.recency(0, half_life=180) == 1
    assert rules.recency(180, half_life=180) == 0.5
    assert rules.recency(360, half_life=180) == 0.25
    assert rules.recency(-3, half_life=180) == 1


def test_the_interval_of_a_rate_is_that_of_breslow_and_day():
    low, high = Cases(11, 11, 1000).interval()
    assert (round(low, 2), round(high, 2)) == (5.48, 19.68)
    assert Cases(0, 0, 1000).interval() == (0, 0)
    assert Cases(3, 3, 0).interval() == (0, 0)


@given(cells)
def test_a_shrunk_rate_lies_between_its_own_and_that_of_all(found):
    whole = sum(c.weighted for c in found.values()) / sum(c.exposure for c in found.values())
    for key, rate in rules.shrunk_rates(found).items():
        low, high = sorted((found[key].rate, whole))
        assert low - 1e-9 <= rate <= high + 1e-9


def test_a_small_cell_moves_more_than_a_large_one():
    found = {"small": Cases(3, 3, 100), "large": Cases(300, 300, 10_000), "calm": Cases(20, 20, 20_000)}
    shrunk = rules.shrunk_rates(found)
    assert found["small"].rate == found["large"].rate == 30
    assert shrunk["small"] < shrunk["large"] < 30
    assert shrunk["calm"] > 1


def test_cells_that_do_not_differ_are_told_alike():
    assert set(rules.shrunk_rates({n: Cases(10, 10, 1000) for n in range(5)}).values()) == {10}


def test_cases_that_weigh_less_vary_less_and_are_drawn_less():
    """A hundred cases that weigh a half each are surer than fifty whole ones."""
    found = {1: (10, 1000), 2: (50, 1000), 3: (30, 1000)}
    whole = rules.shrunk_rates({key: Cases(n, n, t) for key, (n, t) in found.items()})
    half = rules.shrunk_rates({key: Cases(2 * n, n, t, n / 2) for key, (n, t) in found.items()})
    assert whole[1] > half[1] > 10
    assert whole[2] < half[2] < 50


APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("months", "first", "last", "used"),
    [
        ({APRIL: 300, MAY: 310}, date(2026, 4, 16), date(2026, 5, 31), 460),
        ({APRIL: 300, MAY: 100}, APRIL, date(2026, 5, 10), 400),  # the running month is counted so far
        ({APRIL: 300}, MAY, date(2026, 5, 10), 0),
        ({}, APRIL, MAY, 0),
    ],
)
def test_transactions_are_those_of_the_days_in_which_cases_are_counted(months, first, last, used):
    assert rules.used_between(months, first, last) == pytest.approx(used)


def test_nothing_counted_says_nothing():
    assert rules.shrunk_rates({1: Cases(4, 4, 0)}) == {}
    assert rules.shrunk_means({}) == {}


@given(answers)
def test_a_shrunk_mean_lies_between_its_own_and_that_of_all(found):
    whole = sum(c.n * c.mean for c in found.values()) / sum(c.n for c in found.values())
    for key, mean in rules.shrunk_means(found).items():
        low, high = sorted((found[key].mean, whole))
        assert low - 1e-9 <= mean <= high + 1e-9


def test_the_interval_of_a_mean_needs_answers_that_differ():
    assert Scores(100, 3.0, 0.25).interval() == pytest.approx((2.902, 3.098))
    assert Scores(8, 4.0, 0.0).interval() is None
    assert Scores(1, 4.0, None).interval() is None


def test_a_deficit_goes_from_nothing_to_all():
    assert [rules.deficit(mean) for mean in (4, 2.5, 1)] == [0, 0.5, 1]


def test_a_surplus_fills_no_gap_of_another():
    crew = Capability.of([2, -1, None, 1, 0, -3])
    assert (crew.people, crew.measured, crew.lack) == (6, 5, 0.6)
    assert crew.coverage == pytest.approx(5 / 6)
    assert Capability.of([]).coverage == 0


@given(either)
def test_a_need_is_between_nothing_and_one_or_cannot_be_told(parts):
    for key, size in sizes(parts).items():
        if parts[key].lack is None or (parts[key].cases is None and parts[key].survey is None):
            assert size.need is None
        else:
            assert size.need is not None
            assert 0 <= size.need <= 1


def test_more_of_either_is_more_need():
    found = sizes(
        {
            "loud and unable": Parts(cases=8, survey=0.5, lack=2),
            "loud and able": Parts(cases=8, survey=0.5, lack=0),
            "quiet and unable": Parts(cases=1, survey=0.1, lack=2),
            "not assessed": Parts(cases=8, survey=0.5, lack=None),
            "survey alone": Parts(cases=None, survey=0.5, lack=2),
        }
    )
    assert found["loud and unable"].need == 1
    assert found["loud and able"].need == 0
    assert found["quiet and unable"].need == pytest.approx((1 / 8 + 0.2) / 2)
    assert found["not assessed"].need is None
    assert found["survey alone"].need == 1


def people(first, last):
    return frozenset(range(first, last))


@pytest.mark.parametrize(
    ("groups", "told", "may_pool"),
    [
        ({"a": people(0, 6), "b": people(6, 12)}, "ab", True),
        ({"a": people(0, 6), "b": people(6, 7)}, "a", False),  # all without "a" is one person
        ({"a": people(0, 6), "b": people(6, 8), "c": people(8, 12)}, "a", True),
        ({"inner": people(0, 6), "outer": people(0, 7)}, ["inner"], False),  # the head of the office
        ({"inner": people(0, 6), "outer": people(0, 11)}, ["inner", "outer"], True),
        ({"a": people(0, 4)}, "", False),
    ],
)
def test_a_few_are_not_had_by_taking_others_off(groups, told, may_pool):
    everybody = frozenset().union(*groups.values())
    assert told_groups(groups, everybody, smallest=5) == (frozenset(told), may_pool)
