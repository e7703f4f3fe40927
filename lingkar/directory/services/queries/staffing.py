"""Who serves: the positions of a service, and the people who sit in them on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from lingkar.directory.orgs import queries as orgs
from lingkar.directory.people import queries as people
from lingkar.directory.people.models import Status
from lingkar.directory.services.models import Staffing
from lingkar.foundation.search.rules import plain

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Position
    from lingkar.directory.people.models import Placement
    from lingkar.directory.services.models import Service


@dataclass(frozen=True)
class Serving:
    """A position that serves, and who sits in it on the day: main placements first, each person once."""

    position: "Position"
    holders: "tuple[Placement, ...]"

    @property
    def people(self) -> tuple[UUID, ...]:
        """The ids of the people."""
        return tuple(row.person_id for row in self.holders)


def staff_of(service: UUID, *, day: date) -> list[Serving]:
    """The positions whose holders serve a service on ``day``, in the order of the tree, with their people.

    A position that is over serves no more, whoever ends it. Names are for people signed in. Two queries.
    """
    rows = Staffing.objects.filter(_holds(day), service=service, position__valid_from__lte=day)
    rows = rows.filter(Q(position__valid_to__isnull=True) | Q(position__valid_to__gte=day))
    rows = rows.select_related("position__unit").order_by("position__unit__path", "position__title", "position__code")
    positions = {row.position_id: row.position for row in rows}
    holders: dict[UUID, dict[UUID, Placement]] = {position: {} for position in positions}
    if positions:
        sitting = people.placements_on(day).filter(position__in=positions, person__status=Status.ACTIVE)
        for row in sitting.filter(person__erased_at__isnull=True).select_related("person"):
            if row.position_id:
                holders[row.position_id].setdefault(row.person_id, row)
    return [
        Serving(position, tuple(sorted(holders[pk].values(), key=lambda row: row.person.name)))
        for pk, position in positions.items()
    ]


@dataclass(frozen=True)
class Server:
    """Somebody who serves: the service, the person, and the path of the unit of their position."""

    service: UUID
    person: UUID
    path: str


def servers(*, day: date) -> list[Server]:
    """Everybody who serves some service of the agency on ``day``, to compute with. Two queries."""
    rows = Staffing.objects.filter(_holds(day), position__valid_from__lte=day).order_by()
    rows = rows.filter(Q(position__valid_to__isnull=True) | Q(position__valid_to__gte=day))
    serving: dict[UUID, list[UUID]] = {}
    for service, position in rows.values_list("service", "position"):
        serving.setdefault(position, []).append(service)
    sitting = people.placements_on(day).filter(position__in=serving, person__status=Status.ACTIVE)
    sitting = sitting.filter(person__erased_at__isnull=True).order_by()
    seats = sitting.values_list("position", "person", "position__unit__path").distinct()
    return [Server(service, person, path) for position, person, path in seats for service in serving[position]]


def positions_to_staff(service: "Service", *, words: str, serving: Sequence[UUID], day: date) -> "QuerySet[Position]":
    """Positions of the agency that could serve, too: those with all words in title, code or unit; without words those
    of the unit that serves and all below it.
    """
    rows = orgs.positions_in(service.agency_id, day=day).exclude(pk__in=serving)
    asked = plain(words).split()
    if not asked:
        return rows.filter(unit__path__startswith=service.unit.path)
    found = (
        Q(title__icontains=word)
        | Q(code__icontains=word)
        | Q(unit__name__icontains=word)
        | Q(unit__short_name__icontains=word)
        for word in asked
    )
    return rows.filter(reduce(and_, found))


def _holds(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
