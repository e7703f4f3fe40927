"""What a person can do against what the position asks for. Pure.

Gap = required level − attained level, in each competency; positive is a need (PermenPANRB 38/2017).
JPM (job person match) = Σ attained ÷ Σ required × 100.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from lingkar.foundation.refusals import Refused

LEVELS = range(6)
"""Levels that somebody may have attained: from 0 (none yet) to 5."""
CENT = Decimal("0.01")


class Band(StrEnum):
    """How well a person fits a position."""

    OPTIMAL = "optimal"
    FAIR = "fair"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Found:
    """A level that was found, by whom (``measured`` or ``manager``), and when."""

    level: int
    source: str
    on: date


@dataclass(frozen=True, slots=True)
class Gap:
    """One competency: what the position asks for, what was found (None: nothing yet), and the difference.

    ``gap`` is 0 where more was found than is asked for, None where nothing was found: not known is not zero.
    """

    competency: str
    required: int
    attained: int | None = None
    source: str = ""
    on: date | None = None

    @property
    def gap(self) -> int | None:
        return None if self.attained is None else max(self.required - self.attained, 0)

    @property
    def difference(self) -> int | None:
        """Required − attained, below zero where more was found than is asked for."""
        return None if self.attained is None else self.required - self.attained


@dataclass(frozen=True, slots=True)
class Match:
    """The JPM of somebody: None where a competency was not assessed; ``known`` of ``asked`` were."""

    value: Decimal | None
    band: Band | None
    known: int
    asked: int


def gaps(profile: Mapping[str, int], found: Mapping[str, Found]) -> tuple[Gap, ...]:
    """One gap for each competency of the profile, in its order."""
    return tuple(_gap(code, required, found.get(code)) for code, required in profile.items())


def _gap(code: str, required: int, found: Found | None) -> Gap:
    return Gap(code, required, found.level, found.source, found.on) if found else Gap(code, required)


def half_up(value: Decimal) -> Decimal:
    """Two decimals, a half goes up: what the law's bands are applied to."""
    return value.quantize(CENT, ROUND_HALF_UP)


def match(rows: Iterable[Gap], *, capped: bool, optimal: Decimal, fair: Decimal) -> Match:
    """Σ attained ÷ Σ required × 100. ``capped``: a level beyond the required one counts as the required one."""
    asked = tuple(rows)
    known = [row for row in asked if row.attained is not None]
    total = sum(row.required for row in asked)
    if not total or len(known) < len(asked):
        return Match(None, None, len(known), len(asked))
    reached = sum(min(row.attained or 0, row.required) if capped else row.attained or 0 for row in known)
    value = half_up(Decimal(reached * 100) / total)
    return Match(value, band(value, optimal=optimal, fair=fair), len(known), len(asked))


def band(value: Decimal, *, optimal: Decimal, fair: Decimal) -> Band:
    """The band of a JPM that is rounded already: ≥ 90 optimal, ≥ 78 fair, below it low (as the parameters say)."""
    return Band.OPTIMAL if value >= optimal else Band.FAIR if value >= fair else Band.LOW


@dataclass(frozen=True, slots=True)
class GroupGap:
    """One competency in a group: how many it is asked of, how many were assessed, and the mean gap of those.

    In a small group both are None: no number, so that nobody can be guessed.
    """

    competency: str
    people: int
    assessed: int | None
    mean: Decimal | None

    @property
    def coverage(self) -> Decimal | None:
        """The share that was assessed, from 0 to 1."""
        return None if self.assessed is None or not self.people else Decimal(self.assessed) / self.people


def group_gap(competency: str, found: Iterable[int | None], *, smallest: int | None) -> GroupGap:
    """The mean gap of a group; hidden where fewer than ``smallest`` people were assessed, and always for None."""
    rows = list(found)
    known = [gap for gap in rows if gap is not None]
    if smallest is None or len(known) < smallest:
        return GroupGap(competency, len(rows), None, None)
    return GroupGap(competency, len(rows), len(known), half_up(Decimal(sum(known)) / len(known)))


def check_levels(levels: Mapping[str, object], *, known: Iterable[str]) -> None:
    """Something was found, of competencies of the dictionary, each from 0 to 5."""
    if not levels:
        raise Refused("competence.nothing_found")
    for code in levels.keys() - set(known):
        raise Refused("competence.unknown", competency=code)
    for code, level in levels.items():
        if isinstance(level, bool) or level not in LEVELS:
            raise Refused("competence.level_unusable", competency=code)


def check_day(on: date, *, today: date) -> None:
    """Nothing is found on a day to come."""
    if on > today:
        raise Refused("competence.in_the_future", on=on)


def check_assessor(kind: str, *, is_own: bool) -> None:
    """One assesses oneself apart from others; nobody is their own manager or assessor."""
    if kind == "self" and not is_own:
        raise Refused("competence.not_oneself")
    if kind != "self" and is_own:
        raise Refused("competence.own_assessment")


def years_later(day: date, years: int) -> date:
    """The last day of a validity of so many years: 29 February ends on 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
