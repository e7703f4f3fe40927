"""Answers are taken once, name nobody, and add up to the index that the regulation's example has."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lingkar.directory.services.services import count_transactions
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.parameters.services import set_value
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.surveys import queries, services
from lingkar.listen.surveys.instruments import QUESTIONS
from lingkar.listen.surveys.models import Invitation, Response
from lingkar.listen.surveys.rules import NoInterval, Unsur
from lingkar.listen.surveys.services import Respondent
from lingkar.listen.surveys.tests.test_rules import WORKED
from tests.fixtures import NOW

TODAY = NOW.date()
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)


def told(survey, **more):
    return queries.ikm(agency=survey.city.agency.pk, first=FIRST, last=LAST, **more)


def test_the_worked_example_from_rows(survey):
    survey.past(WORKED.split())
    ikm = told(survey)
    assert (ikm.n, ikm.value, ikm.band) == (8, Decimal("79.17"), "B")
    assert ikm.low < ikm.value < ikm.high
    assert [unsur.unsur for unsur in ikm.weakest[:2]] == [Unsur.TIME, Unsur.COMPLAINTS]
    assert [str(u.measured.mean) for u in ikm.unsur[:3]] == ["3.375", "3", "2.625"]
    assert ikm.weakest[0].index == Decimal("65.625")


def test_the_weight_of_the_printed_form_is_used_and_named_from_its_day_on(survey):
    survey.past(WORKED.split())
    operator = survey.city.actor("operator", None)
    set_value(key="surveys.weighting", value="0.111", valid_from=TODAY, source="Surat", by=operator, at=NOW)
    now = told(survey)
    before = queries.ikm(agency=survey.city.agency.pk, first=FIRST, last=date(2026, 6, 7))
    assert (now.value, now.weighting) == (Decimal("79.09"), "0.111")
    assert (before.value, before.weighting) == (Decimal("79.17"), "1/9")


def test_an_answer_counts_once_and_names_nobody(survey):
    token = survey.token()
    assert survey.answer("444444444", token=token, about=Respondent(sex="female"))
    assert not survey.answer("111111111", token=token)
    row = Response.objects.get()
    assert (row.day, row.total, row.source, row.sex) == (TODAY, 36, "qr", "female")
    used = Invitation.objects.get()
    assert token not in used.key
    assert used.key not in {str(value) for value in vars(row).values()}


def test_an_occasion_has_one_answer(survey):
    assert survey.answer(token=survey.token(once="a-case", source="case"))
    assert not survey.answer(token=survey.token(once="a-case", source="case"))
    assert queries.was_used(survey.token(once="a-case"))


HARMS = (
    lambda token: token[1:],
    lambda token: token[:-1] + "x",
    lambda token: token.replace(".qr.", ".case."),
    lambda token: "a.b.c.d~e",
)


@pytest.mark.parametrize("harm", HARMS)
def test_a_forged_token_is_nobodys(survey, harm):
    with pytest.raises(Unseen):
        survey.answer(token=harm(survey.token()))
    assert not Response.objects.exists()


def test_another_agencys_token_is_nobodys(survey, lain):
    token = survey.token()
    with agency_scope(lain.agency.pk), pytest.raises(Unseen):
        services.respond(token=token, answers=[3] * 9, by=lain.visitor, at=NOW)


def test_answers_that_are_not_whole_use_no_token(survey):
    token = survey.token()
    with pytest.raises(Refused):
        survey.answer("33333333", token=token)
    assert survey.answer(token=token)


@pytest.mark.parametrize("count", range(1, 5))
def test_fewer_than_five_are_hidden(survey, count):
    survey.past(["333433433"] * count)
    ikm = told(survey)
    assert (ikm.is_hidden, ikm.n, ikm.value, ikm.band, ikm.unsur) == (True, count, None, None, ())
    assert (ikm.no_interval == NoInterval.ONE) == (count == 1)


def test_no_answers_no_index(survey):
    assert told(survey).n == 0
    assert told(survey).is_hidden


def test_the_same_answer_of_everybody_has_no_interval(survey):
    survey.past(["333333333"] * 6)
    ikm = told(survey)
    assert (ikm.value, ikm.low, ikm.no_interval) == (75, None, NoInterval.SAME)


def test_a_small_unit_cannot_be_had_by_taking_the_others_off_the_total(survey):
    survey.past(["333333433"] * 3, unit="pupr")
    survey.past(["333333334", "333343333"] * 5, unit="pelayanan")
    survey.past(["443333334", "333343333"] * 9, unit="dukcapil")
    found = queries.by_unit(agency=survey.city.agency.pk, service=survey.service.pk, first=FIRST, last=LAST)
    assert {unit for unit, ikm in found.items() if ikm.is_hidden} == {survey.unit("pupr"), survey.unit("pelayanan")}


QUARTERS = (
    (date(2026, 4, 1), date(2026, 6, 30)),
    (date(2026, 1, 1), date(2026, 3, 31)),
    (date(2025, 10, 1), date(2025, 12, 31)),
    (date(2025, 7, 1), date(2025, 9, 30)),
    (date(2025, 4, 1), date(2025, 6, 30)),
)


def test_a_small_quarter_cannot_be_had_by_taking_the_others_off_the_year(survey):
    for span, many in zip(QUARTERS, (20, 12, 8, 3, 6), strict=True):
        survey.past(["333333433"] * many, day=span[0])
    agency, service = survey.city.agency.pk, survey.service.pk
    year = (date(2025, 7, 1), date(2026, 6, 30))
    spans = queries.Spans(year, QUARTERS)
    asked = [{"agency": agency, "first": first, "last": last, "spans": spans} for first, last in QUARTERS]
    hidden = [False, False, True, True, False]
    assert [queries.by_service(**one)[service].is_hidden for one in asked] == hidden
    assert [queries.ikm(**one, service=service).is_hidden for one in asked] == hidden
    trend = queries.by_period(agency=agency, service=service, periods=QUARTERS, year=year)
    assert [ikm.is_hidden for ikm in trend] == hidden
    assert not queries.ikm(agency=agency, service=service, first=year[0], last=year[1]).is_hidden


def test_a_small_quarter_of_a_unit_cannot_be_had_from_either_side(survey):
    """What a unit hides beside its small quarter could be had from the other units of that quarter."""
    for unit, counts in {"pupr": (20, 12, 8, 3), "pelayanan": (30, 30, 30, 30), "dukcapil": (40, 40, 40, 40)}.items():
        for span, many in zip(QUARTERS, counts, strict=False):
            survey.past(["333333433"] * many, unit=unit, day=span[0])
    spans = queries.Spans((date(2025, 7, 1), date(2026, 6, 30)), QUARTERS)
    gone = {}
    for first, last in QUARTERS[:4]:
        told: dict[str, Any] = {"agency": survey.city.agency.pk, "service": survey.service.pk, "spans": spans}
        found = queries.by_unit(first=first, last=last, **told)
        gone[first] = {unit for unit, ikm in found.items() if ikm.is_hidden}
    small, beside = QUARTERS[3][0], QUARTERS[2][0]
    assert gone == {
        small: {survey.unit("pupr"), survey.unit("pelayanan")},
        beside: {survey.unit("pupr"), survey.unit("pelayanan")},
        QUARTERS[0][0]: set(),
        QUARTERS[1][0]: set(),
    }


@pytest.mark.parametrize(
    ("june", "before", "hidden"),
    [(0, 9, False), (9, 9, False), (3, 9, False), (9, 3, True), (1, 1, True)],
)
def test_a_year_that_begins_within_a_quarter_tells_no_part_of_it(survey, june, before, hidden):
    """Twelve months from June on: what the quarters within leave is June, and its quarter tells the other part."""
    survey.past(["333333433"] * june, day=date(2025, 6, 5))
    survey.past(["333333433"] * before, day=date(2025, 4, 5))
    for span in QUARTERS[:4]:
        survey.past(["333333433"] * 20, day=span[0])
    spans = queries.Spans((date(2025, 6, 1), date(2026, 5, 31)), QUARTERS)
    first, last = QUARTERS[4]
    found = queries.by_service(agency=survey.city.agency.pk, first=first, last=last, spans=spans)
    assert found[survey.service.pk].is_hidden == hidden


def test_periods_and_services_apart(survey):
    survey.past(["333333334", "222222222"] * 3, day=date(2026, 2, 3))
    survey.past(["444444443", "333333333"] * 3, day=date(2026, 5, 3))
    agency = survey.city.agency.pk
    halves = [(date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 6, 30))]
    first, second = queries.by_period(agency=agency, periods=halves, service=survey.service.pk)
    assert first.value is not None
    assert second.value is not None
    assert first.value < second.value
    assert queries.by_service(agency=agency, first=FIRST, last=LAST)[survey.service.pk].n == 12
    assert queries.by_period(agency=agency, periods=[]) == []


def test_months_to_compute_with(survey):
    survey.past(["333333334", "222222222", "333333331"], day=date(2026, 2, 3))
    survey.past(["444444443"], day=date(2026, 5, 3))
    cells = {(c.month, c.unsur): c for c in queries.monthly(service=survey.service.pk)}
    assert len(cells) == 18
    time = cells[date(2026, 2, 1), Unsur.TIME]
    assert (time.n, time.mean, time.variance) == (3, Decimal("2.666667"), Decimal("0.333333"))
    assert cells[date(2026, 5, 1), Unsur.TIME].variance is None


def test_paper_is_entered_at_the_own_counters_once(survey):
    counter = services.open_counter(service=survey.service.pk, unit=survey.unit(), by=survey.officer, at=NOW)
    sheet: dict[str, Any] = {"counter": counter, "sheet": "17", "day": date(2026, 6, 5), "answers": [3] * 9, "at": NOW}
    assert services.enter_paper(**sheet, by=survey.officer)
    assert not services.enter_paper(**sheet, by=survey.officer)
    assert Response.objects.get().source == "paper"
    with pytest.raises(Refused):
        services.enter_paper(**sheet | {"sheet": "18", "day": date(2026, 6, 9)}, by=survey.officer)
    with pytest.raises(Unseen):
        services.enter_paper(**sheet, by=survey.city.actor("officer", "pupr"))


def test_a_counter_is_opened_for_the_own_units(survey):
    first = services.open_counter(service=survey.service.pk, unit=survey.unit(), by=survey.officer, at=NOW)
    assert first == services.open_counter(service=survey.service.pk, unit=survey.unit(), by=survey.officer, at=NOW)
    with pytest.raises(Forbidden):
        services.open_counter(service=survey.service.pk, unit=survey.unit("pupr"), by=survey.officer, at=NOW)
    assert [line.unit_name for line in queries.counters(survey.officer)] == ["Bidang Pelayanan Pendaftaran Penduduk"]
    assert list(queries.counters(survey.city.actor("officer", "pupr"))) == []


def test_a_unit_without_a_counter_leads_to_the_unit_that_serves(survey):
    services.open_counter(service=survey.service.pk, unit=survey.unit("dukcapil"), by=survey.officer, at=NOW)
    assert queries.counter_at("ktp-el", "dukcapil", day=TODAY).unit == survey.unit("dukcapil")
    assert queries.counter_at("ktp-el", "pupr", day=TODAY).unit == survey.unit("pelayanan")
    assert queries.counter_at("ktp-el", "none", day=TODAY).unit == survey.unit("pelayanan")
    assert queries.counter_at("nothing", day=TODAY) is None


def test_quotas_follow_use(survey):
    survey.past(["333333334"] * 7, day=date(2026, 5, 3))
    counts = {date(2026, 4, 1): 600, date(2026, 5, 1): 400}
    count_transactions(service=survey.service.pk, counts=counts, by=survey.city.system, at=NOW)
    ask: dict[str, Any] = {"agency": survey.city.agency.pk, "first": date(2026, 4, 1), "last": date(2026, 6, 30)}
    quota = queries.quotas([survey.service.pk], **ask)[survey.service.pk]
    assert (quota.collected, quota.users, quota.needed, quota.missing) == (7, 1000, 278, 271)


def test_a_new_version_of_the_questionnaire_is_used_from_its_day_on(survey):
    asked = (*QUESTIONS, QUESTIONS[0])
    services.add_instrument(
        version="2026", source="SKM Online", questions=asked, valid_from=date(2026, 6, 1), by=survey.city.system, at=NOW
    )
    assert len(queries.instrument_on(TODAY).questions) == 10
    assert queries.instrument_on(date(2026, 5, 31)).version == "2017"
    assert survey.answer("4333333332")
    assert Response.objects.get().u1 == 3


def test_another_agency_sees_none_of_it(survey, lain):
    survey.past(WORKED.split())
    with agency_scope(lain.agency.pk):
        assert queries.ikm(agency=lain.agency.pk, first=FIRST, last=LAST).n == 0
