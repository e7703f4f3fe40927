"""Paths keep the tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lingkar.directory.orgs import rules
from lingkar.foundation.refusals import Refused

codes = some.text("abcxyz019_-", min_size=1, max_size=12)
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


@given(branches)
def test_paths_follow_the_parents_and_a_ring_has_none(branch):
    parents = {code: above for above, code in zip([None, *branch], branch, strict=False)}
    paths = rules.paths_of(parents, {code: code for code in branch})
    assert paths == {code: path_of(branch[: n + 1]) for n, code in enumerate(branch)}
    with pytest.raises(Refused, match=r"orgs\.circle"):
        rules.paths_of(parents | {branch[0]: branch[-1]}, {code: code for code in branch})


def test_a_tree_that_is_too_deep_for_a_path_is_refused():
    codes = [f"unit-{number:04}" for number in range(60)]
    with pytest.raises(Refused, match=r"orgs\.too_deep"):
        path_of(codes)


@pytest.mark.parametrize("code", ["", "a.b", "."])
def test_a_code_that_would_break_the_path_is_refused(code):
    with pytest.raises(Refused, match=r"orgs\.code_unusable"):
        rules.path_below("a.", code)
