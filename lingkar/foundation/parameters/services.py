"""Add values. Nothing here changes or removes one."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.parameters import rules
from lingkar.foundation.parameters.access import demand_edit
from lingkar.foundation.parameters.events import ParameterChanged
from lingkar.foundation.parameters.models import Parameter
from lingkar.foundation.parameters.registry import declared, spec_of


def seed(*, at: datetime) -> int:
    """Add the values that ship and are not there yet, for the whole installation; returns how many.

    Called after every ``migrate``. A default with a new date is added beside the old one.
    """
    known = set(Parameter.objects.filter(agency=None).values_list("key", "valid_from"))
    rows = [
        Parameter(
            key=item.key,
            value=rules.to_stored(item.default),
            valid_from=item.valid_from,
            source=item.source,
            is_doubtful=bool(item.doubt),
            added_at=at,
        )
        for item in declared().values()
        if (item.key, item.valid_from) not in known
    ]
    return len(Parameter.objects.bulk_create(rows))


@transaction.atomic
def set_value(
    *,
    key: str,
    value: rules.Value,
    valid_from: date,
    source: str,
    note: str = "",
    is_doubtful: bool = False,
    by: Actor,
    at: datetime,
) -> Parameter:
    """Give ``key`` a value of the agency's own from a date on, today at the earliest.

    ``value`` may be the text somebody typed. Refused: wrong type, out of range, a date in the past, no source. The
    same value sent twice is stored once.
    """
    demand_edit(by)
    limits = spec_of(key).limits
    typed = rules.read(value, limits) if isinstance(value, str) else rules.accept(value, limits)
    rules.check_date(valid_from, today=timezone.localdate(at))
    rules.check_source(source)
    row = Parameter(
        agency_id=by.agency,
        key=key,
        value=rules.to_stored(typed),
        valid_from=valid_from,
        source=source.strip(),
        note=note.strip(),
        is_doubtful=is_doubtful,
        added_at=at,
        added_by=by.person,
    )
    return _already(row) or _added(row, by=by, at=at)


def _already(row: Parameter) -> Parameter | None:
    """The agency's last row for that date, if it says the same."""
    last = Parameter.objects.filter(agency=row.agency_id, key=row.key, valid_from=row.valid_from).order_by("id").last()
    same = ("value", "source", "note", "is_doubtful")
    return last if last and all(getattr(last, name) == getattr(row, name) for name in same) else None


def _added(row: Parameter, *, by: Actor, at: datetime) -> Parameter:
    row.save(force_insert=True)
    shown = {} if isinstance(row.value, str | list) else {"value": row.value}
    record(by, "parameters.changed", row, at=at, key=row.key, valid_from=f"{row.valid_from:%Y-%m-%d}", **shown)
    publish(ParameterChanged(agency=by.agency, key=row.key, valid_from=row.valid_from, at=at))
    return row
