"""The operator's page: honest, for operators of the whole agency alone, and silent about people."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.audit.queries import trail_of
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.site.operate import queries, services
from lingkar.site.operate.services import note_fault
from tests.fixtures import NOW

PAGE = "/operator/"


def park(agency=None, task="notify.send"):
    """A job that failed for good; returns its number."""
    args = f'{{"agency": "{agency}", "handler": "notify.on_answer"}}' if agency else "{}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('default', %s, %s, 'failed', 6) RETURNING id",
            [task, args],
        )
        return cursor.fetchone()[0]


def settle():
    """Run what the database does at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def status(job):
    return ProcrastinateJob.objects.get(pk=job).status


@pytest.fixture
def operator(as_role):
    return as_role("operator", None)


def test_a_parked_job_is_shown_with_its_reason_and_without_peoples_words(kota, operator):
    job = park(kota.agency.pk)
    note_fault(job=job, fault=ValueError("jalan rusak di depan rumah Bu Siti"), at=NOW)
    page = operator.page(PAGE)
    assert PAGE in page.links()
    assert "notify.on_answer" in page.text
    assert "builtins.ValueError" in page.text
    assert "Siti" not in page.html


def test_a_parked_job_runs_again_and_the_audit_trail_knows_who_wished_it(kota, operator):
    job = park(kota.agency.pk)
    page = operator.send(f"{PAGE}pekerjaan/{job}/ulang/")
    assert f"Pekerjaan {job} dijalankan lagi." in page.text
    assert status(job) == "todo"
    entry = trail_of(ProcrastinateJob.objects.get(pk=job)).get()
    assert (entry.verb, entry.person) == ("operate.job_retried", kota.holder("operator", None).pk)


def test_a_parked_job_is_given_up(kota, operator):
    job = park(kota.agency.pk)
    operator.send(f"{PAGE}pekerjaan/{job}/buang/")
    assert status(job) == "cancelled"
    assert trail_of(ProcrastinateJob.objects.get(pk=job)).get().verb == "operate.job_discarded"


def test_a_job_of_another_agency_is_not_there(kota, lain, operator):
    theirs = park(lain.agency.pk)
    nobodys = park(task="calendar.fill")
    assert {job.id for job in queries.parked_jobs(kota.actor("operator", None))} == {nobodys}
    assert operator.submit(f"{PAGE}pekerjaan/{theirs}/ulang/").status_code == 404
    assert status(theirs) == "failed"


def test_a_job_that_is_not_parked_cannot_be_decided_on(kota):
    by = kota.actor("operator", None)
    job = park(kota.agency.pk)
    services.discard_job(job=job, by=by, at=NOW)
    with pytest.raises(Unseen):
        services.retry_job(job=job, by=by, at=NOW)


def test_an_operator_of_one_unit_does_not_operate_the_installation(kota, as_role):
    assert as_role("operator").get(PAGE).status_code == 403
    with pytest.raises(Forbidden):
        services.retry_job(job=park(kota.agency.pk), by=kota.actor("operator"), at=NOW)


def test_the_audit_trail_is_checked_when_asked(kota, operator):
    assert "Belum diperiksa" in operator.page(PAGE).text
    page = operator.send(f"{PAGE}periksa/")
    assert "Pemeriksaan dimulai" in page.text
    assert ProcrastinateJob.objects.filter(task_name="operate.check_chain", status="todo").count() == 1
    settle()
    services.check_chain(agency=kota.agency.pk, at=NOW)
    assert "Utuh" in operator.page(PAGE).text


def test_an_altered_trail_is_said(kota, operator):
    settle()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_auditentry SET content = replace(content, 'unit', 'x') WHERE position = 1")
        cursor.execute("SET session_replication_role = DEFAULT")
    assert services.check_chain(agency=kota.agency.pk, at=NOW).faults
    assert "Jejak audit pernah diubah" in operator.page(PAGE).text


def test_jobs_that_ended_are_forgotten_and_parked_ones_kept(db):
    done, parked = park(), park()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [done])
        cursor.execute("UPDATE procrastinate_events SET at = %s - interval '1 day'", [NOW])
    assert services.forget_finished(before=NOW) == 1
    assert set(ProcrastinateJob.objects.values_list("id", flat=True)) == {parked}


def test_what_the_installation_holds_opens_its_rows(kota, lain, operator):
    kota.holder("officer", "pupr")
    page = operator.page("/operator/isi/")
    never = operator.page("/operator/akun/?apa=belum-masuk")
    assert "/operator/isi/" in operator.page(PAGE).links()
    for name, link in (
        ("Akun yang dipakai", "/operator/akun/"),
        ("Belum pernah masuk", "/operator/akun/?apa=belum-masuk"),
    ):
        box = next(node for node in page.markup.select(".stat") if name in node.to_text())
        count = int(next(node for node in page.markup.select(".stat-value") if node.parent is box).to_text())
        listed = [found for found in operator.page(link).links() if found.startswith("/pengaturan/akun/")]
        assert len(listed) == count > 0
    assert "Officer Pupr" in never.text
    assert "lain.example" in page.text, "names of agencies are public"


def test_accounts_of_another_agency_are_in_no_list_and_no_file(kota, lain, operator):
    with agency_scope(lain.agency.pk):
        lain.holder("coordinator", "setda")
    kota.holder("officer", "pupr")
    for address in ("/operator/akun/", "/operator/akun/?apa=belum-masuk"):
        assert "Coordinator Setda" not in operator.page(address).text
    answer: Any = operator.get("/operator/akun/?unduh=csv")
    taken = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Officer Pupr" in taken
    assert "Coordinator Setda" not in taken


def test_an_old_backup_is_said(operator, monkeypatch):
    assert "Cadangan terakhir sudah lama" not in operator.page(PAGE).text
    monkeypatch.setattr(queries, "last_backup", lambda: NOW - timedelta(days=3))
    assert "Cadangan terakhir sudah lama" in operator.page(PAGE).text


def test_only_operators_of_the_whole_agency_look_inside(as_role):
    for address in ("/operator/isi/", "/operator/akun/"):
        assert as_role("operator").get(address).status_code == 403
        assert as_role("leader", None).get(address).status_code == 403
