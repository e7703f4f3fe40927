"""A report about a service: from the QR code at the counter to the unit that serves, and to the public."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from lingkar.directory.services import services as catalogue
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.models import AuditEntry
from lingkar.listen.reports import keys, queries, services
from lingkar.listen.reports.models import Draft, Report
from lingkar.listen.reports.tests.test_citizen_pages import begin, to_the_last_screen
from tests.standards import WHOLE

TODAY = date(2026, 3, 17)
ROAD = "Jalan di depan kantor penuh lubang"
NAME = "Kartu identitas anak"


@pytest.fixture
def offered(city):
    """A service of Dukcapil; the words of these reports speak for roads, which another unit answers."""
    by, unit = Actor.system(city.agency.pk), city.units["dukcapil"].pk
    standard = replace(WHOLE, name=NAME)
    item = catalogue.add_service(code="kia", unit=unit, standard=standard, by=by, at=city.at)
    catalogue.publish_service(service=item.pk, valid_from=date(2025, 1, 1), reviewed_on=TODAY, by=by, at=city.at)
    return item


def send(city, service="kia", text=ROAD, **choices):
    token = keys.new_token()
    services.save_words(token=token, text=text, service=service, by=city.visitor, at=city.at)
    services.save_where(token=token, place=city.place.pk, location="", latitude=None, longitude=None)
    receipt = services.send_report(token=token, by=city.visitor, at=city.at, **choices)
    return Report.objects.select_related("unit", "service").get(pk=receipt.report)


def publish(city, report):
    services.publish_report(report=report.pk, seen=report.revision, by=city.officer, at=city.at)


def test_the_unit_that_serves_answers(city, offered):
    report = send(city)
    assert (report.service, report.unit.code, report.category.code) == (offered, "dukcapil", "jalan")
    assert send(city, service=None).unit.code == "pupr"


def test_a_sensitive_report_goes_to_the_inspectorate_all_the_same(city, offered):
    report = send(city, text="petugas minta uang")
    assert (report.is_sealed, report.unit.code, report.service) == (True, "inspektorat", offered)
    named = send(city, reported_unit=city.units["dukcapil"].pk)
    assert (named.is_sealed, named.unit.code) == (True, "inspektorat")


@pytest.mark.parametrize("code", ["tidak-ada", "", "kia-lama'; --", "x" * 60])
def test_a_code_that_nobody_knows_makes_a_plain_report(city, offered, code):
    report = send(city, service=code)
    assert (report.service, report.unit.code) == (None, "pupr")


def test_a_service_that_ended_meanwhile_makes_a_plain_report(city, offered):
    token = keys.new_token()
    services.save_words(token=token, text=ROAD, service="KIA", by=city.visitor, at=city.at)
    services.save_where(token=token, place=city.place.pk, location="", latitude=None, longitude=None)
    by = Actor.system(city.agency.pk)
    catalogue.retire_service(service=offered.pk, last_day=TODAY - timedelta(days=1), by=by, at=city.at)
    preview = queries.preview_of(token, by=city.visitor, today=TODAY)
    assert (preview.service, preview.unit.code) == (None, "pupr")
    services.send_report(token=token, by=city.visitor, at=city.at)
    assert Report.objects.get().service is None


def test_a_draft_keeps_changes_and_drops_its_service(city, offered):
    token = keys.new_token()
    for said, kept in (("kia", offered), (None, offered), ("", None), ("kia", offered), ("x", None)):
        services.save_words(token=token, text=ROAD, service=said, by=city.visitor, at=city.at)
        assert Draft.objects.get().service == kept


def test_the_qr_code_leads_to_a_report_in_three_screens(city, citizen, offered):
    page = citizen.page("/l/KIA/")
    assert NAME in page.text
    form = page.markup.select("main form")[0].attrs["action"]
    page = citizen.send(form, {"text": ROAD, "layanan": "kia"})
    assert NAME in page.text
    page = citizen.send(page.url, {"place": str(city.place.pk), "location": "loket 3"})
    assert NAME in page.text
    assert city.units["dukcapil"].name in page.text
    page = citizen.send(page.url, {"act": "send"})
    assert NAME in page.text
    followed = citizen.page(next(link for link in page.links() if link.startswith("/lacak/")))
    assert NAME in followed.text


def test_a_link_names_the_service_and_the_reporter_may_take_it_off(city, citizen, offered):
    page = citizen.page("/lapor/?layanan=kia")
    form = page.markup.select("main form")[0].attrs["action"]
    citizen.send(form, {"text": ROAD, "layanan": "kia"})
    page = citizen.page(form)
    assert NAME in page.text
    page = citizen.send(form, {"text": ROAD, "layanan": ""})
    assert NAME not in page.text
    page = citizen.send(page.url, {"place": str(city.place.pk), "location": "loket 3"})
    assert city.units["pupr"].name in page.text


@pytest.mark.parametrize("address", ["/l/tidak-ada/", "/lapor/?layanan=%3Cscript%3Ealert(1)", "/lapor/?layanan=a%00"])
def test_an_unknown_code_is_no_obstacle(city, citizen, offered, address):
    page = citizen.page(address)
    assert "tidak kami temukan" in page.text
    assert "<script>alert" not in page.html
    form = page.markup.select("main form")[0].attrs["action"]
    assert "di-mana" in citizen.send(form, {"text": ROAD}).url


def test_words_that_were_too_long_come_back_with_the_service(city, citizen, offered):
    form = begin(citizen)
    page = citizen.send(form, {"text": "x" * 5001, "layanan": "kia"}, status=422)
    assert NAME in page.text


def test_a_plain_report_is_asked_for_no_service(city, citizen, offered):
    assert not citizen.page("reports:start").markup.select("[name=layanan]")
    page = to_the_last_screen(city, citizen)
    assert "Layanan" not in page.text


def test_everybody_finds_what_was_said_about_a_service(city, citizen, offered):
    mine, other = send(city), send(city, service=None, text="Antrean KTP lama")
    for report in (mine, other):
        publish(city, report)
    page = citizen.page("/laporan/?layanan=kia")
    assert f"#{mine.number}" in page.text
    assert f"#{other.number}" not in page.text
    assert NAME in citizen.page(f"/laporan/{mine.number}/").text


def test_an_anonymous_report_never_stands_under_its_service(city, citizen, offered):
    report = send(city, anonymous=True)
    publish(city, report)
    assert report.service == offered
    assert NAME in "".join(str(row.service) for row in queries.queue(city.officer, today=TODAY))
    assert NAME not in citizen.page(f"/laporan/{report.number}/").text
    assert f"#{report.number}" not in citizen.page("/laporan/?layanan=kia").text
    assert queries.newest_about(offered.pk, most=9) == []
    trail = AuditEntry.objects.filter(subject_id=str(report.pk))
    assert str(offered.pk) not in "".join(trail.values_list("content", flat=True))


def test_the_page_of_a_service_shows_what_was_said(city, citizen, offered):
    report = send(city)
    publish(city, report)
    page = citizen.page("/layanan/kia/")
    assert "/l/kia/" in page.links()
    panel = citizen.part("/laporan/layanan/kia/")
    assert f"#{report.number}" in panel.text
    assert "terlalu sedikit" in panel.text
    plain = citizen.get("/laporan/layanan/kia/")
    assert plain.headers["Location"] == "/laporan/?layanan=kia"


def test_promises_are_counted_when_there_are_enough_to_hide_anybody(city, offered):
    late = TODAY + timedelta(days=60)
    for _ in range(4):
        publish(city, send(city))
    assert queries.promises_kept(offered.pk, today=TODAY).due == 0
    assert not queries.promises_kept(offered.pk, today=late).is_told
    publish(city, send(city))
    send(city, text="petugas minta uang")
    found = queries.promises_kept(offered.pk, today=late)
    assert (found.due, found.kept, found.percent, found.is_told) == (5, 0, 0, True)


def test_a_case_closed_in_time_is_a_promise_kept(city, offered, photo):
    report, by = send(city), city.officer
    services.accept_report(report=report.pk, seen=0, by=by, at=city.at)
    services.close_report(report=report.pk, text="Selesai", proofs=[photo], seen=1, by=by, at=city.at)
    assert queries.promises_kept(offered.pk, today=TODAY).due == 0
    report.refresh_from_db()
    publish(city, report)
    found = queries.promises_kept(offered.pk, today=TODAY)
    assert (found.due, found.kept, found.percent) == (1, 1, 100)


def test_both_numbers_of_promises_open_exactly_their_rows(city, citizen, offered, photo, monkeypatch):
    """Of the late ones an anonymous and an unpublished one count nowhere; one was closed in time, one is not due."""
    late, anonymous, hidden, done = [send(city) for _ in range(5)], send(city, anonymous=True), send(city), send(city)
    services.accept_report(report=done.pk, seen=0, by=city.officer, at=city.at)
    services.close_report(report=done.pk, text="Beres", proofs=[photo], seen=1, by=city.officer, at=city.at)
    done.refresh_from_db()
    city.at += timedelta(days=60)
    monkeypatch.setattr(timezone, "now", lambda: city.at)
    fresh = send(city)
    for report in (*late, anonymous, done, fresh):
        publish(city, report)
    panel = citizen.part("/laporan/layanan/kia/")
    assert "6 yang sudah dijawab atau terlambat" in panel.text
    assert "1 laporan yang ditayangkan" in panel.text
    for chosen, told in (("ditepati", {done}), ("jatuh-tempo", {*late, done}), ("x", {*late, done, fresh})):
        url = f"/laporan/?layanan=kia&janji={chosen}"
        assert url in panel.links() or chosen == "x"
        page = citizen.page(url)
        every = (*late, anonymous, hidden, done, fresh)
        assert {report for report in every if f"#{report.number}" in page.text} == told
        file = citizen.get(f"{url}&unduh=csv").getvalue().decode()
        assert len(file.strip().splitlines()) == len(told) + 1


def test_the_queue_is_narrowed_to_a_service(city, offered):
    mine = send(city)
    city.send("Antrean KTP lama")
    by = city.officer
    assert list(queries.queue(by, today=TODAY, service=offered.pk)) == [mine]
    assert queries.queue_counts(by, today=TODAY, service=offered.pk)["open"].count == 1
    assert queries.services_of(by, today=TODAY) == [(str(offered.pk), NAME)]
    assert queries.services_of(city.actor("officer", "pupr"), today=TODAY) == []
