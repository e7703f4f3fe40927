"""Bring an installation to the version of its code: database, messages, static files. Safe to repeat and to race."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from lingkar.site import messages

ONE_AT_A_TIME = 7_511_960
"""Number of the advisory lock that hosts of one installation take in turn."""


def prepare() -> None:
    """Migrate the database, compile the messages, collect the static files."""
    messages.compile_all(settings.PACKAGE)
    call_command("collectstatic", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
