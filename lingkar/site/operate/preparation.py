"""Bring an installation to the version of its code: database, messages, static files. Safe to repeat and to race."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.db import connection

ONE_AT_A_TIME = 7_511_960
"""Number of the advisory lock that hosts of one installation take in turn."""


def prepare() -> None:
    """Migrate the database, compile the messages, collect the static files."""
    compile_messages(settings.PACKAGE)
    call_command("collectstatic", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def compile_messages(package: Path) -> int:
    """Write the ``.mo`` beside every ``.po`` that is newer; returns how many. Needs no gettext on the machine."""
    done = 0
    for source in sorted(package.rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or source.stat().st_mtime >= target.stat().st_mtime:
            draft = target.with_suffix(".new")
            polib.pofile(str(source)).save_as_mofile(str(draft))
            draft.replace(target)
            done += 1
    return done
