"""The operator's page: honest, for operators of the whole agency alone, and silent about people."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.audit.queries import trail_of
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
