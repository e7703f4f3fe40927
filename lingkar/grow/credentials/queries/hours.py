"""Hours of learning (JP) of people: by year, and one by one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lingkar.directory.people import queries as people
from lingkar.directory.people.models import PersonKind
from lingkar.foundation.tenancy.plain import plain
from lingkar.grow.credentials.models import JpEntry
from lingkar.grow.credentials.parameters import CAP, CONTRACT_YEARS, TARGET
from lingkar.grow.credentials.queries.seen import Told, look
from lingkar.grow.credentials.rules import hours
from lingkar.grow.credentials.rules.hours import Year

if TYPE_CHECKING:
    from django.db.models import QuerySet

WITH_TARGET = (PersonKind.PNS, PersonKind.CPNS)
WITH_CAP = (PersonKind.PPPK, PersonKind.PPPK_PART_TIME)
YEAR_OF_CONTRACT = slice(8, 12)
"""Digits of a NI PPPK that tell the year of appointment."""


def jp_of(person: UUID, year: int) -> Year:
    """The hours of one person in a calendar year: what was earned, what counts, target (PNS) or cap (PPPK).

    For modules above, which have asked who may know.
    """
    return jp_of_many([person], year).get(person, Year(year, Decimal(0), Decimal(0)))


def jp_of_many(persons: Collection[UUID], year: int) -> dict[UUID, Year]:
    """The same for many people with two statements; people who do not serve any more are left out."""
    rows = people.serving().filter(pk__in=list(persons))
    found, told = look(rows, day=date(year, 12, 31))
    return {pk: year_of(row, year, told) for pk, row in found.items()}


def year_of(row: Told, year: int, told: Mapping[str, Any]) -> Year:
    """A year's hours of somebody who was looked at."""
    total = _sum(row, year, year)
    if row.kind in WITH_TARGET:
        return hours.year_of(year, total=total, target=told[TARGET.key], cap=None, contract=None)
    if row.kind not in WITH_CAP:
        return hours.year_of(year, total=total, target=None, cap=None, contract=None)
    contract = _sum(row, contract_from(row.nip, year, told[CONTRACT_YEARS.key]), year)
    return hours.year_of(year, total=total, target=None, cap=told[CAP.key], contract=contract)


def _sum(row: Told, first: int, last: int) -> Decimal:
    return sum((entry.jp for entry in row.learned if first <= entry.on.year <= last), Decimal(0))


def contract_from(nip: str, year: int, length: int) -> int:
    """The first year of the contract that holds in ``year``: counted from the year in the NI PPPK, ``length`` at a
    time; ``year`` itself where the number tells none.
    """
    told = nip[YEAR_OF_CONTRACT]
    start = int(told) if told.isdigit() else year
    return year - (year - start) % length if start <= year else year


@dataclass(frozen=True, slots=True)
class HoursLine:
    """An entry as lists show it."""

    id: UUID
    form: str
    title: str
    on: date
    full: Decimal
    jp: Decimal
    international: bool
    certificate_id: UUID | None
    organiser: str
    proof: str
    source: str
    noted_at: datetime | None


def entries_of(person: UUID, year: int | None = None) -> "QuerySet[JpEntry, HoursLine]":
    """The ledger of somebody, newest first; of one year, or all. Pages ask who may see it."""
    rows = JpEntry.objects.filter(person=person)
    rows = rows if year is None else rows.filter(on__year=year)
    return plain(rows.order_by("-on", "title"), HoursLine)
