"""Numbers of a study as pages show them: words, rounded, small cells left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.ui.words import day, number
from lingkar.loop.effect import queries, telling
from lingkar.loop.effect.models import Outcome
from lingkar.loop.effect.queries import StudyLine, Verdict, Working
from lingkar.loop.effect.rules import Estimate, Kind, Part

BADGES = {Kind.BETTER: "good", Kind.NO_LARGER: "info", Kind.WORSE: "bad", Kind.CANNOT_TELL: "warn"}
NAMES = {
    Kind.BETTER: gettext_lazy("Better"),
    Kind.NO_LARGER: gettext_lazy("No larger change"),
    Kind.WORSE: gettext_lazy("Worse"),
    Kind.CANNOT_TELL: gettext_lazy("Cannot tell yet"),
}


@dataclass(frozen=True)
class Badge:
    """A word with its colour."""

    words: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Line:
    """A study of the list with what it said last."""

    study: StudyLine
    on: date | None
    verdict: Verdict | None

    @property
    def meta(self) -> str:
        told = [str(Outcome(self.study.outcome).label)]
        told.append(self.verdict.words if self.verdict else _("It is asked for the first time tonight."))
        return " · ".join(told)

    @property
    def badges(self) -> list[Badge]:
        return [badge_of(self.verdict)] if self.verdict else [Badge(_("New"))]


def badge_of(verdict: Verdict) -> Badge:
    """The verdict in two words."""
    return Badge(str(NAMES[verdict.kind]), BADGES[verdict.kind])


def lines(rows: Sequence[StudyLine]) -> list[Line]:
    """Studies with what they said last. One query."""
    found = queries.latest([row.id for row in rows])
    return [Line(row, *found.get(row.id, (None, None))) for row in rows]


@dataclass(frozen=True)
class Compared:
    """A line of a table: what it is about, how many cases were seen and expected, the change and its bounds."""

    label: str
    note: str = ""
    seen: str = ""
    expected: str = ""
    change: str = ""
    bounds: str = ""


@dataclass(frozen=True)
class Shown:
    """The working of a study in words."""

    badge: Badge
    period: str
    units: list[Compared]
    quarters: list[Compared]
    checks: list[Compared]
    rates: list[tuple[str, str, str]]
    spread: str
    margin: str
    smallest: str
    is_ratio: bool


def shown(work: Working) -> Shown:
    """Everything that the page of a study draws."""
    is_ratio = work.study.outcome == Outcome.CASES
    found = work.found
    return Shown(
        badge=badge_of(work.verdict),
        period=f"{_month(work.first)} – {_month(work.last)}",
        units=[_unit(row, found, work, is_ratio) for row in work.units],
        quarters=_quarters(found, work, is_ratio) if found else [],
        checks=_checks(work, is_ratio),
        rates=_rates(work) if is_ratio else [],
        spread=number(found.spread, 1) if found else "",
        margin=telling.size(float(work.study.margin), is_ratio=is_ratio),
        smallest=telling.size(found.smallest, is_ratio=is_ratio) if found else "",
        is_ratio=is_ratio,
    )


def _unit(row: queries.Followed, found: Estimate | None, work: Working, is_ratio: bool) -> Compared:
    if row.begins_on is None:
        return Compared(row.name, _("compared with"))
    note = _("training from %(day)s") % {"day": day(row.begins_on)}
    parts: Mapping[UUID, Part] = found.units if found else {}
    return _compared(row.name, note, parts.get(row.unit), work, is_ratio)


def _quarters(found: Estimate, work: Working, is_ratio: bool) -> list[Compared]:
    return [
        _compared(
            _("Months %(first)s–%(last)s after") % {"first": quarter * 3 + 1, "last": quarter * 3 + 3},
            "",
            part,
            work,
            is_ratio,
        )
        for quarter, part in found.quarters.items()
    ]


def _compared(label: str, note: str, part: Part | None, work: Working, is_ratio: bool) -> Compared:
    if part is None:
        return Compared(label, note, change=_("nothing to compare with"))
    if is_ratio and part.expected < work.smallest_cell:
        return Compared(label, note, change=_("too few cases to show"))
    away = 1.0 if is_ratio else 0.0
    bounds = _("%(low)s to %(high)s") % {
        "low": telling.sided(part.low - away, is_ratio=is_ratio),
        "high": telling.sided(part.high - away, is_ratio=is_ratio),
    }
    places = 0 if is_ratio else 2
    return Compared(
        label,
        note,
        number(part.seen, places),
        number(part.expected, 1 if is_ratio else 2),
        telling.sided(part.value - away, is_ratio=is_ratio),
        bounds,
    )


def _checks(work: Working, is_ratio: bool) -> list[Compared]:
    """What else was tried. Where these move too, the verdict is not believed."""
    told = []
    if work.others is not None:
        told.append(
            _compared(
                _("Reports that no training cures"), _("should not have changed"), work.others.whole, work, is_ratio
            )
        )
    if work.earlier is not None:
        label = _("As if the training had come half a year earlier")
        told.append(_compared(label, _("should show nothing"), work.earlier.whole, work, is_ratio))
    names = {row.unit: row.name for row in work.units}
    for unit, found in work.without.items():
        label = _("Without %(unit)s") % {"unit": names[unit]}
        told.append(_compared(label, "", found.whole if found else None, work, is_ratio))
    return told


def _rates(work: Working) -> list[tuple[str, str, str]]:
    return [
        (_("Trained units"), _rate(work.rates.before), _rate(work.rates.after)),
        (_("Units compared with"), _rate(work.compared_rates.before), _rate(work.compared_rates.after)),
    ]


def _rate(value: Decimal | None) -> str:
    return "–" if value is None else number(value, 2)


def _month(first: date) -> str:
    return str(formats.date_format(first, "F Y"))
