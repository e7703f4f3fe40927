"""Districts and villages of the agency in scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from lingkar.directory.places import rules
from lingkar.directory.places.models import Place, PlaceKind
from lingkar.foundation.tenancy.prepared import prepared


@dataclass(frozen=True)
class Village:
    """A village as a person picks it from a list."""

    id: UUID
    name: str


@dataclass(frozen=True)
class District:
    """A district with its villages, both by name."""

    id: UUID
    name: str
    villages: tuple[Village, ...]


def districts() -> list[District]:
    """Every district with its villages, by name, in one query."""
    villages: dict[UUID | None, list[Village]] = {}
    tops = []
    for place, name, kind, parent in _by_name():
        if kind == PlaceKind.DISTRICT:
            tops.append((place, name))
        else:
            villages.setdefault(parent, []).append(Village(place, name))
    return [District(top, name, tuple(villages.get(top, ()))) for top, name in tops]


@prepared
def _by_name() -> "QuerySet[Place, tuple[UUID, str, str, UUID | None]]":
    return Place.objects.order_by("name").values_list("id", "name", "kind", "parent_id")


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Villages grouped by district, as a Django select takes them."""
    return [(top.name, [(str(village.id), village.name) for village in top.villages]) for top in districts()]


def place_of(place: UUID) -> Place | None:
    """The place with this id, with its district, or nothing."""
    return Place.objects.select_related("parent").filter(pk=place).first()


def place_coded(code: str) -> Place | None:
    """The place with this Kemendagri code, or nothing."""
    return Place.objects.filter(code=code).first()


def names_of(places: Iterable[UUID]) -> dict[UUID, str]:
    """Name by id, for the places that exist."""
    return dict(Place.objects.filter(pk__in=set(places)).values_list("pk", "name"))


def place_at(latitude: float, longitude: float) -> Place | None:
    """The village in whose boundary a point lies, else the district; nothing where no boundary is known."""
    rows = Place.objects.filter(boundary__isnull=False).order_by("-kind", "code")
    return next((row for row in rows if row.boundary and rules.is_inside((latitude, longitude), row.boundary)), None)


def centres() -> dict[str, tuple[float, float]]:
    """The middle of each village by its name, as latitude and longitude, where it is known."""
    rows = Place.objects.filter(kind=PlaceKind.VILLAGE, latitude__isnull=False, longitude__isnull=False)
    told = rows.values_list("name", "latitude", "longitude")
    return {name: (north, east) for name, north, east in told if north is not None and east is not None}
