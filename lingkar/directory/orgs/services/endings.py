"""Units that end: alone, in another one, or in several. Nobody may sit there any more, and nothing is lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.access import demand_manage
from lingkar.directory.orgs.events import UnitEnded, UnitsMerged, UnitSplit
from lingkar.directory.orgs.models import Position, Succession, SuccessionKind, Unit
from lingkar.directory.orgs.services.chronicle import Chronicle
from lingkar.directory.orgs.services.occupants import Ending, check_empty
from lingkar.directory.orgs.services.posts import Posts
from lingkar.directory.orgs.services.units import NewUnit, made
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused


@dataclass(frozen=True)
class Part:
    """In what a unit goes on: a unit that is there (``unit``), or a new one beside the old one.

    ``takes`` are the units below the old one that stand below this part from then on.
    """

    unit: UUID | None = None
    code: str = ""
    name: str = ""
    short_name: str = ""
    kind: str = ""
    takes: tuple[UUID, ...] = ()


@transaction.atomic
def end_unit(*, unit: UUID, last_day: date, by: Actor, at: datetime) -> None:
    """A unit is no longer there after ``last_day``; its positions end with it.

    ``Refused``: ``orgs.units_below`` while other units stand below it, ``orgs.occupied`` while people, grants or work
    sit in it, ``orgs.not_begun``, ``orgs.ended``.
    """
    there = Chronicle.around(unit, at=at)
    item, on = there.unit(unit), last_day + rules.ONE_DAY
    demand_manage(by, item.path)
    below = there.below(unit, on)
    if below:
        raise Refused("orgs.units_below", unit=unit, below=tuple(below))
    _end(there, [item], on, at)
    there.write(since=on)
    record(by, "orgs.unit_ended", item, at=at, last_day=last_day.isoformat())
    publish(UnitEnded(agency=item.agency_id, unit=unit, last_day=last_day, at=at))


@transaction.atomic
def merge_units(*, units: Sequence[UUID], into: UUID, on: date, by: Actor, at: datetime) -> None:
    """From ``on`` on several units are one: ``into``, which is there by then and is none of them.

    What stands below the merged units stands below ``into``, which also reaches what they leave behind. ``Refused``:
    ``orgs.nothing_to_merge``, ``orgs.merged_into_itself``, ``orgs.heir_below`` (``into`` stands below one of them),
    ``orgs.heir_not_there``, ``orgs.occupied``, ``orgs.not_begun``, ``orgs.ended``.
    """
    there = Chronicle.around(into, at=at)
    gone, heir = [there.unit(unit) for unit in dict.fromkeys(units)], there.unit(into)
    demand_manage(by, heir.path, *(unit.path for unit in gone))
    if not gone:
        raise Refused("orgs.nothing_to_merge")
    if heir in gone:
        raise Refused("orgs.merged_into_itself", unit=into)
    _check_heir(there, heir, gone, on)
    for unit in gone:
        _hang(there, there.below(unit.pk, on), unit.pk, into, on)
    _end(there, gone, on, at)
    _succeed(gone, [heir], SuccessionKind.MERGED, on)
    there.write(since=on)
    record(by, "orgs.units_merged", heir, at=at, on=on.isoformat(), count=len(gone))
    merged = tuple(unit.pk for unit in gone)
    publish(UnitsMerged(agency=heir.agency_id, units=merged, into=into, on=on, at=at))


@transaction.atomic
def split_unit(*, unit: UUID, parts: Sequence[Part], on: date, by: Actor, at: datetime) -> list[Unit]:
    """From ``on`` on a unit goes on in ``parts``, the first of which takes over what was left. The parts are returned.

    With one part the unit goes on under another code. Units below that no part takes stand below the first.
    ``Refused``: ``orgs.nothing_to_split``, ``orgs.same_part_twice``, ``orgs.takes_not_below``, and as for a merger.
    """
    there = Chronicle.around(unit, at=at)
    item = there.unit(unit)
    above = there.unit(item.parent_id) if item.parent_id else None
    demand_manage(by, above.path if above else "", *(there.path_of(part.unit) for part in parts if part.unit))
    if not parts:
        raise Refused("orgs.nothing_to_split")
    below = there.below(unit, on)
    _check_takes(parts, below)
    heirs = [_part(there, item, above, part, on) for part in parts]
    if len({heir.pk for heir in heirs}) < len(heirs) or item in heirs:
        raise Refused("orgs.same_part_twice")
    for heir in heirs:
        _check_heir(there, heir, [item], on)
    for part, heir in zip(parts, heirs, strict=True):
        _hang(there, part.takes, unit, heir.pk, on)
    _hang(there, below, unit, heirs[0].pk, on)
    _end(there, [item], on, at)
    _succeed([item], heirs, SuccessionKind.SPLIT if len(heirs) > 1 else SuccessionKind.RENAMED, on)
    there.write(since=on)
    record(by, "orgs.unit_split", item, at=at, on=on.isoformat(), count=len(heirs))
    into = tuple(heir.pk for heir in heirs)
    publish(UnitSplit(agency=item.agency_id, unit=unit, into=into, on=on, at=at))
    return heirs


def _part(there: Chronicle, old: Unit, above: Unit | None, part: Part, on: date) -> Unit:
    """A unit that is there, or a new one that begins beside the old one."""
    if part.unit is not None:
        return there.unit(part.unit)
    row = NewUnit(part.code, part.kind or old.kind, part.name, on, "", part.short_name, None, old.work_week_id)
    new = made(old.agency_id, row, above)
    new.full_clean()
    new.save(force_insert=True)
    there.add(new)
    return new


def _check_takes(parts: Iterable[Part], below: Sequence[UUID]) -> None:
    taken = [unit for part in parts for unit in part.takes]
    for unit in taken:
        if unit not in below or taken.count(unit) > 1:
            raise Refused("orgs.takes_not_below", unit=unit)


def _check_heir(there: Chronicle, heir: Unit, gone: Sequence[Unit], on: date) -> None:
    """Who goes on is there from ``on`` on, and does not stand below what ends."""
    known = there.spells[heir.pk]
    if not any(spell.holds(on) for spell in known):
        raise Refused("orgs.heir_not_there", unit=heir.pk, day=on)
    ending, parents = {unit.pk for unit in gone}, rules.parents_on(there.spells, on)
    above = parents.get(heir.pk)
    while above is not None:
        if above in ending:
            raise Refused("orgs.heir_below", unit=heir.pk, above=above)
        above = parents.get(above)


def _hang(there: Chronicle, units: Iterable[UUID], old: UUID, new: UUID, on: date) -> None:
    for unit in units:
        there.spells[unit] = rules.rehung(there.spells[unit], old, new, on)


def _end(there: Chronicle, units: Sequence[Unit], on: date, at: datetime) -> None:
    """End units, and their positions, the day before ``on``, once nobody sits there."""
    last = on - rules.ONE_DAY
    for unit in units:
        there.spells[unit.pk] = rules.ended(there.spells[unit.pk], last)
    ending = frozenset(unit.pk for unit in units)
    awaited = Succession.objects.filter(to_unit__in=ending, on__gte=on).first()
    if awaited is not None:
        raise Refused("orgs.still_awaited", unit=awaited.to_unit_id, other=awaited.from_unit_id, day=awaited.on)
    rows = Position.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), unit__in=ending)
    later = rows.filter(valid_from__gte=on).first()
    if later is not None:
        raise Refused("orgs.position_begins_later", position=later.title, day=later.valid_from)
    check_empty(Ending(ending, frozenset(rows.values_list("pk", flat=True)), on, at))
    posts = Posts.locked(there.agency.pk, rows.values_list("pk", flat=True), at=at)
    posts.told = {pk: rules.cut_off(known, last) for pk, known in posts.told.items()}
    posts.write()


def _succeed(gone: Iterable[Unit], heirs: Sequence[Unit], kind: SuccessionKind, on: date) -> None:
    Succession.objects.bulk_create(
        Succession(agency_id=old.agency_id, from_unit=old, to_unit=new, kind=kind, on=on, is_heir=new == heirs[0])
        for old in gone
        for new in heirs
    )
