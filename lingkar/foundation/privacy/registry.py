"""What each module holds about somebody: how it is told to them, and how it is forgotten.

A module registers its keeper in its ``personal.py``, found at start-up by ``people``. A canary listens to every table
after an erasure.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

Row = Mapping[str | Promise, Any]
"""One thing that is held, as heading → value, for a file that its owner reads."""


@dataclass(frozen=True)
class Holder:
    """Whom it is about: an account, a person, or both. ``keys`` are what lists that were brought along call them by."""

    agency: UUID
    account: UUID | None
    person: UUID | None
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Keeper:
    """A part of what is held about people. ``kept`` says in a sentence what stays after erasure, and why."""

    name: str
    label: str | Promise
    export: Callable[[Holder], Iterable[Row]]
    erase: Callable[[Holder, datetime], int] | None = None
    kept: str | Promise = ""


_KEEPERS: dict[str, Keeper] = {}


def register_keeper(
    name: str,
    label: str | Promise,
    *,
    export: Callable[[Holder], Iterable[Row]],
    erase: Callable[[Holder, datetime], int] | None = None,
    kept: str | Promise = "",
) -> None:
    """Say how a module tells somebody what it holds about them, and how it forgets it (returns how many rows)."""
    _KEEPERS[name] = Keeper(name, label, export, erase, kept)


def keepers() -> list[Keeper]:
    """Every keeper, in the order of their names."""
    return [_KEEPERS[name] for name in sorted(_KEEPERS)]
