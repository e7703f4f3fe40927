"""A report from first word to proven answer, through the services alone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from lingkar.directory.people.models import Role
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.events.testing import drain
from lingkar.foundation.notify.models import Message
from lingkar.foundation.refusals import Refused
from lingkar.listen.reports import keys, queries, services
from lingkar.listen.reports.models import Draft, Entry, Report
from lingkar.listen.reports.rules import State

TODAY = date(2026, 3, 17)


def test_the_words_choose_the_unit_and_the_calendar_the_promise(city):
    report, _ = city.send("KTP saya belum jadi")
    assert (report.unit.code, report.state) == ("dukcapil", State.RECEIVED)
    assert report.first_due == date(2026, 3, 31)
    assert report.deadline_rule.startswith("5wd:12345 14wd:12345 ")


def test_sending_twice_gives_one_report_and_the_same_code(city):
    token = keys.new_token()
    first, code = city.send(token=token)
    again = services.send_report(token=token, by=city.visitor, at=city.at)
    assert (again.report, again.code) == (first.pk, code)
    assert Report.objects.count() == 1


def test_nothing_unsent_becomes_a_report(city):
    with pytest.raises(Unseen):
        services.send_report(token=keys.new_token(), by=city.visitor, at=city.at)


def test_a_draft_is_gone_once_sent(city):
    city.send()
    assert not Draft.objects.exists()


SECRET = "081234567890"


def everything_stored() -> str:
    """All text of all tables, as a thief of the database would read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        dumps = []
        for table in tables:
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            dumps.append(cursor.fetchone()[0] or "")
    return "\n".join(dumps)


def test_an_anonymous_reporters_data_is_nowhere(city):
    token = keys.new_token()
    _, code = city.send(
        f"KTP saya lama, nama saya Budi Santoso hp {SECRET}", token=token, anonymous=True, name="Budi", email="b@x.id"
    )
    dump = everything_stored()
    assert "KTP saya lama" in dump
    for secret in (SECRET, "Budi", "b@x.id", code, code.replace("-", ""), token):
        assert secret not in dump


def test_a_named_reporters_contact_is_encrypted(city):
    report, _ = city.send(name="Siti Aminah", email="siti@contoh.id")
    assert "siti@contoh.id" not in everything_stored()
    contact = services.view_contact(report=report.pk, by=city.officer, at=city.at)
    assert contact is not None
    assert AuditEntry.objects.filter(verb="reports.contact_viewed", subject_id=str(report.pk)).count() == 1


def test_sensitive_words_seal_the_case_away_from_its_unit(city):
    report, _ = city.send("Petugas KTP minta uang", reported_unit=city.units["dukcapil"].pk)
    assert (report.is_sealed, report.unit.code) == (True, "inspektorat")
    with pytest.raises(Unseen):
        services.view_case(report=report.pk, by=city.officer, at=city.at)
    assert not queries.queue(city.officer, today=TODAY, state="all").exists()
    assert not queries.queue(city.actor(Role.COORDINATOR), today=TODAY, state="all").exists()
    assert not queries.queue(city.actor(Role.LEADER), today=TODAY, state="all").exists()
    assert queries.queue(city.inspector, today=TODAY).get() == report


def test_a_complaint_about_the_inspectorate_goes_to_the_secretariat(city):
    report, _ = city.send("auditor minta uang", reported_unit=city.units["inspektorat"].pk)
    assert report.unit.code == "setda"
    with pytest.raises(Unseen):
        services.view_case(report=report.pk, by=city.inspector, at=city.at)
    services.view_case(report=report.pk, by=city.actor(Role.INSPECTOR, "setda"), at=city.at)


def test_every_look_at_a_sealed_case_is_recorded(city):
    report, _ = city.send("ini pungli")
    for _ in range(2):
        services.view_case(report=report.pk, by=city.inspector, at=city.at)
    assert AuditEntry.objects.filter(verb="reports.sealed_viewed", person=city.inspector.person).count() == 2


def test_a_sealed_case_is_never_published(city):
    report, _ = city.send("ini pungli")
    with pytest.raises(Forbidden):
        services.publish_report(report=report.pk, seen=0, by=city.inspector, at=city.at)


def test_a_secret_report_is_never_published(city):
    report, _ = city.send(secret=True)
    with pytest.raises(Refused, match="not_public"):
        services.publish_report(report=report.pk, seen=0, by=city.officer, at=city.at)


def test_sealing_later_takes_it_off_the_public_list(city):
    report, code = city.send()
    services.publish_report(report=report.pk, seen=0, by=city.officer, at=city.at)
    assert queries.published().exists()
    services.seal_report(report=report.pk, seen=1, by=city.officer, at=city.at)
    assert not queries.published().exists()
    with pytest.raises(Unseen):
        services.view_case(report=report.pk, by=city.officer, at=city.at)
    assert queries.by_key(code, today=TODAY).report == report


def test_another_units_officer_does_not_see_the_case(city):
    report, _ = city.send("KTP hilang")
    with pytest.raises(Unseen):
        services.accept_report(report=report.pk, seen=0, by=city.actor(Role.OFFICER, "pupr"), at=city.at)


def test_a_leader_sees_but_does_not_act(city):
    report, _ = city.send()
    services.view_case(report=report.pk, by=city.actor(Role.LEADER), at=city.at)
    with pytest.raises(Forbidden):
        services.accept_report(report=report.pk, seen=0, by=city.actor(Role.LEADER), at=city.at)


