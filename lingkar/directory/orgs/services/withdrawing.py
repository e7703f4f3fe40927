"""A planned end, merger or split is withdrawn before its day: the unit stays, with all that ended with it."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.access import demand_manage
from lingkar.directory.orgs.events import EndingWithdrawn
from lingkar.directory.orgs.models import Position, Succession, SuccessionKind, Unit, UnitState
from lingkar.directory.orgs.services.chronicle import Chronicle
from lingkar.directory.orgs.services.posts import Posts
from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.events.bus import publish
from lingkar.foundation.refusals import Refused


@transaction.atomic
def withdraw_ending(*, unit: UUID, by: Actor, at: datetime) -> None:
    """A unit that was to end, alone, in another one or in several, stays. Its day must still lie ahead.

    Positions that were to end on the same day stay, and units that were to stand below its heirs stay below it. New
    parts of a split never begin, unless something was planned there already. What was moved elsewhere for that day
    stays moved. ``Refused``: ``orgs.no_ending``, ``orgs.ending_is_past``, ``orgs.parent_not_there``,
    ``orgs.head_taken``.
    """
    there = Chronicle.around(unit, at=at)
    item = there.unit(unit)
    last = there.spells[unit][-1].last
    if last is None:
        demand_manage(by, item.path)
        raise Refused("orgs.no_ending")
    heirs = list(Succession.objects.filter(from_unit=unit, on=last + rules.ONE_DAY).order_by("-is_heir", "pk"))
    demand_manage(by, item.path, *(there.path_of(row.to_unit_id) for row in heirs if row.kind == SuccessionKind.MERGED))
    if last < there.today:
        raise Refused("orgs.ending_is_past", day=last)
    on = last + rules.ONE_DAY
    there.spells[unit] = rules.reopened(there.spells[unit])
    _hang_back(there, unit, {row.to_unit_id for row in heirs}, on)
    Succession.objects.filter(pk__in=[row.pk for row in heirs]).delete()
    there.write(since=on)
    for row in heirs:
        if row.kind != SuccessionKind.MERGED:
            _forget(there, there.unit(row.to_unit_id), on)
    _reopen_positions(there, unit, last, at)
    record(by, "orgs.ending_withdrawn", item, at=at, last_day=last.isoformat())
    publish(EndingWithdrawn(agency=item.agency_id, unit=unit, last_day=last, at=at))


def _hang_back(there: Chronicle, unit: UUID, heirs: Collection[UUID], on: date) -> None:
    """What was to leave this unit for its heirs on a day stays below it."""
    for pk, known in there.spells.items():
        before = next((spell for spell in known if spell.holds(on - rules.ONE_DAY)), None)
        after = next((spell for spell in known if spell.first == on), None)
        if before is None or after is None or before.parent != unit or after.parent is None:
            continue
        if after.parent in heirs:
            there.spells[pk] = rules.rehung(known, after.parent, unit, on)


def _forget(there: Chronicle, part: Unit, on: date) -> None:
    """A part that was only to begin with the split never begins; one in which something is planned does."""
    is_awaited = Succession.objects.filter(to_unit=part).exists()
    if part.valid_from != on or is_awaited or there.below(part.pk, on):
        return
    try:
        with transaction.atomic():
            UnitState.objects.filter(unit=part).delete()
            Unit.objects.filter(pk=part.pk).delete()
    except (ProtectedError, RestrictedError):
        return


def _reopen_positions(there: Chronicle, unit: UUID, last: date, at: datetime) -> None:
    ended = Position.objects.filter(unit=unit, valid_to=last).values_list("pk", flat=True)
    posts = Posts.locked(there.agency.pk, ended, at=at)
    posts.told = {pk: rules.reopened(known) for pk, known in posts.told.items()}
    posts.write()
