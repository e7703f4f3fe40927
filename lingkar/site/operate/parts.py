"""What an installation consists of when it runs: database, preparation, worker, web."""

import contextlib
import fcntl
import http.client
import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lingkar.site.home import SetupError, has_own_server
from lingkar.site.operate.supervisor import Leftovers, Part
from lingkar.site.postgres import EmbeddedPostgres

NEEDED = 300 * 2**20
"""Bytes that must be free before anything is started."""
NOTE = "running.json"
LONGEST_LOG = 5 * 2**20
WEB_WORKERS, WEB_THREADS = 2, 4
BACKLOG = 1024
SLOWEST_STATEMENT = "15s"
"""A page that asks the database for longer is wrong: the statement is ended and the connection freed."""


@dataclass(frozen=True)
class Wish:
    """What the operator asked to run."""

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    only: str | None = None
    dev: bool = False

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def floors(wish: Wish, prepare: Sequence[str]) -> list[list[Part]]:
    """The parts to run, from the ground up. ``prepare`` are the arguments of the ``lingkar`` command run before web."""
    up = [Part("preparation", lingkar(*prepare), once=True)] if prepare else []
    wanted = {"web": web(wish), "worker": worker(wish)}
    rest = [part for name, part in wanted.items() if wish.only in (None, name)]
    return [[database(wish.home)] if has_own_server() else [], up, rest]


def lingkar(*arguments: str) -> list[str]:
    """The command that runs ``lingkar`` with this very Python."""
    return [sys.executable, "-m", "lingkar.site.cli", *arguments]


def database(home: Path) -> Part:
    """The embedded server. Its messages go to ``logs/postgres.log``."""
    server = EmbeddedPostgres(home)
    server.prepare()
    log = _log(home, "postgres")
    return Part(
        "postgres",
        server.command(),
        popen={"stdout": log, "stderr": log, **server.identity()},
        ready=server.answers,
        stop_with=signal.SIGINT,  # fast: open transactions are rolled back,
        patience=60,
    )


def worker(wish: Wish) -> Part:
    return Part("worker", lingkar("worker", *(["--reload"] if wish.dev else [])), patience=20)


def web(wish: Wish) -> Part:
    """The web server. No access log: an address may hold a citizen's tracking code."""
    if wish.dev:
        command = lingkar("django", "runserver", f"{wish.host}:{wish.port}")
        return Part("web", command, ready=_answering(wish))
    options = {
        "--interface": "wsgi",
        "--host": wish.host,
        "--port": wish.port,
        "--workers": os.environ.get("LINGKAR_WEB_WORKERS", WEB_WORKERS),
        "--blocking-threads": os.environ.get("LINGKAR_WEB_THREADS", WEB_THREADS),
        "--backlog": BACKLOG,
        "--backpressure": BACKLOG // WEB_WORKERS,
        "--workers-kill-timeout": 10,
        "--respawn-interval": 0.5,
        "--log-level": "warning",
    }
    flags = ["--respawn-failed-workers", "--no-ws", "--no-access-log"]
    command = [sys.executable, "-m", "granian", *(str(part) for pair in options.items() for part in pair), *flags]
    return Part(
        "web",
        [*command, "lingkar.site.wsgi:application"],
        env={"PGOPTIONS": f"-c statement_timeout={SLOWEST_STATEMENT}"},
        ready=_answering(wish),
    )


@contextlib.contextmanager
def lock(home: Path) -> Iterator[None]:
    """Hold the home folder: one supervisor, backup of a stopped installation or restore at a time."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            who = file.read().strip() or "unknown"
            raise SetupError(
                f"Lingkar already runs from {home} (process {who}). Stop it first, or set LINGKAR_HOME to another "
                "folder."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)


@contextlib.contextmanager
def database_running(home: Path) -> Iterator[None]:
    """The installation's database: the one that runs, else the embedded server for the length of the block."""
    server = EmbeddedPostgres(home)
    if not has_own_server():
        yield
    elif server.answers():
        server.ensure_database()
        yield
    else:
        with lock(home), _own_server(server):
            yield


def must_exist(home: Path) -> None:
    """Refuse a folder in which nothing was ever set up: most likely ``LINGKAR_HOME`` is not what was meant."""
    if has_own_server() and not (home / "postgres" / "PG_VERSION").exists():
        raise SetupError(f"There is no installation in {home}. Set LINGKAR_HOME to its folder.")


def is_running(home: Path) -> bool:
    """Whether the installation is at work: its own server answers, or the server is somebody else's."""
    return not has_own_server() or EmbeddedPostgres(home).answers()


@contextlib.contextmanager
def stopped(home: Path) -> Iterator[None]:
    """Make sure that nothing of this installation runs on this host."""
    if not has_own_server():
        with lock(home):
            yield
    elif EmbeddedPostgres(home).answers():
        raise SetupError(f"Lingkar runs from {home}: stop it first.")
    else:
        yield  # ``database_running`` holds the lock


@contextlib.contextmanager
def _own_server(server: EmbeddedPostgres) -> Iterator[None]:
    Leftovers(server.home / NOTE).end_all()
    check_space(server.home)
    server.prepare()
    log = _log(server.home, "postgres")
    child = server.start(stdout=log, stderr=log)
    try:
        server.ensure_database()
        yield
    finally:
        server.stop(child)


def check_port(wish: Wish) -> None:
    """Refuse, in words, an address that cannot be served."""
    family = socket.AF_INET6 if ":" in wish.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((wish.host, wish.port))
        except OSError as fault:
            raise SetupError(
                f"Port {wish.port} on {wish.host} cannot be used ({fault.strerror}). Choose another, for example "
                f"PORT={wish.port + 1}."
            ) from None


def check_space(home: Path) -> None:
    """Refuse to start on a disk that is about to be full."""
    free = shutil.disk_usage(home).free
    if free < NEEDED:
        raise SetupError(
            f"The disk is full: {free // 2**20} MB are free for {home}, {NEEDED // 2**20} MB are needed. Make room, or "
            "set LINGKAR_HOME to a folder on another disk."
        )


def _answering(wish: Wish) -> Callable[[], bool]:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(wish.host, wish.host)  # noqa: S104

    def answers() -> bool:
        asked = http.client.HTTPConnection(host, wish.port, timeout=2)
        try:
            asked.request("GET", "/healthz/web")
            return asked.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()

    return answers


def _log(home: Path, name: str) -> int:
    folder = home / "logs"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{name}.log"
    if path.exists() and path.stat().st_size > LONGEST_LOG:
        path.replace(folder / f"{name}.1.log")
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
