"""The life of a report, walked whole; sealing and routing as properties."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.refusals import Refused
from lingkar.listen.reports import rules
from lingkar.listen.reports.rules import Lexicon, Move, Proposal, State, UnitFact

ALLOWED = {
    "received": {"accept": "in_progress", "refer": "received", "reply": "in_progress", "hand_over": "outside"},
    "in_progress": {
        "refer": "received", "reply": "in_progress", "close": "answered", "hand_over": "outside",
    },
    "answered": {"rate": "rated", "reopen": "reopened", "lapse": "silent"},
    "rated": {"reopen": "reopened"},
    "silent": {"rate": "rated", "reopen": "reopened"},
    "reopened": {"accept": "in_progress", "refer": "received", "reply": "in_progress", "hand_over": "outside"},
    "outside": {"reopen": "reopened"},
}  # fmt: skip


@pytest.mark.parametrize(("state", "move"), list(itertools.product(State, Move)))
def test_every_pair_of_state_and_move(state, move):
    expected = ALLOWED[state].get(move)
    if expected:
        assert rules.after(state, move) == expected
        assert move in rules.moves_from(state)
    else:
        with pytest.raises(Refused) as refusal:
            rules.after(state, move)
        assert refusal.value.code == "reports.not_now"
        assert move not in rules.moves_from(state)


def test_no_report_is_closed_unanswered():
    """Closing with proof is only reached from work in progress, and silence only from an answer."""
    assert {s for s, m in rules.TRANSITIONS if m is Move.CLOSE} == {State.IN_PROGRESS}
    assert {s for s, m in rules.TRANSITIONS if m is Move.LAPSE} == {State.ANSWERED}


def test_every_state_that_is_not_open_can_be_reopened():
    assert all(Move.REOPEN in rules.moves_from(state) for state in set(State) - rules.OPEN_STATES)


LEXICONS = [
    Lexicon("jalan", False, ("jalan rusak", "lubang", "aspal")),
    Lexicon("lampu", False, ("lampu jalan", "lampu mati", "penerangan")),
    Lexicon("korupsi", True, ("pungli", "minta uang", "suap")),
]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Lampu jalan mati sejak Senin", "lampu"),
        ("JALAN RUSAK!! ada lubang besar", "jalan"),
        ("petugas minta uang, ini pungli", "korupsi"),
        ("jalan-rusak parah", "jalan"),
    ],
)
def test_the_words_propose_a_category(text, best):
    first = rules.propose(text, LEXICONS)[0]
    assert first.code == best
    assert first.words


def test_no_known_word_proposes_nothing():
    assert rules.propose("selamat pagi", LEXICONS) == []


def test_a_word_inside_a_word_does_not_count():
    assert rules.propose("aspalan perjalanan", LEXICONS) == []


def test_equal_words_lean_towards_the_sensitive_category():
    assert rules.propose("ada lubang dan suap", LEXICONS)[0].code == "korupsi"


@given(st.text(max_size=400))
def test_shares_never_exceed_one(text):
    proposals = rules.propose(text + " lubang suap", LEXICONS)
    assert Decimal("0.98") <= sum(p.share for p in proposals) <= Decimal("1.02")


@pytest.mark.parametrize(
    ("chosen", "share", "sealed"), [(True, "0", True), (False, "0.3", True), (False, "0.29", False), (False, "1", True)]
)
def test_sealing(chosen, share, sealed):
    share = Decimal(share)
    proposals = [Proposal("korupsi", share, (), True), Proposal("jalan", 1 - share, (), False)]
    assert rules.must_seal(chosen_is_sensitive=chosen, proposals=proposals, threshold=Decimal("0.3")) is sealed


PATHS = st.sampled_from(["setda.", "inspektorat.", "dukcapil.", "dukcapil.loket.", "dukcapil.loket.a.", "pupr."])


@given(to=PATHS, reported=PATHS, handles=st.booleans())
def test_a_sealed_case_never_reaches_the_unit_complained_of(to, reported, handles):
    try:
        rules.check_referral(sealed=True, to=UnitFact(to, handles), current="nowhere.", reported=reported)
    except Refused:
        return
    assert handles
    assert not to.startswith(reported)


@pytest.mark.parametrize(
    ("text", "photos", "code"), [("", 0, "empty"), (" \n\t ", 0, "empty"), ("x" * 11, 0, "too_long")]
)
def test_words_that_are_refused(text, photos, code):
    with pytest.raises(Refused, match=f"reports.{code}"):
        rules.check_words(text, photos=photos, longest=10)


def test_a_photo_alone_is_a_report():
    rules.check_words("", photos=1, longest=10)


@pytest.mark.parametrize("where", [{"has_place": True}, {"location": "dekat pasar"}, {"has_point": True}])
def test_one_hint_of_place_is_enough(where):
    rules.check_where(**{"has_place": False, "location": " ", "has_point": False} | where)
