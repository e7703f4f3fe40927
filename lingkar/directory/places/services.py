"""Change the list of places."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingkar.directory.places import rules
from lingkar.directory.places.models import Place
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record


@transaction.atomic
def add_place(
    *,
    agency: UUID,
    kind: str,
    code: str,
    name: str,
    parent: UUID | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
    boundary: Sequence[Sequence[float]] | None = None,
    by: Actor,
    at: datetime,
) -> Place:
    """A new district, or a village under its district. ``code`` is the Kemendagri code without dots.

    A code that is taken raises ``ValidationError``, an unknown parent ``Unseen``. Degrees are WGS 84;
    ``boundary`` is a closed line of corners (``Refused`` for one that is none).
    """
    if boundary:
        rules.check_boundary(boundary)
    if parent and not Place.objects.filter(pk=parent).exists():
        raise Unseen
    place = Place(
        agency_id=agency,
        kind=kind,
        code=code,
        name=name,
        parent_id=parent,
        latitude=latitude,
        longitude=longitude,
        boundary=[list(corner) for corner in boundary] if boundary else None,
    )
    place.full_clean()
    place.save(force_insert=True)
    record(by, "places.added", place, at=at, code=code, kind=str(kind))
    return place
