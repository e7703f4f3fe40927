"""Those who must answer are told; of a sealed case only inspectors hear, and no word of it."""

import pytest

from lingkar.directory.people.models import Role
from lingkar.foundation.events.testing import drain
from lingkar.foundation.notify.models import Notification
from lingkar.listen.reports import keys, services
from lingkar.listen.reports.models import Report

SECRET = "Petugas bernama Joko minta uang"


def told(city, role, unit="dukcapil"):
    return list(Notification.objects.filter(recipient=city.holder(role, unit).pk).order_by("created_at"))


@pytest.fixture
def staff(kota):
    for role in Role:
        kota.holder(role, "dukcapil")
    kota.holder("inspector", "inspektorat")
    kota.holder("officer", "pupr")
    return kota


def test_a_new_report_is_told_to_the_officers_of_its_unit_alone(office, staff):
    report = office.send()
    drain()
    assert [row.kind for row in told(staff, "officer")] == ["reports.received"]
    assert str(report.pk) in told(staff, "officer")[0].url
    assert not told(staff, "officer", "pupr")
    assert not told(staff, "leader")
    assert not told(staff, "inspector", "inspektorat")


def test_a_referred_report_is_told_to_the_unit_that_has_it_now(office, staff):
    report = office.send()
    drain()
    target = staff.units["pupr"].pk
    by = staff.actor("officer")
    services.refer_report(report=report.pk, to_unit=target, note="", seen=0, by=by, at=office.at)
    drain()
    assert [row.kind for row in told(staff, "officer", "pupr")] == ["reports.referred"]


def test_of_a_sealed_report_only_the_inspector_hears_and_no_word_of_it(office, staff):
    office.send(SECRET, reported_unit=staff.units["dukcapil"].pk)
    drain()
    rows = list(Notification.objects.all())
    assert [(row.recipient, row.kind) for row in rows] == [
        (staff.holder("inspector", "inspektorat").pk, "reports.sealed")
    ]
    assert set(rows[0].details) == {"number"}


def test_an_inspector_of_the_unit_complained_of_hears_nothing(office, staff):
    office.send(SECRET, reported_unit=staff.units["inspektorat"].pk)
    drain()
    assert not Notification.objects.exists()


def test_a_reopened_report_is_told_again(office, staff, photo):
    report, by = office.send(), staff.actor("officer")
    code = keys.code_for(office.tokens[report.pk])
    services.accept_report(report=report.pk, seen=0, by=by, at=office.at)
    services.close_report(report=report.pk, text="Beres", proofs=[photo], seen=1, by=by, at=office.at)
    services.reopen_report(key=code, reason="Belum", by=staff.visitor, at=office.at)
    drain()
    assert "reports.reopened" in [row.kind for row in told(staff, "officer")]
    assert Report.objects.get(pk=report.pk).reopened == 1
