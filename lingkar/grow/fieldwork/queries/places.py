"""What a field study begins from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.grow.fieldwork.models import CaseBrief, CaseOffer, CommunityPicture, PictureOffer
from lingkar.grow.fieldwork.rules import Figure


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


def pictures(by: Actor, *, cohort: UUID) -> "QuerySet[CommunityPicture, PictureLine]":
    """Pictures that a cohort may begin from by name, the newest year of each first; those for everybody among them."""
    rows = CommunityPicture.objects.all() if by.is_signed_in else CommunityPicture.objects.none()
    own = PictureOffer.objects.filter(picture=OuterRef("pk"), cohort=cohort)
    rows = rows.filter(Q(Exists(own)) | Q(offers__isnull=True))
    return plain(rows.order_by("place__name", "-year"), PictureLine)


def pictures_for(cohort: UUID) -> list[PictureLine]:
    """Pictures that were published to this very cohort, the newest first."""
    rows = CommunityPicture.objects.filter(offers__cohort=cohort).order_by("-painted_at")
    return list(plain(rows, PictureLine))


Counter = Callable[[Actor, UUID, datetime], Iterable[Figure]]
_COUNTERS: list[Counter] = []


def counts_for_pictures(counter: Counter) -> Counter:
    """Decorator: ``counter(by, place, at)`` tells what modules above count of a village, small numbers left out."""
    _COUNTERS.append(counter)
    return counter


def counted(by: Actor, place: UUID, *, at: datetime) -> list[Figure]:
    """What the product itself knows of a village, as figures of the side ``VOICE``."""
    return [figure for counter in _COUNTERS for figure in counter(by, place, at)]


def picture_of(place: UUID, year: int) -> CommunityPicture | None:
    """The page on a village in a year, for who writes one."""
    return CommunityPicture.objects.filter(place=place, year=year).first()


def picture(by: Actor, pk: UUID) -> CommunityPicture:
    """One picture, for everybody signed in."""
    row = CommunityPicture.objects.select_related("place__parent").filter(pk=pk).first()
    if row is None or not by.is_signed_in:
        raise Unseen
    return row
