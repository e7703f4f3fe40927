"""Who still sits in a unit that is about to end: asked of modules above, which this one does not know.

An upper module answers in its ``handlers.py``::

    @asked_before_end
    def grants_over(ending: Ending) -> Iterable[Occupied]: ...
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from lingkar.foundation.refusals import Refused


@dataclass(frozen=True)
class Ending:
    """Units and positions that are no longer there from ``on`` on. ``on`` may lie in the past or the future."""

    units: frozenset[UUID]
    positions: frozenset[UUID]
    on: date
    at: datetime


@dataclass(frozen=True)
class Occupied:
    """One sentence that says who or what must be moved first, and where that is done."""

    sentence: str | Promise
    url: str = ""


def occupied(refused: Refused) -> tuple[Occupied, ...]:
    """Who must be moved first, from a refusal ``orgs.occupied``; nobody from any other."""
    found = refused.details.get("occupied", ())
    return found if isinstance(found, tuple) else ()


Check = Callable[[Ending], Iterable[Occupied]]
_CHECKS: dict[str, Check] = {}


def asked_before_end(check: Check) -> Check:
    """Function decorator for ``handlers.py``: ask this before units or positions end."""
    _CHECKS[f"{check.__module__}.{check.__name__}"] = check
    return check


def check_empty(ending: Ending) -> None:
    """``Refused("orgs.occupied")`` with the answers of everybody who says that somebody still sits there."""
    if not ending.units and not ending.positions:
        return
    found = tuple(answer for _, check in sorted(_CHECKS.items()) for answer in check(ending))
    if found:
        raise Refused("orgs.occupied", occupied=found)
