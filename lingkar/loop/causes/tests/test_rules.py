"""What may be said of a case, and what the past and its words suggest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.refusals import Refused
from lingkar.loop.causes import rules
from lingkar.loop.causes.rules import CUES, TRAINABLE, Earlier, Kind

KNOWN = ("public_service", "communication", "integrity")
kinds = st.sampled_from(sorted(Kind))
past = st.builds(Earlier, kinds, st.sampled_from(["", *KNOWN]), st.integers(1, 50))


@pytest.mark.parametrize("kind", list(Kind))
def test_only_trainable_causes_name_a_competency(kind):
    with_one, without = (kind, "public_service"), (kind, "")
    right, wrong = (with_one, without) if kind in TRAINABLE else (without, with_one)
    rules.check_cause(*right, known=KNOWN)
    with pytest.raises(Refused):
        rules.check_cause(*wrong, known=KNOWN)


def test_an_unknown_competency_is_refused():
    with pytest.raises(Refused) as no:
        rules.check_cause(Kind.CONDUCT, "magic", known=KNOWN)
    assert no.value.code == "causes.competency_unknown"


def test_a_cause_is_said_when_the_case_is_over():
    rules.check_closed(is_open=False, was_closed=True)
    for is_open, was_closed in ((True, False), (True, True), (False, False)):
        with pytest.raises(Refused):
            rules.check_closed(is_open=is_open, was_closed=was_closed)


def test_words_suggest_and_say_why():
    found = rules.suggest("Petugas judes dan tidak ramah, saya dibentak", [])
    assert found is not None
    assert (found.kind, found.competency, found.of) == (Kind.CONDUCT, "communication", 0)
    assert {"judes", "tidak ramah", "dibentak"} <= set(found.words)
    assert found.share == 1


def test_the_past_suggests_where_the_words_say_nothing():
    earlier = [Earlier(Kind.KNOWLEDGE, "public_service", 12), Earlier(Kind.STAFFING, "", 4)]
    found = rules.suggest("Mohon ditindaklanjuti", earlier)
    assert found is not None
    assert (found.kind, found.earlier, found.of, float(found.share)) == (Kind.KNOWLEDGE, 12, 16, 0.75)


def test_one_earlier_case_does_not_outweigh_the_words():
    found = rules.suggest("Antre dari pagi, loket tutup", [Earlier(Kind.BUDGET, "", 1)])
    assert found is not None
    assert found.kind == Kind.STAFFING


def test_nothing_is_suggested_from_nothing():
    assert rules.suggest("Mohon ditindaklanjuti", []) is None


@given(st.text(max_size=200), st.lists(past, max_size=6))
def test_a_share_is_a_share_and_order_does_not_matter(text, earlier):
    found = rules.suggest(text, earlier)
    assert found == rules.suggest(text, list(reversed(earlier)))
    if found:
        assert 0 < found.share <= 1
        assert found.earlier <= found.of


def test_cues_are_whole():
    assert all((cue.kind in TRAINABLE) == bool(cue.competency) for cue in CUES)
    assert all(word == word.lower() for cue in CUES for word in cue.words)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("saya calon pengantin", "calo"),
        ("saluran mampet", "alur"),
        ("jalur hijau", "alur"),
        ("servernya mati", None),
    ],
)
def test_a_cue_is_a_whole_word_or_its_stem(text, word):
    """What only happens to stand inside another word speaks for nothing."""
    found = rules.suggest(text, [])
    assert found is None if word else found is not None


@pytest.mark.parametrize(
    "text", ["saya dimarahi petugas", "Marah-marah terus", "ada calonya", "harus mengantri", "suapnya"]
)
def test_a_cue_is_found_with_its_affixes(text):
    assert rules.suggest(text, []) is not None
