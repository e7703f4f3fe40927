"""Lessons as their makers write them, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.refusals import Refused
from lingkar.grow.courses import rules
from tests.learning import FIRST

WHOLE = """Pembuka.

## Bagian
Isi.

::gambar loket.jpg | Petugas menyapa warga | Loket 2
::audio sapaan.mp3 | Contoh sapaan | Selamat pagi, Bu.
::video antre.mp4 | Alur antrean | Warga mengambil nomor.
::berkas kartu.pdf | Kartu saku

?? Tanya?
( ) Tidak || Karena begini.
(x) Ya || Karena begitu.
"""


def test_a_lesson_is_read_as_it_was_written():
    blocks = rules.written(WHOLE)
    assert [type(block).__name__ for block in blocks] == [
        "Text", "Text", "Picture", "Audio", "Video", "Download", "Check"
    ]  # fmt: skip
    assert blocks[2].alt == "Petugas menyapa warga"
    assert blocks[-1].right == 1
    assert rules.written(rules.source_of(blocks)) == blocks
    assert rules.blocks_of(rules.stored(blocks)) == blocks
    assert rules.files_of(blocks) == {"loket.jpg", "sapaan.mp3", "antre.mp4", "kartu.pdf"}


def test_a_block_keeps_its_id_when_another_is_put_before_it():
    before = {block.id for block in rules.written(FIRST)}
    after = {block.id for block in rules.written("Kata pembuka.\n\n" + FIRST)}
    assert before < after


def test_two_blocks_of_the_same_words_have_two_ids():
    ids = [block.id for block in rules.written("## A\nx\n\n## A\nx")]
    assert len(set(ids)) == 2


@given(st.text(max_size=400))
def test_whatever_is_written_becomes_blocks_or_a_refusal(text):
    try:
        blocks = rules.written(text)
    except Refused:
        return
    assert rules.blocks_of(rules.stored(blocks)) == blocks


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "courses.empty_lesson"),
        ("?? Tanya?\n(x) Ya || Karena.", "courses.options"),
        ("?? Tanya?\n(x) Ya || a\n(x) Tidak || b", "courses.one_right"),
        ("?? Tanya?\n( ) Ya || a\n( ) Tidak || b", "courses.one_right"),
        ("?? Tanya?\n(x) Ya\n( ) Tidak || b", "courses.unexplained"),
        ("??\n(x) Ya || a\n( ) Tidak || b", "courses.no_question"),
        ("x" * 20_001, "courses.text_too_long"),
        ("\n".join(f"## {n}\nx" for n in range(61)), "courses.too_many_blocks"),
    ],
)
def test_what_a_lesson_may_not_be(text, code):
    with pytest.raises(Refused) as no:
        rules.check_lesson("Judul", 5, rules.written(text))
    assert no.value.code == code


@pytest.mark.parametrize(
    ("title", "minutes", "code"),
    [(" ", 5, "courses.no_title"), ("A", 0, "courses.minutes"), ("A", 61, "courses.minutes")],
)
def test_a_lesson_has_a_title_and_minutes(title, minutes, code):
    with pytest.raises(Refused) as no:
        rules.check_lesson(title, minutes, rules.written(FIRST))
    assert no.value.code == code


def test_a_line_that_cannot_be_read_is_named():
    with pytest.raises(Refused) as no:
        rules.written("::gambar loket.jpg")
    assert no.value.details["line"] == "::gambar loket.jpg"


@pytest.mark.parametrize(
    "data", [None, 3, [{"type": "poem"}], [{"type": "text"}], [{"type": "text", "text": "a", "x": 1}]]
)
def test_stored_rubbish_is_refused(data):
    with pytest.raises(Refused):
        rules.blocks_of(data)


def test_a_lesson_is_done_when_all_its_blocks_are():
    blocks = rules.written(FIRST)
    ids = [block.id for block in blocks]
    assert not rules.done_of(blocks, ids[:-1]).is_whole
    assert rules.done_of(blocks, [*ids, "gone"]).is_whole
    check = blocks[-1]
    assert [rules.is_right(blocks, check.id, choice) for choice in (0, 1, 9, -1)] == [False, True, None, None]
    assert rules.is_right(blocks, ids[0], 0) is None


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("Foto Loket 2.JPG", "foto-loket-2.jpg"), ("../../etc/passwd", "passwd"), ("C:\\a|b.mp3", "a-b.mp3")],
)
def test_a_file_gets_a_plain_name(sent, kept):
    assert rules.file_name(sent) == kept


def test_a_name_of_nothing_is_refused():
    with pytest.raises(Refused):
        rules.file_name("///")
