"""What the IP ASN asks besides learning: SKP predicates and punishments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.grow.credentials import access
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.models import Discipline, Predicate, Rating, Severity

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class PastRating:
    """How somebody performed in a year."""

    person: UUID
    year: int
    predicate: str
    source: str = "told"


def rate(*, person: UUID, year: int, predicate: str, by: Actor, at: datetime) -> None:
    """Write down the SKP predicate of a year; a second time replaces the first."""
    rate_many(rows=[PastRating(person, year, predicate)], by=by, at=at)


@transaction.atomic
def rate_many(*, rows: Iterable[PastRating], by: Actor, at: datetime) -> int:
    """The same for many, all or none, one audit line. Refused: ``credentials.nobody``, ``own_record``,
    ``predicate_unknown``, ``year_unusable`` (a year that is not over has no predicate).
    """
    access.demand(by, Action.CREDIT)
    wanted, this_year = list(rows), timezone.localdate(at).year
    for row in wanted:
        if row.predicate not in Predicate.values:
            raise Refused("credentials.predicate_unknown")
        check_year(row.year, this_year)
    _check_persons({row.person for row in wanted}, by)
    made = [
        Rating(
            agency_id=by.agency, person_id=row.person, year=row.year, predicate=row.predicate, source=row.source,
            noted_at=at,
        )
        for row in wanted
    ]  # fmt: skip
    Rating.objects.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("person", "year"),
        update_fields=("predicate", "source", "noted_at"),
    )
    record(by, "credentials.rated", Agency(pk=by.agency), at=at, count=len(made))
    return len(made)


def check_year(year: int, this_year: int) -> None:
    """A year that is over has a predicate; one before anybody of today served has none."""
    if not this_year - 50 <= year < this_year:
        raise Refused("credentials.year_unusable", year=year)


@transaction.atomic
def punish(*, person: UUID, severity: str, on: date, by: Actor, at: datetime) -> None:
    """Write down that somebody was punished (PP 94/2021): how severely and when, never what it was about."""
    access.demand(by, Action.CREDIT)
    if severity not in Severity.values:
        raise Refused("credentials.severity_unknown")
    if on > timezone.localdate(at):
        raise Refused("credentials.days_unusable")
    _check_persons({person}, by)
    row, _ = Discipline.objects.update_or_create(
        agency_id=by.agency, person_id=person, on=on, defaults={"severity": severity, "noted_at": at}
    )
    record(by, "credentials.punished", row, at=at)


@transaction.atomic
def lift(*, person: UUID, on: date, by: Actor, at: datetime) -> None:
    """Take back a punishment that was written down wrongly, or that was annulled."""
    access.demand(by, Action.CREDIT)
    access.check_not_own({person}, by)
    row = Discipline.objects.select_for_update().filter(person=person, on=on).first()
    if row is None:
        raise Unseen
    record(by, "credentials.lifted", row, at=at)
    row.delete()


def _check_persons(persons: set[UUID], by: Actor) -> None:
    access.check_not_own(persons, by)
    known = set(people.serving().filter(pk__one_of=persons).values_list("pk", flat=True))
    for person in persons - known:
        raise Refused("credentials.nobody", person=person)
