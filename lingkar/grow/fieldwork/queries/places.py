"""What a field study begins from."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.fieldwork.models import CaseBrief, CommunityPicture


def cases(by: Actor) -> QuerySet[CaseBrief]:
    """Cases that are offered for learning, the newest first; for everybody signed in."""
    if not by.is_signed_in:
        return CaseBrief.objects.none()
    return CaseBrief.objects.select_related("service").order_by("-happened_on", "pk")


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
