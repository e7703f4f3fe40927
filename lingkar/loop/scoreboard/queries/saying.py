"""How a number of a circle is told: the statement, its rows, and words that several of them share."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingkar.foundation.ui.words import day, number
from lingkar.loop.scoreboard.rules import Facts, Station


@dataclass(frozen=True)
class Row:
    """One of the rows that a statement is made of."""

    label: str
    value: str
    note: str = ""
    address: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Statement:
    """One number of a circle in words. ``value`` is "" where it cannot be told; ``why_not`` then says why.

    ``n``: how many stand behind it. ``kind``: the colour of a badge.
    """

    key: str
    station: Station
    label: str
    source: str
    value: str = ""
    note: str = ""
    n: int | None = None
    period: str = ""
    address: str = ""
    why_not: str = ""
    kind: str = ""
    rows: tuple[Row, ...] = ()


def count(n: int | None, smallest: int) -> str:
    """A number, or that it is too small to be told."""
    return number(n) if n is not None else _("fewer than %(smallest)s") % {"smallest": smallest}


def between(low: float | None, high: float | None, places: int) -> str:
    """The bounds of a number, "" where there are none."""
    if low is None or high is None:
        return ""
    return _("between %(low)s and %(high)s") % {"low": number(low, places), "high": number(high, places)}


def year(facts: Facts) -> str:
    return f"{day(facts.first)} – {day(facts.last)}"


def joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def few_yet(facts: Facts) -> str:
    return _("Cannot be told: fewer than %(smallest)s.") % smallest(facts)


def smallest(facts: Facts) -> dict[str, int]:
    return {"smallest": facts.smallest}
