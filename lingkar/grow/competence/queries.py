"""What is asked of people, what was found of them, and what lies between."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import mean
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import queries as people
from lingkar.directory.people.models import Status
from lingkar.foundation.access import Actor, Forbidden, Unseen
from lingkar.foundation.parameters.queries import values
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.grow.competence import access, rules
from lingkar.grow.competence.access import Action
from lingkar.grow.competence.models import Assessment, AssessmentKind, Competency
from lingkar.grow.competence.parameters import CAPPED, FAIR, NUMBERS, OPTIMAL, SMALLEST_GROUP
from lingkar.grow.competence.rules import Found, Gap, GroupGap, Match

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit
    from lingkar.directory.people.models import Person

MEASURED_FIRST = Case(When(kind=AssessmentKind.MEASURED, then=Value(0)), default=Value(1), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Entry:
    """A competency as pages read it."""

    id: UUID
    code: str
    name: str
    kind: str
    meaning: str
    levels: list[str]
    source: str

    def level(self, number: int | None) -> str:
        """What a level asks for; "" for none."""
        return self.levels[number - 1] if number and number <= len(self.levels) else ""


def dictionary() -> list[Entry]:
    """Every competency of the agency with its levels, in the order of the regulation. One query."""
    return _dictionary()


@prepared
def _dictionary() -> "QuerySet[Competency, Entry]":
    return plain(Competency.objects.order_by("order", "code"), Entry)


def names() -> dict[str, str]:
    """The name of each competency by code."""
    return dict(Competency.objects.order_by("order", "code").values_list("code", "name"))


def standards_of(persons: Collection[UUID], *, day: date) -> dict[UUID, dict[str, int]]:
    """The level that each competency must have for these people on ``day``: the profile of the position of their main
    placement. People without a position, or whose position has no standard, are left out. Three queries.
    """
    posts = people.placements_on(day).filter(person__in=list(persons), is_main=True, position__isnull=False)
    held: dict[UUID, UUID] = dict(posts.order_by().values_list("person", "position"))
    profiles = orgs.profiles_of(set(held.values()), day)
    return {person: profiles[position] for person, position in held.items() if profiles.get(position)}


def found_of(persons: Collection[UUID], *, day: date) -> dict[UUID, dict[str, Found]]:
    """What counts on ``day`` by person and competency: the last measured level that is still valid, before the last
    of the line manager. What people say of themselves is not in it. One query.
    """
    rows = Assessment.objects.filter(person__in=list(persons), on__lte=day, valid_until__gte=day)
    rows = rows.exclude(kind=AssessmentKind.SELF).order_by("person_id", "competency_id", MEASURED_FIRST, "-on")
    found: dict[UUID, dict[str, Found]] = {}
    rows = rows.distinct("person_id", "competency_id")
    for person, code, level, kind, on in rows.values_list("person", "competency__code", "level", "kind", "on"):
        found.setdefault(person, {})[code] = Found(level, kind, on)
    return found


def own_view_of(person: UUID, *, day: date) -> dict[str, Found]:
    """What somebody said last of themselves, by competency; still valid on ``day``."""
    rows = Assessment.objects.filter(person=person, kind=AssessmentKind.SELF, on__lte=day, valid_until__gte=day)
    rows = rows.order_by("competency_id", "-on").distinct("competency_id")
    told = rows.values_list("competency__code", "level", "kind", "on")
    return {code: Found(level, kind, on) for code, level, kind, on in told}


def all_gaps(persons: Collection[UUID], *, day: date) -> dict[UUID, tuple[Gap, ...]]:
    """The gaps of these people on ``day``; people without a standard are left out. Four queries, however many."""
    profiles, found = standards_of(persons, day=day), found_of(persons, day=day)
    return {person: rules.gaps(profile, found.get(person, {})) for person, profile in profiles.items()}


def gaps_of(person: UUID, day: date) -> tuple[Gap, ...]:
    """The gaps of one person, in the order of the regulation; () without a standard. For modules above, which have
    asked who may know; pages ask ``gaps_seen_by``.
    """
    return all_gaps([person], day=day).get(person, ())


def gaps_of_many(persons: Collection[UUID], day: date) -> dict[UUID, dict[str, int | None]]:
    """The gap of each person in each competency asked of them (None: nothing was found yet), by code. People without a
    standard are left out. For modules above, which have asked who may know. Four queries for 20,000 people.
    """
    return {who: {row.competency: row.gap for row in rows} for who, rows in all_gaps(persons, day=day).items()}


@dataclass(frozen=True)
class Numbers:
    """The parameters of a day."""

    capped: bool
    optimal: Decimal
    fair: Decimal
    smallest: int

    @classmethod
    def on(cls, agency: UUID, day: date) -> "Numbers":
        told = values(NUMBERS, agency=agency, on=day)
        return cls(told[CAPPED.key], told[OPTIMAL.key], told[FAIR.key], told[SMALLEST_GROUP.key])

    def match(self, rows: Iterable[Gap]) -> Match:
        return rules.match(rows, capped=self.capped, optimal=self.optimal, fair=self.fair)


def jpm_of(person: UUID, day: date, *, agency: UUID) -> Match:
    """The JPM of one person with its band; no value while a competency of the standard was not assessed."""
    return Numbers.on(agency, day).match(gaps_of(person, day))


@dataclass(frozen=True)
class Standing:
    """Somebody's gaps as a page shows them: None of anything where the position has no standard."""

    person: "Person"
    gaps: tuple[Gap, ...]
    match: Match
    own: Mapping[str, Found]
    is_self: bool


