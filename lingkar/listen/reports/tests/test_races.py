"""Two officers at once: exactly one act is carried out, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports import services
from lingkar.listen.reports.models import Entry, Report
from lingkar.listen.reports.rules import State
from lingkar.listen.reports.tests.office import Office, subjects_of
from tests.fixtures import NOW, make_city

ROUNDS = 5


@pytest.fixture
def committed(transactional_db):
    """A city whose rows are committed, so that other connections see them."""
    city = make_city("balap")
    with agency_scope(city.agency.pk):
        subjects_of(city, NOW)
        yield Office(city, NOW)


def proof() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (32, 24), "seagreen").save(buffer, "JPEG")
    return SimpleUploadedFile("bukti.jpg", buffer.getvalue(), "image/jpeg")


def at_once(*acts):
    """Run the acts at the same moment on connections of their own; what each returned or raised."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=30)
            act()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_two_officers_who_close_at_once_exactly_one_does(committed, round_):
    agency, report = committed.city.agency.pk, committed.send()
    officers = [committed.city.actor("officer"), committed.city.actor("officer", None)]
    services.accept_report(report=report.pk, seen=0, by=officers[0], at=NOW)

    def close(by):
        with agency_scope(agency):
            services.close_report(report=report.pk, text=by.name, proofs=[proof()], seen=1, by=by, at=NOW)

    said = at_once(lambda: close(officers[0]), lambda: close(officers[1]))
    assert said == ["done", "reports.changed_meanwhile"]
    assert Report.objects.get(pk=report.pk).state == State.ANSWERED
    assert Entry.objects.filter(report=report, kind="closed").count() == 1
    assert report.attachments.count() == 1


def test_a_case_is_not_closed_and_referred_at_once(committed):
    agency, report = committed.city.agency.pk, committed.send()
    by, target = committed.city.actor("officer", None), committed.city.units["pupr"].pk
    services.accept_report(report=report.pk, seen=0, by=by, at=NOW)

    def close():
        with agency_scope(agency):
            services.close_report(report=report.pk, text="Beres", proofs=[proof()], seen=1, by=by, at=NOW)

    def refer():
        with agency_scope(agency):
            services.refer_report(report=report.pk, to_unit=target, note="", seen=1, by=by, at=NOW)

    assert at_once(close, refer) == ["done", "reports.changed_meanwhile"]
    assert Report.objects.get(pk=report.pk).revision == 2
