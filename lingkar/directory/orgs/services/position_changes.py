"""Change positions on a day, and end them. What was before stays true: it is told by the states of the position."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.access import demand_manage
from lingkar.directory.orgs.events import PositionChanged, PositionEnded, PositionsChanged
from lingkar.directory.orgs.models import Position
from lingkar.directory.orgs.services.occupants import Ending, check_empty
from lingkar.directory.orgs.services.posts import Posts
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused


@dataclass(frozen=True)
class ChangedPosition:
    """What changes about a position on a day: ``facts`` by name, those of ``models.POSITION_TELLS``."""

    position: UUID
    on: date
    facts: Mapping[str, Any]


@transaction.atomic
def change_position(
    *,
    position: UUID,
    title: str | None = None,
    kind: str | None = None,
    level: str | None = None,
    echelon: str | None = None,
    leads: bool | None = None,
    seats: int | None = None,
    valid_from: date,
    by: Actor,
    at: datetime,
) -> None:
    """From ``valid_from`` on a position is something else; what is None stays as it is, "" empties level and echelon.

    A level falls away with the kind that had it. The day may lie in the past; what was changed again later stays.
    ``Refused``: ``orgs.not_begun``, ``orgs.position_ended``, ``orgs.nothing_changes``, ``orgs.head_taken``,
    ``orgs.one_head``, ``orgs.level_is_for_functional``; ``ValidationError`` for a field that cannot be.
    """
    given = {"title": title, "kind": kind, "level": level, "echelon": echelon, "leads": leads, "seats": seats}
    facts = {name: value for name, value in given.items() if value is not None}
    item = _change(ChangedPosition(position, valid_from, facts), by=by, at=at)
    record(by, "orgs.position_changed", item, at=at, on=valid_from.isoformat(), fields=",".join(facts))
    publish(PositionChanged(agency=item.agency_id, position=position, on=valid_from, at=at))


@transaction.atomic
def set_profile(
    *, position: UUID, profile: Mapping[str, int] | None, valid_from: date, by: Actor, at: datetime
) -> None:
    """From ``valid_from`` on a position requires these levels 1–5 by code of competency; None: those of its group.

    ``Refused``: ``orgs.profile_unusable``, ``orgs.not_begun``, ``orgs.position_ended``, ``orgs.nothing_changes``.
    """
    own = None if profile is None else dict(profile)
    item = _change(ChangedPosition(position, valid_from, {"profile": own}), by=by, at=at)
    record(by, "orgs.profile_set", item, at=at, on=valid_from.isoformat(), own=own is not None)
    publish(PositionChanged(agency=item.agency_id, position=position, on=valid_from, at=at))


@transaction.atomic
def change_positions(*, agency: UUID, rows: Sequence[ChangedPosition], by: Actor, at: datetime) -> None:
    """Change many positions, each on its day; all or none, one line in the audit trail. ``Refused`` as for one."""
    there = Posts.locked(agency, {row.position for row in rows}, at=at)
    for row in rows:
        _tell(there, row, by)
    there.write()
    record(by, "orgs.positions_changed", there.agency, at=at, count=len(rows))
    publish(PositionsChanged(agency=agency, count=len(rows), at=at))


@transaction.atomic
def end_position(*, position: UUID, last_day: date, by: Actor, at: datetime) -> None:
    """A position is no longer there after ``last_day``; what was planned for later falls away.

    ``Refused``: ``orgs.occupied`` while somebody sits in it, ``orgs.position_ended``, ``orgs.not_begun``.
    """
    there = Posts.locked(_agency_of(position), [position], at=at)
    item = there.rows[position]
    demand_manage(by, item.unit.path)
    if item.valid_to is not None:
        raise Refused("orgs.position_ended", day=item.valid_to)
    there.told[position] = rules.ended(there.told[position], last_day)
    check_empty(Ending(frozenset(), frozenset([position]), last_day + rules.ONE_DAY, at))
    there.write()
    record(by, "orgs.position_ended", item, at=at, last_day=last_day.isoformat())
    publish(PositionEnded(agency=item.agency_id, position=position, last_day=last_day, at=at))


def _change(row: ChangedPosition, *, by: Actor, at: datetime) -> Position:
    there = Posts.locked(_agency_of(row.position), [row.position], at=at)
    _tell(there, row, by)
    there.write()
    return there.rows[row.position]


def _tell(there: Posts, row: ChangedPosition, by: Actor) -> None:
    demand_manage(by, there.rows[row.position].unit.path)
    there.told[row.position] = rules.post_changed(there.told[row.position], row.on, row.facts)


def _agency_of(position: UUID) -> UUID:
    agency = Position.objects.filter(pk=position).values_list("agency", flat=True).first()
    if agency is None:
        raise Unseen
    return agency
