"""The importer of SKP predicates: how people performed in a year."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor
from lingkar.foundation.imports.registry import CHANGED, REFUSED, SAME, Row, Staged, checked_again
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.tables import Column
from lingkar.grow.credentials import services
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.importer import cells as own
from lingkar.grow.credentials.importer.sentences import sentence
from lingkar.grow.credentials.models import Predicate, Rating
from lingkar.grow.credentials.rules.hours import BY_FILE
from lingkar.grow.credentials.services import PastRating
from lingkar.grow.credentials.services.facts import check_year


class Predicates:
    """Predicates by NIP and year. One that is there already is replaced, shown as a difference."""

    kind, needs, key = "skp", Action.CREDIT, "nip"
    label = _("SKP predicates of a year")
    shown = ("name", "year", "predicate")
    columns: ClassVar[tuple[Column, ...]] = (
        people.NUMBER,
        people.NAME,
        Column(
            "year", _("Year"), ("Tahun", "Tahun SKP", "Tahun Penilaian", "Periode"), cells.whole(1900, 2200),
            required=True, example="2025",
        ),
        Column(
            "predicate", _("Predicate"),
            ("Predikat", "Predikat SKP", "Predikat Kinerja", "Predikat Kinerja Pegawai", "Nilai SKP", "Hasil Kinerja"),
            own.predicate, required=True, example="Baik",
        ),
    )  # fmt: skip

    def check(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
        """Against the people who serve and the predicates that are there."""
        this_year = timezone.localdate(at).year
        people.put_persons(rows, account=by.person)
        good = [row for row in rows if row.outcome != REFUSED]
        persons = {UUID(row.values["person"]) for row in good}
        there = Rating.objects.filter(person__pk__one_of=persons).values_list("person", "year", "predicate")
        before = {(str(person), year): predicate for person, year, predicate in there}
        for row in good:
            values = row.values
            row.key = f"{values['person']} {values['year']}"
            values["code"] = values.get("code") or values["predicate"]
            values["predicate"] = _named(values["code"])
            try:
                check_year(values["year"], this_year)
            except Refused as refused:
                row.refuse(refused, "year")
                continue
            _compare(row, before.get((values["person"], values["year"])))

    def apply(self, staged: Staged, *, by: Actor, at: datetime) -> None:
        """All of them by one call, when what is there is still what the preview showed."""
        found: list[PastRating] = []
        try:
            for batch in staged:
                found += [_told(row) for row in checked_again(self, batch, by=by, at=at)]
            services.rate_many(rows=found, by=by, at=at)
        except Refused:
            raise Refused("imports.stale") from None

    def sentence(self, refused: Refused) -> str:
        return sentence(refused)


def _compare(row: Row, before: str | None) -> None:
    now = row.values["code"]
    if before == now:
        row.outcome = SAME
    elif before is not None:
        row.outcome, row.changes = CHANGED, {"predicate": (_named(before), _named(now))}


def _named(predicate: str) -> str:
    return str(Predicate(predicate).label)


def _told(row: Row) -> PastRating:
    return PastRating(UUID(row.values["person"]), row.values["year"], row.values["code"], BY_FILE)
