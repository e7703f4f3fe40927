"""The database of a worker is a copy of one that was migrated.

Rows that a test committed are wiped after it, and those that migrations made are put back.

Django's own flush truncates, which the audit trail refuses, and forgets what migrations wrote.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection, transaction
from psycopg import sql

from tests.installation import one_at_a_time

_BEFORE: dict[str, list[str]] = {}
"""Database → tables that held rows before the first test."""


def copy_migrated(name: str) -> None:
    """Make the database ``name`` as all migrations leave one that was empty: the first who asks migrates it."""
    with one_at_a_time("migrated"), psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = 'migrated'").fetchone():
            server.execute("CREATE DATABASE migrated")
            _migrate("migrated")
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE migrated").format(sql.Identifier(name)))


def _migrate(name: str) -> None:
    connection.settings_dict["NAME"], outer = name, connection.settings_dict["NAME"]
    call_command("migrate", verbosity=0)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL wrapper
    connection.settings_dict["NAME"] = outer


def remember() -> None:
    """Keep a copy of every row there is, once per database."""
    name = str(connection.settings_dict["NAME"])
    if name not in _BEFORE:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA before_tests")
            _BEFORE[name] = [table for table in _tables(cursor) if _copied(cursor, table)]


def restore() -> None:
    """Put the database back. Its triggers stay silent: nothing of this is an act of the product.

    Tables are locked first: who still writes is waited for. Most of them are empty, and are left alone.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        tables = _tables(cursor)
        cursor.execute(f"LOCK TABLE {', '.join(tables)}")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables))
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")
        for table in _BEFORE[str(connection.settings_dict["NAME"])]:
            cursor.execute(f"INSERT INTO public.{table} SELECT * FROM before_tests.{table}")


@contextmanager
def standing(make: Callable[[], object], blocker: Any) -> Iterator[None]:
    """What ``make`` writes stands while several tests read it, each in a transaction within; then it is undone.

    For a fixture of a module whose tests all stay with one worker.
    """
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
        make()
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def _tables(cursor: Any) -> list[str]:
    return [f'"{name}"' for name in connection.introspection.table_names(cursor)]


def _copied(cursor: Any, table: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT FROM public.{table})")
    if not cursor.fetchone()[0]:
        return False
    cursor.execute(f"CREATE TABLE before_tests.{table} AS TABLE public.{table}")
    return True
