"""The printed minutes of a meeting: words for the template, and the PDF."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lingkar.foundation.documents.printing import pdf
from lingkar.foundation.ui.words import day, number
from lingkar.grow.programmes.models import Meeting, Standing
from lingkar.grow.programmes.names import PREDICATES, WHY
from lingkar.grow.programmes.queries import DecisionLine, Minutes

if TYPE_CHECKING:
    from lingkar.foundation.documents.printing import Plain

TEMPLATE = "grow/programmes/documents/minutes.typ"


def printed(told: Minutes, lines: Sequence[DecisionLine], *, agency: str) -> bytes:
    """The minutes as a PDF."""
    return pdf(TEMPLATE, words_of(told, lines, agency=agency))


def words_of(told: Minutes, lines: Sequence[DecisionLine], *, agency: str) -> "dict[str, Plain]":
    """What the minutes say, in the reader's language."""
    row = told.meeting
    return {
        "agency": agency,
        "title": _("Minutes of pass meeting %(number)s") % {"number": row.number},
        "cohort": row.cohort.title,
        "days": f"{day(row.cohort.first_day)} – {day(row.cohort.last_day)}",
        "facts": [[term, words] for term, words in _facts(row) if words],
        "decided": _("Decided"),
        "counts": _("{passed} passed, {deferred} deferred, {failed} not passed.").format(
            passed=told.passed, deferred=told.deferred, failed=told.failed
        ),
        "head": [
            _("No."), _("Name"), _("Unit or institution"), _("Final mark"), _("Attendance"), _("Decision"),
        ],
        "rows": [[str(place), *_line(line)] for place, line in enumerate(lines, start=1)],
        "noted": _("What was discussed"),
        "notes": row.notes,
        "signed": ", ".join(filter(None, (row.place, day(row.held_on)))),
        "chair_title": pgettext("meeting", "Led by"),
        "chair": row.chair,
        "foot": ngettext("%(count)d participant", "%(count)d participants", len(lines)) % {"count": len(lines)},
    }  # fmt: skip


def _facts(row: Meeting) -> list[tuple[str, str]]:
    return [
        (_("Held on"), day(row.held_on)),
        (_("Place"), row.place),
        (pgettext("meeting", "Led by"), row.chair),
        (_("Present"), row.members),
    ]


def _line(line: DecisionLine) -> list[str]:
    way = str(Standing(line.standing).label)
    if line.standing == Standing.PASSED and line.predicate:
        way = f"{way}: {PREDICATES[line.predicate]}"
    elif line.why in WHY:
        way = f"{way}. {WHY[line.why]}"
    return [
        line.name,
        line.institution or line.unit or "–",
        "–" if line.final is None else number(line.final),
        f"{number(line.attendance)} %",
        way,
    ]
