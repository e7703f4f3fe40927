"""The index (IKM) of services, units and periods: with band, interval and number of answers, small cells hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncMonth

from lingkar.foundation.parameters.queries import values
from lingkar.foundation.privacy.cells import hidden, hidden_both_ways
from lingkar.listen.surveys import rules
from lingkar.listen.surveys.models import SCORES, Response
from lingkar.listen.surveys.parameters import BAND_A, BAND_B, BAND_C, SMALLEST, WEIGHTING
from lingkar.listen.surveys.rules import Band, Bounds, Measured, Moments, Unsur, Weighting

COLUMNS = (*SCORES, "total")
SUMS: dict[str, Any] = {"n": Count("pk")}
SUMS |= {f"sum_{column}": Sum(column) for column in COLUMNS}
SUMS |= {f"squares_{column}": Sum(F(column) * F(column)) for column in COLUMNS}


@dataclass(frozen=True)
class UnsurMean:
    """One element: its mean from 1 to 4 with interval, and what that is as an index."""

    unsur: Unsur
    measured: Measured

    @property
    def index(self) -> Decimal:
        return self.measured.mean * rules.SCALE


@dataclass(frozen=True)
class Ikm:
    """What ``n`` answers say. With too few, or in a cell that must hide, there is no index: ``is_hidden``.

    ``value`` is rounded half-up to two decimals, ``band`` follows from it. ``low`` and ``high`` bound it with 95 %
    confidence; where there is no interval, ``no_interval`` says why. ``weighting`` is the weight that was used.
    """

    n: int
    weighting: Weighting
    index: Measured | None = None
    band: Band | None = None
    unsur: tuple[UnsurMean, ...] = ()

    @property
    def is_hidden(self) -> bool:
        return self.index is None

    @property
    def value(self) -> Decimal | None:
        return self.index.mean if self.index else None

    @property
    def low(self) -> Decimal | None:
        return self.index.low if self.index else None

    @property
    def high(self) -> Decimal | None:
        return self.index.high if self.index else None

    @property
    def no_interval(self) -> rules.NoInterval | None:
        return self.index.no_interval if self.index else rules.NoInterval.ONE if self.n == 1 else None

    @property
    def weakest(self) -> tuple[UnsurMean, ...]:
        """The elements from the weakest to the strongest."""
        return tuple(sorted(self.unsur, key=lambda mean: (mean.measured.mean, mean.unsur)))


@dataclass(frozen=True)
class Rulebook:
    """The numbers of law that hold for a period."""

    weighting: Weighting
    bounds: Bounds
    smallest: int


Span = tuple[date, date]


@dataclass(frozen=True)
class Spans:
    """A year and quarters that are told beside each other, each as its first and last day: what is taken off the year
    must not leave few. The quarters lie one after the other, in any order, and reach back to before the year.
    """

    year: Span
    quarters: tuple[Span, ...]

    def counts(self, months: Mapping[date, int]) -> dict[Span, int]:
        """Answers of the quarters within the year, and of the rest of it (``year``), from those of each month."""
        found = {span: _within(months, span) for span in self.quarters if self.year[0] <= span[0]}
        return found | {self.year: _within(months, self.year) - sum(found.values())}

    def hidden(self, months: Mapping[date, int], *, smallest: int) -> frozenset[Span]:
        """The quarters of one line that are not told, from its answers of each month."""
        gone, rest = hidden(self.counts(months), smallest=smallest), self.counts(months)[self.year]
        small = {span for span in self.quarters if 0 < _within(months, span) < smallest}
        # The rest of the year is a part of the quarter before: where it can be had, so can the other part.
        parts = {span: _within(months, span) - rest for span in self.quarters if span[0] < self.year[0] <= span[1]}
        split = {span for span, n in parts.items() if 0 < n < smallest and rest and self.year not in gone}
        return (gone - {self.year}) | small | split


def _within(months: Mapping[date, int], span: Span) -> int:
    return sum(n for month, n in months.items() if span[0] <= month <= span[1])


def _months_of(rows: QuerySet[Response], group: str) -> dict[Any, dict[date, int]]:
    """How many answers each line has in each month. One query."""
    counted = rows.annotate(month=TruncMonth("day")).values_list(group, "month").annotate(n=Count("pk")).order_by()
    found: dict[Any, dict[date, int]] = {}
    for line, month, n in counted:
        found.setdefault(line, {})[month] = n
    return found


def _beside(spans: Spans, *, service: UUID | None = None) -> QuerySet[Response]:
    """The answers of everything that is told beside each other."""
    return _answers(min(first for first, _last in spans.quarters), spans.year[1], service=service)


def ikm(
    *,
    agency: UUID,
    first: date,
    last: date,
    service: UUID | None = None,
    unit: UUID | None = None,
    spans: Spans | None = None,
) -> Ikm:
    """The index of all answers from ``first`` to ``last``, or of those about a service, or a unit. Two queries.

    With ``spans``, where this is one of their quarters: hidden when taking the others off the year would leave few.
    """
    cells, book = _cells(_answers(first, last, service=service, unit=unit)), rulebook(agency, on=last)
    told = next(iter(_told(cells, book).values()), _nothing(book))
    if spans and not told.is_hidden:
        months = _months_of(_beside(spans, service=service), "service_id").get(service, {})
        if (first, last) in spans.hidden(months, smallest=book.smallest):
            return _nothing(book, n=told.n)
    return told


def by_service(
    *,
    agency: UUID,
    first: date,
    last: date,
    services: Iterable[UUID] | None = None,
    spans: Spans | None = None,
) -> dict[UUID, Ikm]:
    """The index of each service that has answers. Two queries, three with ``spans`` (see ``ikm``)."""
    rows = _answers(first, last)
    rows = rows if services is None else rows.filter(service__in=list(services))
    cells, book = _cells(rows, "service_id"), rulebook(agency, on=last)
    also: set[tuple[Any, ...]] = set()
    if spans:
        lines = _months_of(_beside(spans), "service_id")
        also = {(key,) for key, line in lines.items() if (first, last) in spans.hidden(line, smallest=book.smallest)}
    return {key: told for (key,), told in _told(cells, book, has_total=False, also=also).items()}


def whole_beside(told: Iterable[Ikm], *, agency: UUID, first: date, last: date) -> Ikm:
    """The index of all answers, as it stands beside those of the services: hidden where the answers that are hidden
    there could be had by taking the others off the whole. Two queries.
    """
    whole, book = ikm(agency=agency, first=first, last=last), rulebook(agency, on=last)
    apart = whole.n - sum(one.n for one in told if not one.is_hidden)
    return _nothing(book, n=whole.n) if 0 < apart < book.smallest else whole


def by_unit(*, agency: UUID, service: UUID, first: date, last: date, spans: Spans | None = None) -> dict[UUID, Ikm]:
    """The index of each unit that gives a service. Two queries, three with ``spans``: units by quarters are a table
    with totals both ways.
    """
    cells, book = _cells(_answers(first, last, service=service), "unit_id"), rulebook(agency, on=last)
    also: set[tuple[Any, ...]] = set()
    if spans:
        lines = _months_of(_beside(spans, service=service), "unit_id")
        table = hidden_both_ways({unit: spans.counts(line) for unit, line in lines.items()}, smallest=book.smallest)
        alone = {unit: spans.hidden(line, smallest=book.smallest) for unit, line in lines.items()}
        also = {(unit,) for unit in lines if (first, last) in table[unit] | alone[unit]}
    return {key: told for (key,), told in _told(cells, book, also=also).items()}


def by_period(
    *,
    agency: UUID,
    periods: Sequence[tuple[date, date]],
    service: UUID | None = None,
    unit: UUID | None = None,
    year: Span | None = None,
) -> list[Ikm]:
    """The index in each of several periods of whole months that do not overlap, the last one at the end. With ``year``
    they are its quarters and some before, and the year is told beside them.
    """
    if not periods:
        return []
    first, last = min(start for start, _ in periods), max(end for _, end in periods)
    rows = _answers(first, last, service=service, unit=unit).annotate(month=TruncMonth("day"))
    months = {month: cell for (month,), cell in _cells(rows, "month").items()}
    book = rulebook(agency, on=last)
    cells = {
        (period,): sum((cell for month, cell in months.items() if period[0] <= month <= period[1]), Cell.empty())
        for period in periods
    }
    also: set[tuple[Any, ...]] = set()
    if year:
        counts = {month: cell.n for month, cell in months.items()}
        also = {(span,) for span in Spans(year, tuple(periods)).hidden(counts, smallest=book.smallest)}
    told = _told(cells, book, has_total=year is None, also=also)
    return [told.get((period,), _nothing(book)) for period in periods]


@dataclass(frozen=True)
class MonthCell:
    """One element of a service at one unit in one month; variance of the sample, None for a single answer."""

    unit: UUID
    month: date
    unsur: Unsur
    n: int
    mean: Decimal
    variance: Decimal | None


def monthly(*, service: UUID) -> list[MonthCell]:
    """Every month of every unit of a service, by element: to compute with, small cells too. Never shown as it is."""
    rows = Response.objects.filter(service=service).annotate(month=TruncMonth("day"))
    return [
        MonthCell(unit, month, unsur, cell.n, rules.half_up(of.mean, 6), _variance(of))
        for (unit, month), cell in _cells(rows, "unit_id", "month").items()
        for unsur, of in cell.unsur.items()
    ]


@dataclass(frozen=True)
class Measure:
    """One element of a service at one unit over some days; variance of the sample, None for a single answer."""

    service: UUID
    unit: UUID
    unsur: Unsur
    n: int
    mean: float
    variance: float | None


def cells(*, first: date, last: date) -> list[Measure]:
    """Each element of each service at each unit: to compute with, small cells too. Never shown as it is. One query."""
    return [
        Measure(service, unit, unsur, cell.n, float(of.mean), None if of.variance is None else float(of.variance))
        for (service, unit), cell in _cells(_answers(first, last), "service_id", "unit_id").items()
        for unsur, of in cell.unsur.items()
    ]


def _variance(of: Moments) -> Decimal | None:
    return None if of.variance is None else rules.half_up(of.variance, 6)


def _answers(first: date, last: date, *, service: UUID | None = None, unit: UUID | None = None) -> QuerySet[Response]:
    rows = Response.objects.filter(day__range=(first, last))
    rows = rows.filter(service=service) if service else rows
    return rows.filter(unit=unit) if unit else rows


@dataclass(frozen=True)
class Cell:
    """The moments of the answers of one cell."""

    n: int
    total: Moments
    unsur: Mapping[Unsur, Moments]

    @classmethod
    def empty(cls) -> "Cell":
        none = Moments(0, Fraction(0), Fraction(0))
        return cls(0, none, dict.fromkeys(Unsur, none))

    def __add__(self, other: "Cell") -> "Cell":
        both = {unsur: self.unsur[unsur] + other.unsur[unsur] for unsur in Unsur}
        return Cell(self.n + other.n, self.total + other.total, both)


def _cells(rows: QuerySet[Response], *group: str) -> dict[tuple[Any, ...], Cell]:
    """The moments of each group, or of all under ``()``. One query."""
    if not group:
        found = rows.aggregate(**SUMS)
        return {(): _cell(found)} if found["n"] else {}
    return {tuple(row[name] for name in group): _cell(row) for row in rows.values(*group).annotate(**SUMS).order_by()}


def _cell(row: Mapping[str, Any]) -> Cell:
    of = {
        column: Moments(row["n"], Fraction(row[f"sum_{column}"]), Fraction(row[f"squares_{column}"]))
        for column in COLUMNS
    }
    return Cell(row["n"], of["total"], {unsur: of[column] for unsur, column in zip(Unsur, SCORES, strict=True)})


def rulebook(agency: UUID, *, on: date) -> Rulebook:
    """The numbers that hold on a day. One query."""
    found = values((WEIGHTING, BAND_C, BAND_B, BAND_A, SMALLEST), agency=agency, on=on)
    bounds = Bounds(found[BAND_C.key], found[BAND_B.key], found[BAND_A.key])
    return Rulebook(Weighting(found[WEIGHTING.key]), bounds, found[SMALLEST.key])


def _told(
    cells: Mapping[tuple[Any, ...], Cell],
    book: Rulebook,
    *,
    has_total: bool = True,
    also: Iterable[tuple[Any, ...]] = (),
) -> dict[tuple[Any, ...], Ikm]:
    """What may be told of each cell. ``has_total``: all of them together are shown, too. ``also``: hidden anyway."""
    counts, told_elsewhere = {key: cell.n for key, cell in cells.items()}, frozenset(also)
    small = frozenset(key for key, n in counts.items() if n < book.smallest) | (told_elsewhere & counts.keys())
    if has_total and len(cells) > 1:
        small |= hidden(counts, smallest=book.smallest, also=small)
    gone = small
    return {key: _nothing(book, n=cell.n) if key in gone else _ikm(cell, book) for key, cell in cells.items()}


def _ikm(cell: Cell, book: Rulebook) -> Ikm:
    index = rules.measured_index(cell.total, book.weighting)
    means = tuple(UnsurMean(unsur, rules.measured(of, places=3)) for unsur, of in cell.unsur.items())
    return Ikm(cell.n, book.weighting, index, rules.band_of(index.mean, book.bounds), means)


def _nothing(book: Rulebook, *, n: int = 0) -> Ikm:
    return Ikm(n, book.weighting)
