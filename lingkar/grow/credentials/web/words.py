"""Hours, points and bands in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lingkar.foundation.ui.words import amount, day
from lingkar.grow.credentials.models import Predicate, Severity
from lingkar.grow.credentials.queries import HoursLine, PunishmentLine, RatingLine
from lingkar.grow.credentials.rules.hours import BY_FILE, TOLD, WRITTEN, Year
from lingkar.grow.credentials.rules.index import Available, Index, Level

LEVELS: dict[Level, Promise] = {
    Level.VERY_HIGH: pgettext_lazy("IP ASN", "Very high"),
    Level.HIGH: pgettext_lazy("IP ASN", "High"),
    Level.MEDIUM: pgettext_lazy("IP ASN", "Medium"),
    Level.LOW: pgettext_lazy("IP ASN", "Low"),
    Level.VERY_LOW: pgettext_lazy("IP ASN", "Very low"),
}
MISSING: dict[str, Promise] = {
    "education": gettext_lazy("the education is not recorded, or not in words that are understood"),
    "position": gettext_lazy("no position is recorded"),
    "rating": gettext_lazy("the SKP predicate is not recorded"),
}


def year_note(year: Year) -> str:
    """What a year's hours are measured by, in one sentence."""
    if year.target:
        if year.missing:
            return _("of %(target)s JP; %(missing)s still missing") % {
                "target": year.target, "missing": amount(year.missing),
            }  # fmt: skip
        return _("of %(target)s JP: reached") % {"target": year.target}
    if year.cap is not None and year.used is not None:
        return _("counted; %(used)s of at most %(cap)s JP of the contract are used") % {
            "used": amount(year.used), "cap": year.cap,
        }  # fmt: skip
    return _("JP this year")


@dataclass(frozen=True)
class Step:
    """Points that somebody may still get, and how."""

    points: str
    title: str
    text: str


def steps_of(rows: tuple[Available, ...]) -> list[Step]:
    """Points still available in words, most first."""
    return [Step("+" + amount(row.points), *_how(row)) for row in rows]


def _how(row: Available) -> tuple[str, str]:
    if row.what == "hours":
        title = _("Learn %(hours)s more JP") % {"hours": amount(row.hours)}
        return title, _("20 JP within the last year give these points.")
    if row.what == "seminar":
        return _("Take part in one seminar or workshop"), _("It counts for two years.")
    return _("Complete the training of your position"), _("Leadership training, or functional training of your post.")


def where_from(row: HoursLine) -> str:
    """Where hours come from: who held the training, the number of its paper, and how they came to be here."""
    paper = _("certificate %(number)s") % {"number": row.proof} if row.proof else ""
    return " · ".join(part for part in (row.organiser, paper, _came(row.source, row.noted_at)) if part)


def _came(source: str, noted_at: datetime | None) -> str:
    if source not in WRITTEN:
        return _("from a certificate of this agency")
    on = day(timezone.localdate(noted_at)) if noted_at else ""
    if source == BY_FILE:
        return _("from a sheet of the agency, %(day)s") % {"day": on}
    return _("written down by the agency, %(day)s") % {"day": on} if on else _("written down by the agency")


@dataclass(frozen=True)
class Record:
    """An SKP predicate or a punishment, as its owner reads it."""

    title: str
    meta: str
    badge: str
    kind: str


GOOD_ONES = ("very_good", "good")


def records_of(ratings: Iterable[RatingLine], punishments: Iterable[PunishmentLine]) -> list[Record]:
    """Predicates and punishments in words, with where each comes from."""
    return [
        *(
            Record(
                _("SKP predicate of %(year)s") % {"year": row.year},
                _came(row.source, row.noted_at),
                str(Predicate(row.predicate).label),
                "good" if row.predicate in GOOD_ONES else "warn",
            )
            for row in ratings
        ),
        *(
            Record(
                _("Disciplinary punishment of %(day)s") % {"day": day(row.on)},
                _came(TOLD, row.noted_at),
                str(Severity(row.severity).label),
                "bad",
            )
            for row in punishments
        ),
    ]


def missing_of(index: Index) -> str:
    """Why there is no number, in one sentence."""
    return _("No number yet: %(why)s.") % {"why": "; ".join(str(MISSING[name]) for name in index.missing)}
