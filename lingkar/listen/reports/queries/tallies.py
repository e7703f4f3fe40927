"""How many reports: by month, unit and district, late, kept, rated; each with the slice that lists exactly its rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When
from django.db.models.functions import TruncDate, TruncMonth

from lingkar.directory.orgs.queries import lineage
from lingkar.foundation.access import Actor
from lingkar.foundation.calendar.queries import calendars
from lingkar.listen.reports import access
from lingkar.listen.reports.access import Action
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.queries.register import BEST, NOWHERE, WORST, Slice, What, begin, condition, within

COUNTED = (What.ANSWERED, What.DECIDED, What.KEPT, What.REOPENED, What.CLOSED, What.SILENT, What.RATED)
STARS = {stars: What(f"nilai-{stars}") for stars in range(WORST, BEST + 1)}
NOW, BEFORE, BETWEEN = "now", "before", "between"


@dataclass
class Sums:
    """How many reports came in, and how many of them answer to each question."""

    received: int = 0
    of: dict[What, int] = field(default_factory=lambda: dict.fromkeys((*COUNTED, *STARS.values()), 0))

    def add(self, row: Mapping[str, Any]) -> None:
        """Add one group of the database."""
        self.received += row["received"]
        for what in self.of:
            self.of[what] += row[what.name]

    def join(self, other: "Sums") -> None:
        """Add other sums."""
        self.received += other.received
        for what in self.of:
            self.of[what] += other.of[what]


@dataclass(frozen=True)
class Bar:
    """A unit or district: what came in during the period and what is late today, with the slices that list both."""

    name: str
    asked: Slice
    sums: Sums
    late: int
    asked_late: Slice


@dataclass(frozen=True)
class Numbers:
    """What a page of numbers says.

    ``before`` and ``waits_before`` are of the same days a year earlier. ``waits``: working days to the first answer →
    how many reports waited so long.
    """

    now: Sums
    before: Sums
    months: Mapping[date, int]
    units: list[Bar]
    districts: list[Bar]
    late: int
    is_open: int
    waits: Mapping[int, int]
    waits_before: Mapping[int, int]


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def numbers(by: Actor, asked: Slice, *, today: date, names: Mapping[str, str]) -> Numbers:
    """Count what ``by`` may see of a slice whose ``since`` and ``until`` are given. Five queries.

    What is open and late is what stands so today, whenever it came in. ``names`` are those of the units by path.
    """
    assert asked.since and asked.until  # noqa: S101, PT018
    seen = access.visible(by).select_related(None).defer(None).order_by()
    both = seen.filter(within(replace(asked, since=year_before(asked.since)))).annotate(part=_part(asked))
    now, before, months, by_unit = Sums(), Sums(), defaultdict[date, int](int), defaultdict[str, Sums](Sums)
    for row in _grouped(both, today):
        months[row["month"].date()] += row["received"]
        if row["part"] == NOW:
            now.add(row)
            by_unit[row["unit__path"]].add(row)
        elif row["part"] == BEFORE:
            before.add(row)
    places = _by_place(seen, asked, today)
    waits = _waits(both, by)
    return Numbers(
        now=now,
        before=before,
        months=months,
        units=_units(asked, by_unit, places, root=asked.path or _only(by), names=names),
        districts=_districts(asked, places),
        late=sum(row["late"] for row in places),
        is_open=sum(row["open"] for row in places),
        waits=waits[NOW],
        waits_before=waits[BEFORE],
    )


def _part(asked: Slice) -> Case:
    """Whether a report belongs to the period, to the same days of the year before, or to neither."""
    assert asked.since and asked.until  # noqa: S101, PT018
    return Case(
        When(received_at__gte=begin(asked.since), then=Value(NOW)),
        When(received_at__lt=begin(year_before(asked.until) + timedelta(days=1)), then=Value(BEFORE)),
        default=Value(BETWEEN),
    )


def _grouped(rows: QuerySet[Report], today: date) -> Iterable[Mapping[str, Any]]:
    counts = {what.name: Count("pk", filter=condition(what, today=today)) for what in (*COUNTED, *STARS.values())}
    found = rows.annotate(month=TruncMonth("received_at")).values("unit__path", "month", "part")
    return found.annotate(received=Count("pk"), **counts)


def _by_place(seen: QuerySet[Report], asked: Slice, today: date) -> list[Mapping[str, Any]]:
    """What came in during the period, and what is open and late today, by unit and place."""
    came, is_open = within(asked), condition(What.OPEN, today=today)
    rows = seen.filter(within(replace(asked, since=None, until=None)), came | is_open)
    place = ("place", "place__name", "place__parent", "place__parent__name")
    return list(
        rows.values("unit__path", *place).annotate(
            received=Count("pk", filter=came),
            open=Count("pk", filter=is_open),
            late=Count("pk", filter=condition(What.LATE, today=today)),
        )
    )


def _waits(both: "QuerySet[Any]", by: Actor) -> dict[str, dict[int, int]]:
    """Working days to the first answer, counted in each unit's own calendar."""
    weeks = calendars(by.agency)
    rows = both.filter(condition(What.ANSWERED, today=date.max)).values("part", "unit__work_week")
    days = rows.annotate(came=TruncDate("received_at"), went=TruncDate("first_answered_at")).annotate(many=Count("pk"))
    found: dict[str, dict[int, int]] = {part: defaultdict(int) for part in (NOW, BEFORE, BETWEEN)}
    known: dict[tuple[Any, date, date], int] = {}
    for row in days:
        key = (row["unit__work_week"], row["came"], row["went"])
        if key not in known:
            known[key] = weeks[key[0]].between(key[1], key[2])
        found[row["part"]][known[key]] += row["many"]
    return found


