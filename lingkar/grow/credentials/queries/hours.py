"""Hours of learning (JP) of people: by year, and one by one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Sum

from lingkar.directory.people import queries as people
from lingkar.directory.people.models import PersonKind
from lingkar.foundation.parameters.queries import values
from lingkar.foundation.tenancy.plain import plain
from lingkar.grow.credentials.models import JpEntry
from lingkar.grow.credentials.parameters import CAP, CONTRACT_YEARS, TARGET
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
    """The same for many people with three queries; people who do not serve any more are left out."""
    known = people.serving().filter(pk__in=list(persons)).values_list("pk", "kind", "nip", "agency")
    rows = list(known)
    if not rows:
        return {}
    told = values((TARGET, CAP, CONTRACT_YEARS), agency=rows[0][3], on=date(year, 12, 31))
    first = year - told[CONTRACT_YEARS.key] + 1 if any(kind in WITH_CAP for _, kind, _, _ in rows) else year
    by_year = _summed([pk for pk, *_ in rows], first, year)
    return {
        pk: _year(kind, nip or "", by_year.get(pk, {}), year, told[TARGET.key], told[CAP.key], told[CONTRACT_YEARS.key])
        for pk, kind, nip, _ in rows
    }


def _summed(persons: Collection[UUID], first: int, last: int) -> dict[UUID, dict[int, Decimal]]:
    rows = JpEntry.objects.filter(person__in=persons, on__gte=date(first, 1, 1), on__lte=date(last, 12, 31))
    found: dict[UUID, dict[int, Decimal]] = {}
    for person, year, jp in (
        rows.values("person", "on__year").annotate(all=Sum("jp")).values_list("person", "on__year", "all")
    ):
        found.setdefault(person, {})[year] = jp
    return found


def _year(
    kind: str, nip: str, by_year: dict[int, Decimal], year: int, target: int, cap: int, contract_years: int
) -> Year:
    total = by_year.get(year, Decimal(0))
    if kind in WITH_TARGET:
        return hours.year_of(year, total=total, target=target, cap=None, contract=None)
    if kind not in WITH_CAP:
        return hours.year_of(year, total=total, target=None, cap=None, contract=None)
    first = contract_from(nip, year, contract_years)
    contract = sum((jp for each, jp in by_year.items() if first <= each <= year), Decimal(0))
    return hours.year_of(year, total=total, target=None, cap=cap, contract=contract)


def contract_from(nip: str, year: int, length: int) -> int:
    """The first year of the contract that holds in ``year``: counted from the year in the NI PPPK, ``length`` at a
    time; ``year`` itself where the number tells none.
    """
    told = nip[YEAR_OF_CONTRACT]
    start = int(told) if told.isdigit() else year
    return year - (year - start) % length if start <= year else year


def hours_since(persons: Collection[UUID], first: date, last: date) -> dict[UUID, Decimal]:
    """The JP of these people between two days, both included. One query."""
    rows = JpEntry.objects.filter(person__in=list(persons), on__gte=first, on__lte=last)
    return dict(rows.values("person").annotate(all=Sum("jp")).values_list("person", "all"))


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


def entries_of(person: UUID, year: int | None = None) -> "QuerySet[JpEntry, HoursLine]":
    """The ledger of somebody, newest first; of one year, or all. Pages ask who may see it."""
    rows = JpEntry.objects.filter(person=person)
    rows = rows if year is None else rows.filter(on__year=year)
    return plain(rows.order_by("-on", "title"), HoursLine)
