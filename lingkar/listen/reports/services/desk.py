"""What deciding on many cases at once needs to know of an agency, read once instead of for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from lingkar.directory.orgs.queries import inspectorate, secretariat, units_in
from lingkar.directory.services.queries import version_in_force
from lingkar.foundation.access import Unseen
from lingkar.foundation.calendar.queries import Calendar, calendar_for
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.privacy.masking import mask
from lingkar.listen.reports import rules
from lingkar.listen.reports.models import Category
from lingkar.listen.reports.parameters import ANSWER_DAYS, FIRST_ANSWER_DAYS, REOPEN_DAYS, SEAL_THRESHOLD
from lingkar.listen.reports.queries.promises import Promise
from lingkar.listen.reports.queries.routing import OTHER

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit

MASKED = 5000
"""How many texts are remembered with what may be shown of them."""


@dataclass(frozen=True)
class PastRoute:
    """Where a text goes: what ``queries.route_for`` says, asked of many texts."""

    category: Category
    proposals: tuple[rules.Proposal, ...]
    unit: "Unit"
    is_sealed: bool


class Desk:
    """What deciding on many cases needs to know of the agency, read once."""

    def __init__(self, agency: UUID, *, on: date) -> None:
        self.agency, self.on = agency, on
        self.units: dict[UUID, Unit] = {unit.pk: unit for unit in units_in(agency)}
        self.categories: dict[UUID, Category] = {
            row.pk: row for row in Category.objects.filter(is_active=True).select_related("unit")
        }
        self.by_code = {row.code: row for row in self.categories.values()}
        self.lexicons = [rules.Lexicon(r.code, r.is_sensitive, tuple(r.terms)) for r in self.categories.values()]
        self.watchdog, self.above_watchdog = inspectorate(), secretariat()
        self.shown = lru_cache(MASKED)(lambda text: mask(text).text)  # offices say the same again and again
        self._offered: dict[UUID, Unit | None] = {}
        self._waits: dict[str, tuple[int, int]] = {}
        self._calendars: dict[int | None, Calendar] = {}
        self._promises: dict[tuple[str, int | None, date], Promise] = {}

    def route(
        self,
        text: str,
        *,
        category: UUID | None = None,
        complained_of: UUID | None = None,
        service: UUID | None = None,
    ) -> PastRoute:
        """Category, sealing and answering unit of a text, as ``send_report`` decides them.

        Of a report about a ``service`` that is offered today, the unit that serves answers.
        """
        proposals = rules.propose(text, self.lexicons)
        chosen = self._chosen(category, proposals)
        sealed = rules.must_seal(
            chosen_is_sensitive=chosen.is_sensitive,
            names_unit=complained_of is not None and self.watchdog is not None,
            proposals=proposals,
            threshold=self.threshold,
        )
        unit = self._answering(chosen, sealed=sealed, complained_of=complained_of)
        if service and not sealed:
            unit = self._serving(service) or unit
        return PastRoute(chosen, tuple(proposals), unit, sealed)

    def _serving(self, service: UUID) -> "Unit | None":
        if service not in self._offered:
            version = version_in_force(service, day=self.on)
            self._offered[service] = version.unit if version else None
        return self._offered[service]

    @cached_property
    def threshold(self) -> Decimal:
        return value(SEAL_THRESHOLD, agency=self.agency, on=self.on)

    @cached_property
    def reopen_days(self) -> int:
        return value(REOPEN_DAYS, agency=self.agency, on=self.on)

    def _chosen(self, category: UUID | None, proposals: Sequence[rules.Proposal]) -> Category:
        if category is None:
            return self.by_code[proposals[0].code if proposals else OTHER]
        if category not in self.categories:
            raise Unseen
        return self.categories[category]

    def _answering(self, category: Category, *, sealed: bool, complained_of: UUID | None) -> "Unit":
        watchdog = self.watchdog if sealed else None
        if watchdog and complained_of and rules.is_within(self.units[complained_of].path, watchdog.path):
            watchdog = self.above_watchdog
        unit = watchdog or category.unit
        if unit is None:
            raise LookupError(f"category {category.code!r} has no unit: set one before taking reports")
        return unit

    def calendar(self, week: int | None) -> Calendar:
        """The calendar of units that keep this working week."""
        if week not in self._calendars:
            self._calendars[week] = calendar_for(self.agency, week)
        return self._calendars[week]

    def promise(self, request_class: str, unit: "Unit", since: date) -> Promise:
        """What ``promise_for`` says, remembered by day."""
        key = (request_class, unit.work_week_id, since)
        if key not in self._promises:
            first, full = self._days(request_class)
            calendar = self.calendar(unit.work_week_id)
            self._promises[key] = Promise(
                calendar.after(since, first), first, calendar.after(since, full), full, calendar.days, calendar.version
            )
        return self._promises[key]

    def _days(self, request_class: str) -> tuple[int, int]:
        """Working days until the first and the whole answer, by today's parameters."""
        if request_class not in self._waits:
            self._waits[request_class] = self._wait(request_class)
        return self._waits[request_class]

    def _wait(self, request_class: str) -> tuple[int, int]:
        first = value(FIRST_ANSWER_DAYS, agency=self.agency, on=self.on)
        return first, max(first, value(ANSWER_DAYS[request_class], agency=self.agency, on=self.on))
