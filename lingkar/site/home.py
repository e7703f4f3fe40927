"""What an installation keeps in its home folder, and where. No Django here.

``secret``     the key that signs and encrypts · ``postgres/`` the embedded database · ``run/`` its socket
``files/``     what people attached · ``static/`` collected style sheets and scripts · ``logs/`` · ``lock``
"""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

DATABASE = "lingkar"
LONGEST_SOCKET = 100
"""Bytes of a socket's path that every system takes (Linux 107, macOS 103)."""


class SetupError(Exception):
    """Something about this machine or installation stops the command; the message tells the operator what to do."""


def folder() -> Path:
    """The home folder: ``LINGKAR_HOME``, else ``var`` below the working folder."""
    return Path(os.environ.get("LINGKAR_HOME") or "var").resolve()


def secret_key(home: Path) -> str:
    """The installation's secret, made on first use; readable by its owner alone."""
    given = os.environ.get("LINGKAR_SECRET_KEY")
    if given:
        return given
    path = home / "secret"
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(50))
    return path.read_text()


def _write_once(path: Path, text: str) -> None:
    """Write a file that appears whole or not at all; another process of this installation may be first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()


def has_own_server() -> bool:
    """Whether this installation runs the embedded database: no ``DATABASE_URL`` names another."""
    return not os.environ.get("DATABASE_URL")


def database_url(home: Path) -> str:
    """``DATABASE_URL``, else the embedded server's socket."""
    return os.environ.get("DATABASE_URL") or embedded_url(home)


def embedded_url(home: Path, database: str = DATABASE, user: str = DATABASE) -> str:
    """The address of a database of the embedded server."""
    return f"postgresql://{user}@/{database}?host={quote(str(socket_folder(home)))}"


def socket_folder(home: Path) -> Path:
    """Where the embedded server listens: ``home/run``, or a short folder when that path is too long for a socket."""
    near = home / "run"
    if len(os.fsencode(near / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
        return near
    return Path("/tmp") / f"lingkar-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"  # noqa: S108  (its owner is checked)


def database_settings(home: Path) -> dict[str, Any]:
    """Django's settings for the database of this installation, with a connection pool."""
    url = urlsplit(database_url(home))
    options: dict[str, Any] = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", None) or url.hostname or "",
        "PORT": str(url.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 10}, **options},
        "CONN_HEALTH_CHECKS": True,  # a server that was started again leaves dead connections in the pool
        "TEST": {"NAME": f"test_{url.path.lstrip('/')}"},
    }
