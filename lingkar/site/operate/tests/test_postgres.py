"""The embedded server: made whole or not at all, private, and not confused by what a crash left."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from lingkar.site.home import SetupError, embedded_url, socket_folder
from lingkar.site.operate import parts
from lingkar.site.postgres import TEST_SETTINGS, EmbeddedPostgres

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@pytest.fixture
def home():
    home = Path(tempfile.mkdtemp(prefix="lingkar-test-"))
    yield home
    shutil.rmtree(home)


@pytest.fixture
def server(home):
    server = EmbeddedPostgres(home, **TEST_SETTINGS)
    server.prepare()
    return server


def test_a_note_of_a_dead_server_is_cleared_even_if_its_number_lives_again(server):
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n1\n")
    server.prepare()
    child = server.start(**QUIET)
    server.ensure_database()
    with psycopg.connect(embedded_url(server.home)) as link:
        assert link.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
    with pytest.raises(SetupError, match="already uses"):
        server.prepare()
    server.stop(child)


def test_a_cluster_that_was_half_made_is_made_again(home, server):
    shutil.rmtree(server.data)
    (home / "postgres.new").mkdir()
    (home / "postgres.new" / "PG_VERSION").write_text("18")
    server.prepare()
    assert (server.data / "global" / "pg_control").exists()
    assert not (home / "postgres.new").exists()


def test_a_home_too_deep_for_a_socket_gets_a_short_folder():
    assert socket_folder(Path("/srv/lingkar")) == Path("/srv/lingkar/run")
    deep = Path("/srv") / ("a" * 100)
    assert len(str(socket_folder(deep))) < 60
    assert socket_folder(deep) != socket_folder(deep / "b")


def test_a_disk_that_is_full_is_said(home, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
    with pytest.raises(SetupError, match="The disk is full: 0 MB are free"):
        parts.check_space(home)


def test_a_folder_without_an_installation_is_not_taken_for_an_empty_one(home, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(SetupError, match="no installation"):
        parts.must_exist(home)
