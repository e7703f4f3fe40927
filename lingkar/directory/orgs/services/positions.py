"""Add positions to units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.access import demand_manage
from lingkar.directory.orgs.events import PositionAdded, PositionsAdded
from lingkar.directory.orgs.models import Position, PositionState, Unit
from lingkar.directory.orgs.services.chronicle import lock_tree, unit_locked
from lingkar.directory.orgs.services.posts import post_of, state_from
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused


@dataclass(frozen=True)
class NewPosition:
    """A position to be added with many others; ``unit`` is the code of its unit."""

    code: str
    title: str
    unit: str
    kind: str
    valid_from: date
    level: str = ""
    echelon: str | None = None
    leads: bool = False
    seats: int = 1
    profile: Mapping[str, int] | None = None
    valid_to: date | None = None


@transaction.atomic
def add_position(
    *,
    unit: UUID,
    code: str,
    title: str,
    kind: str,
    level: str = "",
    echelon: str | None = None,
    leads: bool = False,
    seats: int = 1,
    profile: Mapping[str, int] | None = None,
    valid_from: date,
    by: Actor,
    at: datetime,
) -> Position:
    """A new position in a unit. ``profile``: level 1–5 by code of competency; None: the standard of its group.

    ``ValidationError`` for a code that is taken or a field that cannot be; ``Refused``: ``orgs.unit_not_there``,
    ``orgs.head_taken``, ``orgs.profile_unusable``.
    """
    item = unit_locked(unit)
    demand_manage(by, item.path)
    row = NewPosition(code, title, item.code, kind, valid_from, level, echelon, leads, seats, profile)
    position = _made(item, row)
    _check_heads([position])
    position.full_clean(validate_constraints=False)
    position.validate_unique()
    position.validate_constraints()
    position.save(force_insert=True)
    state_from(position, post_of(position)).save(force_insert=True)
    record(by, "orgs.position_added", position, at=at, code=code, unit=unit)
    publish(PositionAdded(agency=item.agency_id, position=position.pk, unit=unit, at=at))
    return position


@transaction.atomic
def add_positions(*, agency: UUID, rows: Sequence[NewPosition], by: Actor, at: datetime) -> dict[str, UUID]:
    """Many positions at once, all or none; the ids by code. One line in the audit trail, one event.

    Who looks after a part of the agency adds them there.

    ``Refused``: ``orgs.code_taken``, ``orgs.unit_unknown``, ``orgs.unit_not_there``, ``orgs.head_taken``;
    ``ValidationError`` for a row that cannot stand.
    """
    owner = lock_tree(agency)
    units = {unit.code: unit for unit in Unit.objects.filter(agency=agency)}
    demand_manage(by, *({units[row.unit].path for row in rows if row.unit in units} or {""}))
    taken = set(Position.objects.filter(agency=agency).values_list("code", flat=True))
    new: dict[str, Position] = {}
    for row in rows:
        if row.code in taken or row.code in new:
            raise Refused("orgs.code_taken", named=row.code)
        if row.unit not in units:
            raise Refused("orgs.unit_unknown", named=row.code, unit=row.unit)
        new[row.code] = _made(units[row.unit], row)
        new[row.code].clean_fields(exclude=["agency", "unit"])
    _check_heads([*new.values()])
    Position.objects.bulk_create(new.values(), batch_size=1000)
    states = (state_from(position, post_of(position)) for position in new.values())
    PositionState.objects.bulk_create(states, batch_size=1000)
    record(by, "orgs.positions_added", owner, at=at, count=len(new))
    publish(PositionsAdded(agency=agency, count=len(new), at=at))
    return {code: position.pk for code, position in new.items()}


def _made(unit: Unit, row: NewPosition) -> Position:
    rules.check_life(row.valid_from, row.valid_to, within=(unit.valid_from, unit.valid_to))
    rules.check_profile(row.profile)
    return Position(
        agency_id=unit.agency_id,
        unit=unit,
        code=row.code,
        title=row.title,
        kind=row.kind,
        level=row.level,
        echelon=row.echelon or None,
        leads=row.leads,
        seats=row.seats,
        profile=None if row.profile is None else dict(row.profile),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _check_heads(new: Sequence[Position]) -> None:
    """On no day a unit is led by two positions."""
    led: dict[UUID, list[rules.Post]] = {}
    units = {position.unit_id for position in new if position.leads}
    for state in PositionState.objects.filter(unit__in=units, leads=True):
        led.setdefault(state.unit_id, []).append(post_of(state))
    for position in new:
        if position.leads:
            known, post = led.setdefault(position.unit_id, []), post_of(position)
            rules.check_heads(known, [post], unit=position.unit_id, named=position.code)
            known.append(post)
