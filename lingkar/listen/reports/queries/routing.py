"""Where a report belongs: proposed category, answering unit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from lingkar.directory.orgs.queries import inspectorate, secretariat
from lingkar.foundation.access import Unseen
from lingkar.listen.reports import rules
from lingkar.listen.reports.models import Category

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit

OTHER = "lainnya"
"""The category for which no word speaks: its unit reads and refers it."""


def propose_for(text: str) -> list[rules.Proposal]:
    """Proposed categories for a text, by the words of the agency's categories."""
    rows = Category.objects.filter(is_active=True).values_list("code", "is_sensitive", "terms")
    return rules.propose(text, [rules.Lexicon(code, sensitive, tuple(terms)) for code, sensitive, terms in rows])


def chosen_category(chosen: UUID | None, proposals: Sequence[rules.Proposal]) -> Category:
    """The category that the reporter chose, else the proposed one, else "lainnya".

    Raises ``Unseen`` for an unknown one.
    """
    rows = Category.objects.filter(is_active=True).select_related("unit")
    if chosen is None:
        return rows.get(code=proposals[0].code if proposals else OTHER)
    row = rows.filter(pk=chosen).first()
    if row is None:
        raise Unseen
    return row


def answering_unit(category: Category, *, sealed: bool, complained_of: "Unit | None") -> "Unit":
    """The unit that must answer: the category's, or for a sealed case the Inspektorat.

    A complaint about the Inspektorat itself goes to the regional secretariat.
    """
    watchdog = inspectorate() if sealed else None
    if watchdog and complained_of and rules.is_within(complained_of.path, watchdog.path):
        watchdog = secretariat()
    unit = watchdog or category.unit
    if unit is None:
        raise LookupError(f"category {category.code!r} has no unit: set one before taking reports")
    return unit


def categories() -> list[Category]:
    """Categories in use, by name."""
    return list(Category.objects.filter(is_active=True))
