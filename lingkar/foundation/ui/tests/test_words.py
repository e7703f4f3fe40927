"""Dates and numbers read well in both languages."""

import unicodedata
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.ui import words

MOMENT = datetime(2026, 11, 21, 3, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("id", "Asia/Jakarta", "21 November 2026, 10.32 WIB"),
        ("id", "Asia/Makassar", "21 November 2026, 11.32 WITA"),
        ("id", "Asia/Jayapura", "21 November 2026, 12.32 WIT"),
        ("en", "Asia/Jakarta", "21 November 2026, 10:32 WIB"),
    ],
)
def test_when(language, zone, said):
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        assert words.when(MOMENT) == said


def test_day_is_the_local_day():
    late = datetime(2026, 8, 16, 20, 0, tzinfo=UTC)
    with translation.override("id"), timezone.override(ZoneInfo("Asia/Jakarta")):
        assert words.day(late) == "17 Agustus 2026"
        assert words.day(date(2026, 8, 16)) == "16 Agustus 2026"


@pytest.mark.parametrize(("language", "said"), [("id", "1.234,5"), ("en", "1,234.5")])
def test_number(language, said):
    with translation.override(language):
        assert words.number(1234.5) == said


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [(0.548, 2, "0,55"), (0.125, 2, "0,13"), (-0.545, 2, "-0,55"), (2, 1, "2,0"), (63.6, 0, "64")],
)
def test_a_number_is_rounded_not_cut(value, places, said):
    with translation.override("id"):
        assert words.number(value, places) == said


def test_nothing_is_said_of_nothing():
    assert words.when(None) == words.day(None) == words.number(None) == ""


@given(text=st.text(max_size=80), longest=st.integers(2, 60))
def test_a_shortened_text_begins_the_text_and_is_never_longer(text, longest):
    whole = unicodedata.normalize("NFC", text)
    said = words.shortened(text, longest)
    if len(whole) <= longest:
        assert said == whole
    else:
        assert said.endswith("…")
        assert len(said) <= longest
        assert whole.startswith(said[:-1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Banner sudah digeser. Petugas bilang begitu", "Banner sudah digeser. Petugas…"),
        ("Banner sudah digeser. Petugas-petugas", "Banner sudah digeser. Petugas-…"),
        ("Banner sudah digeser sejak pagi. Semua", "Banner sudah digeser sejak…"),
        ("Banner sudah digeser-geser pukul", "Banner sudah digeser-geser…"),
    ],
)
def test_a_text_is_shortened_between_its_words(text, said):
    assert words.shortened(text, 31) == said
