"""What is asked of people, what was found of them, and what lies between."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import queries as people
from lingkar.foundation.access import NOBODY, Actor, Unseen
from lingkar.foundation.parameters.queries import values
from lingkar.foundation.privacy.cells import told_groups
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.grow.competence import access, rules
from lingkar.grow.competence.access import Action
from lingkar.grow.competence.dictionary import shipped
from lingkar.grow.competence.models import Assessment, AssessmentKind, Competency
from lingkar.grow.competence.parameters import CAPPED, FAIR, NUMBERS, OPTIMAL, SMALLEST_GROUP
from lingkar.grow.competence.rules import Found, Gap, GroupGap, Match

if TYPE_CHECKING:
    from lingkar.directory.people.models import Person


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


CODES = tuple(row.code for row in shipped())
"""Codes of the competencies that ship: what a profile of a position may ask for, and a cause may name."""


def names() -> dict[str, str]:
    """The name of each competency by code; those that ship where the agency has none of its own yet."""
    return dict(_names()) or {row.code: row.name for row in shipped()}


@prepared
def _names() -> "QuerySet[Competency, Any]":
    return Competency.objects.order_by("order", "code").values_list("code", "name")


@dataclass(frozen=True)
class Seen:
    """What one question tells of somebody: the post, what it asks for, what was found, what they said themselves."""

    title: str
    unit: str
    profile: Mapping[str, int]
    gaps: tuple[Gap, ...]
    own: Mapping[str, Found]


def look(persons: "QuerySet[Person]", *, day: date) -> "tuple[dict[UUID, Seen], Numbers | None]":
    """Everything about these people on ``day``, with two statements however many they are; and the numbers in force.

    Of what was found counts the last measured level that is still valid, before the last of the line manager. What
    people say of themselves stands apart. The base of every question here; it asks nobody for permission.
    """
    return _look(list(_told(persons, day)), day)


def look_at_own(account: UUID, *, day: date) -> "tuple[dict[UUID, Seen], Numbers | None]":
    """The same of the person behind an account."""
    return _look(_own(account=account, day=day), day)


@prepared
def _own(*, account: UUID, day: date) -> "QuerySet[Person, tuple[Any, ...]]":
    return _told(people.serving((), account=account), day)


def _look(rows: Sequence[tuple[Any, ...]], day: date) -> "tuple[dict[UUID, Seen], Numbers | None]":
    if not rows:
        return {}, None
    told = values((*NUMBERS, *orgs.PROFILE_KEYS), agency=rows[0][1], on=day)
    return {pk: _seen(post, state, found, told) for pk, _, post, state, found in rows}, Numbers.of(told)


def _told(persons: "QuerySet[Person]", day: date) -> "QuerySet[Person, tuple[Any, ...]]":
    """Id, agency, main post, facts of its position, and every assessment that is valid, newest first."""
    main = people.placements_on(day).filter(is_main=True).order_by("-valid_from")
    post = main.filter(person=OuterRef("pk")).values(told=JSONObject(title="title", unit="unit__name"))
    held = main.filter(person=OuterRef(OuterRef("pk"))).order_by().values("position")
    state = orgs.position_states_on(day).filter(position__in=held).order_by()
    state_told = state.values(told=JSONObject(kind="kind", level="level", profile="profile"))
    found = Assessment.objects.filter(person=OuterRef("pk"), on__lte=day, valid_until__gte=day).order_by("-on")
    found_told = found.values(told=JSONObject(code="competency__code", level="level", kind="kind", on="on"))
    rows = persons.annotate(post=Subquery(post[:1]), state=Subquery(state_told[:1]), found=ArraySubquery(found_told))
    return rows.values_list("pk", "agency", "post", "state", "found")


def _seen(post: Any, state: Any, found: list[Any], told: Mapping[str, Any]) -> Seen:
    profile = orgs.profile_from(state["kind"], state["level"], state["profile"], told) if state else {}
    counted, own = _counted(found)
    post = post or {"title": "", "unit": ""}
    return Seen(post["title"], post["unit"], profile, rules.gaps(profile, counted), own)


def _counted(found: list[Any]) -> tuple[dict[str, Found], dict[str, Found]]:
    """What counts by competency, and what was said of oneself; ``found`` is newest first."""
    by_kind: dict[str, dict[str, Found]] = {kind: {} for kind in AssessmentKind.values}
    for row in found:
        by_kind[row["kind"]].setdefault(row["code"], Found(row["level"], row["kind"], date.fromisoformat(row["on"])))
    return by_kind[AssessmentKind.MANAGER] | by_kind[AssessmentKind.MEASURED], by_kind[AssessmentKind.SELF]


def standards_of(persons: Collection[UUID], *, day: date) -> dict[UUID, Mapping[str, int]]:
    """The level that each competency must have for these people on ``day``: the profile of the position of their main
    placement. People without a position, or whose position has no standard, are left out.
    """
    seen, _ = look(people.serving().filter(pk__in=list(persons)), day=day)
    return {person: row.profile for person, row in seen.items() if row.profile}


def own_view_of(person: UUID, *, day: date) -> Mapping[str, Found]:
    """What somebody said last of themselves, by competency; still valid on ``day``."""
    seen, _ = look(people.serving().filter(pk=person), day=day)
    return seen[person].own if person in seen else {}


def all_gaps(persons: Collection[UUID], *, day: date) -> dict[UUID, tuple[Gap, ...]]:
    """The gaps of these people on ``day``; people without a standard are left out. Two statements, however many."""
    seen, _ = look(people.serving().filter(pk__in=list(persons)), day=day)
    return {person: row.gaps for person, row in seen.items() if row.gaps}


def gaps_of(person: UUID, day: date) -> tuple[Gap, ...]:
    """The gaps of one person, in the order of the regulation; () without a standard. For modules above, which have
    asked who may know; pages ask ``gaps_seen_by``.
    """
    return all_gaps([person], day=day).get(person, ())


def gaps_of_many(persons: Collection[UUID], day: date) -> dict[UUID, dict[str, int | None]]:
    """The gap of each person in each competency asked of them (None: nothing was found yet), by code. People without a
    standard are left out. For modules above, which have asked who may know. Two statements for 20,000 people.
    """
    return {who: {row.competency: row.gap for row in rows} for who, rows in all_gaps(persons, day=day).items()}


def group_gaps(groups: Mapping[UUID, Collection[UUID]], *, agency: UUID, day: date) -> dict[UUID, tuple[GroupGap, ...]]:
    """The mean gap of each group of people in each competency asked of them. Hidden are those of small groups, and
    those from which taking other groups off, that are told, would leave few. Three statements, however many groups. For
    modules above, which have asked who may know.
    """
    gaps = gaps_of_many({person for members in groups.values() for person in members}, day)
    smallest = Numbers.on(agency, day).smallest
    found: dict[UUID, list[GroupGap]] = {group: [] for group in groups}
    for code in sorted({code for asked in gaps.values() for code in asked}):
        asked = {group: [who for who in members if code in gaps.get(who, {})] for group, members in groups.items()}
        known = {group: frozenset(w for w in who if gaps[w][code] is not None) for group, who in asked.items()}
        told, _all = told_groups(known, frozenset(), smallest=smallest)
        for group, who in asked.items():
            if who:
                least = smallest if group in told else None
                found[group].append(rules.group_gap(code, [gaps[one][code] for one in who], smallest=least))
    return {group: tuple(rows) for group, rows in found.items()}


@dataclass(frozen=True)
class Numbers:
    """The parameters of a day."""

    capped: bool
    optimal: Decimal
    fair: Decimal
    smallest: int

    @classmethod
    def on(cls, agency: UUID, day: date) -> "Numbers":
        return cls.of(values(NUMBERS, agency=agency, on=day))

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Numbers":
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
    return standing_of(by, found, day=day)


def standing_of(by: Actor, person: "Person", *, day: date) -> Standing:
    """The same for somebody who was fetched already."""
    seen, numbers = look(people.serving().filter(pk=person.pk), day=day)
    is_self = access.is_oneself(by, person)
    row = seen.get(person.pk)
    if row is None or numbers is None:
        return Standing(person, (), rules.Match(None, None, 0, 0), {}, is_self)
    return Standing(person, row.gaps, numbers.match(row.gaps), row.own if is_self else {}, is_self)


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a team, as the list of their line manager reads it."""

    id: UUID
    name: str
    kind: str


