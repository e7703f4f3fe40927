"""Cohorts: the list of those who manage them, and one for whoever may see it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lingkar.foundation.access import NOBODY, Actor, Unseen
from lingkar.foundation.tenancy.listed import Listed, listed
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.grow.programmes import access, schemes
from lingkar.grow.programmes.models import Cohort, CohortUnit, Duty, Participant, ProgrammeType, Standing, Subject
from lingkar.grow.programmes.rules import Scheme

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort as lists show it."""

    id: UUID
    code: str
    title: str
    state: str
    seats: int
    first_day: date
    last_day: date
    taken: int
    kind: str = column("type__title")
    service: str | None = column("service__name")


@dataclass(frozen=True)
class CohortSeen:
    """A cohort as this viewer may see it: as its manager, as a participant, with duties."""

    cohort: Cohort
    scheme: Scheme
    manages: bool
    participant: Participant | None
    duties: tuple[str, ...]


def manages(by: Actor) -> bool:
    """Whether ``by`` looks after the programmes of the agency."""
    return access.manages(by)


def types() -> "Sequence[ProgrammeType]":
    """Kinds of programmes of the agency."""
    return list(ProgrammeType.objects.all())


def managed(by: Actor, *, state: str = "", text: str = "") -> "QuerySet[Cohort, CohortLine]":
    """Cohorts for who manages them, the newest first; ``Forbidden`` for others."""
    access.demand(by)
    rows = access.COHORTS.visible(by)
    if state:
        rows = rows.filter(state=state)
    for word in text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(code__icontains=word))
    # Counted for the rows that are shown, not for all before they are cut.
    there = Participant.objects.filter(cohort=OuterRef("pk")).exclude(standing=Standing.WITHDRAWN).order_by()
    taken = there.values("cohort").values(many=Count("pk"))
    return plain(rows.annotate(taken=Coalesce(Subquery(taken), 0)).order_by("-first_day", "code"), CohortLine)


def managed_pages(by: Actor, *, state: str = "", text: str = "") -> "QuerySet[Cohort, CohortLine] | Listed[CohortLine]":
    """The same, to be read page by page."""
    access.demand(by)
    return managed(by, state=state, text=text) if text.split() else _managed(by.sight, state, account=by.person)


@listed
def _managed(sight: Actor, state: str, *, account: UUID | None) -> "QuerySet[Cohort, CohortLine]":
    return managed(sight.seen_by(account), state=state)


def cohort_of(cohort: UUID) -> Cohort | None:
    """A cohort by its id, for modules above."""
    return Cohort.objects.select_related("type", "service").filter(pk=cohort).first()


def cohort_for(by: Actor, code: str) -> CohortSeen:
    """One cohort by its code; ``Unseen`` for whoever has nothing to do with it."""
    item = next(iter(_cohort(by.sight, account=by.person, code=code)), None)
    if item is None:
        raise Unseen
    participant = Participant.objects.select_related("person").get(pk=item.own) if item.own else None
    return CohortSeen(item, scheme_of(item), access.manages(by), participant, tuple(dict.fromkeys(item.given)))


@prepared
def _cohort(sight: Actor, *, account: UUID | None, code: str) -> "QuerySet[Cohort]":
    me = account or NOBODY
    mine = Participant.objects.filter(cohort=OuterRef("pk"), person__account=me).values("pk")
    duties = Duty.objects.filter(cohort=OuterRef("pk"), person__account=me).order_by("kind").values("kind")
    rows = access.COHORTS.visible(sight.seen_by(account)).filter(code=code)
    return rows.annotate(own=Subquery(mine[:1]), given=ArraySubquery(duties))


def scheme_of(cohort: Cohort) -> Scheme:
    """The scheme by which a cohort is taught and marked."""
    return schemes.read(cohort.scheme)


def subjects_of(cohort: UUID) -> list[Subject]:
    """What is taught, in order, with the office that made it."""
    return list(Subject.objects.filter(cohort=cohort).select_related("unit").order_by("number"))


def units_of(cohort: UUID) -> tuple[UUID, ...]:
    """The units whose people a cohort is for; () where it names none."""
    return tuple(CohortUnit.objects.filter(cohort=cohort).values_list("unit", flat=True))
