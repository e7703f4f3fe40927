"""Everything about the learning of people in one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from lingkar.directory.people import queries as people
from lingkar.foundation.parameters.queries import values
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.grow.credentials.models import Discipline, JpEntry, Rating
from lingkar.grow.credentials.parameters import INDEX_SPECS, YEAR_SPECS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lingkar.directory.people.models import Person


@dataclass(frozen=True, slots=True)
class Learned:
    """One entry of the ledger, as sums need it."""

    form: str
    on: date
    jp: Decimal


@dataclass(frozen=True, slots=True)
class RatingLine:
    """The SKP predicate of a year, and where it comes from."""

    year: int
    predicate: str
    source: str
    noted_at: datetime | None


@dataclass(frozen=True, slots=True)
class PunishmentLine:
    """A punishment: how severe, and when."""

    on: date
    severity: str
    noted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """What one question tells of somebody, the newest first."""

    kind: str
    nip: str
    education: str
    post: str
    learned: tuple[Learned, ...]
    ratings: tuple[RatingLine, ...]
    punished: tuple[PunishmentLine, ...]


def look(persons: "QuerySet[Person]", *, day: date) -> tuple[dict[UUID, Told], dict[str, Any]]:
    """These people with everything they learned, were rated and punished, and the numbers in force on ``day``.

    Two statements, however many they are. It asks nobody for permission.
    """
    return _look(list(_rows(persons, day)), day)


def look_at_own(account: UUID, *, day: date) -> tuple[dict[UUID, Told], dict[str, Any]]:
    """The same of the person behind an account."""
    return _look(_own(account=account, day=day), day)


@prepared
def _own(*, account: UUID, day: date) -> "QuerySet[Person, Any]":
    return _rows(people.serving((), account=account), day)


def _rows(persons: "QuerySet[Person]", day: date) -> "QuerySet[Person, Any]":
    post = people.placements_on(day).filter(person=OuterRef("pk"), is_main=True, position__isnull=False)
    rows = persons.annotate(
        post=Subquery(post.order_by("-valid_from").values("position__kind")[:1]),
        learned=ArraySubquery(JpEntry.objects.filter(person=OuterRef("pk")).values(told=_told("form", "on", "jp"))),
        rated=ArraySubquery(
            Rating.objects.filter(person=OuterRef("pk")).values(told=_told("year", "predicate", "source", "noted_at"))
        ),
        punished=ArraySubquery(
            Discipline.objects.filter(person=OuterRef("pk")).values(told=_told("severity", "on", "noted_at"))
        ),
    )
    return rows.values_list("pk", "agency", "kind", "nip", "education", "post", "learned", "rated", "punished")


def _look(found: Sequence[tuple[Any, ...]], day: date) -> tuple[dict[UUID, Told], dict[str, Any]]:
    if not found:
        return {}, {}
    return {row[0]: _of(*row[2:]) for row in found}, values((*YEAR_SPECS, *INDEX_SPECS), agency=found[0][1], on=day)


def _told(*names: str) -> JSONObject:
    return JSONObject(**{name: name for name in names})


def _of(kind: str, nip: str | None, education: str, post: str | None, learned: Any, rated: Any, punished: Any) -> Told:
    return Told(
        kind=kind,
        nip=nip or "",
        education=education,
        post=post or "",
        learned=tuple(Learned(row["form"], date.fromisoformat(row["on"]), Decimal(str(row["jp"]))) for row in learned),
        ratings=tuple(
            RatingLine(row["year"], row["predicate"], row["source"], _moment(row["noted_at"]))
            for row in sorted(rated, key=itemgetter("year"), reverse=True)
        ),
        punished=tuple(
            PunishmentLine(date.fromisoformat(row["on"]), row["severity"], _moment(row["noted_at"]))
            for row in sorted(punished, key=itemgetter("on"), reverse=True)
        ),
    )


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
