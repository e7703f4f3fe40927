"""A larger city for benches: every case of the city again and again, in the database itself.

A copy came in earlier on the same day and has the same words and the same life, so that every date stays right. It has
no contact, and no tracking code that anybody knows; its files are those of the first.
"""

from uuid import UUID

from django.db import connection, transaction

NUMBERED = """
CREATE TEMP TABLE copied ON COMMIT DROP AS
WITH zone AS (SELECT timezone AS name FROM tenancy_agency WHERE id = %(agency)s),
again AS (
  SELECT r.id AS first, gen_random_uuid() AS id, r.received_at - (r.received_at - (date_trunc('day',
         r.received_at AT TIME ZONE zone.name) AT TIME ZONE zone.name)) * (0.02 + random() * 0.97) AS received_at
  FROM reports_report r, zone, generate_series(1, %(times)s) WHERE r.agency_id = %(agency)s
),
every AS (
  SELECT first, id, received_at FROM again
  UNION ALL SELECT NULL, id, received_at FROM reports_report WHERE agency_id = %(agency)s
)
SELECT *, (SELECT min(number) - 1 FROM reports_report WHERE agency_id = %(agency)s)
          + row_number() OVER (ORDER BY received_at, id) AS number FROM every
"""
STEPS = (
    "UPDATE reports_report SET number = number + 1000000000 WHERE agency_id = %(agency)s",
    "UPDATE reports_report r SET number = c.number FROM copied c WHERE c.first IS NULL AND c.id = r.id",
    "UPDATE reports_numberseries SET last = (SELECT max(number) FROM copied) WHERE agency_id = %(agency)s",
)
CASES = {
    "id": "c.id",
    "number": "c.number",
    "received_at": "c.received_at",
    "receipt_key": "'copy-' || md5(c.id::text)",
    "code_digest": "'copy-' || md5(c.id::text || 'code')",
}
LINES = {
    "id": "gen_random_uuid()",
    "report_id": "c.id",
    "at": "CASE o.kind WHEN 'received' THEN c.received_at ELSE o.at END",
}
ENTRIES_AND_FILES = """
CREATE TEMP TABLE lines ON COMMIT DROP AS
SELECT e.id AS first, gen_random_uuid() AS id, c.id AS report
FROM reports_entry e JOIN copied c ON c.first = e.report_id
"""


@transaction.atomic
def multiply(*, agency: UUID, times: int) -> int:
    """Add ``times`` copies of every case of the agency; returns how many cases it has now."""
    with connection.cursor() as cursor:
        facts: dict[str, UUID | int] = {"agency": agency, "times": times}
        cursor.execute(NUMBERED, facts)
        for step in STEPS:
            cursor.execute(step, facts)
        cursor.execute(_again("reports_report", CASES, "JOIN copied c ON c.first = o.id"))
        cursor.execute(ENTRIES_AND_FILES)
        line = {**LINES, "id": "l.id"}
        cursor.execute(_again("reports_entry", line, "JOIN lines l ON l.first = o.id JOIN copied c ON c.id = l.report"))
        proof = {"id": "gen_random_uuid()", "report_id": "c.id", "entry_id": "l.id"}
        cursor.execute(
            _again(
                "reports_attachment",
                proof,
                "JOIN copied c ON c.first = o.report_id LEFT JOIN lines l ON l.first = o.entry_id AND l.report = c.id",
            )
        )
        cursor.execute("SELECT count(*) FROM reports_report WHERE agency_id = %(agency)s", facts)
        total: int = cursor.fetchone()[0]
    return total


def _again(table: str, other: dict[str, str], joined: str) -> str:
    """A statement that copies the rows of ``table`` with ``other`` values in some columns."""
    columns = _columns(table)
    values = ", ".join(other.get(column, f"o.{column}") for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} o {joined}"  # noqa: S608


def _columns(table: str) -> list[str]:
    """The columns that are written: generated ones make themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public' "
            "AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def analyse() -> None:
    """Let the database look at what it has: its plans are only as good as what it knows."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if not connection.in_atomic_block else "ANALYZE")
