"""Rows of a list as plain values: what a list shows, and nothing else. How to use it: docs/how-to/list.md.

    @dataclass(frozen=True, slots=True)
    class Line:
        id: UUID
        number: int
        unit: str = column("unit__name")

    rows = plain(access.visible(by).order_by("number"), Line)

A model instance with its four related rows costs ten times as much as such a line, and can be asked for columns that
the viewer was not meant to read. ``rows`` is still a query set: it can be filtered, sliced, counted and ``@prepared``.
"""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, field, fields
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.query import ValuesListIterable

T = TypeVar("T")
M = TypeVar("M", bound=Model)


def column(path: str) -> Any:
    """A field that is read from another column than its name says, or from a related row: ``column("unit__name")``."""
    return field(metadata={"column": path})


def plain(rows: "QuerySet[M, Any]", kind: Callable[..., T]) -> "QuerySet[M, T]":
    """The same rows, each as a ``kind``: a dataclass whose fields are columns. Fields with a default are not read."""
    found = rows.select_related(None).defer(None).values_list(*_columns(kind))
    found._iterable_class = _makes(kind)
    return found


@cache
def _columns(kind: Any) -> tuple[str, ...]:
    return tuple(
        it.metadata.get("column", it.name)
        for it in fields(kind)
        if it.init and it.default is MISSING and it.default_factory is MISSING
    )


@cache
def _makes(kind: Callable[..., Any]) -> type[Any]:
    """How a query set makes a ``kind`` of each row."""

    class Plain(ValuesListIterable):  # type: ignore[type-arg]  # Django's own, not in the stubs
        def __iter__(self) -> Iterator[Any]:
            return (kind(*row) for row in super().__iter__())

    return Plain
