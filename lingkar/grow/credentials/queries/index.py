"""The IP ASN of people, with the points that learning could still add."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lingkar.directory.orgs.models import PositionKind
from lingkar.directory.people import queries as people
from lingkar.directory.people.models import PersonKind
from lingkar.foundation.access import Actor
from lingkar.grow.credentials import access
from lingkar.grow.credentials.models import Form
from lingkar.grow.credentials.parameters import (
    DISCIPLINE_YEARS,
    HOURS_YEARS,
    SEMINAR_YEARS,
    numbers_of,
)
from lingkar.grow.credentials.queries.hours import year_of
from lingkar.grow.credentials.queries.seen import PunishmentLine, RatingLine, Told, look, look_at_own
from lingkar.grow.credentials.rules import index
from lingkar.grow.credentials.rules.hours import Year
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
    """The IP ASN of many people with two statements; who has none is left out.

    For modules above, which have asked who may know; pages ask ``index_seen_by``.
    """
    found, told = look(people.serving().filter(pk__in=list(persons), kind__in=COUNTED), day=day)
    return {pk: index.index(facts_of(row, told, day), numbers_of(told)) for pk, row in found.items()}


def facts_of(row: Told, told: Mapping[str, Any], day: date) -> Facts:
    """What the index asks, from what somebody was told of on ``day``."""
    group = GROUPS.get(row.post)
    since = {spec: _years_before(day, told[spec.key]) for spec in (HOURS_YEARS, SEMINAR_YEARS, DISCIPLINE_YEARS)}
    learned = [entry for entry in row.learned if entry.on <= day]
    rated = [told.predicate for told in row.ratings if day.year - RATING_YEARS <= told.year < day.year]
    punished = [told.severity for told in row.punished if since[DISCIPLINE_YEARS] < told.on <= day]
    return Facts(
        group=group,
        schooling=index.schooling_of(row.education),
        diklat=group in DIKLAT and any(entry.form == DIKLAT[group] for entry in learned),
        hours=sum((entry.jp for entry in learned if entry.on > since[HOURS_YEARS]), Decimal(0)),
        seminar=group is not None
        and any(entry.form in SEMINARS[group] and entry.on > since[SEMINAR_YEARS] for entry in learned),
        predicate=rated[0] if rated else None,
        severity=max(punished, key=index.SEVERITIES.index, default="none"),
    )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True)
class Standing:
    """Somebody's hours of a year and index of a day (None where there is none), and what it reads besides hours."""

    hours: Year
    index: Index | None
    ratings: tuple[RatingLine, ...] = ()
    punishments: tuple[PunishmentLine, ...] = ()


def standing_of(person: UUID, year: int, *, day: date) -> Standing:
    """For a page that has asked who may see it."""
    found, told = look(people.serving().filter(pk=person), day=day)
    return _standing(found.get(person), told, year, day)


def own_standing(account: UUID, year: int, *, day: date) -> Standing | None:
    """The same of the person behind an account; None where there is nobody."""
    found, told = look_at_own(account, day=day)
    return next((_standing(row, told, year, day) for row in found.values()), None)


def _standing(row: Told | None, told: Mapping[str, Any], year: int, day: date) -> Standing:
    if row is None:
        return Standing(Year(year, Decimal(0), Decimal(0)), None)
    is_counted = row.kind in COUNTED
    found = index.index(facts_of(row, told, day), numbers_of(dict(told))) if is_counted else None
    return Standing(year_of(row, year, told), found, row.ratings, row.punished)


@dataclass(frozen=True)
class IndexSeen:
    """Somebody with their hours and index, for a page."""

    person: "Person"
    standing: Standing
    is_self: bool

    @property
    def index(self) -> Index | None:
        return self.standing.index


def index_seen_by(by: Actor, person: UUID, *, day: date) -> IndexSeen:
    """Hours and index of somebody for a viewer who may see them: oneself, or who looks after the unit. Else 404."""
    found = access.person_seen(by, person)
    is_self = by.person is not None and found.account_id == by.person
    return IndexSeen(found, standing_of(found.pk, day.year, day=day), is_self)
