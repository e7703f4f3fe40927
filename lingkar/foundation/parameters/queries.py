"""Read parameters."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, TypeVar, overload
from uuid import UUID

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from lingkar.foundation.parameters import rules
from lingkar.foundation.parameters.models import Parameter
from lingkar.foundation.parameters.registry import Spec, declared, spec_of
from lingkar.foundation.tenancy.prepared import prepared

T = TypeVar("T", bound=rules.Value)


@overload
def value(key: Spec[T], *, agency: UUID, on: date) -> T: ...
@overload
def value(key: str, *, agency: UUID, on: date) -> Any: ...
def value(key: Spec[Any] | str, *, agency: UUID, on: date) -> Any:
    """The value in force on ``on``: the agency's own before the installation's, the latest that has begun.

    ``key`` is a declared key or its ``Spec`` (which carries the type). ``KeyError`` for an unknown key, ``LookupError``
    for a date before the first value.
    """
    item = key if isinstance(key, Spec) else spec_of(key)
    return values((item,), agency=agency, on=on)[item.key]


def values(keys: Iterable[Spec[Any] | str], *, agency: UUID, on: date) -> dict[str, Any]:
    """Several values by key, in one query."""
    items = [key if isinstance(key, Spec) else spec_of(key) for key in keys]
    kept = _KEPT.get()
    if kept is None:
        found = _stored(tuple(item.key for item in items), agency, on)
    elif (agency, on) in kept:
        found = kept[agency, on]
    else:
        found = kept[agency, on] = _stored((), agency, on)
    return {item.key: _typed(item, found, on) for item in items}


_KEPT: ContextVar[dict[tuple[UUID, date], dict[str, str]] | None] = ContextVar("parameters of a page", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Inside, the parameters of an agency and day are read once: for a page on which many modules ask for theirs."""
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def _stored(keys: tuple[str, ...], agency: UUID, on: date) -> dict[str, str]:
    """What is stored of these parameters, or of all, and in force on a day."""
    found: dict[str, str] = {}
    for key, value in _in_force(keys, agency=agency, on=on):
        found.setdefault(key, value)
    return found


@prepared
def _in_force(keys: tuple[str, ...], *, agency: UUID, on: date) -> "QuerySet[Parameter, Any]":
    """Values that have begun by ``on``, the one in force first."""
    rows = Parameter.objects.filter(Q(agency=agency) | Q(agency=None), valid_from__lte=on)
    rows = rows.filter(key__in=keys) if keys else rows
    stored = Cast("value", TextField())
    return rows.order_by(F("agency").asc(nulls_last=True), "-valid_from", "-id").values_list("key", stored)


def _typed(item: Spec[Any], found: Mapping[str, str], on: date) -> Any:
    if item.key in found:
        return _understood(found[item.key], item.limits.kind)
    if on < item.valid_from:
        raise LookupError(f"parameter {item.key!r} has no value on {on}")
    return item.default


@lru_cache(maxsize=5000)
def _understood(stored: str, kind: type) -> Any:
    """A value cannot be changed, and the same text always means the same: many are asked for on one page."""
    return rules.from_stored(json.loads(stored), kind)


@dataclass(frozen=True)
class Entry:
    """One value of a parameter, as its history shows it."""

    value: Any
    valid_from: date
    source: str
    note: str
    is_doubtful: bool
    is_own: bool
    state: Literal["now", "later", "past"]


@dataclass(frozen=True)
class Standing:
    """A parameter today: the value in force (``now``), what comes next, and every value before, newest first."""

    spec: Spec[Any]
    history: tuple[Entry, ...]

    @property
    def now(self) -> Entry | None:
        return next((entry for entry in self.history if entry.state == "now"), None)

    @property
    def later(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.history if entry.state == "later")


def standings(*, agency: UUID, on: date, key: str | None = None) -> list[Standing]:
    """Every declared parameter (or only ``key``) with its whole history, by key. One query."""
    items = declared()
    wanted = sorted(items) if key is None else [key]
    rows: dict[str, list[Parameter]] = {name: [] for name in wanted}
    for row in Parameter.objects.filter(Q(agency=agency) | Q(agency=None), key__in=wanted):
        rows[row.key].append(row)
    return [Standing(items[name], tuple(_history(items[name], rows[name], on))) for name in wanted]


def _history(item: Spec[Any], rows: list[Parameter], on: date) -> Iterable[Entry]:
    own = [row for row in rows if row.agency_id]
    begun = [row for row in own if row.valid_from <= on] or [row for row in rows if row.valid_from <= on]
    in_force = max(begun, key=lambda row: (row.valid_from, row.pk), default=None)
    for row in sorted(rows, key=lambda row: (row.valid_from, bool(row.agency_id), row.pk), reverse=True):
        yield Entry(
            value=rules.from_stored(row.value, item.limits.kind),
            valid_from=row.valid_from,
            source=row.source,
            note=row.note,
            is_doubtful=row.is_doubtful,
            is_own=row.agency_id is not None,
            state="now" if row is in_force else "later" if row.valid_from > on else "past",
        )
