"""The estimator against hand-made panels, worked numbers, and cities whose effect is known."""

import math
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingkar.foundation.refusals import Refused
from lingkar.loop.effect import rules
from lingkar.loop.effect.rules import Answers, Counted, Doubt, Estimate, Kind, Panel, Part, Start
from lingkar.loop.effect.rules.chance import beta_quantile, beta_share, student
from lingkar.loop.effect.rules.counts import MOST
from lingkar.loop.effect.rules.twoway import Information
from lingkar.loop.effect.tests.cities import World, judged

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def rows(unit, counts):
    return [Counted(unit, month, cases) for month, cases in enumerate(counts)]


def test_two_units_give_the_ratio_of_ratios():
    """10 → 5 while the other went 20 → 30: of 15 expected cases a month 5 are left, a third."""
    panel = Panel([A, B], 0, 3, {A: Start(2, 2)})
    found = rules.ratio_of(panel, [*rows(A, [10, 10, 5, 5]), *rows(B, [20, 20, 30, 30])])
    assert found.whole.seen == 10
    assert found.whole.expected == pytest.approx(30)
    assert found.whole.value == pytest.approx(1 / 3)
    assert found.whole.low < 1 / 3 < found.whole.high < 1
    assert (found.compared, found.trained, found.spread) == (1, 1, 1)


def test_the_interval_of_two_units_is_that_of_four_poisson_counts():
    """log ratio ± 1.96·√(1/10+1/20+1/40+1/60) = (0.13, 0.84); Jeffreys' interval lies close to it."""
    panel = Panel([A, B], 0, 3, {A: Start(2, 2)})
    found = rules.ratio_of(panel, [*rows(A, [10, 10, 5, 5]), *rows(B, [20, 20, 30, 30])])
    worth = 30**2 / Information.of({(A, 0): 10, (A, 1): 10, (B, 0): 20, (B, 1): 20, (B, 2): 30, (B, 3): 30}).variance(
        {(A, 2): 15, (A, 3): 15}
    )
    assert 1 / worth == pytest.approx(1 / 20 + 1 / 40 + 1 / 60)
    assert found.whole.low == pytest.approx(1 / 3 * math.exp(-1.96 * math.sqrt(1 / 10 + 1 / worth)), rel=0.35)


def test_what_moves_all_units_alike_is_no_effect():
    """Everything doubles, trained or not: plain before-and-after would say that training did harm."""
    panel = Panel([A, B, C], 0, 3, {A: Start(1, 1), B: Start(2, 2)})
    found = rules.ratio_of(panel, [row for unit in (A, B, C) for row in rows(unit, [10, 20, 40, 80])])
    assert found.whole.value == pytest.approx(1)
    assert found.whole.low < 1 < found.whole.high


def test_a_unit_that_is_trained_later_serves_as_comparison_until_then():
    panel = Panel([A, B], 0, 5, {A: Start(2, 2), B: Start(4, 4)})
    assert panel.after() == [(A, 2), (A, 3)]
    assert panel.lost() == 4
    found = rules.ratio_of(panel, [*rows(A, [8, 8, 4, 4, 4, 4]), *rows(B, [8, 8, 8, 8, 2, 2])])
    assert found.whole.value == pytest.approx(0.5)


def test_the_months_between_beginning_and_showing_belong_to_neither_side():
    panel = Panel([A, B], 0, 4, {A: Start(1, 3)})
    assert panel.before() == [(A, 0), *((B, month) for month in range(5))]
    assert panel.after() == [(A, 3), (A, 4)]


@pytest.mark.parametrize(
    "panel",
    [
        Panel([A], 0, 3, {A: Start(2, 2)}),  # one unit alone
        Panel([A, B], 0, 3, {A: Start(0, 0)}),  # no month before
        Panel([A, B], 0, 3, {A: Start(9, 9)}),  # not begun
        Panel([A, B], 0, 3, {A: Start(1, 1), B: Start(1, 1)}),  # all at once
    ],
)
def test_without_anything_to_compare_with_there_is_no_number(panel):
    assert rules.ratio_of(panel, [*rows(A, [9, 9, 9, 9]), *rows(B, [9, 9, 9, 9])]) is None
    assert rules.rule(None, margin=0.2, is_ratio=True).doubt == Doubt.NOTHING_TO_COMPARE
    assert rules.rule(None, margin=0.2, is_ratio=True, is_over=False).doubt == Doubt.NOT_YET


def test_without_any_case_there_is_no_number():
    assert rules.ratio_of(Panel([A, B], 0, 3, {A: Start(2, 2)}), []) is None


def test_no_case_after_is_no_certainty():
    found = rules.ratio_of(Panel([A, B], 0, 3, {A: Start(2, 2)}), [*rows(A, [3, 2, 0, 0]), *rows(B, [3, 3, 3, 3])])
    assert found.whole.value == found.whole.low == 0
    assert 0.3 < found.whole.high < 2


