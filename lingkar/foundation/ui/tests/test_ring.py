"""The ring closes only when everything is done."""

import pytest

from lingkar.foundation.ui.ring import closed, ovals


@pytest.mark.parametrize(("share", "count"), [(0, 0), (0.01, 1), (0.124, 1), (0.25, 2), (0.5, 4), (0.99, 7), (1, 8)])
def test_closed(share, count):
    assert closed(share) == count


@pytest.mark.parametrize(("share", "golden"), [(0.99, 0), (1, 1), (7, 1), (-1, 0)])
def test_the_golden_oval_closes_last(share, golden):
    assert ovals(share).count('class="closing"') == golden
    assert ovals(share).count("M") == 8
