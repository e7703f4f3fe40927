"""Change the unit tree. Every argument that names a row is its id."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.events import UnitAdded, UnitMoved
from lingkar.directory.orgs.models import Unit
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish


@transaction.atomic
def add_unit(
    *,
    agency: UUID,
    kind: str,
    code: str,
    name: str,
    short_name: str = "",
    parent: UUID | None = None,
    work_week: int | None = None,
    valid_from: date,
    by: Actor,
    at: datetime,
) -> Unit:
    """A new unit under ``parent``, or at the top; its path is kept by this module alone.

    A code that is taken in this agency raises ``ValidationError``, an unknown parent ``Unseen``.
    """
    above = _locked(parent) if parent else None
    unit = Unit(
        agency_id=agency,
        kind=kind,
        code=code,
        name=name,
        short_name=short_name,
        parent=above,
        path=rules.path_below(above.path if above else "", code),
        work_week_id=work_week,
        valid_from=valid_from,
    )
    unit.full_clean()
    unit.save(force_insert=True)
    record(by, "orgs.unit_added", unit, at=at, code=code, kind=str(kind), parent=parent)
    publish(UnitAdded(agency=agency, unit=unit.pk, at=at))
    return unit


@transaction.atomic
def move_unit(*, unit: UUID, parent: UUID | None, by: Actor, at: datetime) -> None:
    """Put a unit, with everything below it, under another parent (or at the top, without one).

    Grants follow at once: who holds a role over the new parent now reaches the unit.
    """
    item = _locked(unit)
    above = _locked(parent) if parent else None
    rules.check_move(item.path, above.path if above else "")
    old, new = item.path, rules.path_below(above.path if above else "", item.code)
    below = list(Unit.objects.select_for_update().filter(path__startswith=old))
    for row in below:
        row.path = rules.moved(row.path, old, new)
        row.parent_id = (above.pk if above else None) if row.pk == item.pk else row.parent_id
    Unit.objects.bulk_update(below, ["path", "parent"])
    record(by, "orgs.unit_moved", item, at=at, parent=parent)
    publish(UnitMoved(agency=item.agency_id, unit=item.pk, at=at))


def _locked(unit: UUID) -> Unit:
    try:
        return Unit.objects.select_for_update().get(pk=unit)
    except Unit.DoesNotExist:
        raise Unseen from None
