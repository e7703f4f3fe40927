"""What a phone's clock is worth, what an entry needs, and figures with their source."""

from datetime import UTC, datetime, timedelta

import pytest

from lingkar.foundation.refusals import Refused
from lingkar.grow.fieldwork import rules
from lingkar.grow.fieldwork.rules import Clock, Figure

SERVER = datetime(2026, 6, 8, 3, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("phone", "worth"),
    [
        (None, Clock.SAME),
        (SERVER, Clock.SAME),
        (SERVER - timedelta(minutes=15), Clock.SAME),
        (SERVER - timedelta(minutes=16), Clock.WAITED),
        (SERVER - timedelta(days=30), Clock.WAITED),
        (SERVER - timedelta(days=31), Clock.WRONG),
        (SERVER + timedelta(minutes=16), Clock.WRONG),
        (datetime(1970, 1, 1, 0, 3, tzinfo=UTC), Clock.WRONG),
        (datetime(2099, 1, 1, tzinfo=UTC), Clock.WRONG),
    ],
)
def test_what_a_phones_clock_is_worth(phone, worth):
    assert rules.clock(phone, SERVER) == worth


def test_an_entry_says_or_shows_something():
    assert rules.check_entry(" Halo\x00 ", photos=0) == "Halo"
    assert rules.check_entry("", photos=1) == ""
    for words, photos, code in (("  ", 0, "empty"), ("x" * 4001, 0, "too_long"), ("x", 5, "too_many")):
        with pytest.raises(Refused, match=code):
            rules.check_entry(words, photos=photos)


def test_a_figure_has_its_source():
    whole = Figure("social", "Penduduk", "4.812", "jiwa", "BPS 2025")
    rules.check_figures([whole])
    for wrong in ([], [Figure("social", "Penduduk", "4.812")], [Figure("sky", "x", "1", "", "BPS")]):
        with pytest.raises(Refused, match="fieldwork"):
            rules.check_figures(wrong)
