"""A list as a file: the same rows that the page would page through, for the same person."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import TextIOWrapper
from itertools import islice
from typing import IO, Any, TypeVar, cast

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lingkar.foundation.access.tries import FILES
from lingkar.foundation.access.web import Request, limited
from lingkar.foundation.audit.services import record
from lingkar.foundation.sheets import writing
from lingkar.foundation.tenancy.models import Agency

T = TypeVar("T")

MOST = 100_000
"""Rows of one file."""
IN_MEMORY = 4 * 1024 * 1024
AT_ONCE = 2000
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def wanted(request: Request) -> bool:
    """Whether the list is asked for as a file."""
    return request.GET.get("unduh") in TYPES


def export(
    request: Request,
    rows: "QuerySet[Any] | Iterable[T]",
    columns: Mapping[str | Promise, Callable[[T], Any]],
    *,
    name: str,
    personal: bool = False,
    most: int = MOST,
) -> HttpResponseBase:
    """The rows as the file that ``?unduh=`` asks for, called ``name`` with the day.

    ``columns``: heading → what a row says under it. ``rows`` is what ``visible`` and the filters leave, not a page of
    it. With ``personal`` the audit trail keeps that this person took a list of people along, and how many.
    ``most``: after so many rows the file ends, and says so in a last line. A visitor who takes too many is asked to
    wait.
    """
    return _file(request, rows=rows, columns=columns, name=name, personal=personal, most=most)


def busy(request: Request, minutes: int) -> HttpResponse:
    """Too many files at once for one address."""
    return render(request, "429.html", {"minutes": minutes})


@limited(FILES, answer=busy, reads=True, visitors=True)
def _file(
    request: Request, *, rows: Any, columns: Mapping[Any, Callable[[Any], Any]], name: str, personal: bool, most: int
) -> FileResponse:
    kind = request.GET["unduh"]
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # the response closes it
    taken = _Taken(_all(rows), columns, most)
    header = list(columns)
    if kind == "xlsx":
        writing.xlsx(cast("IO[bytes]", file), header, taken, title=name)
    else:
        text = TextIOWrapper(cast("Any", file), encoding="utf-8", newline="", write_through=True)
        writing.csv(text, header, taken)
        text.detach()
    if personal:
        at = timezone.now()
        agency = Agency(pk=request.actor.agency)
        record(request.actor, "sheets.list_taken", agency, at=at, list=name[:80], rows=taken.count, format=kind)
    file.seek(0)
    called = f"{slugify(name)}-{timezone.localdate():%Y-%m-%d}.{kind}"
    response = FileResponse(cast("IO[bytes]", file), as_attachment=True, filename=called, content_type=TYPES[kind])
    response["Cache-Control"] = "no-store"
    return response


class _Taken(Iterable[list[Any]]):
    """The cells of each row, at most ``MOST``; ``count`` says how many there were."""

    def __init__(self, rows: Iterator[Any], columns: Mapping[Any, Callable[[Any], Any]], most: int) -> None:
        self.rows, self.columns, self.most, self.count = rows, columns, most, 0

    def __iter__(self) -> Iterator[list[Any]]:
        for row in islice(self.rows, self.most):
            self.count += 1
            yield [value(row) for value in self.columns.values()]
        if next(self.rows, None) is not None:
            yield [
                _("Only the first %(most)s rows stand here. Narrow the list to reach the others.") % {"most": self.most}
            ]


def _all(rows: "QuerySet[Any] | Iterable[Any]") -> Iterator[Any]:
    return rows.iterator(chunk_size=AT_ONCE) if isinstance(rows, QuerySet) else iter(rows)
