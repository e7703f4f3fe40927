"""Who serves the agency, where, and what each viewer may know of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When

from lingkar.directory.people import access
from lingkar.directory.people.access import Action
from lingkar.directory.people.models import Account, Person, Placement, Status
from lingkar.directory.people.rules import numbers
from lingkar.directory.people.rules.persons import PersonFacts
from lingkar.foundation.access import Actor, Forbidden, Unseen
from lingkar.foundation.search.queries import asked, named
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.queries import every_agency

if TYPE_CHECKING:
    from lingkar.foundation.search.rules import Asked


@dataclass(frozen=True)
class Filters:
    """Which people are asked for; "" is any. ``path`` is a unit's tree path and reaches everything below it."""

    words: str = ""
    path: str = ""
    kind: str = ""
    golongan: str = ""
    status: str = ""


def placements_on(day: date) -> QuerySet[Placement]:
    """Every placement that holds on ``day``, the main one of a person first."""
    rows = Placement.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    return rows.select_related("unit", "position").order_by("-is_main", "valid_from", "pk")


def people_in(by: Actor, filters: Filters = Filters(), *, day: date) -> QuerySet[Person]:
    """People that ``by`` may know of, each with ``placed``: where they work on ``day``. By name; slice it.

    ``is_kept`` says whose record ``by`` keeps: of others no more is shown than name and work.

    Words find names although they are spelt otherwise, closest first, and for those who keep records the beginning of
    a NIP. Kind, grade and status are asked for by those who keep records; for others these filters find nobody.
    """
    placed = Prefetch("placements", placements_on(day), to_attr="placed")
    rows = _asked_for(by, filters, day).prefetch_related(placed)  # type: ignore[no-redef]  # declared on Person
    return _called(rows, filters.words, by)


