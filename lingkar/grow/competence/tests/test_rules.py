"""Gap, JPM and its bands, by worked examples."""

from datetime import date
from decimal import Decimal

import pytest

from lingkar.foundation.refusals import Refused
from lingkar.grow.competence import rules
from lingkar.grow.competence.dictionary import shipped
from lingkar.grow.competence.rules import Band, Found, Gap

COMPETENCIES = tuple(row.code for row in shipped())
DAY = date(2026, 6, 1)
BANDS = {"optimal": Decimal(90), "fair": Decimal(78)}


def found(levels):
    return {code: Found(level, "manager", DAY) for code, level in levels.items()}


def matched(profile, levels, *, capped=False):
    return rules.match(rules.gaps(profile, found(levels)), capped=capped, **BANDS)


def test_a_gap_is_what_is_asked_less_what_was_found():
    rows = rules.gaps({"integrity": 3, "change": 2, "unity": 2}, found({"integrity": 1, "change": 4}))
    assert [(row.competency, row.gap, row.difference) for row in rows] == [
        ("integrity", 2, 2),
        ("change", 0, -2),
        ("unity", None, None),
    ]


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("100", Band.OPTIMAL),
        ("90", Band.OPTIMAL),
        ("89.99", Band.FAIR),
        ("78", Band.FAIR),
        ("77.99", Band.LOW),
        ("0", Band.LOW),
    ],
)
def test_bands_are_90_and_78(value, band):
    assert rules.band(Decimal(value), **BANDS) is band


def test_jpm_of_a_worked_example():
    """An administrator (3 in all nine, Σ 27) with 24 found: 88.89, fairly fit; with 25: 92.59."""
    profile = dict.fromkeys(COMPETENCIES, 3)
    levels = profile | {"public_service": 2, "communication": 2, "change": 2}
    match = matched(profile, levels)
    assert (match.value, match.band) == (Decimal("88.89"), Band.FAIR)
    match = matched(profile, levels | {"change": 3})
    assert (match.value, match.band) == (Decimal("92.59"), Band.OPTIMAL)


def test_bands_are_applied_after_rounding_half_up():
    """1,799,999 of 2,000,000 is 89.99995: printed 90.00, so it is optimal."""
    match = rules.match(
        [Gap("a", 2_000_000, 1_799_999, "measured", DAY)], capped=False, optimal=Decimal(90), fair=Decimal(78)
    )
    assert (match.value, match.band) == (Decimal("90.00"), Band.OPTIMAL)
    assert rules.half_up(Decimal("77.995")) == Decimal("78.00")


def test_a_surplus_makes_up_for_a_gap_unless_capped():
    profile, levels = {"integrity": 2, "change": 2}, {"integrity": 4, "change": 0}
    assert matched(profile, levels).value == Decimal("100.00")
    assert matched(profile, levels, capped=True).value == Decimal("50.00")


def test_no_number_where_something_was_not_assessed_or_nothing_is_asked():
    assert matched({"integrity": 2, "change": 2}, {"integrity": 2}) == rules.Match(None, None, 1, 2)
    assert matched({}, {"integrity": 2}) == rules.Match(None, None, 0, 0)


def test_small_groups_are_hidden():
    hidden = rules.group_gap("change", [1, 2, 0, 1, None], smallest=5)
    assert (hidden.people, hidden.assessed, hidden.mean, hidden.coverage) == (5, None, None, None)
    shown = rules.group_gap("change", [1, 2, 0, 1, 1, None], smallest=5)
    assert (shown.assessed, shown.mean, shown.coverage) == (5, Decimal("1.00"), Decimal(5) / 6)


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ({}, "nothing_found"),
        ({"magic": 2}, "unknown"),
        ({"change": 6}, "level_unusable"),
        ({"change": -1}, "level_unusable"),
        ({"change": True}, "level_unusable"),
        ({"change": "2"}, "level_unusable"),
    ],
)
def test_what_cannot_be_a_level_is_refused(levels, code):
    with pytest.raises(Refused, match=code):
        rules.check_levels(levels, known=COMPETENCIES)


def test_who_assesses_whom():
    rules.check_assessor("self", is_own=True)
    rules.check_assessor("manager", is_own=False)
    for kind, is_own in (("self", False), ("manager", True), ("measured", True)):
        with pytest.raises(Refused):
            rules.check_assessor(kind, is_own=is_own)


def test_validity_ends_on_the_last_day_of_february_too():
    assert rules.years_later(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert rules.years_later(DAY, 3) == date(2029, 6, 1)
