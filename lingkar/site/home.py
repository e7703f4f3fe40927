"""What an installation keeps in its home folder: the secret key and the embedded database. No Django here."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def secret_key(home: Path) -> str:
    """The installation's secret, made on first use; readable by its owner alone."""
    given = os.environ.get("LINGKAR_SECRET_KEY")
    if given:
        return given
    path = home / "secret"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        try:
            with os.fdopen(os.open(path, flags, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass  # another process of this installation was first
    return path.read_text()


def database_url(home: Path) -> str:
    """``DATABASE_URL``, else the embedded server's socket below ``home``."""
    return os.environ.get("DATABASE_URL") or f"postgresql://postgres@/lingkar?host={home / 'run'}"


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
        "CONN_HEALTH_CHECKS": False,
        "TEST": {"NAME": f"test_{url.path.lstrip('/')}"},
    }
