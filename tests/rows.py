"""Rows that a test committed are wiped after it, and those that migrations made are put back.

Django's own flush truncates, which the audit trail refuses, and forgets what migrations wrote.
"""

from typing import Any

from django.db import connection

_BEFORE: dict[str, list[str]] = {}
"""Database → tables that held rows before the first test."""


def remember() -> None:
    """Keep a copy of every row there is, once per database."""
    name = str(connection.settings_dict["NAME"])
    if name not in _BEFORE:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA before_tests")
            _BEFORE[name] = [table for table in _tables(cursor) if _copied(cursor, table)]


def restore() -> None:
    """Put the database back. Its triggers stay silent: nothing of this is an act of the product."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(_tables(cursor))} CASCADE")
        for table in _BEFORE[str(connection.settings_dict["NAME"])]:
            cursor.execute(f"INSERT INTO public.{table} SELECT * FROM before_tests.{table}")
        cursor.execute("SET session_replication_role = DEFAULT")


def _tables(cursor: Any) -> list[str]:
    return [f'"{name}"' for name in connection.introspection.table_names(cursor)]


def _copied(cursor: Any, table: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT FROM public.{table})")
    if not cursor.fetchone()[0]:
        return False
    cursor.execute(f"CREATE TABLE before_tests.{table} AS TABLE public.{table}")
    return True
