"""What a NIP says, and why a number is none."""

from datetime import date

import pytest

from lingkar.directory.people.rules import golongan, numbers
from lingkar.directory.people.rules.numbers import Ages

AGES = Ages(youngest_pns=18, youngest_pppk=20, oldest=64)
TODAY = date(2026, 6, 8)
PNS = "199008152016011005"
PPPK = "198703122024212034"
BORN = date(1990, 8, 15)


def codes(number, kind="pns", birth=None, sex="", today=TODAY):
    found = numbers.reasons(number, kind=kind, birth=birth, sex=sex, ages=AGES, today=today)
    return [refusal.code.removeprefix("people.") for refusal in found]


@pytest.mark.parametrize(
    ("number", "kind"),
    [(PNS, "pns"), (PNS, "cpns"), (PPPK, "pppk"), ("199505052025211001", "pppk_part_time"), ("", "external")],
)
def test_a_number_of_its_kind_is_taken(number, kind):
    assert codes(number, kind) == []


@pytest.mark.parametrize(
    ("number", "kind", "reason"),
    [
        ("", "pns", "nip_missing"),
        (PNS, "external", "nip_of_external"),
        ("130512345", "pns", "nip_legacy"),
        ("3174015508900003", "pns", "nip_is_nik"),
        ("3174011508900003", "pns", "nip_is_nik"),
        ("3174019999900003", "pns", "nip_length"),
        ("19900815201601100", "pns", "nip_length"),
        ("1990081520160110055", "pns", "nip_length"),
        ("1.99008152016011E+17", "pns", "nip_digits_lost"),
        ("1,99008E17", "pns", "nip_digits_lost"),
        ("19900815201601100O", "pns", "nip_not_digits"),
        ("１９９００８１５２０１６０１１００５", "pns", "nip_not_digits"),
        ("199013152016011005", "pns", "nip_birth"),
        ("199002302016011005", "pns", "nip_birth"),
        ("199008152016131005", "pns", "nip_month"),
        (PPPK, "pns", "nip_of_pppk"),
        (PPPK, "cpns", "nip_of_pppk"),
        (PNS, "pppk", "nip_of_pns"),
        ("199008152016013005", "pns", "nip_sex"),
        ("199008152016011000", "pns", "nip_serial"),
        ("199008152099011005", "pns", "nip_year"),
        ("199008150000011005", "pns", "nip_year"),
        ("201008152016011005", "pns", "nip_too_young"),
        ("199008152008071005", "pns", "nip_too_young"),
        ("194008152016011005", "pns", "nip_too_old"),
    ],
)
def test_each_fault_has_its_own_reason(number, kind, reason):
    assert codes(number, kind) == [reason]


def test_eighteen_on_the_month_of_appointment_is_old_enough():
    assert codes("199008152008081005") == []


def test_a_contract_year_counts_to_its_end():
    assert codes("200512312025211001", "pppk") == []
    assert codes("200601012025211001", "pppk") == ["nip_too_young"]


def test_birth_and_sex_are_compared_where_given():
    assert codes(PNS, birth=BORN, sex="male") == []
    assert codes(PNS, birth=date(1990, 8, 16), sex="female") == ["nip_birth_differs", "nip_sex_differs"]


@pytest.mark.parametrize(
    "typed",
    ["19900815 201601 1 005", "'199008152016011005", "19900815\u00a0201601\u00a01\u00a0005", "19900815.201601-1.005"],
)
def test_a_number_is_read_as_it_is_typed(typed):
    assert numbers.bare(typed) == PNS


def test_a_number_tells_birth_service_and_sex():
    told = numbers.told_by(PNS)
    assert (told.birth, told.since, told.sex, told.serial) == (BORN, date(2016, 1, 1), "male", "005")
    told = numbers.told_by(PPPK)
    assert (told.since, told.contract, told.month, told.sex) == (date(2024, 1, 1), "21", 0, "female")


@pytest.mark.parametrize(
    ("typed", "kind", "stored"),
    [("iii / A", "pns", "III/a"), ("IV.b", "pns", "IV/b"), ("ix", "pppk", "IX"), ("IX", "pns", "IX"), ("", "pns", "")],
)
def test_a_grade_is_kept_as_the_law_writes_it(typed, kind, stored):
    assert golongan.normal(typed, kind) == stored


def test_grades_and_ranks():
    assert (len(golongan.PNS), len(golongan.PPPK)) == (17, 17)
    assert golongan.rank_of("III/a") == "Penata Muda"
    assert golongan.rank_of("IX") == ""
    assert golongan.of_kind("external") == ()
