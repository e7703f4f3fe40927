"""The table of 24 forms, the IP ASN and certificates, by worked examples of DOMAIN facts."""

# mypy: disable-error-code="comparison-overlap,arg-type,unreachable"

from datetime import date
from decimal import Decimal

import pytest

from lingkar.foundation.refusals import Refused
from lingkar.grow.credentials import parameters
from lingkar.grow.credentials.rules import hours, index, papers
from lingkar.grow.credentials.rules.index import Facts, Group, Level, Schooling

TABLE = hours.Table(parameters.FIXED, 20, parameters.DAILY, parameters.MONTHLY)
NUMBERS = parameters.numbers_of({item.key: item.default for item in parameters.INDEX_SPECS})


def jp(form, amount, **given):
    return hours.earned(form, Decimal(str(amount)), table=TABLE, **given).jp


@pytest.mark.parametrize(
    ("form", "amount", "home", "abroad"),
    [
        ("A1", 1, 20, 20),
        ("A2", 2, 40, 40),
        ("B1", 30, 30, None),
        ("B2", 30, 30, 36),
        ("B3", 10, 10, 12),
        ("B4", 40, 40, 48),
        ("B5", 5, 5, 6),
        ("B6", 1, 4, 6),
        ("B7", 2, 10, 14),
        ("B8", 15, 15, 18),
        ("B9", 20, 20, 24),
        ("B10", 8, 8, "9.6"),
        ("B11", 1, 4, 6),
        ("C1", 1, 2, 4),
        ("C2", 2, 4, 8),
        ("C3", 3, 3, 3),
        ("C4", 24, 24, "28.8"),
        ("C5", 1, 20, 24),
        ("C6", 6, 6, "7.2"),
        ("C7", 1, 10, 20),
        ("C8", 1, 20, 24),
        ("C9", 2, 2, "2.4"),
        ("C10", 1, 1, "1.2"),
        ("C11", 1, 20, 24),
    ],
)
def test_each_form_gives_what_the_table_says(form, amount, home, abroad):
    assert jp(form, amount) == Decimal(str(home))
    if abroad is None:
        with pytest.raises(Refused, match="only_national"):
            jp(form, amount, international=True)
    else:
        assert jp(form, amount, international=True) == Decimal(str(abroad))


def test_the_table_has_24_forms():
    assert len(hours.MEASURES) == 24
    assert set(parameters.FIXED) == {code for code, it in hours.MEASURES.items() if it is not hours.Measure.HOURS}


def test_limits_of_a_day_and_of_a_month():
    assert jp("C3", 8) == 3
    assert jp("C3", 8, days=2) == 6
    assert jp("C3", 8, international=True) == 4
    assert jp("C3", 2, earlier_jp=Decimal(2)) == 1
    assert jp("C9", 5) == jp("C10", 5) == 2
    assert jp("C9", 5, international=True) == Decimal("2.4")
    assert jp("C1", 3) == 4
    assert jp("C2", 1, earlier_times=Decimal(2)) == 0
    found = hours.earned("C1", Decimal(3), table=TABLE)
    assert (found.full, found.is_limited) == (6, True)


@pytest.mark.parametrize(
    ("form", "amount", "code"),
    [
        ("Z1", 1, "form_unknown"),
        ("B3", 0, "amount_unusable"),
        ("B3", -1, "amount_unusable"),
        ("B3", 9999, "amount_unusable"),
    ],
)
def test_what_cannot_be_learned_is_refused(form, amount, code):
    with pytest.raises(Refused, match=code):
        jp(form, amount)


def test_a_target_is_reached_from_below_and_a_cap_is_the_most_that_counts():
    pns = hours.year_of(2026, total=Decimal(12), target=20, cap=None, contract=None)
    assert (pns.counted, pns.missing) == (12, 8)
    pppk = hours.year_of(2026, total=Decimal(12), target=None, cap=24, contract=Decimal(30))
    assert (pppk.total, pppk.counted, pppk.used, pppk.missing) == (12, 6, 24, 0)
    full = hours.year_of(2026, total=Decimal(5), target=None, cap=24, contract=Decimal(40))
    assert (full.counted, full.used) == (0, 24)


def facts(**given):
    told = {
        "group": Group.FUNCTIONAL,
        "schooling": Schooling.S1,
        "diklat": True,
        "hours": Decimal(20),
        "seminar": False,
        "predicate": "good",
        "severity": "none",
    }
    return Facts(**told | given)


def test_ip_asn_of_the_worked_example_is_75_medium():
    """S1 15 + functional (training 15 + 20 JP 15 + seminar 0) 30 + good 25 + never punished 5 = 75, Sedang."""
    found = index.index(facts(), NUMBERS)
    parts = (found.qualification, found.competence, found.performance, found.discipline)
    assert parts == (15, 30, 25, 5)
    assert (found.value, found.level) == (75, Level.MEDIUM)
    assert [(row.what, row.points) for row in found.available] == [("seminar", 10)]


