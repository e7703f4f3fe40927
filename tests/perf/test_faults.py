"""A short storm: the long one is ``make faults``."""

import pytest

from tests.perf.storm import Plan, blow

TARGETS = ("web worker", "web parent", "postmaster", "backend")
"""The job worker is left to the long storm: another takes its jobs over only after twenty seconds."""


@pytest.mark.long
@pytest.mark.faults
def test_nothing_told_is_lost_when_parts_are_killed():
    result = blow(Plan(kills=4, seed=1, phones=2, officers=1, targets=TARGETS, pause=0.5, plants=True))
    assert not result.ledger.troubles
    assert not result.verdict.faults
    assert result.verdict.counts["reports acknowledged"] > 0
    assert result.blind == [], "the checker does not see these"
