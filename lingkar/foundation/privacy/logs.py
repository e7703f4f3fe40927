"""What a log line may not hold: the address of a page that only its reader may know, and the words of a row.

The path of a report carries its token or code, and the database names the whole row when it refuses one. Neither is
of use to somebody who looks for a fault: the route and the constraint say where it lies.
"""

import logging
import re
from http import HTTPStatus
from types import TracebackType

ROW = re.compile(r"^(?:DETAIL|CONTEXT): .*?(?=^\n?(?:Traceback |The above exception|During handling)|\Z)", re.M | re.S)
"""What PostgreSQL adds to an error: values of the row. It may run over many lines."""


class Nameless(logging.Filter):
    """Shows the route of a request (``/lacak/<key:key>/``) in place of its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            record.args = tuple(_shown(request) if arg == path else arg for arg in record.args)
        return True


def _shown(request: object) -> str:
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(an address that does not exist)"


class Brief(logging.Filter):
    """A refusal is no fault: one line says that it happened, without the way through the code that led to it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) == HTTPStatus.FORBIDDEN:
            record.exc_info, record.exc_text = None, None
        return True


class Wordless(logging.Formatter):
    """Formats as asked, without the values that the database shows in an error."""

    def formatException(  # noqa: N802  (the name of the standard library)
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return ROW.sub("", super().formatException(ei))