def team(by: Actor, *, path: str = "", words: str = "") -> "QuerySet[Person, Member]":
    """The people whom ``by`` assesses, by name: those of the units they lead, never oneself."""
    access.demand(by, Action.ASSESS)
    rows = access.people_below(by, Action.ASSESS).exclude(account=by.person or NOBODY)
    if path:
        rows = rows.filter(pk__in=people.serving((path,)).values("pk"))
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    return plain(rows.order_by("name", "pk"), Member)


def members(by: Actor, persons: Collection[UUID], *, day: date) -> dict[UUID, Seen]:
    """What the list of a team tells of these people: post and gaps, of those whom ``by`` assesses."""
    return look(access.people_below(by, Action.ASSESS).filter(pk__in=list(persons)), day=day)[0]


def person_to_assess(by: Actor, person: UUID) -> "Person":
    """Somebody whom ``by`` may assess as their line manager; ``Unseen`` (404) for others and for oneself."""
    found = access.people_below(by, Action.ASSESS).filter(pk=person).first()
    if found is None or access.is_oneself(by, found):
        raise Unseen
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
    found = orgs.unit_of(unit)
    if found is None:
        raise Unseen
    return unit_standing(by, found.path, day=day).gaps


def unit_standing(by: Actor, path: str, *, day: date) -> UnitStanding:
    """Everything that is shown of the unit at ``path`` with all below it; ``Unseen`` for who may not see its means.

    What is told of one unit follows from what is told of all in the same office, whoever asks: an office less its
    sections shall not leave the mean of a few (``privacy.cells``). Three statements for 20,000 people.
    """
    if not access.sees_means(by, path):
        raise Unseen
    office = path.partition(".")[0] + "."
    seen, numbers = look(people.serving((office,)), day=day)
    if numbers is None:
        return UnitStanding(0, 0, (), None, None, None)
    crews = _crews(seen, office, day)
    here = {who: seen[who] for who in crews.get(path, frozenset())}
    gaps = [row.gaps for row in here.values() if row.gaps]
    known: dict[str, set[UUID]] = {}
    for who, row in seen.items():
        for gap in row.gaps:
            known.setdefault(gap.competency, set()).update([who] if gap.gap is not None else [])
    by_code: dict[str, list[int | None]] = {}
    for gap in (gap for rows in gaps for gap in rows):
        by_code.setdefault(gap.competency, []).append(gap.gap)
    means = tuple(
        rules.group_gap(code, rows, smallest=numbers.smallest if _told_of(path, crews, known[code], numbers) else None)
        for code, rows in by_code.items()
    )
    values_of = {who: value for who, row in seen.items() if row.gaps and (value := numbers.match(row.gaps).value)}
    matches = [values_of[who] for who in here if who in values_of]
    if not _told_of(path, crews, set(values_of), numbers):
        return UnitStanding(len(here), len(gaps), means, None, None, None)
    value = rules.half_up(sum(matches, Decimal(0)) / len(matches))
    band = rules.band(value, optimal=numbers.optimal, fair=numbers.fair)
    return UnitStanding(len(here), len(gaps), means, len(matches), value, band)


def _crews(seen: Mapping[UUID, Seen], office: str, day: date) -> dict[str, frozenset[UUID]]:
    """Who works in each unit of an office and below it, by the path of the unit."""
    rows = people.placements_on(day).filter(is_main=True, unit__path__startswith=office).order_by("valid_from")
    paths = dict(rows.values_list("person", "unit__path"))
    crews: dict[str, set[UUID]] = {}
    for who in seen:
        steps = paths.get(who, office).rstrip(".").split(".")
        for depth in range(1, len(steps) + 1):
            crews.setdefault(".".join(steps[:depth]) + ".", set()).add(who)
    return {path: frozenset(crew) for path, crew in crews.items()}


def _told_of(path: str, crews: Mapping[str, frozenset[UUID]], known: Collection[UUID], numbers: Numbers) -> bool:
    """Whether a mean of those of whom something is known may be told of the unit at ``path``."""
    groups = {unit: crew & frozenset(known) for unit, crew in crews.items()}
    return path in told_groups(groups, frozenset(), smallest=numbers.smallest)[0]


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
