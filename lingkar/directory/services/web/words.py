"""A standard in the words that people read: components, time, cost, hours, channels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from lingkar.directory.services.models import Channel, Version
from lingkar.directory.services.rules import MAKING, Component, Hours, Range
from lingkar.foundation.ui.words import number

if TYPE_CHECKING:
    from lingkar.directory.services.queries import Serving

COMPONENTS: Mapping[Component, Promise] = {
    Component.REQUIREMENTS: gettext_lazy("What to bring"),
    Component.PROCEDURE: gettext_lazy("The steps"),
    Component.TIME: gettext_lazy("How long it takes"),
    Component.COST: gettext_lazy("What it costs"),
    Component.PRODUCT: gettext_lazy("What you get"),
    Component.COMPLAINTS: gettext_lazy("How to complain"),
    Component.LEGAL_BASIS: gettext_lazy("Legal basis"),
    Component.FACILITIES: gettext_lazy("Facilities"),
    Component.COMPETENCE: gettext_lazy("Competence of the staff"),
    Component.SUPERVISION: gettext_lazy("Internal supervision"),
    Component.STAFF: gettext_lazy("Number of staff"),
    Component.GUARANTEE: gettext_lazy("Guarantee of service"),
    Component.SAFETY: gettext_lazy("Guarantee of safety"),
    Component.EVALUATION: gettext_lazy("Evaluation"),
}
"""The 14 components, as people would call them."""

HINTS: Mapping[Component, Promise] = {
    Component.REQUIREMENTS: gettext_lazy("One paper or thing on each line: original or copy, how many."),
    Component.PROCEDURE: gettext_lazy("One step on each line, from arriving to leaving with the result."),
    Component.TIME: gettext_lazy("For example: 15 minutes at the counter when the papers are complete."),
    Component.COST: gettext_lazy("For example: by the tariff of a regional regulation, free for some."),
    Component.PRODUCT: gettext_lazy("What somebody holds in the hand at the end."),
    Component.COMPLAINTS: gettext_lazy("Where to say that something went wrong, and who answers by when."),
    Component.LEGAL_BASIS: gettext_lazy("One regulation on each line, with number and year."),
    Component.FACILITIES: gettext_lazy("Waiting room, priority seats, wheelchair access, devices."),
    Component.COMPETENCE: gettext_lazy("What the staff must know and be able to do."),
    Component.SUPERVISION: gettext_lazy("Who checks that it is done as promised, and how often."),
    Component.STAFF: gettext_lazy("How many people serve."),
    Component.GUARANTEE: gettext_lazy("What happens when the promise is not kept."),
    Component.SAFETY: gettext_lazy("How papers, data and people are kept safe."),
    Component.EVALUATION: gettext_lazy("How and how often the work is looked at."),
}
"""What to write for each component."""

ALL_DAY: Range = ("00:00", "24:00")


def time_of(version: Version) -> str:
    """ "1 working day", "the same day"; "" when only words are given."""
    days = version.working_days
    if days is None:
        return ""
    return ngettext("%(days)s working day", "%(days)s working days", days) % {"days": days} if days else _("Same day")


def cost_of(version: Version) -> str:
    """ "Free", "Rp25.000"; "" when only words are given."""
    if version.cost is None:
        return ""
    return f"Rp{number(version.cost)}" if version.cost else _("Free of charge")


def clocks(ranges: tuple[Range, ...]) -> str:
    """ "08.00–12.00 and 13.00–15.30"; "closed all day" for none, "24 hours" for all day."""
    if not ranges:
        return _("closed all day")
    if ranges == (ALL_DAY,):
        return _("24 hours")
    mark = ":" if get_language() == "en" else "."
    return _(" and ").join(f"{start}–{end}".replace(":", mark) for start, end in ranges)


def range_typed(ranges: Sequence[Sequence[str]]) -> str:
    """Hours as they are typed again: "08.00–12.00, 13.00–15.30"."""
    return ", ".join("–".join(pair).replace(":", ".") for pair in ranges)


@dataclass(frozen=True)
class Days:
    """Neighbouring weekdays with the same hours."""

    name: str
    hours: str


def hours_of(hours: Hours) -> list[Days]:
    """The week, days with the same hours together: "Monday–Thursday 08.00–15.30", closed days last."""
    runs: list[tuple[int, int, tuple[Range, ...]]] = []
    for day in range(1, 8):
        ranges = tuple(hours.get(str(day), ()))
        if runs and runs[-1][2] == ranges:
            runs[-1] = (runs[-1][0], day, ranges)
        else:
            runs.append((day, day, ranges))
    return [Days(_run(first, last), clocks(ranges)) for first, last, ranges in runs]


def _run(first: int, last: int) -> str:
    if (first, last) == (1, 7):
        return _("Every day")
    return weekday(first) if first == last else f"{weekday(first)}–{weekday(last)}"


def weekday(day: int) -> str:
    """The name of a weekday, 1 (Monday) to 7."""
    return str(WEEKDAYS[day - 1]).capitalize()


def weekday_and_day(day: date) -> str:
    """ "Tuesday, 9 June"."""
    return f"{weekday(day.isoweekday())}, {formats.date_format(day, 'j F')}"


@dataclass(frozen=True)
class Way:
    """One channel: its name, what is said about it, and where it leads."""

    channel: Channel
    text: str
    icon: str
    href: str = ""


ICONS = {Channel.COUNTER: "map-pin", Channel.ONLINE: "globe", Channel.PHONE: "phone", Channel.MOBILE: "users"}


def ways_of(version: Version) -> list[Way]:
    """The channels that a version offers."""
    return [
        Way(c, getattr(version, c), ICONS[c], version.online if c == Channel.ONLINE else "") for c in version.channels
    ]


@dataclass(frozen=True)
class ServingSaid:
    """Who serves, without a name: how many people, in which positions."""

    many: int
    titles: str


def serving_of(rows: "Sequence[Serving]") -> ServingSaid | None:
    """The positions that serve as everybody may read them; nothing when nobody sits in them."""
    people = {person for row in rows for person in row.people}
    titles = dict.fromkeys(row.position.title for row in rows if row.people)
    return ServingSaid(len(people), ", ".join(titles)) if people else None


def making_of(version: Version) -> list[tuple[Promise, list[str]]]:
    """The eight components of the making that are said, each as its lines."""
    told = [(COMPONENTS[component], _lines(getattr(version, component.value))) for component in MAKING]
    return [(label, lines) for label, lines in told if lines]


def _lines(value: Any) -> list[str]:
    if isinstance(value, list):
        return value
    return str(value).splitlines() if value not in (None, "") else []
