"""Whatever happens to a tree, on whatever day and in whatever order: it stays a tree, and its past stays as it was."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lingkar.directory.orgs import rules
from lingkar.directory.orgs.rules import Spell
from lingkar.foundation.refusals import Refused

START = date(2020, 1, 1)
DAYS = [START + timedelta(days=100 * number) for number in range(12)]
UNITS = range(6)
calm = settings(max_examples=200)

acts = some.lists(
    some.one_of(
        some.tuples(some.just("move"), some.sampled_from(UNITS), some.sampled_from(DAYS), some.sampled_from(UNITS)),
        some.tuples(some.just("top"), some.sampled_from(UNITS), some.sampled_from(DAYS), some.just(0)),
        some.tuples(some.just("rename"), some.sampled_from(UNITS), some.sampled_from(DAYS), some.integers(1, 9)),
        some.tuples(some.just("end"), some.sampled_from(UNITS), some.sampled_from(DAYS), some.just(0)),
        some.tuples(some.just("merge"), some.sampled_from(UNITS), some.sampled_from(DAYS), some.sampled_from(UNITS)),
    ),
    max_size=12,
)


def beginning() -> dict[int, list[Spell[int]]]:
    return {unit: [Spell(START, None, None, f"Unit {unit}")] for unit in UNITS}


def after(spells, act):
    """The tree after an act, unchecked."""
    what, unit, day, other = act
    told = {pk: list(known) for pk, known in spells.items()}
    if what in {"move", "top"}:
        told[unit] = rules.changed(told[unit], day, parent=other if what == "move" else None)
    elif what == "rename":
        told[unit] = rules.changed(told[unit], day, name=f"Nama {other}")
    else:
        if what == "merge":
            told = {pk: rules.rehung(known, unit, other, day) for pk, known in told.items()}
        told[unit] = rules.ended(told[unit], day - rules.ONE_DAY)
    return told


def lived(spells):
    """``spells`` after each act that the rules allow, with the day of the act."""
    for act in spells[1]:
        try:
            told = after(spells[0], act)
            rules.check_tree(told, since=act[2] if act[0] != "end" else act[2] - rules.ONE_DAY)
        except Refused:
            continue
        yield spells[0], told, act
        spells = (told, spells[1])


def on(spells, day):
    """Everything that is true of a tree on a day."""
    return {unit: (spell.parent, spell.name) for unit, known in spells.items() for spell in known if spell.holds(day)}


@calm
@given(acts)
def test_the_tree_of_every_day_is_a_tree(acts):
    begun = beginning()
    for _, told, _act in lived((begun, acts)):
        for day in (*DAYS, DAYS[-1] + timedelta(days=1000)):
            parents = rules.parents_on(told, day)
            assert rules.circle(parents) == ()
            assert {parent for parent in parents.values() if parent is not None} <= parents.keys()
            paths = rules.paths_of(parents, {unit: f"u{unit}" for unit in parents})
            for unit, parent in parents.items():
                assert paths[unit] == f"{'' if parent is None else paths[parent]}u{unit}."


@calm
@given(acts)
def test_what_was_before_an_act_stays_as_it_was(acts):
    begun = beginning()
    for before, told, act in lived((begun, acts)):
        last = act[2] - rules.ONE_DAY
        for day in (day for day in (*DAYS, last) if day <= last):
            assert on(told, day) == on(before, day)


@calm
@given(acts)
def test_the_spells_of_a_unit_have_no_gap_and_no_overlap(acts):
    begun = beginning()
    for _, told, _act in lived((begun, acts)):
        for known in told.values():
            for one, other in pairwise(known):
                assert one.last is not None
                assert one.last + rules.ONE_DAY == other.first
            assert all(spell.last is None or spell.first <= spell.last for spell in known)


def test_a_planted_circle_and_a_planted_gap_are_found():
    ring: dict[int, list[Spell[int]]] = {1: [Spell(START, None, 2)], 2: [Spell(START, None, 1)]}
    with pytest.raises(Refused, match=r"orgs\.circle"):
        rules.check_tree(ring, since=START)
    orphan: dict[int, list[Spell[int]]] = {1: [Spell(START, None, 2)], 2: [Spell(START, DAYS[3], None)]}
    with pytest.raises(Refused, match=r"orgs\.parent_not_there"):
        rules.check_tree(orphan, since=START)
