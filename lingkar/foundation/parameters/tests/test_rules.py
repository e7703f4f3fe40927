"""Values as people type them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.parameters import registry, rules
from lingkar.foundation.parameters.registry import spec
from lingkar.foundation.parameters.rules import Limits
from lingkar.foundation.refusals import Refused

WHOLE = Limits.of(int, 1, 2000, ())
SHARE = Limits.of(Decimal, 0, 100, ())
CHOICE = Limits.of(str, None, None, ("wib", "wita"))


@pytest.mark.parametrize(
    ("text", "limits", "expected"),
    [
        ("5", WHOLE, 5),
        (" 14 ", WHOLE, 14),
        ("1.250", WHOLE, 1250),
        ("2,5", SHARE, Decimal("2.5")),
        ("2.5", SHARE, Decimal("2.5")),
        ("0.125", SHARE, Decimal("0.125")),
        ("0,60", SHARE, Decimal("0.6")),
        ("100", SHARE, Decimal(100)),
        ("Ya", Limits.of(bool, None, None, ()), True),
        ("no", Limits.of(bool, None, None, ()), False),
        ("30, 90; 180", Limits.of(tuple, 1, 365, ()), (30, 90, 180)),
        ("wita", CHOICE, "wita"),
    ],
)
def test_what_people_type_is_read(text, limits, expected):
    assert rules.read(text, limits) == expected
    assert type(rules.read(text, limits)) is limits.kind


@pytest.mark.parametrize(
    ("text", "limits", "code"),
    [
        ("", WHOLE, "not_whole"),
        ("lima", WHOLE, "not_whole"),
        ("2,5", WHOLE, "not_whole"),
        ("1.25", WHOLE, "not_whole"),
        ("9" * 16, WHOLE, "not_whole"),
        ("٥", Limits.of(int, None, None, ()), None),
        ("0", WHOLE, "too_low"),
        ("-3", WHOLE, "too_low"),
        ("2001", WHOLE, "too_high"),
        ("NaN", SHARE, "not_a_number"),
        ("Infinity", SHARE, "not_a_number"),
        ("1e9", SHARE, "not_a_number"),
        ("100,01", SHARE, "too_high"),
        ("mungkin", Limits.of(bool, None, None, ()), "not_yes_or_no"),
        ("", Limits.of(tuple, 1, 365, ()), "not_a_list"),
        ("30, 400", Limits.of(tuple, 1, 365, ()), "too_high"),
        ("30, x", Limits.of(tuple, 1, 365, ()), "not_whole"),
        ("", CHOICE, "empty"),
        ("wit", CHOICE, "not_a_choice"),
        ("x" * 501, Limits.of(str, None, None, ()), "too_long"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(text, limits, code):
    if code is None:  # digits of another script are digits
        assert rules.read(text, limits) == 5
        return
    with pytest.raises(Refused) as no:
        rules.read(text, limits)
    assert no.value.code == f"parameters.{code}"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_fraction_survives_writing_reading_and_storing(number):
    limits = Limits.of(Decimal, None, None, ())
    typed = f"{number:f}".replace(".", ",")
    assert rules.read(typed, limits) == number
    assert rules.from_stored(rules.to_stored(number), Decimal) == number


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_thousands_may_be_parted_by_points(number):
    assert rules.read(f"{number:,}".replace(",", "."), Limits.of(int, None, None, ())) == number


@pytest.fixture
def no_specs(monkeypatch):
    monkeypatch.setattr(registry, "_SPECS", {})


@pytest.mark.usefixtures("no_specs")
def test_a_default_out_of_range_is_a_fault_of_the_code():
    with pytest.raises(ValueError, match="too_high"):
        spec("test.too_high", 9, int, "days", "label", "source", date(2020, 1, 1), most=5)


@pytest.mark.usefixtures("no_specs")
def test_a_parameter_has_one_declaration():
    spec("test.once", 3, int, "days", "label", "source", date(2020, 1, 1))
    with pytest.raises(ValueError, match="declared twice"):
        spec("test.once", 4, int, "days", "label", "source", date(2020, 1, 1))


def test_a_parameter_is_of_a_type_that_can_be_stored_exactly():
    with pytest.raises(ValueError, match="not float"):
        Limits.of(float, None, None, ())
