"""What only one transaction of an agency does at a time, where no row stands for it."""

from uuid import UUID

from django.db import connection

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))"


def hold_alone(what: str, agency: UUID) -> None:
    """Wait until nobody else of this agency does ``what`` ("module.act"), and keep it to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [what + str(agency)])
