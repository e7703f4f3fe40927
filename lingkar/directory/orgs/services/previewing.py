"""What a change would do, told before it is done: it is done, looked at, and undone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs.models import Position, UnitState
from lingkar.directory.orgs.rules import Spell
from lingkar.directory.orgs.services.chronicle import spell_of
from lingkar.foundation.access import Actor


class Effect(StrEnum):
    """Kinds of consequences."""

    BEGUN = "begun"
    RENAMED = "renamed"
    RECAST = "recast"  # of another kind
    MOVED = "moved"
    ENDED = "ended"
    POSITION_BEGUN = "position_begun"
    POSITION_ENDED = "position_ended"


@dataclass(frozen=True)
class Consequence:
    """One thing that a change does. ``name`` is the unit's or position's before it, ``old`` and ``new`` what changes.

    Of a unit that moves they are the names of its parents ("" for the top), ``day`` is the first day of the change or
    the last day of what ends.
    """

    effect: Effect
    day: date
    name: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class _Told:
    """The tree and its positions at one moment."""

    spells: dict[UUID, list[Spell[UUID]]]
    positions: dict[UUID, tuple[str, date, date | None]]

    @classmethod
    def now(cls, agency: UUID) -> "_Told":
        spells: dict[UUID, list[Spell[UUID]]] = {}
        for state in UnitState.objects.filter(agency=agency).order_by("valid_from"):
            spells.setdefault(state.unit_id, []).append(spell_of(state))
        rows = Position.objects.filter(agency=agency).values_list("pk", "title", "valid_from", "valid_to")
        return cls(spells, {pk: (title, first, last) for pk, title, first, last in rows})


def preview(verb: Callable[..., object], *, by: Actor, **arguments: Any) -> tuple[Consequence, ...]:
    """What ``verb`` would do with these arguments; it raises what the verb raises, and nothing is changed."""
    with transaction.atomic():
        before = _Told.now(by.agency)
        verb(by=by, **arguments)
        after = _Told.now(by.agency)
        transaction.set_rollback(True)
    return tuple(sorted(_differences(before, after), key=lambda told: (told.day, told.effect, told.name)))


def _differences(before: _Told, after: _Told) -> Iterator[Consequence]:
    for unit, spells in after.spells.items():
        if unit not in before.spells:
            yield Consequence(Effect.BEGUN, spells[0].first, spells[0].name)
        elif spells != before.spells[unit]:
            yield from _of_unit(before.spells[unit], spells, after)
    for pk, (title, first, last) in after.positions.items():
        if pk not in before.positions:
            yield Consequence(Effect.POSITION_BEGUN, first, title)
        elif last and last != before.positions[pk][2]:
            yield Consequence(Effect.POSITION_ENDED, last, title)


def _of_unit(was: Sequence[Spell[UUID]], will: Sequence[Spell[UUID]], after: _Told) -> Iterator[Consequence]:
    for spell in will:
        old = next((known for known in was if known.holds(spell.first)), None)
        if old is not None:
            yield from _of_spell(old, spell, after)
    if will[-1].last is not None and will[-1].last != was[-1].last:
        yield Consequence(Effect.ENDED, will[-1].last, will[-1].name)


def _of_spell(old: Spell[UUID], new: Spell[UUID], after: _Told) -> Iterator[Consequence]:
    if old.name != new.name:
        yield Consequence(Effect.RENAMED, new.first, old.name, old.name, new.name)
    if old.kind != new.kind:
        yield Consequence(Effect.RECAST, new.first, old.name, old.kind, new.kind)
    if old.parent != new.parent:
        above = (_named(parent, after, new.first) for parent in (old.parent, new.parent))
        yield Consequence(Effect.MOVED, new.first, old.name, *above)


def _named(unit: UUID | None, told: _Told, day: date) -> str:
    """What a unit is called on a day; its last name where it has ended."""
    if unit is None:
        return ""
    known = told.spells[unit]
    return next((spell.name for spell in known if spell.holds(day)), known[-1].name)
