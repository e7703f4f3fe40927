"""Gaps in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from lingkar.foundation.ui.words import day, number
from lingkar.grow.competence.models import AssessmentKind
from lingkar.grow.competence.queries import Entry
from lingkar.grow.competence.rules import Band, Found, Gap, Match

BANDS: dict[Band, Promise] = {
    Band.OPTIMAL: gettext_lazy("Optimal"),
    Band.FAIR: gettext_lazy("Fairly optimal"),
    Band.LOW: gettext_lazy("Less than optimal"),
}
BAND_KINDS = {Band.OPTIMAL: "good", Band.FAIR: "info", Band.LOW: "warn"}
SOURCES: dict[str, Promise] = {
    AssessmentKind.MANAGER.value: pgettext_lazy("found by", "line manager"),
    AssessmentKind.MEASURED.value: pgettext_lazy("found by", "assessors"),
}


@dataclass(frozen=True)
class GapLine:
    """One competency of somebody, as the page tells it."""

    code: str
    name: str
    meta: str
    badge: str
    kind: str
    own: str
    asks: str


def lines_of(gaps: Iterable[Gap], entries: Iterable[Entry], own: Mapping[str, Found]) -> list[GapLine]:
    """Gaps in words: the largest first, then those nobody assessed, then those that are met."""
    known = {entry.code: entry for entry in entries}
    return [_line(row, known.get(row.competency), own.get(row.competency)) for row in sorted(gaps, key=_rank)]


def _rank(row: Gap) -> tuple[int, int]:
    return (1, 0) if row.gap is None else (0, -row.gap) if row.gap else (2, 0)


def _line(row: Gap, entry: Entry | None, own: Found | None) -> GapLine:
    asked = _("level %(level)s is asked for") % {"level": row.required}
    if row.attained is None:
        badge, kind, meta = _("not assessed yet"), "", asked
    else:
        meta = _("level %(found)s (%(source)s, %(day)s) · %(asked)s") % {
            "found": row.attained,
            "source": SOURCES[row.source],
            "day": day(row.on),
            "asked": asked,
        }
        badge, kind = _gap_words(row.gap or 0)
    return GapLine(
        row.competency,
        entry.name if entry else row.competency,
        meta,
        badge,
        kind,
        _("You said level %(level)s of yourself.") % {"level": own.level} if own else "",
        entry.level(row.required) if entry else "",
    )


def _gap_words(gap: int) -> tuple[str, str]:
    if not gap:
        return _("met"), "good"
    return ngettext("%(n)d level short", "%(n)d levels short", gap) % {"n": gap}, "warn"


def match_words(match: Match) -> tuple[str, str]:
    """The JPM and what it says, or why there is none."""
    if match.value is not None and match.band:
        return f"{number(match.value, 2)}", str(BANDS[match.band])
    if not match.asked:
        return "–", _("The position has no standard, so there is no number.")
    return "–", _("%(known)s of %(asked)s competencies were assessed; a number needs all of them.") % {
        "known": match.known, "asked": match.asked,
    }  # fmt: skip
