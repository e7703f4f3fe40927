"""Questions that are asked on every page: Django writes their SQL once, not for each request.

    @prepared
    def _entries(*, report: UUID) -> QuerySet[Entry]:
        return Entry.objects.filter(report=report).select_related("unit")

    rows = _entries(report=report.pk)  # a list

What is given by name is filled into the finished SQL; what is given by place, and every ``None``, shapes it: each shape
is written once. The agency in scope is filled in like the rest, and outside a scope the question raises as always.

To know where a value goes, the question is written twice, with two values that nobody has. Where the two differ in any
other way it cannot be prepared (a clock was read, a value was changed on its way), and ``TypeError`` says so at once.
So does a ``prefetch_related``: fetch those rows with a question of their own.
"""

import copy
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from types import SimpleNamespace
from typing import Any, ParamSpec
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django_scopes import get_scope, scope

P = ParamSpec("P")

MOST_SHAPES = 200
"""Shapes of one question that a process keeps; the one not asked for the longest time goes."""

NOBODY: dict[type, tuple[Any, Any]] = {
    UUID: (UUID(int=0xE1), UUID(int=0xE2)),
    str: ("nobody's words", "nobody else's words"),
    int: (1_870_305_211, 1_870_305_212),
    date: (date(1801, 2, 3), date(1802, 3, 4)),
    datetime: (datetime(1803, 2, 3, 4, 5, tzinfo=UTC), datetime(1804, 3, 4, 5, 6, tzinfo=UTC)),
}
"""Two values of each kind that stand for the one to be filled in."""

AGENCY = "(agency in scope)"


def prepared(ask: Callable[P, "QuerySet[Any, Any]"]) -> Callable[P, list[Any]]:
    """Have the SQL of a function's query set written once for each shape; it then answers a list of rows."""
    shapes: OrderedDict[Hashable, Question] = OrderedDict()

    @wraps(ask)
    def answer(*shape: P.args, **named: P.kwargs) -> list[Any]:
        values = {name: value for name, value in named.items() if type(value) in NOBODY}
        fixed = {name: value for name, value in named.items() if name not in values}
        values |= _agency()
        kinds = tuple((name, type(value)) for name, value in values.items())
        key = (shape, tuple(fixed.items()), kinds, get_scope().get("_enabled", True))
        question = shapes.get(key)
        if question is None:
            question = shapes[key] = _written(ask, shape, fixed, values)
            if len(shapes) > MOST_SHAPES:
                shapes.popitem(last=False)
        return question.rows(values)

    return answer


def _agency() -> dict[str, UUID]:
    """The agency in scope; none outside of a scope, or where rows of every agency may be read."""
    found = get_scope()
    if "agency" not in found or not found.get("_enabled", True):
        return {}
    if not isinstance(found["agency"], UUID):
        raise TypeError("a prepared question is asked in the scope of one agency")
    return {AGENCY: found["agency"]}


@dataclass(frozen=True)
class Question:
    """A query set with its finished SQL. ``values`` are names to be filled in, or constants of the SQL.

    Django's own makers of rows are handed what the database answered, as if they had asked.
    """

    rows_of: Any
    compiler: Any
    sql: str
    values: tuple[tuple[bool, Any], ...]

    @cached_property
    def converters(self) -> Any:
        """How values of the database become those of Python: the same for every answer."""
        columns = self.compiler.select[: self.compiler.col_count]
        return self.compiler.get_converters([column for column, _, _ in columns])

    def rows(self, given: Mapping[str, Any]) -> list[Any]:
        """The answer for these values."""
        if not self.sql:
            return []
        connection = connections[self.compiler.using]
        parameters = tuple(given[value] if is_name else value for is_name, value in self.values)
        found = _fetched(connection, self.sql, parameters)
        if self.converters:
            found = [self._converted(row, connection) for row in found]
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.execute_sql = compiler.results_iter = lambda *_, **__: iter(found)
        return list(self.rows_of._iterable_class(_asked(self.rows_of, compiler)))

    def _converted(self, row: tuple[Any, ...], connection: BaseDatabaseWrapper) -> tuple[Any, ...]:
        values = list(row)
        for place, (converts, column) in self.converters.items():
            for convert in converts:
                values[place] = convert(values[place], column, connection)
        return tuple(values)