def test_an_act_on_an_older_sight_of_the_case_is_refused(city):
    report, _ = city.send()
    services.accept_report(report=report.pk, seen=0, by=city.officer, at=city.at)
    with pytest.raises(Refused, match="changed_meanwhile"):
        services.reply_to_reporter(report=report.pk, text="Halo", seen=0, by=city.officer, at=city.at)


def answered(city, photo):
    report, code = city.send()
    services.accept_report(report=report.pk, seen=0, by=city.officer, at=city.at)
    services.close_report(report=report.pk, text="Sudah selesai", proofs=[photo], seen=1, by=city.officer, at=city.at)
    return report, code


def test_closing_needs_proof(city):
    report, _ = city.send()
    services.accept_report(report=report.pk, seen=0, by=city.officer, at=city.at)
    with pytest.raises(Refused, match="no_proof"):
        services.close_report(report=report.pk, text="Selesai", proofs=[], seen=1, by=city.officer, at=city.at)


def test_the_reporter_rates_and_still_reopens(city, photo):
    report, code = answered(city, photo)
    services.rate_report(key=code, rating=2, note="Belum jadi", by=city.visitor, at=city.at)
    services.reopen_report(key=code, reason="KTP belum saya terima", by=city.visitor, at=city.at + timedelta(days=8))
    report.refresh_from_db()
    assert (report.state, report.reopened, report.first_answered_at) == (State.REOPENED, 1, None)
    assert report.first_due == date(2026, 4, 1)


def test_every_rating_stays_and_the_last_is_shown(city, photo):
    report, code = answered(city, photo)
    services.rate_report(key=code, rating=2, note="Belum jadi", by=city.visitor, at=city.at)
    services.rate_report(key=code, rating=2, note="Belum jadi", by=city.visitor, at=city.at + timedelta(seconds=3))
    later = city.at + timedelta(days=1)
    services.reopen_report(key=code, reason="KTP belum saya terima", by=city.visitor, at=later)
    services.reopen_report(key=code, reason="KTP belum saya terima", by=city.visitor, at=later + timedelta(seconds=3))
    report.refresh_from_db()
    assert report.reopened == 1
    services.accept_report(report=report.pk, seen=report.revision, by=city.officer, at=later)
    photo.seek(0)
    seen = report.revision + 1
    services.close_report(report=report.pk, text="Beres", proofs=[photo], seen=seen, by=city.officer, at=later)
    services.rate_report(key=code, rating=5, note="", by=city.visitor, at=later + timedelta(days=1))
    entries = queries.by_key(code, today=TODAY).entries
    assert [entry.rating for entry in entries if entry.kind == "rated"] == [2, 5]
    report.refresh_from_db()
    assert report.rating == 5


def test_a_promise_moves_back_only_with_a_reason_and_the_reporter_is_written_to(city):
    report, code = city.send(email="siti@contoh.id")
    due, sealed = report.due, city.categories["pungli"].pk
    with pytest.raises(Refused, match="longer_needs_reason"):
        services.recategorise_report(report=report.pk, category=sealed, reason=" ", seen=0, by=city.officer, at=city.at)
    why = "Pungutan diperiksa Inspektorat"
    services.recategorise_report(report=report.pk, category=sealed, reason=why, seen=0, by=city.officer, at=city.at)
    told = [entry for entry in queries.by_key(code, today=TODAY).entries if entry.kind == "recategorised"]
    assert [(entry.due_before, why in entry.text) for entry in told] == [(due, True)]
    assert told[0].due_after > due
    drain()
    assert Message.objects.filter(key__startswith=f"reports.changed:{report.pk}").count() == 1


def test_a_category_with_the_same_promise_changes_no_date_and_stays_internal(city):
    report, code = city.send()
    services.recategorise_report(
        report=report.pk, category=city.categories["jalan"].pk, seen=0, by=city.officer, at=city.at
    )
    assert "recategorised" not in [entry.kind for entry in queries.by_key(code, today=TODAY).entries]


def test_silence_is_silence(city, photo):
    report, code = answered(city, photo)
    assert services.lapse_reports(by=city.visitor, at=city.at) == 0
    later = city.at + timedelta(days=60)
    assert services.lapse_reports(by=city.visitor, at=later) == 1
    report.refresh_from_db()
    assert (report.state, report.rating) == (State.SILENT, None)
    with pytest.raises(Refused, match="too_late"):
        services.reopen_report(key=code, reason="Belum", by=city.visitor, at=later)
    services.rate_report(key=code, rating=4, note="", by=city.visitor, at=later)


def test_the_reporter_sees_no_internal_note(city):
    report, code = city.send()
    services.add_note(report=report.pk, note=uuid4(), text="catatan dalam", by=city.officer, at=city.at)
    services.reply_to_reporter(report=report.pk, text="Kami periksa", seen=0, by=city.officer, at=city.at)
    texts = [entry.text for entry in queries.by_key(code, today=TODAY).entries]
    assert "Kami periksa" in texts
    assert "catatan dalam" not in texts


def test_old_drafts_are_forgotten(city):
    token = keys.new_token()
    services.save_words(token=token, text="belum dikirim", photos=[], by=city.visitor, at=city.at)
    assert services.purge_drafts(by=city.visitor, at=city.at + timedelta(hours=23)) == 0
    assert services.purge_drafts(by=city.visitor, at=city.at + timedelta(hours=25)) == 1
    assert Entry.objects.count() == 0
