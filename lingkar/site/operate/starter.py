"""What a new agency begins with: two units that every government has, and subjects that somebody answers for."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.orgs.models import UnitKind
from lingkar.directory.orgs.services import add_unit
from lingkar.directory.people.queries import holders_of
from lingkar.directory.places.queries import choices as places
from lingkar.foundation.access import Actor
from lingkar.listen.reports import queries as reports
from lingkar.listen.reports import services
from lingkar.listen.reports.access import Action

SECRETARIAT = "setda"
UNITS = (
    (SECRETARIAT, UnitKind.SECRETARIAT, "Sekretariat Daerah"),
    ("inspektorat", UnitKind.INSPECTORATE, "Inspektorat Daerah"),
)
SUBJECTS = Path(__file__).with_name("subjects.toml")


@cache
def _subjects() -> list[dict[str, Any]]:
    with SUBJECTS.open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["category"]
    return rows


def add_first_units(*, by: Actor, at: datetime) -> None:
    """Secretariat and Inspektorat, from today on."""
    today = timezone.localdate(at)
    for code, kind, name in UNITS:
        add_unit(agency=by.agency, kind=kind, code=code, name=name, valid_from=today, by=by, at=at)


def add_subjects(*, by: Actor, at: datetime) -> None:
    """The subjects of reports, each with the unit that answers and the words that propose it.

    Where a government has no such unit its secretariat answers, until somebody says otherwise.
    """
    for row in _subjects():
        unit = orgs.unit_coded(row["unit"]) or orgs.unit_coded(SECRETARIAT)
        services.add_category(
            code=row["code"],
            name=row["name"],
            request_class=row["class"],
            unit=unit.pk if unit else None,
            terms=row["terms"],
            sensitive=row.get("sensitive", False),
            by=by,
            at=at,
        )


def missing(*, at: datetime) -> Iterator[str]:
    """What the agency in scope still needs before citizens can be served, in the order in which to add it."""
    day = timezone.localdate(at)
    if not reports.takes_reports():
        yield 'a subject for all the rest (code "lainnya") with the unit that answers: reports cannot be sent'
    unit = reports.unit_for_the_rest()
    if unit is not None and not holders_of(Action.HANDLE, unit.path, day=day).exists():
        yield f"an officer for {unit.name}: nobody is told of a report"
    if not any(True for _ in places()):
        yield "villages: citizens can only describe where it is"