def _units(
    asked: Slice, by_unit: Mapping[str, Sums], places: list[Mapping[str, Any]], *, root: str, names: Mapping[str, str]
) -> list[Bar]:
    """Bars of the units right below ``root``, each with all below it, and of ``root`` itself alone."""
    sums, late = defaultdict[str, Sums](Sums), defaultdict[str, int](int)
    for path, found in by_unit.items():
        sums[_below(path, root)].join(found)
    for row in places:
        late[_below(row["unit__path"], root)] += row["late"]
    made = [
        _bar(names.get(path, path), replace(asked, path=path, alone=path == root), sums[path], late[path])
        for path in {**sums, **late}
    ]
    return _in_order(made)


def _only(by: Actor) -> str:
    """The path of the one unit over which ``by`` sees reports; "" for several or the whole agency."""
    paths = by.paths(Action.VIEW)
    return paths[0] if len(paths) == 1 else ""


def _below(path: str, root: str) -> str:
    """The unit right below ``root`` in which ``path`` lies; ``root`` itself for its own."""
    return next((top for top in lineage(path) if len(top) > len(root)), path) if path.startswith(root) else path


def _districts(asked: Slice, places: list[Mapping[str, Any]]) -> list[Bar]:
    sums, late, names = defaultdict[str, Sums](Sums), defaultdict[str, int](int), dict[str, str]()
    for row in places:
        key = str(row["place__parent"] or row["place"] or NOWHERE)
        names[key] = row["place__parent__name"] or row["place__name"] or ""
        sums[key].received += row["received"]
        late[key] += row["late"]
    return _in_order(_bar(names[key], replace(asked, district=key), sums[key], late[key]) for key in sums)


def _in_order(bars: Iterable[Bar]) -> list[Bar]:
    """Those with something to tell, the longest first."""
    return sorted(
        (bar for bar in bars if bar.sums.received or bar.late), key=lambda bar: (-bar.sums.received, bar.name)
    )


def _bar(name: str, asked: Slice, sums: Sums, late: int) -> Bar:
    return Bar(name, asked, sums, late, replace(asked, since=None, until=None, what=What.LATE))
