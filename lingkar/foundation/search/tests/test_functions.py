"""The functions of the database: what they make of names, and which slips of the pen they forgive."""

import string

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from lingkar.foundation.search import rules

LETTERS = st.sampled_from(string.ascii_lowercase)
WORD = st.text(LETTERS, min_size=5, max_size=14)
ANYTHING = settings(max_examples=150)


def ask(expression: str, *values: str):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}", values)
        return cursor.fetchone()[0]


def meet(one: str, other: str) -> bool:
    return bool(ask("lingkar_spellings(%s) && lingkar_spellings(%s)", one, other))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Siti Nur'aini, S.Kom.", "siti nuraini s kom"),
        ("  JUM’AT\u00a0É Ñandú Façade ", "jumat e nandu facade"),
        ("…!?", ""),
        ("ÁÀÂÄÃÅĀáàâäãåāÉÈÊËĒÊéèêëēÍÌÎÏĪíìîïīÓÒÔÖÕŌóòôöõōÚÙÛÜŪúùûüūÑñÇçÝýÿ",
         "aaaaaaaaaaaaaaeeeeeeeeeeeiiiiiiiiiioooooooooooouuuuuuuuuunnccyyy"),
    ],
)  # fmt: skip
def test_plain_words(db, written, plain):
    assert ask("lingkar_plain(%s)", written) == rules.plain(written) == plain


@ANYTHING
@given(text=st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60))
def test_database_and_rules_read_a_text_alike(db, text):
    latin = "".join(sign for sign in text if sign.isascii() or sign in "áàâäãåéèêëíìîïóòôöõúùûüñçýÿÁÉÍÓÚ")
    assert ask("lingkar_plain(%s)", latin) == rules.plain(latin)


@ANYTHING
@given(word=WORD, spot=st.integers(0, 13), letter=LETTERS)
def test_a_wrong_letter_is_forgiven(db, word, spot, letter):
    spot %= len(word)
    assert meet(word, word[:spot] + letter + word[spot + 1 :])


@ANYTHING
@given(word=WORD, spot=st.integers(0, 13), letter=LETTERS)
def test_a_letter_too_much_or_too_few_is_forgiven(db, word, spot, letter):
    spot %= len(word)
    assert meet(word, word[:spot] + letter + word[spot:])
    assert meet(word, word[:spot] + word[spot + 1 :])


@ANYTHING
@given(word=WORD, spot=st.integers(0, 12))
def test_swapped_neighbours_are_forgiven(db, word, spot):
    spot %= len(word) - 1
    assert meet(word, word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :])


@ANYTHING
@given(words=st.lists(WORD, min_size=2, max_size=4), spot=st.integers(0, 2))
def test_neighbours_written_as_one_meet(db, words, spot):
    spot %= len(words) - 1
    assert meet(" ".join(words), words[spot] + words[spot + 1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Achmad", "Ahmad"),
        ("Akhmad", "Ahmad"),
        ("Soekarno", "Sukarno"),
        ("Djoko", "Joko"),
        ("Rizky", "Riski"),
        ("Fitri", "Pitri"),
        ("Taufiq", "Taufik"),
        ("Khoirul", "Choirul"),
        ("Sjarief", "Syarif"),
        ("Nurhalizah", "Nurhalisa"),
        ("Aisyah", "Aisha"),
        ("Muhammad", "Mohamad"),
        ("Nur Haliza", "Nurhaliza"),
    ],
)
def test_names_meet_as_they_sound(db, one, other):
    assert meet(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Siti", "Budi"), ("Aminah", "Maimunah"), ("Joko", "Jaka"), ("", "Siti"), ("Adi", "Ado")]
)
def test_other_names_stay_apart(db, one, other):
    assert not meet(one, other)


def test_functions_need_no_search_path(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = ''")
        cursor.execute("SELECT public.lingkar_spellings('Siti'), public.lingkar_plain('Síti')")
        assert cursor.fetchone() == (["siti", "iti", "sti", "sii", "sit"], "siti")
