"""A long list whose pages are prepared questions: it is counted, and cut, with SQL that was written once.

    @listed
    def _cohorts(sight: Actor, state: str, *, account: UUID | None) -> "QuerySet[Cohort, Line]":
        return cohorts(sight.seen_by(account), state=state)

    page = Paginator(_cohorts(by.sight, "open", account=by.person), 20).get_page(2)

What is given by name is filled in, what is given by place shapes the question (``prepared``). Words that somebody
searches for are neither: ask such a question as it is.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar, overload

from django.db.models import QuerySet

from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.foundation.tenancy.together import HowMany

P = ParamSpec("P")
T = TypeVar("T")


class Listed(Generic[T]):
    """What a paginator asks of a list: how many there are, and some of them."""

    ordered = True

    def __init__(self, count: Callable[[], int], part: Callable[[int, int | None], list[T]]) -> None:
        self._count, self._part = count, part

    def count(self) -> int:
        """How many there are."""
        return self._count()

    def __len__(self) -> int:
        return self._count()

    def __iter__(self) -> Iterator[T]:
        return iter(self._part(0, None))

    @overload
    def __getitem__(self, part: int) -> T: ...
    @overload
    def __getitem__(self, part: slice) -> list[T]: ...
    def __getitem__(self, part: int | slice) -> T | list[T]:
        if isinstance(part, int):
            return self._part(part, part + 1)[0]
        if part.step not in (None, 1):
            raise TypeError("a page of a list leaves nothing out")
        return self._part(part.start or 0, part.stop)


def listed(ask: Callable[P, "QuerySet[Any, T]"]) -> Callable[P, Listed[T]]:
    """Have the pages of a function's query set prepared, and its count."""

    @prepared
    def part(start: int, stop: int | None, *shape: Any, **values: Any) -> "QuerySet[Any, T]":
        return ask(*shape, **values)[start:stop]

    @prepared
    def count(*shape: Any, **values: Any) -> "QuerySet[Agency, Any]":
        rows = ask(*shape, **values).order_by().values("pk")
        return Agency.objects.order_by().values_list(HowMany(rows))[:1]

    @wraps(ask)
    def answer(*shape: P.args, **values: P.kwargs) -> Listed[T]:
        return Listed(
            lambda: int(count(*shape, **values)[0][0] or 0), lambda start, stop: part(start, stop, *shape, **values)
        )

    return answer