def test_a_comparison_worth_less_than_a_case_tells_nothing():
    """One unit's first month against another's last: 10,006 cases expected, out of three."""
    found = rules.ratio_of(
        Panel([A, B], 0, 7, {B: Start(1, 1)}), [*rows(A, [0] * 7 + [1]), *rows(B, [1] + [0] * 6 + [1])]
    )
    assert (found.whole.low, found.whole.high) == (0, MOST)
    assert rules.rule(found, margin=0.2, is_ratio=True).kind == Kind.CANNOT_TELL


@settings(max_examples=60)
@given(
    counts=st.lists(st.lists(st.integers(0, 9), min_size=8, max_size=8), min_size=2, max_size=5),
    begins=st.lists(st.integers(1, 9), min_size=5, max_size=5),
    times=st.integers(2, 5),
)
def test_any_panel_is_answered_and_its_scale_does_not_matter(counts, begins, times):
    """Never a crash, bounds around the value; all units × n moves nothing but makes it surer."""
    units = [UUID(int=number + 1) for number in range(len(counts))]
    starts = {unit: Start(begin, begin) for unit, begin in zip(units[1:], begins, strict=False)}
    panel = Panel(units, 0, 7, starts)
    given_rows = [row for unit, line in zip(units, counts, strict=True) for row in rows(unit, line)]
    found = rules.ratio_of(panel, given_rows)
    if found is None:
        return
    assert 0 <= found.whole.low <= found.whole.value <= found.whole.high
    assert 0 < found.smallest <= 1
    more = rules.ratio_of(panel, [Counted(row.unit, row.month, row.cases * times) for row in given_rows])
    assert more.whole.value == pytest.approx(found.whole.value, rel=1e-6)


def test_the_order_of_units_and_rows_does_not_matter():
    panel = Panel([A, B, C], 0, 5, {A: Start(2, 2), B: Start(4, 4)})
    told = [*rows(A, [5, 7, 2, 3, 2, 4]), *rows(B, [6, 4, 6, 5, 3, 1]), *rows(C, [4, 4, 5, 6, 5, 4])]
    other = Panel([C, B, A], 0, 5, {B: Start(4, 4), A: Start(2, 2)})
    one, two = rules.ratio_of(panel, told), rules.ratio_of(other, list(reversed(told)))
    assert one.whole.value == pytest.approx(two.whole.value)
    assert one.whole.high == pytest.approx(two.whole.high)


def test_intervals_hold_the_truth_and_better_is_rarely_said_of_nothing():
    """60 cities each; ``python -m tests.perf.truth`` does it with thousands."""
    helps, nothing = judged(1, 60, World(0.4)), judged(2, 60, World(1.0))
    assert helps.covered >= 0.88
    assert nothing.covered >= 0.88
    assert helps.better >= 0.75
    assert nothing.better <= 0.07


def test_a_planted_fault_is_found():
    """An estimator that forgets the months (plain before-and-after) would hold the truth far less often."""
    panel = Panel([A, B], 0, 3, {A: Start(2, 2)})
    told = [*rows(A, [100, 100, 200, 200]), *rows(B, [100, 100, 200, 200])]
    assert rules.ratio_of(panel, told).whole.value == pytest.approx(1)
    assert sum(row.cases for row in told[2:4]) / sum(row.cases for row in told[:2]) == 2


# --- scores of a survey -------------------------------------------------------------------------------------------


def answers(unit, means, n=40, variance=0.25):
    return [Answers(unit, month, n, mean, variance) for month, mean in enumerate(means)]


def test_a_score_is_compared_by_differences():
    """3.0 → 3.4 while the other went 3.1 → 3.2: 0.3 points."""
    panel = Panel([A, B], 0, 3, {A: Start(2, 2)})
    told = [*answers(A, [3.0, 3.0, 3.4, 3.4]), *answers(B, [3.1, 3.1, 3.2, 3.2])]
    found = rules.difference_of(panel, told)
    assert found.whole.value == pytest.approx(0.3)
    error = math.sqrt(0.25 / 80 * 4)  # four means of 80 answers each
    assert found.whole.high - 0.3 == pytest.approx(1.959964 * error, rel=1e-6)
    assert rules.rule(found, margin=0.1, is_ratio=False).kind in {Kind.BETTER, Kind.CANNOT_TELL}


def test_months_without_answers_and_equal_answers_give_no_number():
    panel = Panel([A, B], 0, 3, {A: Start(2, 2)})
    assert rules.difference_of(panel, [*answers(A, [3, 3, 3, 3])]) is None
    same = [*answers(A, [3, 3, 4, 4], variance=0.0), *answers(B, [3, 3, 3, 3], variance=0.0)]
    assert rules.difference_of(panel, same) is None
    one = [Answers(unit, month, 1, 3.0, None) for unit in (A, B) for month in range(4)]
    assert rules.difference_of(panel, one) is None


