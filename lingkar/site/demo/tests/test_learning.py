"""The courses and the quiz of the demo are whole, and people learn from them."""

from lingkar.grow.courses.models import Course, Lesson
from lingkar.grow.exams.models import Question, Quiz
from lingkar.site.demo.learning import load_learning


def test_the_courses_and_the_quiz_are_there(kota, at):
    units = {"pengembangan": kota.units["setda"].pk}
    load_learning(units=units, by=kota.system, at=at)
    prima = Course.objects.get(code="pelayanan-prima")
    lessons = Lesson.objects.filter(course=prima)
    assert prima.published_at
    assert len(lessons) == 6
    assert all(3 <= lesson.minutes <= 7 for lesson in lessons)
    for lesson in Lesson.objects.all():
        assert any(block["type"] == "check" for block in lesson.blocks), lesson
    assert Course.objects.get(code="tata-naskah").lessons.count() == 4
    quiz = Quiz.objects.get(code="kuis-pktbt")
    assert (quiz.shown, quiz.course) == (20, prima)
    keys = list(Question.objects.filter(quiz=quiz).values_list("key", flat=True))
    assert len(keys) == 20
    assert set(keys) == {0, 1, 2, 3}


def test_the_pages_of_the_lessons_are_light_and_right(kota, at, as_role):
    load_learning(units={"pengembangan": kota.units["setda"].pk}, by=kota.system, at=at)
    browser = as_role("training", None)
    for number in range(1, 7):
        page = browser.page(f"/belajar/pelayanan-prima/{number}/")
        assert len(page.html) < 40_000
    for number in range(1, 5):
        browser.page(f"/belajar/tata-naskah/{number}/")


def test_a_city_without_the_unit_has_none(kota, at):
    load_learning(units={}, by=kota.system, at=at)
    assert not Course.objects.exists()
