"""Hours, points and bands in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lingkar.foundation.ui.words import number
from lingkar.grow.credentials.rules.hours import Year
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


def spoken(value: Decimal) -> str:
    """A number without needless zeros: 20, 22,5."""
    return number(value.normalize() if value % 1 else int(value))


def year_note(year: Year) -> str:
    """What a year's hours are measured by, in one sentence."""
    if year.target:
        if year.missing:
            return _("of %(target)s JP; %(missing)s still missing") % {
                "target": year.target, "missing": spoken(year.missing),
            }  # fmt: skip
        return _("of %(target)s JP: reached") % {"target": year.target}
    if year.cap is not None and year.used is not None:
        return _("counted; %(used)s of at most %(cap)s JP of the contract are used") % {
            "used": spoken(year.used), "cap": year.cap,
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
    return [Step("+" + spoken(row.points), *_how(row)) for row in rows]


def _how(row: Available) -> tuple[str, str]:
    if row.what == "hours":
        title = _("Learn %(hours)s more JP") % {"hours": spoken(row.hours)}
        return title, _("20 JP within the last year give these points.")
    if row.what == "seminar":
        return _("Take part in one seminar or workshop"), _("It counts for two years.")
    return _("Complete the training of your position"), _("Leadership training, or functional training of your post.")


def missing_of(index: Index) -> str:
    """Why there is no number, in one sentence."""
    return _("No number yet: %(why)s.") % {"why": "; ".join(str(MISSING[name]) for name in index.missing)}
