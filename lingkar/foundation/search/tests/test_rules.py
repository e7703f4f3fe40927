"""How a question is read."""

from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.search.queries import CLOSES, OPENS, marked, marked_name
from lingkar.foundation.search.rules import Asked, Term, ask, groups, least, plain, tsquery, whole

LIST = """
ktp, kartu tanda penduduk, E-KTP   # as people say it
dukcapil, kependudukan
# a remark
alone
moh, muhammad
"""


def phrases(text: str) -> list[tuple[str, ...]]:
    return [term.phrases for term in ask(text, groups(LIST)).terms]


def test_a_list_of_synonyms_is_read_line_by_line():
    assert groups(LIST) == (
        ("ktp", "kartu tanda penduduk", "e ktp"),
        ("dukcapil", "kependudukan"),
        ("moh", "muhammad"),
    )


def test_a_question_is_read_as_words_with_what_means_the_same():
    assert phrases("Moh. Rizky") == [("moh", "muhammad"), ("rizky",)]
    assert phrases("ganti kartu  tanda penduduk hilang") == [
        ("ganti",),
        ("kartu tanda penduduk", "ktp", "e ktp"),
        ("hilang",),
    ]


def test_nothing_is_asked_by_signs_and_spaces():
    assert not ask(" \0 ?!… ")


def test_a_question_is_bounded():
    assert len(ask("kata " + " ".join(map(str, range(1000)))).terms) == 8
    assert len(ask("a" * 10_000).typed) == 200


def test_degrees_behind_a_comma_are_no_part_of_a_name():
    assert [term.phrase for term in ask("Siti Aminah, S.Kom., M.Si").name.terms] == ["siti", "aminah"]
    assert [term.phrase for term in ask(", aminah").name.terms] == ["aminah"]


def test_a_term_is_said_in_the_language_of_the_database():
    assert tsquery(Term("kartu tanda", ("ktp",)), begins=True) == "(kartu <-> tanda:*) | (ktp)"
    assert whole([Term("a"), Term("b", ("c",))]) == "((a)) & ((b) | (c))"
    assert whole([Term("a"), Term("b")], all_of=False) == "((a)) | ((b))"


def test_most_of_the_words_are_enough_when_no_row_has_all():
    assert [least(n) for n in (1, 2, 3, 4, 5, 8)] == [1, 2, 2, 3, 3, 5]


@given(st.text(max_size=300))
def test_no_question_holds_a_sign_that_the_database_would_read(text):
    for term in ask(text, groups(LIST)).terms:
        assert plain(term.phrase) == term.phrase != ""


@given(st.text(max_size=100))
def test_an_excerpt_is_safe_html(text):
    shown = marked(f"{OPENS}{text.replace(OPENS, '').replace(CLOSES, '')}{CLOSES}")
    inner = shown.removeprefix("<mark>").removesuffix("</mark>")
    assert "<" not in inner
    assert ">" not in inner


def test_found_words_of_a_name_are_marked():
    asked = ask("siti am")
    assert marked_name("Siti Aminah <b>", asked) == "<mark>Siti</mark> <mark>Am</mark>inah &lt;b&gt;"
    assert marked_name("Siti", Asked("")) == "Siti"
