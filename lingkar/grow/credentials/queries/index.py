"""The IP ASN of people, with the points that learning could still add."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lingkar.directory.orgs.models import PositionKind
from lingkar.directory.people import queries as people
from lingkar.directory.people.models import PersonKind
from lingkar.foundation.access import Actor
from lingkar.foundation.parameters.queries import values
from lingkar.grow.credentials import access
from lingkar.grow.credentials.models import Discipline, Form, JpEntry, Rating
from lingkar.grow.credentials.parameters import (
    DISCIPLINE_YEARS,
    HOURS_YEARS,
    INDEX_SPECS,
    SEMINAR_YEARS,
    numbers_of,
)
from lingkar.grow.credentials.queries.hours import hours_since
from lingkar.grow.credentials.rules import index
from lingkar.grow.credentials.rules.index import Available, Facts, Group, Index

if TYPE_CHECKING:
    from lingkar.directory.people.models import Person

GROUPS: dict[str, Group] = {
    PositionKind.FUNCTIONAL: Group.FUNCTIONAL,
    PositionKind.EXECUTIVE: Group.EXECUTIVE,
    **dict.fromkeys(
        (PositionKind.JPT_UTAMA, PositionKind.JPT_MADYA, PositionKind.JPT_PRATAMA, PositionKind.ADMINISTRATOR,
         PositionKind.SUPERVISOR),
        Group.STRUCTURAL,
    ),
}  # fmt: skip
COUNTED = (PersonKind.PNS, PersonKind.PPPK)
"""Candidates, part-time staff and people from outside have no index."""
DIKLAT = {Group.STRUCTURAL: Form.B1, Group.FUNCTIONAL: Form.B4}
SEMINARS = {
    Group.STRUCTURAL: (Form.B6, Form.B7, Form.B11),
    Group.FUNCTIONAL: (Form.B6, Form.B7, Form.B11),
    Group.EXECUTIVE: (Form.B6, Form.B7, Form.B8, Form.B11, Form.C11),
}
"""What counts as seminar: for executives also a course and an internship."""
RATING_YEARS = 2
"""A predicate of the year before last still tells; an older one does not."""


def ip_asn_of(person: UUID, day: date) -> Index | None:
    """The IP ASN of one person; None for who has none (candidates, part-time, from outside)."""
    return ip_asn_of_many([person], day).get(person)


def points_available(person: UUID, day: date) -> tuple[Available, ...]:
    """What learning could still add to the IP ASN of somebody, most points first."""
    found = ip_asn_of(person, day)
    return found.available if found else ()


def ip_asn_of_many(persons: Collection[UUID], day: date) -> dict[UUID, Index]:
    """The IP ASN of many people with seven queries; who has none is left out.

    For modules above, which have asked who may know; pages ask ``index_seen_by``.
    """
    known = people.serving().filter(pk__in=list(persons), kind__in=COUNTED)
    rows = list(known.values_list("pk", "education", "agency"))
    if not rows:
        return {}
    told = values(INDEX_SPECS, agency=rows[0][2], on=day)
    numbers, seen = numbers_of(told), _Seen([pk for pk, *_ in rows], told, day)
    return {pk: index.index(seen.facts(pk, education), numbers) for pk, education, _ in rows}


class _Seen:
    """Everything that is asked about these people, fetched once."""

    def __init__(self, persons: list[UUID], told: dict[str, Any], day: date) -> None:
        posts = people.placements_on(day).filter(person__in=persons, is_main=True, position__isnull=False)
        self.kinds = dict(posts.order_by().values_list("person", "position__kind"))
        self.hours = hours_since(persons, _years_before(day, told[HOURS_YEARS.key]), day)
        entries = JpEntry.objects.filter(person__in=persons, on__lte=day)
        self.diklat = set(entries.filter(form__in=DIKLAT.values()).values_list("person", "form"))
        recent = entries.filter(on__gt=_years_before(day, told[SEMINAR_YEARS.key]))
        self.seminars = set(recent.filter(form__in=SEMINARS[Group.EXECUTIVE]).values_list("person", "form"))
        ratings = Rating.objects.filter(person__in=persons, year__lt=day.year, year__gte=day.year - RATING_YEARS)
        self.ratings = dict(ratings.order_by("year").values_list("person", "predicate"))
        since = _years_before(day, told[DISCIPLINE_YEARS.key])
        self.severity: dict[UUID, str] = {}
        for person, severity in Discipline.objects.filter(person__in=persons, on__gt=since, on__lte=day).values_list(
            "person", "severity"
        ):
            worst = (self.severity.get(person, "none"), severity)
            self.severity[person] = max(worst, key=index.SEVERITIES.index)

    def facts(self, person: UUID, education: str) -> Facts:
        group = GROUPS.get(self.kinds.get(person, ""))
        return Facts(
            group=group,
            schooling=index.schooling_of(education),
            diklat=group in DIKLAT and (person, DIKLAT[group]) in self.diklat,
            hours=self.hours.get(person, Decimal(0)),
            seminar=group is not None and any((person, form) in self.seminars for form in SEMINARS[group]),
            predicate=self.ratings.get(person),
            severity=self.severity.get(person, "none"),
        )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True)
class IndexSeen:
    """Somebody and their index, for a page."""

    person: "Person"
    index: Index | None
    is_self: bool


def index_seen_by(by: Actor, person: UUID, *, day: date) -> IndexSeen:
    """The index of somebody for a viewer who may see it: oneself, or who looks after the unit. Else 404."""
    found = access.person_seen(by, person)
    is_self = by.person is not None and found.account_id == by.person
    return IndexSeen(found, ip_asn_of(found.pk, day), is_self)
