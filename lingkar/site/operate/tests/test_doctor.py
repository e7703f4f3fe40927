"""The doctor finds every planted fault, and none where there is none."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from lingkar.foundation.audit import services as audit
from lingkar.foundation.files import services as files
from lingkar.site.operate import doctor, health
from lingkar.site.operate.doctor import State
from lingkar.site.operate.services import note_fault
from tests.fixtures import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(tmp_path, settings, kota):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def real_clock(monkeypatch, kota):
    monkeypatch.setattr(timezone, "now", lambda: connection_time())


def connection_time():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def found(name, *, runs=False, at=NOW):
    return next(finding for finding in doctor.examine(at=at, runs=runs) if finding.name == name)


def test_a_sound_installation_has_no_fault():
    assert [finding for finding in doctor.examine(at=NOW, runs=False) if finding.state is State.FAULT] == []


def test_a_worker_that_is_missing_is_a_fault_only_while_it_should_run():
    assert found("worker", runs=True).state is State.FAULT
    run("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert found("worker", runs=True).state is State.OK


def test_a_queue_that_stands_still(monkeypatch):
    monkeypatch.setattr(health, "look", lambda patience=2: health.Health(True, True, health.Queue(3, 3600, 0)))
    assert found("queue", runs=True) == doctor.Finding("queue", State.FAULT, "a job has been due for 60 minutes")


def test_a_parked_job_is_named_with_its_reason():
    run("INSERT INTO procrastinate_jobs (id, queue_name, task_name, status) VALUES (7, 'x', 'notify.send', 'failed')")
    note_fault(job=7, fault=ConnectionRefusedError("to citizen@example"), at=NOW)
    said = found("parked jobs")
    assert said.state is State.FAULT
    assert "notify.send (7: builtins.ConnectionRefusedError)" in said.said
    assert "citizen" not in said.said


@pytest.mark.parametrize(("harm", "reason"), [(Path.unlink, "lost"), (lambda path: path.write_bytes(b"?"), "changed")])
def test_a_file_that_is_not_as_it_was_stored(kota, home, harm, reason):
    proof = SimpleUploadedFile("bukti.pdf", b"%PDF-1.4\n%%EOF\n")
    row = files.store(proof, kind="proof", by=kota.system, at=NOW)
    assert found("files").state is State.OK
    harm(next(path for path in (home / "files").rglob(str(row.pk))))
    assert found("files").state is State.FAULT
    assert f"{row.pk} {reason}" in found("files").said


def test_an_altered_audit_trail_is_found(kota):
    run("SET session_replication_role = replica")
    run("UPDATE audit_auditentry SET content = replace(content, 'unit_added', 'unit_hidden') WHERE position = 2")
    run("SET session_replication_role = DEFAULT")
    assert found("audit of kota").state is State.FAULT
    assert "entry 2" in found("audit of kota").said


def test_a_migration_that_was_not_applied():
    run("DELETE FROM django_migrations WHERE app = 'operate'")
    try:
        assert found("migrations").state is State.FAULT
        assert "operate.0001_initial" in found("migrations").said
    finally:
        run("INSERT INTO django_migrations (app, name, applied) VALUES ('operate', '0001_initial', now())")


def test_a_disk_that_is_nearly_full(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12, 10**6))
    assert found("disk").state is State.FAULT


def test_an_agency_that_cannot_take_reports_yet():
    assert "lainnya" in found("ready: kota").said
    assert found("ready: kota").state is State.LOOK


@pytest.mark.parametrize(
    ("name", "value"),
    [("log_statement", "all"), ("log_min_error_statement", "error"), ("log_min_duration_statement", "100")],
)
def test_a_server_whose_log_holds_what_citizens_wrote(name, value):
    assert found("database log").state is State.OK
    run(f"SET {name} = '{value}'")
    try:
        assert name in found("database log").said
        assert found("database log").state is State.FAULT
    finally:
        run(f"RESET {name}")


def test_a_clock_that_was_set_back(kota):
    audit.record(kota.system, "test.happened", kota.agency, at=NOW + timedelta(hours=1))
    assert "set back" in found("clock").said


def test_a_clock_apart_from_the_databases(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: connection_time() + timedelta(minutes=2))
    assert found("clock").state is State.FAULT


def test_a_secret_that_others_may_read(home):
    (home / "secret").write_text("x")
    (home / "secret").chmod(0o644)
    assert found("secret").state is State.FAULT


def test_a_database_that_is_away_is_the_first_thing_said(monkeypatch):
    monkeypatch.setattr(health, "_address", lambda: {"host": "/nowhere"})
    findings = doctor.examine(at=NOW, runs=True)
    assert (findings[0].name, findings[0].state) == ("database", State.FAULT)
