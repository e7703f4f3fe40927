"""What a change would do, told before it is done: it is done, looked at, and undone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs.models import POSITION_TELLS, PositionState, UnitState
from lingkar.directory.orgs.rules import Post, Spell, Stretch
from lingkar.directory.orgs.services.chronicle import spell_of
from lingkar.directory.orgs.services.posts import post_of
from lingkar.foundation.access import Actor


class Effect(StrEnum):
    """Kinds of consequences."""

    BEGUN = "begun"
    RENAMED = "renamed"
    RECAST = "recast"  # of another kind
    MOVED = "moved"
    ENDED = "ended"
    STAYS = "stays"  # its planned last day is withdrawn
    NEVER_BEGINS = "never_begins"
    POSITION_BEGUN = "position_begun"
    POSITION_CHANGED = "position_changed"
    POSITION_ENDED = "position_ended"
    POSITION_STAYS = "position_stays"


@dataclass(frozen=True)
class Consequence:
    """One thing that a change does. ``name`` is the unit's or position's before it, ``old`` and ``new`` what changes.

    Of a unit that moves they are the names of its parents ("" for the top), ``day`` is the first day of the change or
    the last day of what ends. ``fact`` is what changes about a position.
    """

    effect: Effect
    day: date
    name: str
    old: str = ""
    new: str = ""
    fact: str = ""


@dataclass(frozen=True)
class _Told:
    """The tree and its positions at one moment."""

    spells: dict[UUID, list[Spell[UUID]]]
    posts: dict[UUID, list[Post]]

    @classmethod
    def now(cls, agency: UUID) -> "_Told":
        spells: dict[UUID, list[Spell[UUID]]] = {}
        for state in UnitState.objects.filter(agency=agency).order_by("valid_from"):
            spells.setdefault(state.unit_id, []).append(spell_of(state))
        posts: dict[UUID, list[Post]] = {}
        for post in PositionState.objects.filter(agency=agency).order_by("valid_from"):
            posts.setdefault(post.position_id, []).append(post_of(post))
        return cls(spells, posts)


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
            yield from _of_unit(before.spells[unit], spells, before, after)
    for unit in before.spells.keys() - after.spells.keys():
        first = before.spells[unit][0]
        yield Consequence(Effect.NEVER_BEGINS, first.first, first.name)
    for pk, posts in after.posts.items():
        if pk not in before.posts:
            yield Consequence(Effect.POSITION_BEGUN, posts[0].first, posts[0].title)
        elif posts != before.posts[pk]:
            yield from _of_position(before.posts[pk], posts)


def _of_position(was: Sequence[Post], will: Sequence[Post]) -> Iterator[Consequence]:
    for post in will:
        old = next((known for known in was if known.holds(post.first)), None)
        for fact in POSITION_TELLS if old else ():
            before, after = getattr(old, fact), getattr(post, fact)
            if before != after:
                yield Consequence(Effect.POSITION_CHANGED, post.first, post.title, _plain(before), _plain(after), fact)
    yield from _of_end(was, will, will[-1].title, Effect.POSITION_ENDED, Effect.POSITION_STAYS)


def _of_end(
    was: Sequence[Stretch], will: Sequence[Stretch], name: str, ends: Effect, stays: Effect
) -> Iterator[Consequence]:
    """A last day that is new, or that was withdrawn."""
    before, after = was[-1].last, will[-1].last
    if after is not None and after != before:
        yield Consequence(ends, after, name)
    elif before is not None and after is None:
        yield Consequence(stays, before, name)


def told_between(states: Sequence[PositionState]) -> list[Consequence]:
    """What changed about a position from state to state, oldest first."""
    posts = [post_of(state) for state in states]
    return [
        told
        for before, after in pairwise(posts)
        for told in _of_position([replace(before, last=None)], [replace(after, last=None)])
    ]


OWN = "own"
"""A profile of a position's own; "" is that of its group."""


def _plain(value: object) -> str:
    """A fact of a position as text."""
    if isinstance(value, dict):
        return OWN
    return "" if value is None or value is False else str(value)


def _of_unit(
    was: Sequence[Spell[UUID]], will: Sequence[Spell[UUID]], before: _Told, after: _Told
) -> Iterator[Consequence]:
    """On each day on which it turned, or will: what is true then, and what was to be."""
    for day in sorted({spell.first for spell in (*was, *will)}):
        old, new = (next((spell for spell in known if spell.holds(day)), None) for known in (was, will))
        if old is not None and new is not None:
            yield from _of_spell(old, new, day, before, after)
    yield from _of_end(was, will, will[-1].name, Effect.ENDED, Effect.STAYS)


def _of_spell(old: Spell[UUID], new: Spell[UUID], day: date, before: _Told, after: _Told) -> Iterator[Consequence]:
    if old.name != new.name:
        yield Consequence(Effect.RENAMED, day, old.name, old.name, new.name)
    if old.kind != new.kind:
        yield Consequence(Effect.RECAST, day, old.name, old.kind, new.kind)
    if old.parent != new.parent:
        above = (_named(old.parent, before, day), _named(new.parent, after, day))
        yield Consequence(Effect.MOVED, day, old.name, *above)


def _named(unit: UUID | None, told: _Told, day: date) -> str:
    """What a unit is called on a day; its last name where it has ended."""
    if unit is None:
        return ""
    known = told.spells[unit]
    return next((spell.name for spell in known if spell.holds(day)), known[-1].name)
