"""A real installation: it survives the death of each part, starts again quickly, stops cleanly, says what is wrong."""

import json
import signal
import socket

import psutil
import pytest

from tests.installation import Installation, prepared_home, until, works

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("installation")]  # one for all of them


@pytest.fixture(scope="module")
def running():
    installation = Installation()
    prepared_home(installation.home)  # loaded from nothing
    installation.start()
    yield installation
    installation.remove()


@pytest.fixture
def well(running):
    """The running installation, working: what an earlier test killed is back."""
    if running.process.poll() is not None:
        running.start()
    running.wait_until_well()
    return running


def test_it_serves_and_says_how_to_sign_in(well):
    assert well.get("/")[0] == 200
    said = "".join(well.said)
    assert f"http://127.0.0.1:{well.port}/" in said
    assert "petugas@teluk-kawung.example" in said


@pytest.mark.parametrize("name", ["web", "worker", "postgres"])
def test_a_killed_part_comes_back(well, name):
    killed = well.part(name)
    killed.kill()
    until(lambda: (well.part(name) or killed).pid != killed.pid)
    until(lambda: well.health()["status"] == "ok" and well.get("/")[0] == 200)


def test_a_killed_server_of_web_comes_back(well):
    main = well.part("web")
    until(lambda: len(main.children()) >= 2)
    servers = main.children()
    servers[0].kill()
    until(lambda: len([child for child in main.children() if works(child)]) == len(servers))
    assert well.part("web") == main
    until(lambda: well.get("/")[0] == 200)


def test_a_second_start_from_one_home_is_refused_in_words(well):
    done = well.lingkar("serve")
    assert done.returncode == 1
    assert "already runs" in done.stderr
    assert "Traceback" not in done.stderr


def test_commands_work_beside_it(well):
    def is_healthy():
        done = well.lingkar("doctor", "--json", LINGKAR_DEMO="1")
        found = {finding["name"]: finding["state"] for finding in json.loads(done.stdout)}
        assert found["database"] == "ok"
        return (done.returncode, found["worker"]) == (0, "ok")

    until(is_healthy, within=90)  # a worker killed just now comes back; its last sign stands for a while


def test_it_stops_cleanly_and_starts_again(well):
    every = well.processes()
    assert well.stop(signal.SIGTERM) == 0
    assert not [process for process in every if works(process)]
    assert well.get("/")[0] == 0
    assert not (well.home / "postgres" / "postmaster.pid").exists()
    well.start()
    assert well.get("/")[0] == 200


def test_after_its_supervisor_was_killed_it_starts_again(well):
    left = well.processes()
    well.stop(signal.SIGKILL)
    well.start()
    assert not [process for process in left if works(process)]
    assert well.get("/")[0] == 200


def test_a_port_that_is_taken_is_said():
    installation = Installation()
    with socket.create_server(("127.0.0.1", installation.port)):
        done = installation.lingkar("demo")
    installation.remove()
    assert done.returncode == 1
    assert f"Port {installation.port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_job_whose_worker_was_killed_runs_again(well):
    """A job left "doing" by a worker that is gone: what a kill in the middle of a job leaves behind."""
    [(event,)] = well.sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id, attempts)"
        " VALUES ('default', 'operate.tidy', '{\"timestamp\": 0}', 'doing', NULL, 0) RETURNING id"
    )
    until(lambda: well.sql("SELECT status FROM procrastinate_jobs WHERE id = %s", event) == [("succeeded",)])


def test_nothing_runs_as_superuser_of_the_database(well):
    assert well.sql("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]


def test_nobody_else_may_open_the_database_socket(well):
    folder = well.home / "run"
    assert folder.stat().st_mode & 0o077 == 0
    assert psutil.Process(well.part("postgres").pid).username() != "root"
