"""Who may not learn what: the edges of sealing, naming a unit, and publishing."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils.html import escape

from lingkar.directory.orgs.models import UnitKind
from lingkar.directory.orgs.services import add_unit
from lingkar.directory.people.models import Role
from lingkar.foundation.access import Actor, Grant, Unseen
from lingkar.foundation.refusals import Refused
from lingkar.listen.reports import queries, services
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.web.office_rows import row_of

TODAY = date(2026, 3, 17)
MINUTE = timedelta(minutes=1)


def test_a_named_unit_never_gets_the_report_whatever_its_category(city):
    report, _ = city.send("Antrean KTP lama", reported_unit=city.units["dukcapil"].pk)
    assert (report.is_sealed, report.unit.code) == (True, "inspektorat")
    with pytest.raises(Unseen):
        services.view_case(report=report.pk, by=city.officer, at=city.at)


def test_an_opened_case_is_not_referred_to_the_unit_complained_of(city):
    report, _ = city.send("petugas minta uang", reported_unit=city.units["dukcapil"].pk)
    to = city.units["pupr"].pk
    services.unseal_report(report=report.pk, to_unit=to, note="Bukan pungli", seen=0, by=city.inspector, at=city.at)
    officer = city.actor(Role.OFFICER, "pupr")
    with pytest.raises(Refused, match="unit_complained_of"):
        services.refer_report(
            report=report.pk, to_unit=city.units["dukcapil"].pk, note="", seen=1, by=officer, at=city.at
        )


def told(city, report: Report, by: Actor) -> list[str]:
    return [
        entry.text for entry in queries.case_of(services.view_case(report=report.pk, by=by, at=city.at), by).entries
    ]


@pytest.mark.parametrize("text", ["petugas minta uang", "Antrean KTP lama"])
def test_what_inspectors_noted_under_the_seal_stays_with_them(city, text):
    report, _ = city.send(text)
    seen = 0
    if not report.is_sealed:
        services.add_note(report=report.pk, note=uuid4(), text="catatan loket", by=city.officer, at=city.at + MINUTE)
        services.seal_report(report=report.pk, seen=0, by=city.officer, at=city.at + 2 * MINUTE)
        seen = 1
    services.add_note(
        report=report.pk, note=uuid4(), text="pelapornya Bu Siti", by=city.inspector, at=city.at + 3 * MINUTE
    )
    assert "pelapornya Bu Siti" in told(city, report, city.inspector)
    services.unseal_report(
        report=report.pk,
        to_unit=city.units["dukcapil"].pk,
        note="Hanya antrean",
        seen=seen,
        by=city.inspector,
        at=city.at + 4 * MINUTE,
    )
    services.add_note(report=report.pk, note=uuid4(), text="catatan kemudian", by=city.officer, at=city.at + 5 * MINUTE)
    texts = told(city, report, city.officer)
    assert "pelapornya Bu Siti" not in texts
    assert {"Hanya antrean", "catatan kemudian"} <= set(texts)
    assert ("catatan loket" in texts) == bool(seen)


def test_a_complaint_about_the_whole_government_is_seen_by_its_inspectors_alone(city):
    system, since = Actor.system(city.agency.pk), date(2020, 1, 1)
    rows = {"agency": city.agency.pk, "valid_from": since, "by": system, "at": city.at}
    top = add_unit(kind=UnitKind.OFFICE, code="pemkot", name="Pemerintah Kota", **rows)
    below = add_unit(kind=UnitKind.INSPECTORATE, code="awas", name="Inspektorat Kota", parent=top.pk, **rows)
    report, _ = city.send("petugas minta uang", reported_unit=top.pk)
    Report.objects.filter(pk=report.pk).update(unit=below)
    inspector = Actor(city.agency.pk, person=city.inspector.person, grants=(Grant(Role.INSPECTOR, below.path),))
    assert queries.queue(inspector, today=TODAY).get() == report
    for role in (Role.OFFICER, ""):  # lent to a colleague, too: who works there does not read the complaint
        both = Actor(
            city.agency.pk,
            person=city.inspector.person,
            grants=(Grant(Role.INSPECTOR, below.path), Grant(role, f"{top.path}loket.")),
        )
        assert not queries.queue(both, today=TODAY).exists()


def test_words_of_the_reporter_are_not_published_unread(city, photo):
    report, code = city.send()
    services.reply_to_reporter(report=report.pk, text="Kami periksa", seen=0, by=city.officer, at=city.at)
    services.close_report(report=report.pk, text="Selesai", proofs=[photo], seen=1, by=city.officer, at=city.at)
    services.publish_report(report=report.pk, seen=2, by=city.officer, at=city.at + MINUTE)
    note = "Bu Siti di loket dua"
    services.rate_report(key=code, rating=2, note=note, by=city.visitor, at=city.at + 2 * MINUTE)

    def public() -> str:
        return " ".join(entry.text_shown for entry in queries.published_case(report.number, today=TODAY).entries)

    assert "Kami periksa" in public()
    assert "loket dua" not in public()
    services.publish_report(report=report.pk, seen=4, by=city.officer, at=city.at + 3 * MINUTE)
    assert "loket dua" in public()


def test_lists_say_nothing_of_a_sealed_case_so_that_every_reading_is_recorded(city):
    sealed, _ = city.send("petugas minta uang di loket dua")
    assert "minta uang" not in repr(row_of(_line(sealed), today=TODAY))
    opened, _ = city.send("Antrean KTP lama")
    assert row_of(_line(opened), today=TODAY).title == "Antrean KTP lama"


def _line(report):
    return queries.lines(Report.objects.filter(pk=report.pk)).get()


MARKUP = '<i id=evil>"\'>{{ 7|add:35 }}{% now "Y" %}<c-icon name="lock" />'


def test_peoples_markup_is_only_text(city, citizen):
    report, code = city.send(f"KTP {MARKUP}")
    services.publish_report(report=report.pk, seen=0, by=city.officer, at=city.at)
    services.reply_to_reporter(report=report.pk, text=MARKUP, seen=1, by=city.officer, at=city.at)
    for url in ("/laporan/", f"/laporan/{report.number}/", f"/lacak/{code}/"):
        html = citizen.get(url).content.decode()
        assert escape(MARKUP) in html
        assert "<i id=evil" not in html
    assert "<i id=evil" not in citizen.get("/laporan/?q=%22%3E%3Ci+id=evil%3E").content.decode()
