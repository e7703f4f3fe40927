"""Circles as they were computed last: the list, and one service for the office and for everybody."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.listed import Listed, listed
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.loop.scoreboard import access
from lingkar.loop.scoreboard.models import Chain as Kept
from lingkar.loop.scoreboard.models import Snapshot
from lingkar.loop.scoreboard.queries.addresses import Addresses
from lingkar.loop.scoreboard.queries.saying import Statement
from lingkar.loop.scoreboard.queries.statements import statements
from lingkar.loop.scoreboard.rules import Facts, Station

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Newest:
    """The last look at the circle: when it was computed, and below which number nothing is told."""

    id: UUID
    at: datetime
    smallest: int


def newest(agency: UUID) -> Newest | None:
    """The last look of an agency; nothing where none was computed yet. One query."""
    found = _newest(agency=agency)
    return found[0] if found else None


@prepared
def _newest(*, agency: UUID) -> "QuerySet[Snapshot, Newest]":
    return plain(Snapshot.objects.filter(agency=agency).order_by("-day"), Newest)[:1]


@dataclass(frozen=True, slots=True)
class Line:
    """A service of the board; see ``models.Chain``."""

    rank: int
    reached: int
    stops_at: str
    reports: int | None
    late: int
    ikm: Decimal | None
    band: str
    curable: int | None
    coded: int | None
    need: float | None
    competency: str
    going: int | None
    passed: int | None
    verdict: str
    code: str = column("service__code")
    name: str = column("service__name")
    unit: str = column("unit__name")


def board(
    by: Actor, look: UUID, *, stops_at: str | None = None, verdict: str | None = None, unit: str = "", text: str = ""
) -> "QuerySet[Kept, Line]":
    """Services that ``by`` may see, the largest need first. ``stops_at`` "": closed circles; ``verdict`` "": not
    studied (None: everything). ``unit``: a unit's code, with all below it.
    """
    rows = access.visible(by).filter(snapshot=look)
    rows = rows if stops_at is None else rows.filter(stops_at=stops_at)
    rows = rows if verdict is None else rows.filter(verdict=verdict)
    rows = rows.filter(Q(unit__path__startswith=f"{unit}.") | Q(unit__path__contains=f".{unit}.")) if unit else rows
    for word in text.split():
        rows = rows.filter(Q(service__name__icontains=word) | Q(unit__name__icontains=word))
    return plain(rows.order_by("rank"), Line)


def board_pages(
    by: Actor, look: UUID, *, stops_at: str | None = None, verdict: str | None = None, unit: str = "", text: str = ""
) -> "QuerySet[Kept, Line] | Listed[Line]":
    """The same, to be read page by page."""
    if text.split():
        return board(by, look, stops_at=stops_at, verdict=verdict, unit=unit, text=text)
    return _board(by.sight, stops_at, verdict, unit, account=by.person, look=look)


@listed
def _board(
    sight: Actor, stops_at: str | None, verdict: str | None, unit: str, *, account: UUID | None, look: UUID
) -> "QuerySet[Kept, Line]":
    return board(sight.seen_by(account), look, stops_at=stops_at, verdict=verdict, unit=unit)


@dataclass(frozen=True, slots=True)
class Said:
    """A service as everybody reads it: published reports of a year, how many were closed with proof, what followed."""

    said: int
    done: int
    late: int
    passed: int | None
    verdict: str
    code: str = column("service__code")
    name: str = column("service__name")
    unit: str = column("unit__name")


def said(look: UUID, *, text: str = "") -> "QuerySet[Kept, Said]":
    """Every service of a look, those first about which most was said. Published counts alone."""
    rows = Kept.objects.filter(snapshot=look)
    for word in text.split():
        rows = rows.filter(service__name__icontains=word)
    return plain(rows.order_by("-said", "service__name", "pk"), Said)


def units_on_board(by: Actor, look: UUID) -> "Sequence[tuple[str, str]]":
    """Code and name of the units that give the services on the board, by name. One query."""
    return _units(by.sight, account=by.person, look=look)


@prepared
def _units(sight: Actor, *, account: UUID | None, look: UUID) -> "QuerySet[Kept, Any]":
    rows = access.visible(sight.seen_by(account)).filter(snapshot=look).order_by("unit__name")
    return rows.values_list("unit__code", "unit__name").distinct()


@dataclass(frozen=True)
class Chain:
    """Everything that is known of one service: from heard to proven, as it was computed ``at``."""

    service: UUID
    code: str
    name: str
    unit: str
    at: datetime
    facts: Facts
    by: Actor | None

    @property
    def reached(self) -> tuple[Station, ...]:
        """Stations that the circle has passed."""
        return self.facts.reached

    @property
    def share(self) -> float:
        """How far the circle is closed, from 0 to 1."""
        return len(self.reached) / len(Station)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every number in words, with its rows, in the language of whoever asks."""
        return statements(self.facts, Addresses(self.code, self.facts, self.by))


def chain_of(by: Actor, service: str, *, day: date) -> Chain:
    """Everything about the service with this code, as it was known on ``day``. One query.

    ``Unseen`` for a service of another agency, one that ``by`` may not see, and one that was not computed yet.
    """
    return _chain(access.visible(by), service, day, by)


def public_chain(service: UUID, *, day: date) -> Chain | None:
    """What is known of a service, for the page that everybody reads: it shows published counts and folded causes alone.
    Nothing where it was not computed yet. One query.
    """
    rows = _public(service=service, day=day)
    return _told(rows[0], None) if rows else None


@dataclass(frozen=True, slots=True)
class Stored:
    """A circle as it is kept."""

    service: UUID = column("service_id")  # noqa: RUF009
    code: str = column("service__code")
    name: str = column("service__name")
    unit: str = column("unit__name")
    at: datetime = column("snapshot__at")  # noqa: RUF009
    facts: dict[str, object] = column("facts")  # noqa: RUF009


@prepared
def _public(*, service: UUID, day: date) -> "QuerySet[Kept, Stored]":
    rows = Kept.objects.filter(service=service, snapshot__day__lte=day)
    return plain(rows.order_by("-snapshot__day"), Stored)[:1]


def _chain(rows: "QuerySet[Kept]", code: str, day: date, by: Actor) -> Chain:
    found = plain(rows.filter(service__code__iexact=code, snapshot__day__lte=day).order_by("-snapshot__day"), Stored)
    row = found.first()
    if row is None:
        raise Unseen
    return _told(row, by)


def _told(row: Stored, by: Actor | None) -> Chain:
    facts = msgspec.convert(row.facts, Facts, strict=False)
    return Chain(row.service, row.code, row.name, row.unit, row.at, facts, by)
