"""Read parameters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar, overload
from uuid import UUID

from django.db.models import F, Q, QuerySet

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
    rows = _in_force((item.key,), agency=agency, on=on)
    return _typed(item, rows[0] if rows else None, on)


def values(keys: Iterable[Spec[Any] | str], *, agency: UUID, on: date) -> dict[str, Any]:
    """Several values by key, in one query."""
    items = [key if isinstance(key, Spec) else spec_of(key) for key in keys]
    rows: dict[str, Parameter] = {}
    for row in _in_force(tuple(item.key for item in items), agency=agency, on=on):
        rows.setdefault(row.key, row)
    return {item.key: _typed(item, rows.get(item.key), on) for item in items}


@prepared
def _in_force(keys: tuple[str, ...], *, agency: UUID, on: date) -> QuerySet[Parameter]:
    """Values that have begun by ``on``, the one in force first."""
    rows = Parameter.objects.filter(Q(agency=agency) | Q(agency=None), valid_from__lte=on, key__in=keys)
    return rows.order_by(F("agency").asc(nulls_last=True), "-valid_from", "-id")


def _typed(item: Spec[Any], row: Parameter | None, on: date) -> Any:
    if row is not None:
        return rules.from_stored(row.value, item.limits.kind)
    if on < item.valid_from:
        raise LookupError(f"parameter {item.key!r} has no value on {on}")
    return item.default


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
