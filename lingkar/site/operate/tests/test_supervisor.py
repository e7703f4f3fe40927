"""The supervisor, with parts that cost nothing: floors, restarts, giving up, clean stop, leftovers."""

import asyncio
import itertools
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager

import psutil
import pytest

from lingkar.site.home import SetupError
from lingkar.site.operate.supervisor import Leftovers, Part, Supervisor
from tests.installation import until, works

STAY = (sys.executable, "-c", "import time; time.sleep(600)")
TWO = (
    sys.executable,
    "-c",
    "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])",
)


class Watched:
    """A supervisor on a thread of its own, with what a test asks of it."""

    def __init__(self, floors, note):
        self.announced = threading.Event()
        self.supervisor = Supervisor(floors, note=Leftovers(note), announce=self.announced.set)
        self.fault: Exception | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        async def run():
            self.loop = asyncio.get_running_loop()
            await self.supervisor.run(listens=False)

        try:
            asyncio.run(run())
        except SetupError as fault:
            self.fault = fault

    def pid(self, name):
        process = self.supervisor.running.get(name)
        return process.pid if process else None

    def stop(self):
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.supervisor.stop)
        self.thread.join(30)
        assert not self.thread.is_alive()


@contextmanager
def running(floors, note, announces=True):
    watched = Watched(floors, note)
    watched.thread.start()
    try:
        if announces:
            assert watched.announced.wait(30)
        yield watched
    finally:
        watched.stop()


@pytest.fixture
def note(tmp_path):
    return tmp_path / "running.json"


def test_a_killed_part_is_started_again_and_the_others_stay(note):
    with running([[Part("a", STAY), Part("b", STAY)]], note) as watched:
        a, b = until(lambda: watched.pid("a")), until(lambda: watched.pid("b"))
        os.kill(a, signal.SIGKILL)
        assert until(lambda: watched.pid("a") not in (None, a))
        assert watched.pid("b") == b


def test_what_a_killed_part_had_made_ends_with_it(note):
    with running([[Part("a", TWO)]], note) as watched:
        parent = psutil.Process(until(lambda: watched.pid("a")))
        [child] = until(parent.children)
        parent.kill()
        until(lambda: not works(child))


def test_a_floor_waits_for_the_one_below(note, tmp_path):
    asked = itertools.count()
    first = Part("first", STAY, ready=lambda: next(asked) > 2)
    second = Part("second", (sys.executable, "-c", f"open({str(tmp_path / 'done')!r}, 'w')"), once=True)
    third = Part("third", STAY, ready=(tmp_path / "done").exists)
    with running([[first], [second], [third]], note):
        assert next(asked) == 4


def test_stopping_ends_every_process_and_forgets_them(note):
    with running([[Part("a", TWO)], [Part("b", STAY)]], note) as watched:
        pids = [until(lambda: watched.pid("a")), until(lambda: watched.pid("b"))]
        every = [psutil.Process(pid) for pid in pids]
        every += until(every[0].children)
    until(lambda: not [process for process in every if works(process)])  # a kill takes its moment
    assert Leftovers(note)._alive() == []


def test_a_step_that_fails_stops_everything_with_a_sentence(note):
    step = Part("preparation", (sys.executable, "-c", "raise SystemExit(3)"), once=True)
    with running([[Part("a", STAY)], [step]], note, announces=False) as watched:
        watched.thread.join(30)
        assert "preparation failed" in str(watched.fault)
        assert watched.pid("a") is None


def test_a_part_that_never_comes_up_is_given_up(note):
    broken = Part("web", (sys.executable, "-c", "raise SystemExit(7)"), ready=lambda: False)
    with running([[broken]], note, announces=False) as watched:
        watched.thread.join(30)
        assert "web cannot be started (exit code 7)" in str(watched.fault)


def test_parts_of_a_killed_supervisor_are_ended_by_the_next(note):
    left = subprocess.Popen(STAY, start_new_session=True)
    Leftovers(note).add("web", left.pid)
    Leftovers(note).end_all()
    left.wait(10)
    assert not psutil.pid_exists(left.pid)


def test_a_stranger_that_has_the_number_of_a_dead_part_is_left_alone(note):
    stranger = subprocess.Popen(STAY, start_new_session=True)
    try:
        noted = Leftovers(note)
        noted.rows[stranger.pid] = ("web", 12345.0)
        noted._write()
        Leftovers(note).end_all()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
