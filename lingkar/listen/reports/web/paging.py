"""Pages of a long list: counted so far as anybody reads, not to its end (docs/decisions/0070)."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from lingkar.listen.reports.queries import Tally, tally


class CountedPaginator(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Pages of ``rows``; they end at what was counted. ``known`` is a tally that was made already."""

    def __init__(self, rows: Any, per_page: int, known: Tally | None = None) -> None:
        super().__init__(rows, per_page)
        self.rows, self.known = rows, known

    @cached_property
    def tally(self) -> Tally:
        """How many there are, as far as it is counted."""
        return self.known or tally(self.rows)

    @cached_property
    def count(self) -> int:
        return self.tally.count
