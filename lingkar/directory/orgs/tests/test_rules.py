"""Paths keep the tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lingkar.directory.orgs import rules
from lingkar.foundation.refusals import Refused

codes = some.from_regex(r"[a-z0-9_-]{1,12}", fullmatch=True)
branches = some.lists(codes, min_size=1, max_size=6, unique=True)


def path_of(branch):
    path = ""
    for code in branch:
        path = rules.path_below(path, code)
    return path


@given(branches)
def test_the_lineage_is_every_prefix_of_the_branch(branch):
    assert rules.lineage(path_of(branch)) == tuple(path_of(branch[: n + 1]) for n in range(len(branch)))


@given(branches, branches)
def test_within_means_the_codes_begin_with_the_codes_of_the_top(one, other):
    assert rules.is_within(path_of(one), path_of(other)) == (one[: len(other)] == other)


@given(branches, some.data())
def test_a_unit_moves_with_all_below_it_and_never_below_itself(branch, data):
    cut = data.draw(some.integers(1, len(branch)))
    old, leaf = path_of(branch[:cut]), path_of(branch)
    with pytest.raises(Refused, match=r"orgs\.circle"):
        rules.check_move(old, leaf)
    elsewhere = path_of(["_elsewhere", branch[cut - 1]])
    rules.check_move(old, path_of(["_elsewhere"]))
    assert rules.moved(leaf, old, elsewhere) == path_of(["_elsewhere", *branch[cut - 1 :]])


@pytest.mark.parametrize("code", ["", "a.b", "."])
def test_a_code_that_would_break_the_path_is_refused(code):
    with pytest.raises(Refused, match=r"orgs\.code_unusable"):
        rules.path_below("a.", code)
