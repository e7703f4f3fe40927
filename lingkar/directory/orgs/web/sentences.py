"""Why a change of units was turned down, and what a change does, in words."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from lingkar.directory.orgs import queries
from lingkar.directory.orgs.models import PositionKind, PositionLevel, UnitKind
from lingkar.directory.orgs.services import Consequence, Effect
from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import day


def sentence(refusal: Refused) -> str:
    """What is wrong and what to do, for a refusal of this module. Units are called by name."""
    names = queries.names_of(value for value in refusal.details.values() if isinstance(value, UUID))
    facts = {key: _shown(value, names) for key, value in refusal.details.items()}
    return _sentences()[refusal.code] % facts


def _shown(value: object, names: dict[UUID, str]) -> object:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, UUID):
        return names.get(value, _("this unit"))
    if isinstance(value, tuple):
        return len(value)
    return _("the top") if value is None else value


def _sentences() -> dict[str, str]:
    return {
        "orgs.echelon_unusable": _("“%(value)s” is no echelon. Write it such as II.b."),
        "orgs.level_is_for_functional": _("Only functional positions have a level."),
        "orgs.not_yours": _("You may not change this unit, or add units at this place."),
        "orgs.one_head": _("Who leads a unit is one person."),
        "orgs.parent_refused": _("The line of its parent %(parent)s is refused. Correct that one first."),
        "orgs.head_needs_changes": _(
            "Another position leads a unit that a new one is to lead. Nothing was written. Take the changes along, if"
            " one of them makes room, or look at the preview once more."
        ),
        "orgs.position_elsewhere": _(
            "This code belongs to the position %(position)s in %(unit)s. A position stays in its unit: end that one, or"
            " choose another code."
        ),
        "orgs.too_many_rows": _("At most %(most)s lines in one file: its tree is checked as a whole. Divide it."),
        "orgs.circle": _("A unit cannot stand below itself. Choose another parent."),
        "orgs.code_taken": _("The code %(named)s is taken. Choose another one."),
        "orgs.code_unusable": _("A code has letters, digits, - and _ only."),
        "orgs.ended": _("This unit ended on %(day)s and does not change after that day."),
        "orgs.head_taken": _("Another position leads this unit in that time. End it first."),
        "orgs.heir_below": _("%(unit)s stands below a unit that ends. Move it elsewhere first."),
        "orgs.heir_not_there": _("%(unit)s does not exist on %(day)s. Choose another unit or another day."),
        "orgs.merged_into_itself": _("A unit cannot be merged into itself."),
        "orgs.not_begun": _("It exists from %(day)s on. Choose that day or a later one."),
        "orgs.no_ending": _("No end is planned for this unit."),
        "orgs.ending_is_past": _("This unit ended on %(day)s. What has happened cannot be withdrawn."),
        "orgs.nothing_changes": _("Nothing would change. Change something first."),
        "orgs.nothing_to_merge": _("Choose at least one unit that is merged."),
        "orgs.nothing_to_split": _("Name at least one part."),
        "orgs.occupied": _("Somebody or something still depends on it on that day:"),
        "orgs.parent_not_there": _("%(parent)s does not exist on %(day)s. Choose another parent or another day."),
        "orgs.parent_unknown": _("There is no unit with the code %(parent)s."),
        "orgs.position_begins_later": _("The position %(position)s begins on %(day)s. End the unit later."),
        "orgs.position_ended": _("This position ends on %(day)s already."),
        "orgs.profile_unusable": _("A level is a whole number from 1 to 5."),
        "orgs.same_part_twice": _("Each part is another unit, and none of them is the one that ends."),
        "orgs.still_awaited": _("%(other)s goes on in this unit on %(day)s. It cannot end before."),
        "orgs.takes_not_below": _("%(unit)s does not stand directly below the unit that ends."),
        "orgs.too_deep": _("The tree would become too deep here. Choose a parent higher up."),
        "orgs.unit_not_there": _("The unit exists from %(first)s on. Choose days within its life."),
        "orgs.unit_unknown": _("There is no unit with the code %(unit)s."),
        "orgs.units_below": _("%(below)s units still stand below it. Move, merge or end them first."),
    }


MOST_TOLD = 12
"""More consequences are counted."""


def told(consequences: Iterable[Consequence]) -> list[str]:
    """What a change does, one sentence each; many are counted at the end."""
    sentences = [consequence(each) for each in consequences]
    if len(sentences) <= MOST_TOLD:
        return sentences
    rest = _("And %(count)s more changes of this kind.") % {"count": len(sentences) - MOST_TOLD}
    return [*sentences[:MOST_TOLD], rest]


def consequence(told: Consequence) -> str:
    """One thing that a change does."""
    words = {
        Effect.BEGUN: _("%(name)s begins on %(day)s."),
        Effect.RENAMED: _("From %(day)s on %(old)s is called %(new)s."),
        Effect.RECAST: _("From %(day)s on %(name)s is of the kind %(new)s, no longer %(old)s."),
        Effect.MOVED: _("From %(day)s on %(name)s is part of %(new)s, no longer of %(old)s."),
        Effect.ENDED: _("%(name)s has its last day on %(day)s."),
        Effect.STAYS: _("%(name)s stays: %(day)s is no longer its last day."),
        Effect.NEVER_BEGINS: _("%(name)s, which was to begin on %(day)s, never begins."),
        Effect.POSITION_STAYS: _("The position %(name)s stays: %(day)s is no longer its last day."),
        Effect.POSITION_BEGUN: _("The position %(name)s begins on %(day)s."),
        Effect.POSITION_ENDED: _("The position %(name)s has its last day on %(day)s."),
    }
    old, new = told.old, told.new
    if told.effect == Effect.POSITION_CHANGED:
        return _of_position(told)
    if told.effect == Effect.RECAST:
        old, new = str(UnitKind(old).label), str(UnitKind(new).label)
    if told.effect == Effect.MOVED:
        old, new = old or _("the agency itself"), new or _("the agency itself")
    return words[told.effect] % {"name": told.name, "day": day(told.day), "old": old, "new": new}


def _of_position(told: Consequence) -> str:
    """What changes about a position."""
    labels = {"kind": PositionKind, "level": PositionLevel}
    old, new = (
        str(labels[told.fact](value).label) if told.fact in labels and value else value or _("none")
        for value in (told.old, told.new)
    )
    words = {
        "title": _("From %(day)s on the position %(old)s is called %(new)s."),
        "kind": _("From %(day)s on the position %(name)s is of the kind %(new)s, no longer %(old)s."),
        "level": _("From %(day)s on the level of the position %(name)s is: %(new)s (before: %(old)s)."),
        "echelon": _("From %(day)s on the echelon of the position %(name)s is: %(new)s (before: %(old)s)."),
        "seats": _("From %(day)s on the position %(name)s has %(new)s seats, before %(old)s."),
        "leads": _leads(told),
        "profile": _profile(told),
    }
    return words[told.fact] % {"name": told.name, "day": day(told.day), "old": old, "new": new}


def _leads(told: Consequence) -> str:
    if told.new:
        return _("From %(day)s on the position %(name)s leads the unit.")
    return _("From %(day)s on the position %(name)s no longer leads the unit.")


def _profile(told: Consequence) -> str:
    if told.new:
        return _("From %(day)s on the position %(name)s has its own required competence.")
    return _("From %(day)s on the required competence of the position %(name)s is that of its group.")
