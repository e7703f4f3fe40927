"""How far a long transaction is, seen from outside it: said on a connection of its own."""

from types import TracebackType
from typing import Any, Self
from uuid import UUID

import psycopg
from django.db import connection

SAYS = "UPDATE imports_import SET done = %s WHERE id = %s AND state = 'applying'"
KNOWN = ("host", "port", "dbname", "user", "password")


class Progress:
    """Says how many rows are done. Who looks sees it at once; when it cannot be said, the work goes on."""

    def __init__(self, source: UUID) -> None:
        self.source = source
        self.line: psycopg.Connection[Any] | None = None

    def __enter__(self) -> Self:
        parameters = {key: value for key, value in connection.get_connection_params().items() if key in KNOWN}
        try:
            self.line = psycopg.connect(**parameters, autocommit=True, options="-c lock_timeout=200")
        except psycopg.Error:
            self.line = None
        return self

    def say(self, done: int) -> None:
        if self.line is not None:
            try:
                self.line.execute(SAYS, (done, self.source))
            except psycopg.Error:
                self._close()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None
