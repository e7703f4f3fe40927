"""What is written down of somebody besides hours, and where each line comes from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.plain import plain
from lingkar.grow.credentials import access
from lingkar.grow.credentials.access import Action
from lingkar.grow.credentials.models import Discipline, JpEntry, Rating
from lingkar.grow.credentials.queries.hours import HoursLine, entries_of
from lingkar.grow.credentials.queries.seen import PunishmentLine, RatingLine
from lingkar.grow.credentials.rules.hours import WRITTEN

if TYPE_CHECKING:
    from lingkar.directory.people.models import Person

NEWEST = 30


@dataclass(frozen=True)
class Written:
    """Everything of somebody that was written down by hand or by a sheet, and hours whose certificate was revoked."""

    person: "Person"
    hours: list[HoursLine]
    ratings: list[RatingLine]
    punishments: list[PunishmentLine]


def written_of(by: Actor, person: UUID) -> Written:
    """What who keeps these records may change of somebody; ``Forbidden`` (403), ``Unseen`` (404) for others."""
    access.demand(by, Action.CREDIT)
    found = access.person_seen(by, person)
    changeable = JpEntry.objects.filter(Q(source__in=WRITTEN) | Q(certificate__revoked_at__isnull=False), person=person)
    hours = list(entries_of(person).filter(pk__in=changeable.values("pk"))[:NEWEST])
    ratings = plain(Rating.objects.filter(person=person).order_by("-year"), RatingLine)[:NEWEST]
    punished = plain(Discipline.objects.filter(person=person).order_by("-on"), PunishmentLine)[:NEWEST]
    return Written(found, hours, list(ratings), list(punished))
