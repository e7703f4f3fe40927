"""The importer of measured assessments: what assessors found, from the sheet of the assessment."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor
from lingkar.foundation.imports.registry import CHANGED, REFUSED, SAME, Row, Staged, checked_again, register
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.tables import Column
from lingkar.grow.competence import rules, services
from lingkar.grow.competence.access import Action
from lingkar.grow.competence.dictionary import shipped
from lingkar.grow.competence.models import Assessment, AssessmentKind, Competency
from lingkar.grow.competence.services import PastAssessment

ALSO = {
    "integrity": ("Integritas",),
    "teamwork": ("Kerjasama",),
    "communication": ("Komunikasi",),
    "results": ("Orientasi Hasil", "Orientasi pada Hasil"),
    "public_service": ("Pelayanan Publik",),
    "development": ("Pengembangan Diri", "Pengembangan Diri & Orang Lain", "Pengembangan Diri dan Orang Lain"),
    "change": ("Mengelola Perubahan", "Manajemen Perubahan"),
    "decisions": ("Pengambilan Keputusan",),
    "unity": ("Perekat Bangsa", "Sosial Kultural"),
}
"""Further headings under which assessors write a competency."""
LEVEL = cells.whole(min(rules.LEVELS), max(rules.LEVELS))


class Assessments:
    """Levels by NIP and day, one column for each competency. What was found on the same day is replaced."""

    kind, needs, key = "assessments", Action.MEASURE, "nip"
    label = gettext_lazy("Measured assessments of competence")
    shown = ("name", "on")
    columns: Sequence[Column] = (
        people.NUMBER,
        people.NAME,
        Column(
            "on", gettext_lazy("Found on"),
            ("Tanggal", "Tanggal Penilaian", "Tanggal Asesmen", "Tgl Penilaian", "Tgl Asesmen", "Tanggal Pelaksanaan"),
            cells.day, required=True, example="12-03-2026",
        ),
        *(Column(row.code, row.name, ALSO.get(row.code, ()), LEVEL, example="3") for row in shipped()),
    )  # fmt: skip

    def check(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Against the people who serve, the dictionary, and what was found on that day."""
        today, known = timezone.localdate(at), set(Competency.objects.values_list("code", flat=True))
        people.put_persons(rows, account=by.person)
        good = [row for row in rows if row.outcome != REFUSED]
        before = _found(good)
        for row in good:
            row.key = f"{row.values['person']} {row.values['on']}"
            try:
                _check(row, known, today)
            except Refused as refused:
                row.refuse(refused, "on" if refused.code == "competence.in_the_future" else "")
            else:
                _compare(row, before.get((row.values["person"], row.day("on")), {}))

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """All of them by one call, when what is there is still what the preview showed."""
        found: list[PastAssessment] = []
        try:
            for batch in staged:
                found += [_told(row) for row in checked_again(self, batch, by=by, at=at)]
            services.assess_many(rows=found, by=by, at=at)
        except Refused:
            raise Refused("imports.stale") from None

    def sentence(self, refused: Refused) -> str:
        return sentence(refused)


def _levels(values: Mapping[str, Any]) -> dict[str, int]:
    return {row.code: values[row.code] for row in shipped() if row.code in values}


def _found(rows: Sequence[Row]) -> dict[tuple[str, date | None], dict[str, int]]:
    """What assessors found of these people on these days: levels by code."""
    persons, days = {UUID(row.values["person"]) for row in rows}, {row.day("on") for row in rows} - {None}
    there = Assessment.objects.filter(person__pk__one_of=persons, kind=AssessmentKind.MEASURED, on__one_of=days)
    found: dict[tuple[str, date | None], dict[str, int]] = {}
    for person, on, code, level in there.values_list("person", "on", "competency__code", "level"):
        found.setdefault((str(person), on), {})[code] = level
    return found


def _check(row: Row, known: set[str], today: date) -> None:
    if not known:
        raise Refused("competence.no_dictionary")
    on = row.day("on")
    assert on is not None  # noqa: S101  # a required column
    rules.check_day(on, today=today)
    rules.check_levels(_levels(row.values), known=known)


def _compare(row: Row, before: Mapping[str, int]) -> None:
    now = _levels(row.values)
    row.changes = {code: (before[code], level) for code, level in now.items() if before.get(code, level) != level}
    if row.changes or (before and now.keys() - before.keys()):
        row.outcome = CHANGED
    elif before:
        row.outcome = SAME


def _told(row: Row) -> PastAssessment:
    on = row.day("on")
    assert on is not None  # noqa: S101  # a required column
    return PastAssessment(UUID(row.values["person"]), AssessmentKind.MEASURED, _levels(row.values), on)


def sentence(refused: Refused) -> str:
    """Words for a code of this module and for who a line is about; ``KeyError`` for others."""
    own = {
        "competence.no_dictionary": _(
            "The dictionary of competencies is empty. Load it on the page “Kompetensi” first."
        ),
        "competence.nothing_found": _("No level stands in this line. Fill in at least one competency."),
        "competence.in_the_future": _("This day has not come yet."),
        "competence.unknown": _("A competency is not in the dictionary of the agency."),
    }
    return own[refused.code] if refused.code in own else people.numbered_sentence(refused)


ASSESSMENTS = Assessments()
register(ASSESSMENTS)
