"""A quiz is made by hand: facts, twenty questions pasted at once with key and explanation, published, taken."""

import pytest

from lingkar.foundation.refusals import Refused
from lingkar.grow.exams import services
from lingkar.grow.exams.models import Question, Quiz
from lingkar.grow.exams.writing import questions_in
from tests.fixtures import NOW
from tests.learning import learner, quiz

ONE = """1. Apa yang pertama Anda lakukan saat warga marah?
A. Menyela agar cepat selesai
B. Mendengarkan sampai selesai
C. Memanggil atasan
Kunci: B
Pembahasan: Didengar dulu, baru dijelaskan.
"""
MANY = "\n".join(ONE.replace("1. Apa", f"{n}. Apa, ke-{n},") for n in range(1, 21))


def test_a_question_from_word_is_understood():
    (read,) = questions_in(ONE)
    assert (read.line, read.wrong) == (1, None)
    assert read.asked.stem == "Apa yang pertama Anda lakukan saat warga marah?"
    assert read.asked.options == ("Menyela agar cepat selesai", "Mendengarkan sampai selesai", "Memanggil atasan")
    assert (read.asked.key, read.asked.explanation) == (1, "Didengar dulu, baru dijelaskan.")


def test_a_star_marks_the_right_choice_and_lines_go_on():
    (read,) = questions_in("Siapa dulu\ndilayani?\n\n- Yang datang\n  lebih dulu\n* Lansia\n> Ada loket\nprioritas.\n")[
        -1:
    ]
    assert read.asked.options == ("Yang datang lebih dulu", "Lansia")
    assert (read.asked.key, read.asked.explanation) == (1, "Ada loket prioritas.")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1. Apa?\nA. Ya\nB. Tidak\nPembahasan: Sebab.", "exams.no_key"),
        ("1. Apa?\nA. Ya\nB. Tidak\nKunci: D\nPembahasan: Sebab.", "exams.no_key"),
        ("1. Apa?\n*A. Ya\n*B. Tidak\nPembahasan: Sebab.", "exams.no_key"),
        ("1. Apa?\nA. Ya\nB. Tidak\nKunci: A", "exams.question_incomplete"),
        ("1. Apa?\nA. Ya\nKunci: A\nPembahasan: Sebab.", "exams.options"),
        ("1. Apa?\nA. Ya\nB. Ya\nKunci: A\nPembahasan: Sebab.", "exams.options_alike"),
    ],
)
def test_what_is_wrong_is_said_of_each_question(text, code):
    wrong = [read.wrong for read in questions_in(f"{ONE}\n{text}")]
    assert [no.code if no else "" for no in wrong] == ["", code]


def test_twenty_questions_are_pasted_looked_at_and_kept(kota, as_role):
    office = as_role("training", None)
    assert "/kuis/baru/" in office.page("/kuis/").html
    page = office.page("/kuis/baru/")
    told = {"title": "Kuis loket", "code": "kuis-loket", "unit": str(kota.units["dukcapil"].pk)}
    page = office.send("/kuis/baru/", {**page.fields(), "course": "", **told})
    assert "20 soal masih kurang" in page.text
    desk = page.url
    page = office.send(desk, {**page.fields(), "text": MANY}, status=200)
    assert "Apa, ke-20, yang pertama" in page.text
    assert not Question.objects.exists()
    page = office.send(desk, {**page.fields(), "text": MANY, "keep": "1"})
    assert "20 soal ditambahkan" in page.text
    assert "Siap diterbitkan" in page.text
    row = Quiz.objects.get()
    page = office.send(f"/kuis/{row.pk}/terbit/", page.fields())
    assert "Terbit" in page.text
    attempt = services.open_attempt(code="kuis-loket", by=_taker(kota), at=NOW)
    assert len(attempt.questions) == 20


def _taker(city):
    from lingkar.directory.people.queries import actor_for

    _person, account = learner(city)
    return actor_for(account, day=NOW.date())


def test_what_is_not_understood_is_shown_and_nothing_is_kept(kota, as_role):
    row = quiz(kota, many=1)
    office = as_role("training", None)
    page = office.page(f"/kuis/{row.pk}/soal/")
    wrong = ONE.replace("Kunci: B\n", "")
    page = office.send(page.url, {**page.fields(), "text": f"{ONE}\n{wrong}", "keep": "1"}, status=422)
    assert "Jawaban benarnya belum jelas" in page.text
    assert Question.objects.count() == 1
    page = office.send(page.url, {**page.fields(), "text": "\n \n."}, status=422)
    assert Question.objects.count() == 1


def test_a_question_goes_until_somebody_has_taken_the_quiz(kota, as_role):
    row = quiz(kota, many=3, shown=2)
    office = as_role("training", None)
    page = office.page(f"/kuis/{row.pk}/soal/")
    office.send(f"/kuis/{row.pk}/soal/1/hapus/", page.fields())
    assert [it.number for it in row.questions.all()] == [1, 2]
    services.open_attempt(code=row.code, by=_taker(kota), at=NOW)
    with pytest.raises(Refused, match=r"exams\.quiz_taken"):
        services.remove_question(quiz=row.pk, number=1, by=kota.system, at=NOW)
    assert "Keluarkan soal" not in office.page(f"/kuis/{row.pk}/soal/").text


def test_others_do_not_make_quizzes(kota, as_role):
    row = quiz(kota)
    officer = as_role("officer", "dukcapil")
    assert officer.get(f"/kuis/{row.pk}/soal/").status_code == 403
    assert officer.get("/kuis/baru/").status_code == 403