# --- verdict ------------------------------------------------------------------------------------------------------


def found(value, low, high):
    return Estimate(Part(10, 20, value, low, high, 5), {}, {}, 0.3, 1.0, 2, 2)


@pytest.mark.parametrize(
    ("numbers", "kind", "doubt"),
    [
        ((0.40, 0.25, 0.64), Kind.BETTER, None),
        ((1.60, 1.20, 2.10), Kind.WORSE, None),
        ((1.00, 0.85, 1.18), Kind.NO_LARGER, None),
        ((0.95, 0.90, 0.99), Kind.NO_LARGER, None),  # sure, and too small to matter
        ((0.80, 0.50, 1.30), Kind.CANNOT_TELL, Doubt.TOO_FEW),
    ],
)
def test_a_verdict_follows_from_the_interval(numbers, kind, doubt):
    ruling = rules.rule(found(*numbers), margin=0.2, is_ratio=True)
    assert (ruling.kind, ruling.doubt) == (kind, doubt)
    assert ruling.change == pytest.approx(numbers[0] - 1)


def test_a_higher_score_is_better_and_a_lower_one_worse():
    assert rules.rule(found(0.3, 0.1, 0.5), margin=0.1, is_ratio=False).kind == Kind.BETTER
    assert rules.rule(found(-0.3, -0.5, -0.1), margin=0.1, is_ratio=False).kind == Kind.WORSE


def test_a_rate_is_never_read_alone():
    """Where cases that no training cures fell likewise, people may simply report less."""
    helps = found(0.40, 0.25, 0.64)
    fell, rose, still = found(0.5, 0.3, 0.8), found(1.5, 1.2, 1.9), found(1.0, 0.6, 1.5)
    assert rules.rule(helps, margin=0.2, is_ratio=True, others=still, earlier=still).kind == Kind.BETTER
    assert rules.rule(helps, margin=0.2, is_ratio=True, others=rose).kind == Kind.BETTER
    assert rules.rule(helps, margin=0.2, is_ratio=True, others=fell).doubt == Doubt.OTHERS_MOVED
    assert rules.rule(helps, margin=0.2, is_ratio=True, earlier=fell).doubt == Doubt.BEFORE_ALREADY


def test_a_study_is_registered_before_the_first_training():
    days = [None, date(2026, 3, 1), date(2026, 6, 1)]
    assert not rules.started_before(date(2026, 3, 1), days)
    assert rules.started_before(date(2026, 3, 2), days)
    assert not rules.started_before(date(2026, 3, 2), [None])


@pytest.mark.parametrize(
    ("units", "margin", "delay", "code"),
    [
        ({A: None}, 0.2, 0, "effect.nobody_trained"),
        ({}, 0.2, 0, "effect.nobody_trained"),
        ({A: date(2026, 1, 1)}, 0, 0, "effect.margin_unusable"),
        ({A: date(2026, 1, 1)}, 1, 0, "effect.margin_unusable"),
        ({A: date(2026, 1, 1)}, 0.2, -1, "effect.delay_unusable"),
    ],
)
def test_what_cannot_be_studied_is_refused(units, margin, delay, code):
    with pytest.raises(Refused) as no:
        rules.check_registration(units, margin=margin, delay=delay)
    assert no.value.code == code


def test_months():
    assert rules.month_after(date(2026, 3, 1)) == rules.month_of(date(2026, 3, 31)) == 2026 * 12 + 2
    assert rules.month_after(date(2026, 12, 2)) == rules.month_of(date(2027, 1, 1))
    assert rules.settled_month(date(2026, 6, 8), days=30) == rules.month_of(date(2026, 4, 1))
    assert rules.settled_month(date(2026, 6, 8), days=0) == rules.month_of(date(2026, 5, 1))


def test_quantiles():
    """Of the beta distribution with whole numbers a share is a sum of binomials; t from printed tables."""
    for share in (0.025, 0.5, 0.975):
        assert beta_share(beta_quantile(share, 3.5, 40.5), 3.5, 40.5) == pytest.approx(share, abs=1e-9)
    assert beta_share(0.3, 2, 3) == pytest.approx(sum(math.comb(4, k) * 0.3**k * 0.7 ** (4 - k) for k in (2, 3, 4)))
    assert (beta_share(0, 2, 3), beta_share(1, 2, 3)) == (0, 1)
    assert student(0.975, 10) == pytest.approx(2.2281, abs=0.0001)
    assert student(0.975, 1) == pytest.approx(12.7062, abs=0.0001)
    assert student(0.975, 1000) == pytest.approx(1.9623, abs=0.0005)
