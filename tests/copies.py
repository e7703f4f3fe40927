"""The small world of a test is made once by the services; every later test gets the same rows under new ids.

A third of what page tests cost was making the same city again. Ids are new each time, so that nothing kept by id is
found in another test.
"""

import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import connection, models
from django.db.models.base import ModelState
from psycopg import sql

M = TypeVar("M", bound=models.Model)
Ids = Mapping[str, str]
"""Id when it was first made → id in this test."""
TABLES = (
    "tenancy_agency", "calendar_workweek", "calendar_dayoff", "calendar_filledyear", "orgs_unit", "orgs_unitstate",
    "places_place", "people_account", "people_rolegrant", "reports_category", "events_event", "audit_auditentry",
)  # fmt: skip
"""Where a city and its people have their rows, in an order in which they may be written."""
NOT_CHAINED = {"position": "NULL", "previous": "''", "hash": "''"}
"""What the trail gives an entry when it is committed: a copy waits for it anew, also of an entry that has it."""
AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Mould:
    """Statements that write the rows again, and the ids that were given to them."""

    statements: str
    given: frozenset[str]

    @classmethod
    def around(cls, make: Callable[[], Any], known: Ids) -> tuple["Mould", Any]:
        """Make something through the services, and the mould of it; ``known`` are the ids that it hangs on."""
        there, counted = {table: _ids(table) for table in TABLES}, _counts()
        made = make()
        grown = {table for table, count in _counts().items() if count != counted[table]}
        assert grown <= {*TABLES}, f"rows of {grown - {*TABLES}} would not be copied: add them to TABLES"
        first = {now: then for then, now in known.items()}
        text = renamed("".join(_statement(table, there[table]) for table in TABLES if table in grown), first)
        given = {key for table in TABLES if table in grown for key in _ids(table) - there[table]}
        return cls(text, frozenset(given)), made

    def pour(self, known: Ids) -> dict[str, str]:
        """Write the rows under new ids; returns all ids."""
        ids = {**known, **{one: str(uuid4()) for one in self.given}}
        with connection.cursor() as cursor:
            cursor.execute(renamed(self.statements, ids))
        return ids


def renamed(text: str, ids: Ids) -> str:
    return AN_ID.sub(lambda found: ids.get(found[0], found[0]), text)


def instance(row: M, ids: Ids) -> M:
    """The model instance ``row`` as it stands for its copy."""
    new = copy(row)
    new._state = ModelState()
    new._state.adding, new._state.db = False, row._state.db
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, UUID):
            setattr(new, field.attname, UUID(ids.get(str(value), str(value))))
    return new


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables))
        return dict(cursor.fetchall())


def _ids(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id::text FROM "{table}"')
        return {key for (key,) in cursor.fetchall()}


def _statement(table: str, there: set[str]) -> str:
    """One INSERT of all rows that were not there; numbers that the database counts itself are left to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attgenerated = '' AND attidentity = ''",
            [table],
        )
        names = [name for (name,) in cursor.fetchall()]
        first = NOT_CHAINED if table == "audit_auditentry" else {}
        cursor.execute(f"SELECT json_agg(t)::text FROM {table} t WHERE NOT id::text = ANY(%s)", [[*there]])
        rows = sql.Literal(cursor.fetchone()[0]).as_string(cursor.cursor)
    columns, values = (", ".join(f'"{name}"' for name in names), ", ".join(first.get(n, f'"{n}"') for n in names))
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM json_populate_recordset(NULL::{table}, {rows});\n"
