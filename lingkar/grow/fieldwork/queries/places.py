"""What a field study begins from."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.fieldwork.models import CaseBrief, CaseOffer, CommunityPicture


def cases(by: Actor, *, cohort: UUID) -> QuerySet[CaseBrief]:
    """Cases that a cohort may begin from: those offered to it first, then those for everybody, the newest first."""
    if not (by.is_signed_in or by.is_system):
        return CaseBrief.objects.none()
    own = Exists(CaseOffer.objects.filter(case=OuterRef("pk"), cohort=cohort))
    return offered_to(cohort).select_related("service").order_by(own.desc(), "-happened_on", "pk")


def offered_to(cohort: UUID) -> QuerySet[CaseBrief]:
    """Cases that a cohort may begin from, those for everybody among them."""
    own = CaseOffer.objects.filter(case=OuterRef("pk"), cohort=cohort)
    return CaseBrief.objects.filter(Q(Exists(own)) | Q(offers__isnull=True))


def keys_offered(cohort: UUID) -> set[UUID]:
    """The keys of those cases: whoever offers sees what is offered already."""
    return set(offered_to(cohort).values_list("key", flat=True))


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A picture of a community as lists show it."""

    id: UUID
    year: int
    place: str = column("place__name")


def pictures(by: Actor) -> "QuerySet[CommunityPicture, PictureLine]":
    """Pictures of communities by name, the newest year of each first; for everybody signed in."""
    rows = CommunityPicture.objects.all() if by.is_signed_in else CommunityPicture.objects.none()
    return plain(rows.order_by("place__name", "-year"), PictureLine)


def picture(by: Actor, pk: UUID) -> CommunityPicture:
    """One picture, for everybody signed in."""
    row = CommunityPicture.objects.select_related("place__parent").filter(pk=pk).first()
    if row is None or not by.is_signed_in:
        raise Unseen
    return row