def _fetched(connection: BaseDatabaseWrapper, sql: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The answer of the database. Questions share a cursor for as long as their connection lives: to make one costs
    twice as much as to ask a small question.
    """
    connection.ensure_connection()
    link: Any = connection.connection
    if not hasattr(link, CURSOR):
        with connection.wrap_database_errors:
            setattr(link, CURSOR, connection.create_cursor())
    # as ``connection.cursor()`` does with a new one
    cursor = connection._prepare_cursor(getattr(link, CURSOR))  # type: ignore[attr-defined]  # not in the stubs
    cursor.execute(sql, parameters)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


CURSOR = "lingkar_questions"


class _Query:
    """The query of a query set, whose compiler has its SQL already."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)

    def get_compiler(self, *_: Any, **__: Any) -> Any:
        return self._compiler


def _asked(rows: Any, compiler: Any) -> Any:
    """What Django's makers of rows need to know of a query set."""
    return SimpleNamespace(
        db=compiler.using,
        model=rows.model,
        query=_Query(rows.query, compiler),
        _fields=rows._fields,
        _known_related_objects=rows._known_related_objects,
    )


def _written(
    ask: Callable[..., "QuerySet[Any, Any]"], shape: tuple[Any, ...], fixed: dict[str, Any], values: dict[str, Any]
) -> Question:
    """Write a question twice, and see where its values went."""
    stand_ins = [{name: NOBODY[type(value)][turn] for name, value in values.items()} for turn in (0, 1)]
    _tell_apart(stand_ins)
    one, two = (_compiled(ask, shape, fixed, names) for names in stand_ins)
    if one.sql != two.sql or len(one.values) != len(two.values):
        raise TypeError(f"{ask.__qualname__} cannot be prepared: a value changes its SQL")
    pairs = zip((value for _, value in one.values), (value for _, value in two.values), strict=True)
    return replace(one, values=tuple(_place(ask, pair, stand_ins) for pair in pairs))


def _tell_apart(stand_ins: list[dict[str, Any]]) -> None:
    """Two values of one kind must not look the same."""
    for names in stand_ins:
        for number, (name, value) in enumerate(names.items()):
            names[name] = _other(value, number)


def _other(value: Any, number: int) -> Any:
    if isinstance(value, UUID):
        return UUID(int=value.int + 0x100 * number)
    if isinstance(value, date):
        return value.replace(year=value.year + 10 * number)
    return value + 1000 * number if isinstance(value, int) else f"{value} {number}"


def _compiled(
    ask: Callable[..., Any], shape: tuple[Any, ...], fixed: dict[str, Any], names: dict[str, Any]
) -> Question:
    """A question whose values are still those of the stand-ins."""
    named = {name: value for name, value in names.items() if name != AGENCY}
    with scope(**get_scope() | ({"agency": names[AGENCY]} if AGENCY in names else {})):
        rows = ask(*shape, **fixed, **named)
    if rows._prefetch_related_lookups:
        raise TypeError(f"{ask.__qualname__} cannot be prepared: what it fetches along would be another agency's")
    compiler = rows.query.get_compiler(using=rows.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        sql, parameters = "", ()
    if compiler.select and compiler.has_composite_fields([column for column, _, _ in compiler.select]):
        raise TypeError(f"{ask.__qualname__} cannot be prepared: it has a key of several columns")
    return Question(rows, compiler, sql, tuple((False, value) for value in parameters))


def _place(ask: Callable[..., Any], pair: tuple[Any, Any], stand_ins: list[dict[str, Any]]) -> tuple[bool, Any]:
    """Whether a value of the SQL is one to be filled in, and which; else the constant itself."""
    for name in stand_ins[0]:
        if list(pair) == [names[name] for names in stand_ins]:
            return True, name
    if pair[0] != pair[1]:
        raise TypeError(f"{ask.__qualname__} cannot be prepared: it makes something of a value: {pair}")
    return False, pair[0]
