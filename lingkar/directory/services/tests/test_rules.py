"""What a standard lacks, when a version holds, and the hours that people type."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lingkar.directory.services import rules
from lingkar.directory.services.rules import Component, Standard
from lingkar.foundation.refusals import Refused
from tests.standards import WHOLE

TODAY = date(2026, 6, 8)


def refusal(verb, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        verb(*args, **kwargs)
    return caught.value


def test_there_are_six_components_of_delivery_and_eight_of_making():
    assert (len(rules.DELIVERY), len(rules.MAKING)) == (6, 8)
    assert set(rules.said(WHOLE)) == set(Component)


def test_a_whole_standard_lacks_nothing_and_an_empty_one_everything():
    assert rules.missing(WHOLE) == ()
    assert rules.missing(Standard("Kartu keluarga")) == tuple(Component)


@pytest.mark.parametrize("component", Component)
def test_each_component_is_missed_by_itself(component):
    gaps: dict[Component, dict[str, Any]] = {
        Component.PROCEDURE: {"steps": ()},
        Component.TIME: {"working_days": None, "time_note": ""},
        Component.COST: {"cost": None, "cost_note": ""},
        Component.STAFF: {"staff": None},
    }
    empty = () if component in {Component.REQUIREMENTS, Component.LEGAL_BASIS} else ""
    poorer = replace(WHOLE, **gaps.get(component, {component.value: empty}))
    assert rules.missing(poorer) == (component,)
    if component in rules.DELIVERY:
        assert refusal(rules.check_publishable, poorer).details == {"components": (component,)}
    else:
        rules.check_publishable(poorer)


def test_free_and_the_same_day_are_said():
    assert rules.missing(replace(WHOLE, cost=0, cost_note="", working_days=0, time_note="")) == ()


def test_nobody_publishes_what_cannot_be_reached():
    nowhere = replace(WHOLE, at_counter="", online="", by_phone="", mobile="")
    assert refusal(rules.check_publishable, nowhere).code == "services.no_channel"
    assert refusal(rules.check_publishable, replace(WHOLE, hours={})).code == "services.no_hours"
    assert refusal(rules.check_publishable, replace(WHOLE, summary="")).code == "services.no_summary"
    rules.check_publishable(replace(WHOLE, at_counter="", online="https://x.example", hours={}))


def test_a_first_version_may_be_old_and_a_later_one_never():
    rules.check_start(date(2019, 1, 1), last=None, today=TODAY)
    rules.check_start(TODAY, last=TODAY, today=TODAY)
    early = refusal(rules.check_start, date(2026, 6, 7), last=date(2019, 1, 1), today=TODAY)
    assert early.code == "services.starts_in_the_past"
    before = refusal(rules.check_start, date(2026, 6, 9), last=date(2026, 7, 1), today=TODAY)
    assert before.code == "services.starts_before_the_last"


def test_a_service_ends_no_earlier_than_now_and_than_it_began():
    rules.check_retirement(date(2026, 6, 7), valid_from=date(2020, 1, 1), valid_to=None, today=TODAY)
    assert refusal(rules.check_retirement, date(2026, 6, 6), valid_from=date(2020, 1, 1), valid_to=None, today=TODAY)
    later = refusal(rules.check_retirement, TODAY, valid_from=date(2026, 7, 1), valid_to=None, today=TODAY)
    assert later.code == "services.ends_before_it_begins"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 11, 21), 36, date(2026, 11, 21)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_later(day, months, later):
    assert rules.months_later(day, months) == later


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ()),
        ("08.00–15.30", (("08:00", "15:30"),)),
        ("8-12, 13.00 - 15", (("08:00", "12:00"), ("13:00", "15:00"))),
        ("07:30 s/d 11:00 dan 13:30 s/d 16:00", (("07:30", "11:00"), ("13:30", "16:00"))),
        ("24 jam", (("00:00", "24:00"),)),
        ("0800 sampai 1400", (("08:00", "14:00"),)),
    ],
)
def test_hours_as_people_type_them(typed, kept):
    assert rules.parse_hours(typed) == kept


@pytest.mark.parametrize("typed", ["pagi", "08.00", "15-8", "25-26", "8-12-13", "24.30-25", "8–12 wib"])
def test_hours_that_nobody_can_read(typed):
    assert refusal(rules.parse_hours, typed).code == "services.hours_unreadable"


def test_hours_that_meet():
    assert refusal(rules.parse_hours, "8-12, 11-15").code == "services.hours_overlap"


def test_hours_as_data():
    assert rules.check_hours({"1": [["08:00", "15:00"]], "6": []}) == {"1": (("08:00", "15:00"),)}
    assert refusal(rules.check_hours, {"8": [["08:00", "15:00"]]}).code == "services.hours_unreadable"


def test_a_day_off_closes_the_counter_unless_it_works_on_those_too():
    monday, hours = date(2026, 6, 1), {"1": (("08:00", "15:00"),), "2": (("08:00", "12:00"),)}
    assert rules.hours_on(monday, hours, is_off=True, on_holidays=False) == ()
    assert rules.hours_on(monday, hours, is_off=True, on_holidays=True) == hours["1"]
    assert rules.next_opening(monday, hours, off=frozenset(), on_holidays=False) == date(2026, 6, 2)
    tuesday = frozenset({date(2026, 6, 2)})
    assert rules.next_opening(monday, hours, off=tuesday, on_holidays=False) == date(2026, 6, 8)
    assert rules.next_opening(monday, {}, off=tuesday, on_holidays=False) is None


def test_a_code_is_what_can_be_printed():
    assert rules.code_from(" KTP-el / Baru ") == "ktp-el-baru"