def gaps_seen_by(by: Actor, person: UUID, *, day: date) -> Standing:
    """Somebody's gaps and JPM for a viewer who may see them; ``Unseen`` (404) for everybody else."""
    found = access.visible(by).filter(pk=person).first()
    if found is None:
        raise Unseen
    is_self = access.is_oneself(by, found)
    rows = gaps_of(person, day)
    own = own_view_of(person, day=day) if is_self else {}
    return Standing(found, rows, Numbers.on(by.agency, day).match(rows), own, is_self)


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a team, as the list of their line manager reads it."""

    id: UUID
    name: str
    kind: str


def team(by: Actor, *, path: str = "", words: str = "") -> "QuerySet[Person, Member]":
    """The people whom ``by`` assesses, by name: those of the units they lead, never oneself."""
    access.demand(by, Action.ASSESS)
    rows = access.people_below(by, Action.ASSESS).exclude(account=by.person or access.NOBODY)
    if path:
        rows = rows.filter(pk__in=people.serving((path,)).values("pk"))
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    return plain(rows.order_by("name", "pk"), Member)


def person_to_assess(by: Actor, person: UUID) -> "Person":
    """Somebody whom ``by`` may assess as their line manager; 404 unseen, 403 for others and for oneself."""
    found = access.fetch(by, person, Action.ASSESS)
    if access.is_oneself(by, found):
        raise Forbidden
    return found


@dataclass(frozen=True)
class UnitStanding:
    """The means of a unit and all below it: by competency, and how well its people fit on the whole."""

    people: int
    with_standard: int
    gaps: tuple[GroupGap, ...]
    matched: int | None
    match: Decimal | None
    band: "rules.Band | None"


def unit_gaps(by: Actor, unit: UUID, *, day: date) -> tuple[GroupGap, ...]:
    """Mean gap and coverage by competency, of a unit and all below it; groups under the smallest size are hidden."""
    return unit_standing(by, unit, day=day).gaps


def unit_standing(by: Actor, unit: UUID, *, day: date) -> UnitStanding:
    """Everything that is shown of a unit. ``Unseen`` for who may not see its means. Few queries for 20,000 people."""
    found = orgs.unit_of(unit)
    if found is None or not access.sees_means(by, found.path):
        raise Unseen
    return _standing_of(by.agency, found, day)


def _standing_of(agency: UUID, unit: "Unit", day: date) -> UnitStanding:
    persons = staff_of(unit.path, day=day)
    numbers, gaps = Numbers.on(agency, day), all_gaps(persons, day=day)
    by_code: dict[str, list[int | None]] = {}
    for rows in gaps.values():
        for row in rows:
            by_code.setdefault(row.competency, []).append(row.gap)
    means = tuple(rules.group_gap(code, rows, smallest=numbers.smallest) for code, rows in by_code.items())
    matches = [value for rows in gaps.values() if (value := numbers.match(rows).value) is not None]
    if len(matches) < numbers.smallest:
        return UnitStanding(len(persons), len(gaps), means, None, None, None)
    value = rules.half_up(mean(matches))
    band = rules.band(value, optimal=numbers.optimal, fair=numbers.fair)
    return UnitStanding(len(persons), len(gaps), means, len(matches), value, band)


def staff_of(path: str, *, day: date) -> list[UUID]:
    """Everybody with a main placement at a unit's path and below it on ``day``; "" is the whole agency."""
    rows = people.placements_on(day).filter(is_main=True, person__status=Status.ACTIVE)
    rows = rows.filter(unit__path__startswith=path) if path else rows
    return list(rows.order_by().values_list("person", flat=True))


@dataclass(frozen=True, slots=True)
class Finding:
    """One assessment, as its history shows it."""

    on: date
    kind: str
    level: int
    valid_until: date
    competency: str = column("competency__name")


def history_of(by: Actor, person: UUID) -> "QuerySet[Assessment, Any]":
    """Everything that was found of somebody, newest first; what they said of themselves is for them alone."""
    if not access.visible(by).filter(pk=person).exists():
        raise Unseen
    rows = Assessment.objects.filter(person=person).order_by("-on", "competency__order", "kind")
    if not people_self(by, person):
        rows = rows.exclude(kind=AssessmentKind.SELF)
    return plain(rows, Finding)


def people_self(by: Actor, person: UUID) -> bool:
    """Whether ``person`` is the one behind the account that asks."""
    return by.person is not None and access.visible(by).filter(pk=person, account=by.person).exists()
