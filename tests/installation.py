"""A whole installation of its own for a test: home folder, embedded database, worker and web, run by ``lingkar``."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any, TypeVar

import psutil
import psycopg

from lingkar.site.home import embedded_url

T = TypeVar("T")
OF_THE_TESTS = ("DATABASE_URL", "LINGKAR_TEST_HOME", "LINGKAR_SECRET_KEY", "PORT")


def until(condition: Callable[[], T], *, within: float = 30, what: str = "") -> T:
    """Wait for the first true answer of ``condition``; raises ``TimeoutError`` after ``within`` seconds."""
    end = time.monotonic() + within
    while not (answer := condition()):
        if time.monotonic() > end:
            raise TimeoutError(what or f"{condition} did not come true within {within} s")
        time.sleep(0.02)
    return answer


def works(process: psutil.Process) -> bool:
    """Whether a process still does anything (one that ended and was not yet collected does not)."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """What one worker of a test run makes for all of them, the others wait for."""
    with (Path(os.environ["LINGKAR_TEST_HOME"]) / f"{name}.lock").open("w") as file:
        flock(file, LOCK_EX)
        yield


def prepared_home(home: Path) -> Path:
    """``home`` as loading the small demo into nothing leaves it, before anything ran; loaded once in a test run.

    Outside a test run it stays empty: what is measured there begins from nothing.
    """
    if "LINGKAR_TEST_HOME" not in os.environ:
        return home
    first = Path(os.environ["LINGKAR_TEST_HOME"]) / "prepared"
    with one_at_a_time("prepared"):
        if not first.exists():
            installation = Installation(first.with_suffix(".new"))
            done = installation.lingkar("demo", "--load-only", "--scale", "0.02")
            assert done.returncode == 0, done.stderr
            installation.home.rename(first)
    subprocess.run(["cp", "-a", "--reflink=auto", f"{first}/.", str(home)], check=True)
    return home


class Installation:
    """One home folder and what runs from it."""

    def __init__(self, home: Path | None = None) -> None:
        self.home = home or Path(tempfile.mkdtemp(prefix="lingkar-test-")).resolve()
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None
        self.said: list[str] = []

    @property
    def env(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key not in OF_THE_TESTS}
        return kept | {"LINGKAR_HOME": str(self.home), "PORT": str(self.port)}

    def lingkar(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end."""
        command = [sys.executable, "-m", "lingkar.site.cli", *arguments]
        return subprocess.run(
            command,
            env=self.env | env,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=600,
        )

    def start(self, *arguments: str) -> float:
        """Run a small ``lingkar demo`` (or ``arguments``) until it says that it serves; returns the seconds it took."""
        began = time.monotonic()
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell's background job: it would be passed on
            signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lingkar.site.cli", *(arguments or ("demo", "--scale", "0.02"))],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout
        self.said = []
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("Ctrl-C"):
                return time.monotonic() - began
        raise RuntimeError("".join(self.said))

    def processes(self) -> list[psutil.Process]:
        """Everything that runs under the supervisor."""
        assert self.process
        return psutil.Process(self.process.pid).children(recursive=True)

    def part(self, name: str) -> psutil.Process | None:
        """The running process of a part: ``postgres``, ``web`` or ``worker``."""
        try:
            rows = json.loads((self.home / "running.json").read_text())
        except (FileNotFoundError, ValueError):
            return None
        pids = [int(pid) for pid, (part, _) in rows.items() if part == name]
        return psutil.Process(pids[0]) if pids and psutil.pid_exists(pids[0]) else None

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page; status 0 when nobody answers."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            asked.request("GET", path)
            answer = asked.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            asked.close()

    def health(self) -> dict[str, Any]:
        body = self.get("/healthz")[1]
        return json.loads(body) if body.startswith("{") else {"status": "silent"}

    def wait_until_well(self) -> None:
        until(lambda: self.health()["status"] in ("ok", "degraded"), what="the installation did not get well")

    def sql(self, query: str, *values: object) -> list[Any]:
        """Ask the database itself, not the application."""
        with psycopg.connect(embedded_url(self.home), autocommit=True) as link:
            cursor = link.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """End it as Ctrl-C does; returns the exit code."""
        assert self.process
        assert self.process.stdout
        self.process.send_signal(how)
        code = self.process.wait(60)
        if how is not signal.SIGKILL:  # its parts live on, and hold the other end
            self.said += self.process.stdout.readlines()
        self.process.stdout.close()
        return code

    def remove(self) -> None:
        if self.process and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.home, ignore_errors=True)