def test_points_still_available_of_an_executive():
    found = index.index(facts(group=Group.EXECUTIVE, diklat=False, hours=Decimal(12)), NUMBERS)
    assert [(row.what, row.points, row.hours) for row in found.available] == [
        ("hours", Decimal("22.5"), 8),
        ("seminar", Decimal("17.5"), 0),
    ]
    assert index.index(facts(seminar=True), NUMBERS).available == ()


def test_the_most_and_the_least():
    best = facts(schooling=Schooling.S3, group=Group.STRUCTURAL, seminar=True, predicate="very_good")
    assert (index.index(best, NUMBERS).value, index.index(best, NUMBERS).level) == (100, Level.VERY_HIGH)
    worst = facts(schooling=Schooling.BELOW, diklat=False, hours=Decimal(0), predicate="very_poor", severity="severe")
    assert (index.index(worst, NUMBERS).value, index.index(worst, NUMBERS).level) == (3, Level.VERY_LOW)


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("100", Level.VERY_HIGH),
        ("91", Level.VERY_HIGH),
        ("90.5", Level.HIGH),
        ("81", Level.HIGH),
        ("80.99", Level.MEDIUM),
        ("71", Level.MEDIUM),
        ("70.5", Level.LOW),
        ("61", Level.LOW),
        ("60.99", Level.VERY_LOW),
        ("0", Level.VERY_LOW),
    ],
)
def test_bands_of_the_index_leave_no_gap(value, level):
    assert index.level_of(Decimal(value), NUMBERS.bands) is level


def test_nothing_is_guessed():
    found = index.index(facts(predicate=None, schooling=None), NUMBERS)
    assert (found.value, found.level, found.missing) == (None, None, ("education", "rating"))
    assert index.index(facts(group=None), NUMBERS).missing == ("position",)


def test_hours_may_be_pro_rated():
    from dataclasses import replace

    found = index.index(facts(hours=Decimal(10)), replace(NUMBERS, prorated=True))
    assert found.competence == Decimal("22.5")
    assert index.index(facts(hours=Decimal("19.99")), NUMBERS).competence == 15


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Magister Manajemen", Schooling.S2),
        ("Dokter Spesialis", Schooling.S2),
        ("Sarjana Pendidikan", Schooling.S1),
        ("Sarjana Terapan Pemerintahan", Schooling.S1),
        ("Profesi Apoteker", Schooling.S1),
        ("S-3 Ilmu Hukum", Schooling.S3),
        ("Diploma III Keperawatan/Kebidanan", Schooling.D3),
        ("SMA/SMK sederajat", Schooling.SMA),
        ("SMP", Schooling.BELOW),
        ("S1 Teknik", Schooling.S1),
        ("Diploma IV", Schooling.S1),
        ("D-IV Pemerintahan", Schooling.S1),
        ("D-III Kebidanan", Schooling.D3),
        ("Diploma II", Schooling.SMA),
        ("", None),
        ("Pelaut", None),
    ],
)
def test_education_is_understood_or_not(text, step):
    assert index.schooling_of(text) is step


def paper(**given):
    told = {
        "person": None,
        "title": "PKTBT",
        "jp": Decimal(44),
        "subjects": [("Arsip", Decimal(20))],
        "first_day": date(2026, 6, 1),
        "last_day": date(2026, 6, 5),
        "signer": "Sri",
        "signer_title": "Kepala",
    }
    return papers.NewCertificate(**told | given)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": " "}, "words_missing"),
        ({"signer": ""}, "words_missing"),
        ({"last_day": date(2026, 6, 9)}, "days_unusable"),
        ({"first_day": date(2026, 6, 6)}, "days_unusable"),
        ({"jp": Decimal(-1)}, "amount_unusable"),
        ({"jp": Decimal(10)}, "subjects_exceed"),
        ({"subjects": [("a", Decimal(0))] * 61}, "too_many_subjects"),
    ],
)
def test_what_makes_no_certificate_is_refused(given, code):
    with pytest.raises(Refused, match=code):
        papers.check(paper(**given), today=date(2026, 6, 8))
    papers.check(paper(), today=date(2026, 6, 8))


def test_the_signed_words_are_always_written_the_same_way():
    facts = dict.fromkeys(papers.SIGNED, "x") | {
        "jp": Decimal(44),
        "issued_on": date(2026, 6, 8),
        "subjects": (("a", "1.00"),),
    }
    again = dict(reversed(facts.items())) | {"jp": Decimal("44.00"), "subjects": [["a", "1.00"]]}
    assert papers.words_of(facts) == papers.words_of(again)
    assert papers.words_of(facts) != papers.words_of(facts | {"name": "y"})
    assert papers.number_of(12, 2026, "certificate") == "00012/SERT/2026"
