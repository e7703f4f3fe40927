"""Saying why cases arose, the worklist, and the numbers that the loop reads."""

from datetime import date
from typing import Any

import pytest

from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.events.testing import drain
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.fieldwork import queries as fieldwork
from lingkar.grow.fieldwork import services as offering
from lingkar.grow.fieldwork.models import CaseBrief
from lingkar.listen.reports import services as reports
from lingkar.listen.reports.models import Report
from lingkar.loop.causes import queries, services
from lingkar.loop.causes.models import Cause
from lingkar.loop.causes.services import PastCause
from tests.fixtures import NOW
from tests.loop import cohort

YEAR: dict[str, Any] = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def officer(desk, unit="dukcapil"):
    return desk.city.actor("officer", unit)


def test_a_closed_case_gets_a_cause_and_leaves_the_worklist(desk):
    case = desk.closed()
    assert [line.number for line in queries.worklist(officer(desk))] == [case.number]
    desk.code(case, note="  Syarat baru belum dibaca ")
    cause = Cause.objects.get()
    assert cause == queries.cause_of(case.pk)
    assert (cause.kind, cause.competency, cause.unit_id) == ("knowledge", "public_service", case.unit_id)
    assert cause.note == "Syarat baru belum dibaca"
    assert list(queries.worklist(officer(desk))) == []
    assert "Syarat" not in AuditEntry.objects.get(verb="causes.coded").content


def test_saying_it_anew_replaces_it(desk):
    case = desk.closed()
    desk.code(case)
    desk.code(case, "staffing", "")
    assert Cause.objects.get().kind == "staffing"


def test_an_open_case_has_no_cause_yet(desk):
    case = desk.send()
    with pytest.raises(Refused) as no:
        desk.code(case)
    assert no.value.code == "causes.still_open"
    assert list(queries.worklist(officer(desk))) == []


def test_a_reopened_case_waits_until_it_is_closed_again(desk):
    case = desk.closed()
    reports.reopen_report(key=desk.keys[case.pk], reason="Masih diminta fotokopi", by=desk.city.visitor, at=desk.at)
    with pytest.raises(Refused):
        desk.code(Report.objects.get(pk=case.pk))


def test_others_do_not_say_it(desk, lain):
    case = desk.closed()
    with pytest.raises(Unseen):
        desk.code(case, by=officer(desk, "pupr"))
    with pytest.raises(Forbidden):
        desk.code(case, by=desk.city.actor("leader", None))
    with agency_scope(lain.agency.pk):
        stranger = lain.actor("officer", "dukcapil")
        with pytest.raises(Unseen):
            services.code_cause(report=case.pk, kind="tool", by=stranger, at=desk.at)
        assert queries.counts(**YEAR) == []
    assert list(queries.worklist(officer(desk, "pupr"))) == []


def test_counts_and_months_by_service_and_unit(desk):
    service = desk.service
    for kind, competency in (("knowledge", "public_service"), ("knowledge", "public_service"), ("tool", "")):
        desk.code(desk.closed(), kind, competency, service=service.code)
    desk.code(desk.closed(), "budget", "")
    found = [(row.kind, row.competency, row.n) for row in queries.counts(**YEAR, service=service.pk)]
    assert found == [("knowledge", "public_service", 2), ("tool", "", 1)]
    assert sum(row.n for row in queries.counts(**YEAR)) == 4
    assert sum(row.n for row in queries.counts(**YEAR, paths=["pupr."])) == 0
    june = {(row.month, row.kind, row.n) for row in queries.monthly(service=service.pk)}
    assert june == {(date(2026, 6, 1), "knowledge", 2), (date(2026, 6, 1), "tool", 1)}
    assert [(row.competency, row.n) for row in queries.evidence(**YEAR)] == [("public_service", 2)]


