"""Where a report belongs: proposed category, answering unit."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from lingkar.directory.orgs.models import UnitKind
from lingkar.directory.orgs.queries import UnitLine, inspectorate, secretariat, unit_of
from lingkar.directory.services.queries import version_in_force
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.plain import plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.listen.reports import rules
from lingkar.listen.reports.models import Category, Report
from lingkar.listen.reports.parameters import SEAL_THRESHOLD

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit
    from lingkar.directory.services.models import Service

OTHER = "lainnya"
"""The category for which no word speaks: its unit reads and refers it."""


@dataclass(frozen=True)
class Route:
    """Where a text goes. Preview and sending ask the same question, so that what was shown is what happens.

    ``service`` is the one that it is about, while that is offered.
    """

    category: Category
    proposals: tuple[rules.Proposal, ...]
    unit: "Unit"
    complained_of: "Unit | None"
    is_sealed: bool
    service: "Service | None" = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text that speak for the category."""
        return next((p.words for p in self.proposals if p.code == self.category.code), ())


def route_for(
    text: str,
    *,
    category: UUID | None,
    reported_unit: UUID | None,
    service: UUID | None = None,
    by: Actor,
    today: date,
) -> Route:
    """The category (``category``, else the proposed one), whether it is sealed, and the unit that must answer.

    Of a report about a ``service`` that is offered today, the unit that serves answers.
    """
    proposals = propose_for(text)
    chosen = chosen_category(category, proposals)
    threshold = value(SEAL_THRESHOLD, agency=by.agency, on=today)
    complained_of = unit_of(reported_unit) if reported_unit else None
    sealed = rules.must_seal(
        chosen_is_sensitive=chosen.is_sensitive,
        names_unit=complained_of is not None and has_watchdog(),
        proposals=proposals,
        threshold=threshold,
    )
    offered = version_in_force(service, day=today) if service else None
    serving = offered.unit if offered else None
    unit = answering_unit(chosen, sealed=sealed, complained_of=complained_of, serving=serving)
    return Route(chosen, tuple(proposals), unit, complained_of, sealed, offered.service if offered else None)


def propose_for(text: str) -> list[rules.Proposal]:
    """Proposed categories for a text, by the words of the agency's categories."""
    rows = Category.objects.filter(is_active=True).values_list("code", "is_sensitive", "terms")
    return rules.propose(text, [rules.Lexicon(code, sensitive, tuple(terms)) for code, sensitive, terms in rows])


def chosen_category(chosen: UUID | None, proposals: Sequence[rules.Proposal]) -> Category:
    """The category that the reporter chose, else the proposed one, else "lainnya".

    Raises ``Unseen`` for an unknown one, ``Refused("reports.not_ready")`` where an agency has no "lainnya".
    """
    rows = Category.objects.filter(is_active=True).select_related("unit")
    if chosen is None:
        row = rows.filter(code=proposals[0].code if proposals else OTHER).first()
        if row is None:
            raise Refused("reports.not_ready")
        return row
    row = rows.filter(pk=chosen).first()
    if row is None:
        raise Unseen
    return row


def unit_for_the_rest() -> "Unit | None":
    """The unit that answers what fits nowhere else; none where nobody has said so yet."""
    row = Category.objects.filter(is_active=True, code=OTHER).select_related("unit").first()
    return row.unit if row else None


def takes_reports() -> bool:
    """Whether every report would have somebody to answer it."""
    return unit_for_the_rest() is not None


def answering_unit(
    category: Category, *, sealed: bool, complained_of: "Unit | None", serving: "Unit | None" = None
) -> "Unit":
    """The unit that must answer: the one that is ``serving``, else the category's; for a sealed case the Inspektorat.

    A complaint about the Inspektorat itself goes to the regional secretariat. A category without a unit is refused.
    """
    watchdog = inspectorate() if sealed else None
    if watchdog and complained_of and rules.is_within(complained_of.path, watchdog.path):
        watchdog = secretariat()
    unit = watchdog or (None if sealed else serving) or category.unit
    if unit is None:
        raise Refused("reports.not_ready")
    return unit


def has_watchdog() -> bool:
    """Whether somebody other than the unit complained of could open a sealed case."""
    return inspectorate() is not None


SEALED_HANDLERS = frozenset({UnitKind.INSPECTORATE, UnitKind.SECRETARIAT})


def check_referral(report: Report, to: "Unit | UnitLine") -> None:
    """Refuse a unit that must not get this case; see ``rules.check_referral``."""
    rules.check_referral(
        sealed=report.is_sealed, to=_fact(to), current=report.unit.path, reported=_path(report.reported_unit)
    )


def check_unseal(report: Report, to: "Unit | UnitLine") -> None:
    """Refuse a unit that must not get this case even once it is open; see ``rules.check_unseal``."""
    rules.check_unseal(to=_fact(to), reported=_path(report.reported_unit))


def units_to_refer(report: Report, among: Iterable[UnitLine]) -> list[UnitLine]:
    """Those units that may get this case."""
    return _allowed(check_referral, report, among)


def units_to_unseal(report: Report, among: Iterable[UnitLine]) -> list[UnitLine]:
    """Those units that may get this sealed case once it is open."""
    return _allowed(check_unseal, report, among)


def _allowed(check: "Callable[[Report, UnitLine], None]", report: Report, among: Iterable[UnitLine]) -> list[UnitLine]:
    found = []
    for unit in among:
        with suppress(Refused):
            check(report, unit)
            found.append(unit)
    return found


def _fact(unit: "Unit | UnitLine") -> rules.UnitFact:
    return rules.UnitFact(path=unit.path, handles_sealed=unit.kind in SEALED_HANDLERS)


def _path(unit: "Unit | None") -> str:
    return unit.path if unit else ""


def open_cases_of(units: Iterable[UUID]) -> int:
    """How many cases wait for these units; sealed ones wait for the Inspektorat and are not told."""
    return Report.objects.filter(unit__in=units, is_sealed=False, state__in=rules.OPEN_STATES).count()


def categories_answered_by(units: Iterable[UUID]) -> int:
    """How many categories in use send new reports to these units."""
    return Category.objects.filter(unit__in=units, is_active=True).count()


@dataclass(frozen=True, slots=True)
class Subject:
    """A category as a select names it."""

    id: UUID
    code: str
    name: str
    is_sensitive: bool


@prepared
def categories() -> "QuerySet[Category, Subject]":
    """Categories in use, by name."""
    return plain(Category.objects.filter(is_active=True), Subject)


def all_categories() -> list[Category]:
    """Every category with its unit, those in use first."""
    return list(Category.objects.select_related("unit").order_by("-is_active", "name"))


def category_of(category: UUID) -> Category:
    """One category. Raises ``Unseen`` for none."""
    row = Category.objects.filter(pk=category).first()
    if row is None:
        raise Unseen
    return row
