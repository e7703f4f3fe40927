"""For whom a job acts, and that only one job acts on an import at a time."""

from typing import Any
from uuid import UUID

from django.db import connection

from lingkar.foundation.access import Actor, Grant
from lingkar.foundation.imports.models import Import
from lingkar.foundation.refusals import Refused


def snapshot(by: Actor) -> list[list[Any]]:
    """The grants of somebody as they are kept: what a job may do for them."""
    return [[grant.role, grant.path, str(grant.unit or "")] for grant in by.grants]


def actor_of(source: Import) -> Actor:
    """Whoever started or confirmed an import, with the grants of that moment."""
    if source.started_by is None:
        return Actor.system(source.agency_id)
    grants = tuple(Grant(role, path, UUID(unit) if unit else None) for role, path, unit in source.acting)
    return Actor(agency=source.agency_id, person=source.started_by, grants=grants)


def hold(source: UUID) -> None:
    """Keep an import for this transaction alone. ``Refused("imports.busy")`` when somebody else has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 7))", [str(source)])
        row = cursor.fetchone()
    if not (row and row[0]):
        raise Refused("imports.busy")
