"""Bring an installation to the version of its code: database, messages, static files. Safe to repeat and to race."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from lingkar.site import messages

ONE_AT_A_TIME = 7_511_960
"""Number of the advisory lock that hosts of one installation take in turn."""


def prepare() -> None:
    """Migrate the database, compile the messages, collect the static files."""
    messages.compile_all(settings.PACKAGE)
    collect_static()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def collect_static() -> bool:
    """Copy, hash and compress the static files, unless they are as they were the last time; whether it was needed."""
    note = Path(settings.STATIC_ROOT) / ".collected"
    state = _static_state()
    if note.exists() and note.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(state)
    return True


def _static_state() -> str:
    """Changes when a static file is added, changed or removed, or is stored in another way."""
    files = ((name, Path(storage.path(name)).stat()) for finder in get_finders() for name, storage in finder.list([]))
    lines = [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in files]
    lines.append(settings.STORAGES["staticfiles"]["BACKEND"])
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
