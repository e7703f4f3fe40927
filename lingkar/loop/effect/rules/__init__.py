"""Did it help? Pure: what may be registered, what the numbers say, and how sure that is."""

from lingkar.loop.effect.rules.counts import ratio_of
from lingkar.loop.effect.rules.means import Answers, difference_of
from lingkar.loop.effect.rules.panel import Counted, Estimate, Panel, Part, Start, month_after, month_of, months_between
from lingkar.loop.effect.rules.verdict import (
    Doubt,
    Kind,
    Ruling,
    check_registration,
    rule,
    settled_month,
    started_before,
)

__all__ = (
    "Answers",
    "Counted",
    "Doubt",
    "Estimate",
    "Kind",
    "Panel",
    "Part",
    "Ruling",
    "Start",
    "check_registration",
    "difference_of",
    "month_after",
    "month_of",
    "months_between",
    "ratio_of",
    "rule",
    "settled_month",
    "started_before",
)
