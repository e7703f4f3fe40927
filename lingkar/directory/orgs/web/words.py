"""The history of a unit, told in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from lingkar.directory.orgs import services
from lingkar.directory.orgs.models import Succession, SuccessionKind, Unit, UnitState
from lingkar.directory.orgs.queries import PositionSeen, UnitSeen
from lingkar.directory.orgs.web.sentences import consequence
from lingkar.foundation.ui.words import day


@dataclass(frozen=True)
class Moment:
    """One sentence about a day. ``order`` puts moments of one day in a readable order."""

    on: date
    sentence: str
    is_planned: bool
    order: int = 0


def history(seen: UnitSeen, *, today: date) -> list[Moment]:
    """What happened to a unit, the newest first, plans included."""
    told = [*_begins(seen), *_changes(seen), *_goes_on(seen), *_ends(seen)]
    moments = [Moment(on, sentence, on > today, order) for order, (on, sentence) in enumerate(told)]
    return sorted(moments, key=lambda moment: (moment.on, moment.order), reverse=True)


def position_history(seen: PositionSeen, *, today: date) -> list[Moment]:
    """What happened to a position, the newest first, plans included."""
    first, last = seen.states[0], seen.position.valid_to
    begun = _("In place since %(day)s as %(name)s.") % {"day": day(first.valid_from), "name": first.title}
    moments = [Moment(first.valid_from, begun, first.valid_from > today)]
    told = services.told_between(seen.states)
    moments += [Moment(each.day, consequence(each), each.day > today) for each in told]
    if last is not None:
        moments.append(Moment(last, _("Last day: %(day)s.") % {"day": day(last)}, last >= today))
    return moments[::-1]


def _begins(seen: UnitSeen) -> Iterator[tuple[date, str]]:
    first = seen.states[0]
    facts = {"day": day(first.valid_from), "name": first.name, "parent": _name_of(first.parent)}
    if first.parent is None:
        yield first.valid_from, _("In place since %(day)s as %(name)s.") % facts
    else:
        yield first.valid_from, _("In place since %(day)s as %(name)s, part of %(parent)s.") % facts


def _changes(seen: UnitSeen) -> Iterator[tuple[date, str]]:
    for before, after in pairwise(seen.states):
        yield from ((after.valid_from, sentence) for sentence in _differences(before, after))


def _differences(before: UnitState, after: UnitState) -> Iterator[str]:
    since = {"day": day(after.valid_from)}
    if before.name != after.name:
        names = {"new": after.name, "old": before.name}
        yield _("Since %(day)s called %(new)s; before that %(old)s.") % (since | names)
    if before.kind != after.kind:
        kinds = {"new": after.get_kind_display(), "old": before.get_kind_display()}
        yield _("Since %(day)s of the kind %(new)s; before that %(old)s.") % (since | kinds)
    if before.parent_id != after.parent_id:
        parents = {"new": _name_of(after.parent), "old": _name_of(before.parent)}
        yield _("Since %(day)s part of %(new)s; before that of %(old)s.") % (since | parents)


def _goes_on(seen: UnitSeen) -> Iterator[tuple[date, str]]:
    for row in seen.successions:
        comes_in = row.to_unit_id == seen.unit.pk
        facts = {"day": day(row.on), "unit": row.from_unit.name if comes_in else row.to_unit.name}
        yield row.on, (_comes_in(row) if comes_in else _goes_into(row)) % facts


def _comes_in(row: Succession) -> str:
    words = {
        SuccessionKind.MERGED: _("Since %(day)s %(unit)s is merged into this unit."),
        SuccessionKind.SPLIT: _("Since %(day)s continues a part of %(unit)s."),
        SuccessionKind.RENAMED: _("Since %(day)s continues %(unit)s."),
    }
    return words[SuccessionKind(row.kind)]


def _goes_into(row: Succession) -> str:
    if row.kind == SuccessionKind.MERGED:
        return _("Since %(day)s merged into %(unit)s.")
    if row.kind == SuccessionKind.SPLIT and row.is_heir:
        return _("Since %(day)s continued by %(unit)s, which takes over what was left.")
    return _("Since %(day)s continued by %(unit)s.")


def _ends(seen: UnitSeen) -> Iterator[tuple[date, str]]:
    if seen.unit.valid_to is not None:
        yield seen.unit.valid_to, _("Last day: %(day)s.") % {"day": day(seen.unit.valid_to)}


def _name_of(unit: Unit | None) -> str:
    return unit.name if unit else _("the agency itself")