def test_a_sealed_case_is_coded_by_the_inspector_and_never_counted(desk):
    row = desk.send("Ada pungli, petugas minta uang")
    inspector = desk.city.actor("inspector", "inspektorat")
    desk.close(row, inspector)
    assert [line.is_sealed for line in queries.worklist(inspector)] == [True]
    with pytest.raises(Unseen):
        desk.code(row)
    desk.code(row, "conduct", "integrity", by=inspector)
    assert queries.counts(**YEAR) == []


def test_a_suggestion_learns_from_earlier_codings(desk):
    first = desk.closed("Mohon ditindaklanjuti soal KTP")
    ask: dict[str, Any] = {"text": "Mohon ditindaklanjuti", "service": None, "category": first.category_id}
    assert queries.suggestion_for(first.pk, **ask) is None
    for _ in range(3):
        desk.code(desk.closed("Mohon ditindaklanjuti soal KTP"))
    found = queries.suggestion_for(first.pk, **ask)
    assert found is not None
    assert (found.kind, found.competency, found.earlier, found.of) == ("knowledge", "public_service", 3, 3)


def test_cases_for_learning_are_published_masked_and_not_anonymous(desk):
    open_case = desk.closed("Petugas KTP tidak tahu syarat, hubungi saya di 0812-3456-7890")
    quiet, hidden = desk.closed(), desk.closed(anonymous=True)
    for case in (open_case, quiet, hidden):
        desk.code(case)
    for case in (open_case, hidden):
        reports.publish_report(report=case.pk, seen=desk.seen(case.pk), by=officer(desk), at=desk.at)
    rows = list(queries.cases_for_learning(competency="public_service"))
    assert [row.number for row in rows] == [open_case.number]
    assert "3456" not in rows[0].text
    assert list(queries.cases_for_learning(kinds=["tool"])) == []


def test_a_case_is_offered_to_a_cohort_once_and_never_an_anonymous_one(desk):
    shown, hidden, quiet = desk.closed("Petugas KTP tidak tahu syarat"), desk.closed(anonymous=True), desk.closed()
    for case in (shown, hidden, quiet):
        desk.code(case)
    for case in (shown, hidden):
        reports.publish_report(report=case.pk, seen=desk.seen(case.pk), by=officer(desk), at=desk.at)
    one, other = (cohort(desk.city, code).pk for code in ("satu", "dua"))
    by = desk.city.actor("training", None)
    for _ in range(2):
        services.offer_to_cohort(report=shown.pk, cohort=one, by=by, at=desk.at)
    (brief,) = fieldwork.cases(desk.city.system, cohort=one)
    assert brief.words_shown == "Petugas KTP tidak tahu syarat"
    assert list(fieldwork.cases(desk.city.system, cohort=other)) == []
    for case in (hidden, quiet):
        with pytest.raises(Unseen):
            services.offer_to_cohort(report=case.pk, cohort=one, by=by, at=desk.at)
    with pytest.raises(Forbidden):
        services.offer_to_cohort(report=shown.pk, cohort=one, by=officer(desk), at=desk.at)


def test_causes_of_the_past_in_one_go(desk):
    case = desk.closed()
    row = PastCause(case.pk, case.unit_id, "knowledge", date(2026, 6, 8), desk.at, competency="public_service")
    assert services.take_over(rows=[row], by=desk.city.system, at=desk.at) == 1
    with pytest.raises(Forbidden):
        services.take_over(rows=[], by=officer(desk), at=desk.at)


@pytest.mark.parametrize("hide", [reports.withhold_report, reports.seal_report])
def test_a_case_that_is_hidden_is_taken_back_from_those_who_learn(desk, kota, hide):
    row, by = desk.closed(), kota.actor("officer", "dukcapil")
    reports.reopen_report(key=desk.keys[row.pk], reason="Belum", by=kota.visitor, at=desk.at)
    reports.publish_report(report=row.pk, seen=desk.seen(row.pk), by=by, at=desk.at)
    offering.offer_case(key=row.pk, words_shown=row.text_shown, happened_on=NOW.date(), by=kota.system, at=desk.at)
    hide(report=row.pk, seen=desk.seen(row.pk), by=by, at=desk.at)
    drain()
    assert not CaseBrief.objects.exists()
