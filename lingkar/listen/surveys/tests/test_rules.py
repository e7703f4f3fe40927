"""The formulas: worked examples of their sources, and what must hold whatever people answer."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.privacy.cells import hidden
from lingkar.foundation.refusals import Refused
from lingkar.listen.surveys import rules
from lingkar.listen.surveys.instruments import QUESTIONS
from lingkar.listen.surveys.rules import Band, Bounds, Moments, NoInterval, Unsur, Weighting

BOUNDS = Bounds(Decimal("65.00"), Decimal("76.61"), Decimal("88.31"))
WORKED = "333433433 433434433 332433323 322433332 443444443 333433333 332333313 433433434"
"""Eight respondents of the worked example, U1 to U9 each."""
score = st.integers(1, 4)
person = st.lists(score, min_size=9, max_size=9)


def moments(values):
    exact = [Fraction(value) for value in values]
    return Moments(len(exact), sum(exact, Fraction(0)), sum((value**2 for value in exact), Fraction(0)))


def people(text=WORKED):
    return [[int(digit) for digit in row] for row in text.split()]


def means(rows):
    return [Fraction(sum(column), len(rows)) for column in zip(*rows, strict=True)]


def test_the_worked_example():
    told = [str(float(mean)) for mean in means(people())]
    assert told == ["3.375", "3.0", "2.625", "3.875", "3.125", "3.25", "3.5", "2.75", "3.0"]
    exact, printed = (rules.half_up(rules.index_of(means(people()), weight)) for weight in Weighting)
    assert (exact, printed) == (Decimal("79.17"), Decimal("79.09"))
    assert rules.band_of(exact, BOUNDS) == rules.band_of(printed, BOUNDS) == Band.B


def test_the_printed_weight_keeps_a_perfect_score_below_100():
    perfect = [Fraction(4)] * 9
    assert rules.half_up(rules.index_of(perfect, Weighting.PRINTED)) == Decimal("99.90")
    assert rules.half_up(rules.index_of(perfect)) == Decimal("100.00")


@pytest.mark.parametrize(
    ("index", "band"),
    [("25.00", "D"), ("64.99", "D"), ("65.00", "C"), ("76.60", "C"), ("76.61", "B"), ("88.30", "B"), ("88.31", "A"),
     ("100", "A")],
)  # fmt: skip
def test_bands_begin_where_the_regulation_says(index, band):
    assert rules.band_of(Decimal(index), BOUNDS) == band


@pytest.mark.parametrize(
    ("value", "rounded"), [("88.305", "88.31"), ("64.995", "65.00"), ("76.6049", "76.60"), ("76.605", "76.61")]
)
def test_a_half_goes_up_before_the_band_is_read(value, rounded):
    assert rules.half_up(Fraction(value)) == Decimal(rounded)


@pytest.mark.parametrize(
    ("users", "enough"),
    [(0, 0), (1, 1), (10, 10), (50, 44), (100, 80), (150, 108), (200, 132), (300, 169), (500, 217), (1000, 278),
     (2000, 322), (5000, 357), (10_000, 370), (100_000, 383), (1_000_000, 384)],
)  # fmt: skip
def test_the_table_of_krejcie_and_morgan(users, enough):
    assert rules.sample_size(users) == enough


@given(st.integers(1, 10**7))
def test_a_sample_is_never_larger_than_its_population_and_grows_with_it(users):
    assert 0 < rules.sample_size(users) <= users
    assert rules.sample_size(users) <= rules.sample_size(users + 1)


@given(st.lists(person, min_size=1, max_size=40))
def test_an_index_lies_between_25_and_100_and_is_the_mean_of_the_people(rows):
    index = rules.index_of(means(rows))
    assert 25 <= index <= 100
    assert index == sum(Fraction(sum(row) * 25, 9) for row in rows) / len(rows)
    told = rules.measured_index(moments(sum(row) for row in rows), Weighting.EXACT)
    assert told.mean == rules.half_up(index)
    if told.low is not None and told.high is not None:
        assert 25 <= told.low <= told.mean <= told.high <= 100


@given(st.lists(person, min_size=1, max_size=20), st.integers(0, 8), st.randoms())
def test_a_better_answer_never_lowers_the_index_and_order_does_not_matter(rows, at, chance):
    better = [row.copy() for row in rows]
    better[0][at] = 4
    assert rules.index_of(means(better)) >= rules.index_of(means(rows))
    mixed = rows.copy()
    chance.shuffle(mixed)
    assert rules.index_of(means(mixed)) == rules.index_of(means(rows))


@given(st.lists(score, max_size=30), st.lists(score, max_size=30))
def test_moments_of_cells_add_up(one, two):
    assert moments(one) + moments(two) == moments(one + two)


def test_an_interval_equals_a_textbook_example():
    found = rules.interval(moments([3, 3, 2, 4, 3]), least=1, most=4)  # mean 3, s² 0.5, t(4) 2.7764
    assert isinstance(found, tuple)
    half = 2.7764 * (0.5 / 5) ** 0.5
    assert isclose(found[0], 3 - half)
    assert isclose(found[1], 3 + half)


@pytest.mark.parametrize(("answers", "why"), [([], NoInterval.NONE), ([3], NoInterval.ONE), ([4] * 9, NoInterval.SAME)])
def test_there_is_no_interval_without_a_spread(answers, why):
    assert rules.interval(moments(answers), least=1, most=4) == why


@pytest.mark.parametrize(
    ("freedom", "t"),
    [(1, 12.706), (10, 2.228), (30, 2.042), (31, 2.0395), (40, 2.0211), (60, 2.0003), (120, 1.9799), (10**6, 1.96)],
)
def test_students_t_is_that_of_the_tables(freedom, t):
    assert abs(rules.t_95(freedom) - t) < 0.0005


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=8))
def test_no_small_cell_can_be_had_from_the_others(counts):
    gone = hidden(counts, smallest=5)
    shown = {cell: n for cell, n in counts.items() if cell not in gone and n}
    assert all(n >= 5 for n in shown.values())
    rest = sum(counts.values()) - sum(shown.values())
    assert rest == 0 or rest >= 5 or not shown
    assert all(counts[cell] for cell in gone)


def test_nothing_is_hidden_where_nothing_is_small():
    assert hidden({"a": 5, "b": 70, "c": 0}, smallest=5) == frozenset()
    assert hidden({"a": 3, "b": 70, "c": 9}, smallest=5) == {"a", "c"}
    assert hidden({"a": 3, "b": 70, "c": 4}, smallest=5) == {"a", "c"}


def test_questions_are_bound_to_elements_and_not_to_places():
    assert [question.unsur for question in QUESTIONS[7:]] == [Unsur.FACILITIES, Unsur.COMPLAINTS]
    scores = rules.by_unsur([1, 2, 3, 4, 1, 2, 3, 4, 1], QUESTIONS)
    assert [int(scores[unsur]) for unsur in (Unsur.FACILITIES, Unsur.COMPLAINTS)] == [4, 1]


def test_several_questions_of_one_element_are_their_mean():
    asked = (*QUESTIONS, QUESTIONS[0], QUESTIONS[0])
    assert rules.by_unsur([4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3], asked)[Unsur.REQUIREMENTS] == Decimal("3.3333")


def test_an_instrument_without_an_element_is_refused():
    with pytest.raises(Refused) as no:
        rules.check_questions(QUESTIONS[:-1])
    assert no.value.details == {"missing": ["U8"]}


@pytest.mark.parametrize("answers", [[], [3] * 8, [3] * 10, [3] * 8 + [5], [3] * 8 + [0]])
def test_answers_are_whole_or_refused(answers):
    with pytest.raises(Refused):
        rules.check_answers(answers, questions=QUESTIONS)


def test_a_day_ahead_is_refused():
    rules.check_day(date(2026, 6, 8), today=date(2026, 6, 8))
    with pytest.raises(Refused):
        rules.check_day(date(2026, 6, 9), today=date(2026, 6, 8))


def test_options_stand_from_worst_to_best():
    assert all(len(question.options) == 4 for question in QUESTIONS)
    assert all(one != two for question in QUESTIONS for one, two in pairwise(question.options))
