"""Positions in units, and the competence they require."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from lingkar.directory.orgs import parameters, rules
from lingkar.directory.orgs.models import Position, PositionState
from lingkar.directory.orgs.queries.units import on
from lingkar.foundation.parameters.queries import value


def positions_of(unit: UUID, day: date | None = None) -> QuerySet[Position]:
    """The positions of a unit on a day (None: of all times), its head first, then by rank as the echelon says."""
    rows = Position.objects.filter(unit=unit) if day is None else Position.objects.filter(on(day), unit=unit)
    return rows.order_by("-leads", F("echelon").asc(nulls_last=True), "title", "code")


def positions_in(agency: UUID, *, day: date | None = None) -> QuerySet[Position]:
    """All positions of an agency with their units, in the order of the tree."""
    rows = Position.objects.filter(agency=agency).select_related("unit")
    return (rows if day is None else rows.filter(on(day))).order_by("unit__path", "-leads", "title", "code")


def position_of(position: UUID) -> Position | None:
    """The position with this id, or nothing."""
    return Position.objects.select_related("unit").filter(pk=position).first()


def position_coded(code: str) -> Position | None:
    """The position with this code (unique in its agency), or nothing."""
    return Position.objects.select_related("unit").filter(code=code).first()


def post_states(unit: UUID, day: date) -> QuerySet[PositionState]:
    """What the positions of a unit are on a day, past or planned: its head first, then by rank."""
    rows = PositionState.objects.filter(on(day), unit=unit).select_related("position")
    return rows.order_by("-leads", F("echelon").asc(nulls_last=True), "title", "position__code")


def states_of_position(position: UUID) -> QuerySet[PositionState]:
    """Everything that a position was, oldest first, plans included."""
    return PositionState.objects.filter(position=position).order_by("valid_from")


def position_states_in(agency: UUID) -> QuerySet[PositionState]:
    """Everything that the positions of an agency were and will be, oldest first."""
    return PositionState.objects.filter(agency=agency).order_by("valid_from")


def position_on(position: UUID, day: date) -> PositionState | None:
    """What a position is on a day; nothing where it is not there."""
    return PositionState.objects.filter(on(day), position=position).first()


def head_position(unit: UUID, day: date) -> Position | None:
    """The position that leads a unit on a day, or nothing."""
    return leader_positions([unit], day).get(unit)


def leader_positions(units: Iterable[UUID], day: date) -> dict[UUID, Position]:
    """The position that leads each of these units on a day, by id of the unit."""
    rows = PositionState.objects.filter(on(day), unit__in=set(units), leads=True).select_related("position")
    return {row.unit_id: row.position for row in rows}


def profile_of(position: Position, day: date) -> dict[str, int]:
    """The level from 1 to 5 that each competency must have in a position on a day, by code.

    Its own profile, or the standard of its group on that day; {} where there is none (a functional position without
    a level).
    """
    state = position_on(position.pk, day) or position
    if state.profile is not None:
        return dict(state.profile)
    return standard_of(state, day)


PROFILE_KEYS = tuple(spec.key for spec in parameters.PROFILES.values())
"""The parameters that hold the standards of groups, for who fetches them together with others."""


def position_states_on(day: date) -> QuerySet[PositionState]:
    """What every position is on a day: the base of a question about many people at once."""
    return PositionState.objects.filter(on(day))


def profile_from(kind: str, level: str, own: Mapping[str, int] | None, told: Mapping[str, Any]) -> dict[str, int]:
    """The profile of a position as ``profile_of`` gives it, from its facts and the values of ``PROFILE_KEYS``."""
    if own is not None:
        return dict(own)
    standard = parameters.PROFILES.get(rules.profile_group(kind, level))
    return rules.default_profile(told[standard.key]) if standard else {}


def standard_of(state: Position | PositionState, day: date) -> dict[str, int]:
    """The profile that the group of a position has on a day, whatever its own one says."""
    standard = parameters.PROFILES.get(rules.profile_group(state.kind, state.level))
    return rules.default_profile(value(standard, agency=state.agency_id, on=day)) if standard else {}
