"""What follows from schemes, marks and attendance, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import rules, schemes
from lingkar.grow.programmes.rules import Predicate, Standing, State, Taught
from tests.fixtures import NOW

BOUNDS = (90, 80, 70, 60)
PKTBT = next(item.scheme for item in schemes.shipped() if item.code == "pktbt")


def refused(code, act, *args, **more):
    with pytest.raises(Refused) as no:
        act(*args, **more)
    assert no.value.code == f"programmes.{code}"
    return no.value.details


def test_what_ships_can_work_and_comes_back_as_it_was():
    for item in schemes.shipped():
        assert schemes.read(schemes.kept(item.scheme)) == item.scheme


def test_weights_that_sum_to_95_are_refused():
    first, *others = PKTBT.components
    less = replace(PKTBT, components=(replace(first, weight=first.weight - 5), *others))
    assert refused("weights", rules.check_scheme, less)["total"] == 95


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"components": ()}, "codes_not_once"),
        ({"phases": ()}, "phase_unknown"),
        ({"gates": rules.Gates(101)}, "gate_impossible"),
        ({"parts": (rules.Part("x", "X", 5, 4),)}, "hours_impossible"),
    ],
)
def test_a_scheme_that_cannot_work_is_refused(changes, code):
    refused(code, rules.check_scheme, replace(PKTBT, **changes))


def test_data_of_another_shape_is_no_scheme():
    refused("scheme_unreadable", schemes.read, {"parts": "administrative"})


@pytest.mark.parametrize(
    ("administrative", "substantive", "office", "code"),
    [(20, 24, True, ""), (21, 24, True, "hours_too_many"), (20, 23, True, "hours_too_few"),
     (0, 24, True, "hours_too_few"), (20, 40, True, ""), (20, 24, False, "office_missing")],
)  # fmt: skip
def test_the_administrative_part_has_20_jp_at_most_the_substantive_24_with_an_office(
    administrative, substantive, office, code
):
    subjects = [Taught("administrative", administrative, False), Taught("substantive", substantive, office)]
    if code:
        refused(code, rules.check_hours, PKTBT, subjects)
    else:
        rules.check_hours(PKTBT, subjects)


@pytest.mark.parametrize(
    ("mark", "predicate"),
    [("100", "excellent"), ("90.01", "excellent"), ("90.00", "good"), ("80.01", "good"), ("80", "fair"),
     ("70.01", "fair"), ("70.005", "fair"), ("70.004", "deferred"), ("60.01", "deferred"), ("60", "poor"),
     ("0", "poor")],
)  # fmt: skip
def test_bands_begin_above_their_mark_after_rounding(mark, predicate):
    assert rules.predicate_of(Decimal(mark), BOUNDS) == predicate


@given(st.decimals(0, 100, places=4))
def test_every_mark_has_a_band_and_higher_marks_have_no_lower_one(mark):
    order = list(Predicate)
    higher = min(mark + 1, Decimal(100))
    assert order.index(rules.predicate_of(higher, BOUNDS)) <= order.index(rules.predicate_of(mark, BOUNDS))


@pytest.mark.parametrize("bounds", [(90, 80, 70), (60, 70, 80, 90), (90, 90, 70, 60)])
def test_bounds_fall(bounds):
    refused("bounds", rules.check_bounds, bounds)


def test_a_final_mark_weighs_what_the_scheme_says():
    marks = dict(zip((it.code for it in PKTBT.components), map(Decimal, (80, 90, 85, 88, 70, 95)), strict=True))
    # 80·.20 + 90·.15 + 85·.20 + 88·.15 + 70·.10 + 95·.20
    assert rules.final_mark(PKTBT, marks) == Decimal("85.70")
    del marks["field"]
    assert rules.final_mark(PKTBT, marks) is None
    assert rules.mark_so_far(PKTBT, marks) == Decimal("68.70")


@pytest.mark.parametrize(
    ("value", "code"),
    [("0", ""), ("100", ""), ("100.00", ""), ("101", "mark_out_of_range"), ("-0.01", "mark_out_of_range"),
     ("NaN", "mark_out_of_range"), ("Infinity", "mark_out_of_range"), ("80.125", "mark_too_exact")],
)  # fmt: skip
def test_a_mark_is_0_to_100(value, code):
    if code:
        refused(code, rules.check_mark, Decimal(value))
    else:
        assert rules.check_mark(Decimal(value)) == Decimal(value)


def test_a_mark_that_stands_is_changed_with_a_reason():
    rules.check_change(None, Decimal(80), "")
    rules.check_change(Decimal(80), Decimal(80), "")
    rules.check_change(Decimal(80), Decimal(81), "Salah jumlah")
    refused("reason_missing", rules.check_change, Decimal(80), Decimal(81), "  ")


@pytest.mark.parametrize(
    ("mark", "attendance", "standing", "why"),
    [("85", "100", Standing.PASSED, ""), ("85", "84.99", Standing.DEFERRED, "attendance"),
     ("65", "100", Standing.DEFERRED, "band"), ("55", "100", Standing.FAILED, "band"),
     (None, "100", Standing.DEFERRED, "marks")],
)  # fmt: skip
def test_marks_and_gates_decide(mark, attendance, standing, why):
    marks = {it.code: Decimal(mark) for it in PKTBT.components} if mark else {}
    found = rules.verdict(PKTBT, marks, Decimal(attendance), BOUNDS)
    assert (found.standing, found.why) == (standing, why)


def test_attendance_is_a_share_of_what_was_held():
    assert rules.attendance_rate(0, 0) == 100
    assert rules.attendance_rate(2, 3) == Decimal("66.67")


def test_every_move_of_a_cohort():
    allowed = {(State.DRAFT, State.OPEN), (State.OPEN, State.RUNNING), (State.RUNNING, State.CLOSED)}
    for now, then in product(State, State):
        if (now, then) in allowed:
            rules.check_move(now, then)
        else:
            refused("cannot_move", rules.check_move, now, then)


def test_53_people_do_not_fit_52_seats():
    rules.check_seats(52, taken=0, more=52)
    assert refused("seats_full", rules.check_seats, 52, taken=0, more=53)["over"] == 1
    refused("seats_impossible", rules.check_seats, 0, taken=0)


def test_attendance_opens_half_an_hour_before_and_ends_with_the_session():
    end = NOW + timedelta(hours=2)
    rules.check_arrival(now=NOW - timedelta(minutes=30), start=NOW, end=end)
    rules.check_arrival(now=end, start=NOW, end=end)
    refused("too_early", rules.check_arrival, now=NOW - timedelta(minutes=31), start=NOW, end=end)
    refused("too_late", rules.check_arrival, now=end + timedelta(seconds=1), start=NOW, end=end)


def test_a_session_lies_within_its_cohort():
    day, end = NOW.date(), NOW + timedelta(hours=2)
    rules.check_session(NOW, end, first=day, last=day, days=(day, day))
    refused("session_length", rules.check_session, NOW, NOW, first=day, last=day, days=(day, day))
    before = (day - timedelta(days=1), day)
    refused("session_outside", rules.check_session, NOW, end, first=day, last=day, days=before)
    refused("ends_before_it_begins", rules.check_days, date(2026, 6, 2), date(2026, 6, 1))


def test_every_question_is_answered():
    full = {item.code: 5 for item in PKTBT.questions}
    rules.check_ratings(PKTBT, full)
    refused("ratings_missing", rules.check_ratings, PKTBT, {**full, "use": 6})
    refused("ratings_missing", rules.check_ratings, PKTBT, {})
