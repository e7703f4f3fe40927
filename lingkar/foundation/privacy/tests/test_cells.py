"""Small cells: nothing under the smallest size can be computed from what is told."""

from random import Random

import pytest

from lingkar.foundation.privacy.cells import hidden, told_groups

SMALLEST = 5


@pytest.mark.parametrize("seed", range(200))
def test_no_table_with_a_total_tells_a_small_cell(seed):
    chance = Random(seed)
    counts = {cell: chance.choice((0, 1, 2, 4, 5, 6, 9, 40)) for cell in range(chance.randrange(1, 9))}
    gone = hidden(counts, smallest=SMALLEST)
    left = sum(n for cell, n in counts.items() if cell in gone)
    assert all(n >= SMALLEST for cell, n in counts.items() if n and cell not in gone)
    assert left == 0 or left >= SMALLEST or left == sum(counts.values())


@pytest.mark.parametrize("seed", range(200))
def test_no_tree_of_units_tells_a_small_group(seed):
    """Of nested groups, what is left of each told one without the told ones in it is nobody, or a group."""
    chance, groups = Random(seed), {}

    def grow(path, depth):
        mine = frozenset(f"{path}{number}" for number in range(chance.randrange(7)))
        for child in range(chance.randrange(4) if depth else 0):
            mine |= grow(f"{path}{child}.", depth - 1)
        groups[path] = mine
        return mine

    grow("1.", 3)
    told, _everybody = told_groups(groups, frozenset(), smallest=SMALLEST)
    for path in told:
        inner = [groups[other] for other in told if other != path and other.startswith(path)]
        rest = groups[path].difference(*inner)
        assert len(groups[path]) >= SMALLEST
        assert not rest or len(rest) >= SMALLEST


def test_the_check_can_fail():
    groups = {"1.": frozenset("abcdefg"), "1.1.": frozenset("abcde")}
    assert told_groups(groups, frozenset(), smallest=SMALLEST)[0] == {"1.1."}
    assert told_groups(groups, frozenset(), smallest=2)[0] == {"1.", "1.1."}