def _asked_for(by: Actor, filters: Filters, day: date) -> QuerySet[Person]:
    """People that ``by`` may know of and that the filters leave, whatever their name, with ``is_kept``."""
    rows = access.PersonPolicy().visible(by)
    told = {name: value for name in ("kind", "golongan", "status") if (value := getattr(filters, name))}
    if told and not access.keeps_records(by):
        return rows.none()
    rows = rows.filter(**told) if "status" in told else rows.filter(status=Status.ACTIVE, **told)
    if told:
        rows = rows.filter(access.kept_by(by))
    if filters.path:
        rows = rows.filter(_placed(day, Q(unit__path__startswith=filters.path)))
    return rows.annotate(is_kept=_is_kept(by))


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody as the list shows them; see ``people_in`` for ``is_kept``."""

    id: UUID
    name: str
    kind: str
    golongan: str
    is_kept: bool


def people_lines(by: Actor, filters: Filters, *, day: date) -> "QuerySet[Person, Any]":
    """The people of ``people_in`` as the list shows them, without where they work (``posts_of``).

    A search by several words joins two questions, which Django reads as whole rows only; they say the same.
    """
    rows = _called(_asked_for(by, filters, day), filters.words, by)
    return rows if rows.query.combinator else plain(rows, PersonLine)


@dataclass(frozen=True, slots=True)
class Post:
    """Where somebody works, as a list names it."""

    person_id: UUID
    title: str
    unit: str = column("unit__name")


def posts_of(persons: Iterable[UUID], *, day: date) -> dict[UUID, Post]:
    """Where each of these people works on ``day``: the main post, else the first of the others. One query."""
    found: dict[UUID, Post] = {}
    for post in plain(placements_on(day).filter(person__in=list(persons)), Post):
        found.setdefault(post.person_id, post)
    return found


def _is_kept(by: Actor) -> Case | Value:
    """Whether ``by`` keeps the record of a row."""
    if access.keeps_records(by, ""):
        return Value(True)
    return Case(When(access.kept_by(by), then=Value(True)), default=Value(False))


def _called(rows: QuerySet[Person], words: str, by: Actor) -> QuerySet[Person]:
    """Those with this name, or with a NIP that begins so; all of them, by name, when nothing is asked for."""
    number = numbers.bare(words)
    if number.isdecimal() and len(number) >= SHORTEST_NUMBER:
        known = rows.filter(access.kept_by(by), nip__startswith=number) if access.keeps_records(by) else rows.none()
        return known.order_by("name", "pk")
    if not words.strip():
        return rows.order_by("name", "pk")
    found: QuerySet[Person] = named(rows, asked(words))
    return found


SHORTEST_NUMBER = 4


def _placed(day: date, where: Q) -> Exists:
    return Exists(
        Placement.objects.filter(
            where, Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, person=OuterRef("pk")
        )
    )


def search(by: Actor, question: "Asked", limit: int, *, day: date) -> list[Person]:
    """The first people with such a name whom ``by`` may know of, each with ``placed``. For the search of the house."""
    placed = Prefetch("placements", placements_on(day), to_attr="placed")
    rows = access.PersonPolicy().visible(by).filter(status=Status.ACTIVE)
    rows = rows.prefetch_related(placed)  # type: ignore[no-redef]  # declared on Person
    return list(named(rows, question)[:limit])


@dataclass(frozen=True)
class PersonSeen:
    """Somebody as one viewer may see them: ``facts`` and ``history`` are for oneself and for who keeps records."""

    person: UUID
    name: str
    status: str
    placed: tuple[Placement, ...]
    is_self: bool
    may_change: bool
    may_link: bool
    facts: Person | None
    history: tuple[Placement, ...]


def person_seen_by(by: Actor, person: UUID, *, day: date) -> PersonSeen:
    """One person; ``Unseen`` where ``by`` may not know of them."""
    rows = Prefetch("placements", Placement.objects.select_related("unit", "position").order_by("-valid_from", "pk"))
    found = access.PersonPolicy().visible(by).filter(pk=person).prefetch_related(rows).first()
    if found is None:
        raise Unseen
    is_self = by.person is not None and found.account_id == by.person
    may = access.PersonPolicy().allows(by, Action.RECORDS, found)
    history = tuple(found.placements.all())
    placed = tuple(row for row in history if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day))
    full = is_self or may
    return PersonSeen(
        person=found.pk,
        name=found.name,
        status=found.status if full else Status.ACTIVE,
        placed=tuple(sorted(placed, key=lambda row: not row.is_main)),
        is_self=is_self,
        may_change=may and not is_self,
        may_link=may and not is_self and by.may(Action.ACCOUNT),
        facts=found if full else None,
        history=history if full else (),
    )


def account_of(by: Actor, person: UUID) -> Account | None:
    """With which account somebody signs in, for whoever looks after accounts."""
    if not by.may(Action.ACCOUNT):
        raise Forbidden
    return Account.objects.filter(agency=by.agency, holder=person).first()


def person_to_change(by: Actor, person: UUID, *, day: date) -> PersonSeen:
    """One person for somebody who may change the record; ``Forbidden`` for others and for oneself."""
    seen = person_seen_by(by, person, day=day)
    if not seen.may_change:
        raise Forbidden
    return seen


def placed_in(unit: UUID, *, day: date) -> QuerySet[Placement]:
    """Who works in a unit itself (not below it) on ``day``, by name."""
    rows = placements_on(day).filter(unit=unit, person__status=Status.ACTIVE, person__erased_at__isnull=True)
    return rows.select_related("person", "unit", "position").order_by("person__name", "pk")


def leader_of(unit: UUID, *, day: date) -> Placement | None:
    """Who leads a unit on ``day``: the holder of its leading position, else who acts for one; or nobody."""
    return leaders_of([unit], day=day).get(unit)


def leaders_of(units: Iterable[UUID], *, day: date) -> dict[UUID, Placement]:
    """Who leads each of these units on ``day``; units that nobody leads are left out. One query."""
    rows = placements_on(day).filter(unit__in=set(units), position__leads=True, person__status=Status.ACTIVE)
    found: dict[UUID, Placement] = {}
    for row in rows.select_related("person", "unit", "position"):
        found.setdefault(row.unit_id, row)
    return found


def counted_in(units: Iterable[UUID], *, day: date) -> dict[UUID, int]:
    """How many people have their main placement in each of these units on ``day``; units without any are left out."""
    rows = placements_on(day).filter(unit__in=set(units), is_main=True, person__status=Status.ACTIVE)
    units_of = sorted(rows.order_by().values_list("unit", flat=True))
    return {unit: len(list(group)) for unit, group in groupby(units_of)}


def serving(tops: Iterable[str] = ("",), *, account: UUID | None = None) -> QuerySet[Person]:
    """Who serves the agency in units below these tree paths ("": anywhere), by the newest main placement; with
    ``account`` also the person behind it. Asks nobody for permission: the base of what a module above shows of people.
    """
    rows = Person.objects.filter(status=Status.ACTIVE, erased_at__isnull=True)
    paths = tuple(tops)
    if "" in paths:
        return rows
    own = Q(account=account) if account else Q(pk__in=[])
    if not paths:
        return rows.filter(own)
    newest = Placement.objects.filter(person=OuterRef(OuterRef("pk")), is_main=True).order_by("-valid_from")
    below = Placement.objects.filter(access.within(paths, "unit__path"), pk=Subquery(newest.values("pk")[:1]))
    return rows.filter(Q(Exists(below)) | own)


def person_of(account: UUID) -> Person | None:
    """The person behind an account, or nobody."""
    return Person.objects.filter(account=account).first()


def by_nip(by: Actor, nips: Iterable[str]) -> dict[str, Person]:
    """People of one's own agency by NIP, for who keeps records: the file against what is known."""
    access.demand_records(by)
    rows = access.PersonPolicy().visible(by).filter(nip__one_of=set(nips))
    return {str(row.nip): row for row in rows}


def taken_nips(nips: Iterable[str]) -> set[str]:
    """Which of these numbers somebody has, anywhere in the installation. Says nothing about whom or where."""
    with every_agency():
        return {str(nip) for nip in Person.objects.filter(nip__one_of=set(nips)).values_list("nip", flat=True)}


def facts_of(person: Person) -> PersonFacts:
    """What is told about somebody, in the form in which it is changed."""
    return PersonFacts(
        kind=person.kind,
        name=person.name,
        nip=person.nip or "",
        birth_place=person.birth_place,
        birth_date=person.birth_date,
        sex=person.sex,
        golongan=person.golongan,
        education=person.education,
        email=person.email,
        phone=person.phone,
        institution=person.institution,
    )
