"""How sure a number is, against published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.loop.scoreboard.rules.chance import Share, changed, difference, mean_of, median, nth, wilson

COUNTS = st.dictionaries(st.integers(0, 40), st.integers(1, 9), min_size=1, max_size=12)


def test_the_interval_of_a_share():
    assert wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998, table I
    assert Share(45, 50).interval == (79, 96)


def test_the_interval_of_a_difference():
    assert difference(Share(56, 70), Share(48, 80)) == pytest.approx(
        (0.0524, 0.3339), abs=1e-4
    )  # Newcombe 1998, table II


def test_a_change_is_one_when_it_is_larger_than_chance():
    assert changed(Share(56, 70), Share(48, 80)) == 1
    assert changed(Share(48, 80), Share(56, 70)) == -1
    assert changed(Share(9, 10), Share(6, 10)) == 0
    assert changed(Share(4, 4), Share(0, 80)) == 0, "four cases say nothing"


@given(COUNTS)
def test_the_median_is_the_middle_of_all_values_in_order(counts):
    values = sorted(value for value, many in counts.items() for _ in range(many))
    found = median(counts)
    middle = len(values) // 2
    assert found.days == (values[middle] + values[~middle]) / 2
    assert found.low <= found.days <= found.high
    assert [nth(counts, place) for place in range(1, len(values) + 1)] == values


def test_nothing_counted_is_nothing_said():
    assert not median({}).is_enough
    assert not mean_of({5: 4}).is_enough
    with pytest.raises(ValueError, match="not so many"):
        nth({1: 1}, 2)


def test_the_mean_of_ratings():
    found = mean_of({5: 5, 3: 5})
    assert (found.count, found.mean) == (10, 4)
    assert found.low == pytest.approx(3.347, abs=1e-3)
    assert found.high == pytest.approx(4.653, abs=1e-3)
