"""From numbers to one of four words, and what may be registered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lingkar.foundation.refusals import Refused
from lingkar.loop.effect.rules.panel import Estimate, Part, Unit, month_of


class Kind(StrEnum):
    """What can be said."""

    BETTER = "better"
    NO_LARGER = "no_larger_than"
    WORSE = "worse"
    CANNOT_TELL = "cannot_tell"


class Doubt(StrEnum):
    """Why it cannot be told."""

    NOTHING_TO_COMPARE = "nothing_to_compare"  # no unit that was trained later or never, or no months before
    NOT_YET = "not_yet"  # no trained month is over
    TOO_FEW = "too_few"  # the interval holds better and worse
    OTHERS_MOVED = "others_moved"  # cases that no training cures changed likewise: fewer may speak, or more
    BEFORE_ALREADY = "before_already"  # the units drifted apart before training


@dataclass(frozen=True)
class Ruling:
    """A verdict. ``change``, ``low`` and ``high`` are shares: −0.60 is 60 % fewer cases; for a score, points.

    ``bound``: the largest change that the interval still holds. All are None where nothing could be compared.
    """

    kind: Kind
    doubt: Doubt | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    bound: float | None = None


def rule(
    found: Estimate | None,
    *,
    margin: float,
    is_ratio: bool,
    others: Estimate | None = None,
    earlier: Estimate | None = None,
    is_over: bool = True,
) -> Ruling:
    """The verdict, for a smallest change that matters of ``margin`` (share, or points of a score).

    ``others`` are cases of the same units that training cannot cure, ``earlier`` the estimate of a training that never
    was, before the real one. Where either moves the same way, better or worse is not said.
    """
    if found is None:
        return Ruling(Kind.CANNOT_TELL, Doubt.NOTHING_TO_COMPARE if is_over else Doubt.NOT_YET)
    change, low, high = bounds_of(found.whole, is_ratio=is_ratio)
    bound = max(abs(low), abs(high))

    def told(kind: Kind, doubt: Doubt | None = None) -> Ruling:
        return Ruling(kind, doubt, change, low, high, bound)

    if bound <= margin:
        return told(Kind.NO_LARGER)
    if low <= 0 <= high:
        return told(Kind.CANNOT_TELL, Doubt.TOO_FEW)
    side = 1 if low > 0 else -1
    for doubt, beside in ((Doubt.OTHERS_MOVED, others), (Doubt.BEFORE_ALREADY, earlier)):
        if beside is not None and _moves(beside.whole, side, is_ratio=is_ratio):
            return told(Kind.CANNOT_TELL, doubt)
    is_better = (side < 0) == is_ratio  # fewer cases, a higher score
    return told(Kind.BETTER if is_better else Kind.WORSE)


def bounds_of(part: Part, *, is_ratio: bool) -> tuple[float, float, float]:
    """Change with its bounds: of a ratio the share that it lies above or below 1."""
    away = 1.0 if is_ratio else 0.0
    return part.value - away, part.low - away, part.high - away


def _moves(part: Part, side: int, *, is_ratio: bool) -> bool:
    _change, low, high = bounds_of(part, is_ratio=is_ratio)
    return low > 0 if side > 0 else high < 0


def started_before(registered: date, starts: Iterable[date | None]) -> bool:
    """Whether a study was registered after the first training had begun: it is kept, and always says so."""
    first = min((day for day in starts if day is not None), default=None)
    return first is not None and registered > first


def settled_month(today: date, *, days: int) -> int:
    """The last month whose cases had ``days`` days to be answered and given a cause."""
    return month_of((today - timedelta(days=days)).replace(day=1) - timedelta(days=1))


def check_registration(units: Mapping[Unit, date | None], *, margin: float, delay: int) -> None:
    """A study follows at least one unit with a day of training, and says which change matters."""
    if not any(units.values()):
        raise Refused("effect.nobody_trained")
    if not 0 < margin < 1:
        raise Refused("effect.margin_unusable")
    if delay < 0:
        raise Refused("effect.delay_unusable")
