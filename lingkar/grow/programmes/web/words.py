"""Names of states, bands and reasons as pages show them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lingkar.foundation.ui.words import day, number
from lingkar.grow.programmes.models import CohortState, Standing
from lingkar.grow.programmes.names import PREDICATES, WHY
from lingkar.grow.programmes.rules import Verdict

KINDS = {"enrolled": "", "withdrawn": "", "passed": "good", "deferred": "warn", "failed": "bad"}
STATES = {"draft": "", "open": "info", "running": "good", "closed": ""}


@dataclass(frozen=True)
class Badge:
    """A short word beside a line."""

    words: str
    kind: str = ""
    icon: str = ""


def link(name: str, **given: object) -> str:
    """The address of a page."""
    return _address(name, tuple(given.items()))


@lru_cache(maxsize=4000)
def _address(name: str, given: tuple[tuple[str, object], ...]) -> str:
    return reverse(name, kwargs=dict(given))


def state_badge(state: str) -> Badge:
    return Badge(str(CohortState(state).label), STATES[state])


def standing_badge(standing: str) -> Badge:
    return Badge(str(Standing(standing).label), KINDS[standing])


def clock(start: datetime, end: datetime) -> str:
    """ "08.00–12.00", in the agency's time."""
    return f"{timezone.localtime(start):%H.%M}–{timezone.localtime(end):%H.%M}"


def span(start: datetime, end: datetime) -> str:
    """Day and hours of a session."""
    return f"{day(timezone.localdate(start))}, {clock(start, end)}"


def marked(value: Decimal | None) -> str:
    """A mark as it is read; a dash while there is none."""
    return "–" if value is None else number(value)


def outlook(found: Verdict) -> str:
    """What follows from a verdict, in a few words."""
    if found.why:
        return str(WHY[found.why])
    return str(PREDICATES[found.predicate.value]) if found.predicate else _("A mark is missing.")
