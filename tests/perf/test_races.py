"""A few races: the many are ``make faults``, where a planted fault must be found, too."""

import pytest

from tests.perf.races import race


@pytest.mark.long
@pytest.mark.faults
def test_who_comes_second_is_told_and_nothing_is_doubled():
    findings = race(many=24, rounds=2, seed=1)
    assert {finding.name: finding.faults for finding in findings if finding.faults} == {}
