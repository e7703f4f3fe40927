"""The real process tree of ``lingkar serve`` on a throw-away home, and its processes by what they do. Loopback only."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PARTS = ("web worker", "web parent", "job worker", "postmaster", "backend")


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of an installation at ``home``: nothing of the one that measures leaks in."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LINGKAR_", "DATABASE_", "DJANGO_", "SMTP_"))}
    return {**kept, "LINGKAR_HOME": str(home), "PYTHONUNBUFFERED": "1", **more}


def new_home(prefix: str) -> Path:
    """An empty home folder below the system's folder for temporary files."""
    return Path(tempfile.mkdtemp(prefix=f"lingkar-{prefix}-"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def until(true: Callable[[], bool], *, within: float, what: str, every: float = 0.1) -> None:
    """Wait for a condition; raises ``TimeoutError`` that names it."""
    end = time.monotonic() + within
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {within:.0f} s: {what}")
        time.sleep(every)


class Tree:
    """Database, worker and web under their supervisor, as an operator starts them.

    ``application`` names another WSGI application than the shipped one: the shipped one with a planted fault
    (``tests.perf.planted``).
    """

    def __init__(self, home: Path, *, application: str = "", **environment: str) -> None:
        self.home = home
        self.port = free_port()
        self.environment = clean_environment(home, **environment)
        self.application = application
        self.supervisor: psutil.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> Path:
        """Everything that the tree said, the database excepted (``logs/postgres.log``)."""
        return self.home / "tree.log"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None):
        self.stop()

    def start(self) -> None:
        """Start everything and wait until a page can be asked for."""
        module = ["tests.perf.planted", self.application] if self.application else ["lingkar.site.cli"]
        command = [sys.executable, "-m", *module, "serve", "--host", HOST, "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.supervisor = psutil.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            until(self._is_up_or_gone, within=180, what=f"{self.address} answers; see {self.log}")
            if not self.supervisor.is_running() or self.supervisor.status() == psutil.STATUS_ZOMBIE:
                raise RuntimeError(f"lingkar serve ended:\n{self.log.read_text()[-3000:]}")
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ask the supervisor to stop; end what is left of it after a minute."""
        if self.supervisor is None:
            return
        family = self._family()
        self.supervisor.terminate()
        _, left = psutil.wait_procs([self.supervisor], timeout=60)
        for process in [*left, *(p for p in family if p.is_running())]:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(family, timeout=10)
        self.supervisor = None

    def lingkar(self, *arguments: str, **popen: object) -> subprocess.CompletedProcess[str]:
        """Run a ``lingkar`` command on the same home."""
        command = [sys.executable, "-m", "lingkar.site.cli", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True, timeout=600
        )

    def answers(self) -> bool:
        """Whether a web worker answers."""
        return self.asks("/healthz/web")

    def is_healthy(self) -> bool:
        """Whether web, database and job worker all work."""
        return self.asks("/healthz")

    def asks(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def parts(self) -> dict[str, list[psutil.Process]]:
        """The living processes of the tree by what they do, under the names of ``PARTS``."""
        found: dict[str, list[psutil.Process]] = {name: [] for name in PARTS}
        for process in self._family():
            name = _part(process)
            if name:
                found[name].append(process)
        return found

    def _family(self) -> list[psutil.Process]:
        try:
            return self.supervisor.children(recursive=True) if self.supervisor else []
        except psutil.NoSuchProcess:
            return []

    def _is_up_or_gone(self) -> bool:
        assert self.supervisor
        gone = not self.supervisor.is_running() or self.supervisor.status() == psutil.STATUS_ZOMBIE
        return gone or self.is_healthy()


def _part(process: psutil.Process) -> str:
    """What a process does, or nothing for one that does nothing by itself (such as a resource tracker)."""
    try:
        words = process.cmdline()
        above = process.parent()
        line, over = " ".join(words), " ".join(above.cmdline()) if above else ""
    except psutil.NoSuchProcess:
        return ""
    if line.startswith("postgres: "):
        return "backend" if "[local]" in line else ""
    if words and Path(words[0]).name == "postgres":
        return "postmaster"
    if "-m granian" in over:
        return "web worker" if "resource_tracker" not in line else ""
    if "-m granian" in line:
        return "web parent"
    return "job worker" if line.endswith("lingkar.site.cli worker") else ""


def remove(home: Path) -> None:
    """Remove a throw-away home."""
    shutil.rmtree(home, ignore_errors=True)
