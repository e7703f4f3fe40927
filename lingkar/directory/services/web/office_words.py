"""How a service stands in the office: its state, what it lacks, what its draft would change."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingkar.directory.services import queries, rules
from lingkar.directory.services.models import Need, Version
from lingkar.directory.services.queries import Cycle, Desk, Line
from lingkar.directory.services.web.words import COMPONENTS, HINTS, hours_of
from lingkar.foundation.ui.words import day, number


@dataclass(frozen=True)
class Badge:
    """A short word on a coloured ground, drawn by ``c-row``."""

    words: str
    kind: str = "plain"
    icon: str = ""


def state_of(line: Line, *, today: date, cycle: Cycle | None = None) -> list[Badge]:
    """What a service is, and what it needs."""
    return [badge for badge in (_stands(line, today), _draft(line), _gaps(line), _review(line, today, cycle)) if badge]


def _stands(line: Line, today: date) -> Badge | None:
    version, last = line.newest, line.service.retired_on
    if version is None or version.valid_from is None:
        return None
    if last is not None:
        return Badge((_("Ended on %(day)s") if last < today else _("Ends on %(day)s")) % {"day": day(last)}, "warn")
    if version.valid_from > today:
        return Badge(_("Version %(number)s from %(day)s") % _named(version), "info")
    return Badge(_("Offered, version %(number)s") % _named(version), "good")


def _named(version: Version) -> dict[str, object]:
    return {"number": version.number, "day": day(version.valid_from)}


def _draft(line: Line) -> Badge | None:
    return Badge(_("Draft"), "info", "pencil") if line.has_draft else None


def _gaps(line: Line) -> Badge | None:
    many = line.newest.missing if line.newest else 0
    words = ngettext("%(many)s component missing", "%(many)s components missing", many) % {"many": many}
    return Badge(words, "warn") if many else None


def _review(line: Line, today: date, cycle: Cycle | None) -> Badge | None:
    """A service that is over is not reviewed."""
    review = (
        queries.review_of(line.newest, today=today, cycle=cycle)
        if line.newest and not line.service.retired_on
        else None
    )
    if review is None or not review.is_near:
        return None
    if review.is_due:
        return Badge(_("Review was due on %(day)s") % {"day": day(review.due)}, "bad", "triangle-alert")
    return Badge(_("Review by %(day)s") % {"day": day(review.due)}, "warn")


@dataclass(frozen=True)
class Check:
    """One of the 14 components: whether it is said, and what to write when it is not."""

    label: Promise
    hint: Promise
    is_said: bool
    is_needed: bool


def checklist_of(version: Version) -> list[Check]:
    """The 14 components of a version, in the order of the law."""
    said = rules.said(queries.standard_of(version))
    return [Check(COMPONENTS[c], HINTS[c], is_said, c in rules.DELIVERY) for c, is_said in said.items()]


@dataclass(frozen=True)
class Change:
    """One field that a draft changes."""

    label: str
    before: str
    after: str


def changes_of(desk: Desk) -> list[Change]:
    """What the draft changes of the newest published version."""
    if desk.draft is None or desk.newest is None:
        return []
    before, after = queries.standard_of(desk.newest), queries.standard_of(desk.draft)
    found = [
        Change(_label(name), _shown(name, getattr(before, name)), _shown(name, getattr(after, name)))
        for name in rules.differences(before, after)
    ]
    if desk.draft.unit_id != desk.newest.unit_id:
        found.append(Change(_("Unit that serves"), desk.newest.unit.name, desk.draft.unit.name))
    return found


def _label(name: str) -> str:
    words = str(getattr(Version._meta.get_field(name), "verbose_name", name))
    return words[:1].upper() + words[1:]


def _shown(name: str, value: Any) -> str:
    if name == "hours":
        return "\n".join(f"{days.name} {days.hours}" for days in hours_of(value)) if value else "–"
    if name == "need":
        return str(Need(value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return number(value)
    return ("\n".join(value) if isinstance(value, tuple) else str(value or "")) or "–"
