"""Rina learns and is asked on a phone whose network goes away for ten minutes: nothing is lost, on any device."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lingkar.grow.courses import rules
from lingkar.grow.courses import services as courses
from lingkar.grow.courses.models import CheckAnswer, Lesson, Progress
from lingkar.grow.exams.models import Answer, Attempt, UncountedAnswer
from tests.browser import cut_network, overflow
from tests.fixtures import NOW
from tests.learning import course, learner, quiz

pytestmark = pytest.mark.browser
WAITS = "Tersimpan di HP. Terkirim sendiri begitu ada jaringan."
MINUTES = 10


@pytest.fixture
def rina(kota):
    """Somebody enrolled in a course of two lessons, with a quiz of six questions; her account."""
    person, account = learner(kota)
    made = course(kota)
    courses.enrol_many(course=made.pk, people=[person.pk], source="own", by=kota.system, at=NOW)
    quiz(kota, course=made.code, many=6)
    return account


def pass_minutes(page: Page, minutes: int = MINUTES) -> None:
    """Let the phone's clock and its timers go on."""
    page.clock.fast_forward(timedelta(minutes=minutes) // timedelta(milliseconds=1))


def check_of(number: int) -> rules.Check:
    """The check question of a lesson."""
    last = rules.blocks_of(Lesson.objects.get(number=number).blocks)[-1]
    assert isinstance(last, rules.Check)
    return last


def choose(page: Page, words: str) -> None:
    page.get_by_label(words, exact=True).check()


def test_a_lesson_goes_on_without_a_network(site, window, rina, axe):
    page = window(account=rina)
    page.clock.install()
    page.goto("/belajar/pelayanan-prima/1/")
    axe(page)
    assert overflow(page) == 0
    cut_network(page)
    check = check_of(1)
    wrong, right = check.options[0], check.options[check.right]
    choose(page, wrong.text)
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_text(wrong.why)).to_be_visible()
    expect(page.get_by_text(WAITS)).to_be_visible()
    choose(page, right.text)
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_text(right.why)).to_be_visible()
    page.get_by_role("button", name="Selesai, ke pelajaran berikutnya").click()
    expect(page.get_by_text("Pelajaran ini selesai, tersimpan di HP.")).to_be_visible()
    assert not CheckAnswer.objects.exists()
    pass_minutes(page)
    cut_network(page, cut=False)
    expect(page).to_have_url(re.compile("/belajar/pelayanan-prima/2/$"))
    assert CheckAnswer.objects.count() == 2
    assert Progress.objects.filter(lesson__number=1, block="").count() == 1
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('belajar:')).length") <= 1


def test_a_closed_tab_loses_nothing_of_a_lesson(site, window, rina):
    page = window(account=rina)
    page.goto("/belajar/pelayanan-prima/1/")
    cut_network(page)
    check = check_of(1)
    choose(page, check.options[check.right].text)
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_text(WAITS)).to_be_visible()
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto("/belajar/")
    expect(again.get_by_text(re.compile(r"Tersimpan \d\d:\d\d:\d\d"))).to_be_visible()
    assert CheckAnswer.objects.get().is_right


def test_a_quiz_goes_on_without_a_network(site, window, rina, axe):
    page = window(account=rina)
    page.clock.install()
    page.goto("/ujian/kuis-pktbt/")
    axe(page)
    with page.expect_response(re.compile("/naskah/")):
        page.get_by_role("button", name="Mulai sekarang").click()
    axe(page)
    assert overflow(page) == 0
    answer(page)
    expect(page.get_by_text("Tersimpan 10:00:00")).to_be_visible()
    assert Answer.objects.count() == 1
    cut_network(page)
    for number in range(2, 7):
        page.get_by_role("button", name="Soal berikutnya").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Soal {number} dari 6")
        answer(page)
        expect(page.get_by_text(WAITS)).to_be_visible()
    page.get_by_role("link", name="3 ", exact=False).first.click()
    answer(page, place=1)
    assert Answer.objects.count() == 1
    pass_minutes(page)
    cut_network(page, cut=False)
    expect(page.get_by_text("Tersimpan 10:00:00")).to_be_visible()
    attempt = Attempt.objects.get()
    places = [0, 0, 1, 0, 0, 0]
    chosen = dict(Answer.objects.values_list("number", "choice"))
    assert [attempt.orders[n].index(str(chosen[n + 1])) for n in range(6)] == places
    assert list(Answer.objects.order_by("seq").values_list("number", flat=True)) == [1, 2, 4, 5, 6, 3]

    other = window(account=rina)
    with other.expect_response(re.compile("/naskah/")):
        other.goto("/ujian/kuis-pktbt/soal/3/")
    expect(other.locator("input[type=radio]").nth(1)).to_be_checked()
    other.get_by_role("link", name="Periksa dan kumpulkan").click()
    expect(other.get_by_text("Semua soal sudah dijawab.")).to_be_visible()
    axe(other)
    other.get_by_role("button", name="Kumpulkan").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Nilai Anda:")
    axe(other)
    attempt.refresh_from_db()
    assert attempt.submitted_at is not None

    answer(page, place=2)
    expect(page.get_by_text(re.compile("Jawaban ini masuk sesudahnya"))).to_be_visible()


def test_two_phones_answer_one_question(site, window, rina):
    page = window(account=rina)
    page.goto("/ujian/kuis-pktbt/")
    with page.expect_response(re.compile("/naskah/")):
        page.get_by_role("button", name="Mulai sekarang").click()
    other = window(account=rina)
    with other.expect_response(re.compile("/naskah/")):
        other.goto("/ujian/kuis-pktbt/soal/1/")
    answer(page, place=0)
    expect(page.get_by_text("Tersimpan 10:00:00")).to_be_visible()
    answer(other, place=2)
    expect(other.get_by_text("Tersimpan 10:00:00")).to_be_visible()
    assert chosen_place() == 2, "given later"
    assert UncountedAnswer.objects.get().why == "overtaken"


def test_a_phone_that_was_away_for_long_gives_way_to_a_later_answer(site, window, rina):
    """Its answer is kept, and both its own page and the result say which one counts."""
    page = window(account=rina)
    page.clock.install()
    begun(page)
    other = window(account=rina)
    with other.expect_response(re.compile("/naskah/")):
        other.goto("/ujian/kuis-pktbt/soal/1/")
    cut_network(page)
    for place in (0, 1, 0, 1):
        answer(page, place=place)
    expect(page.get_by_text(WAITS)).to_be_visible()
    pass_minutes(page)
    answer(other, place=2)
    expect(other.get_by_text("Tersimpan 10:00:00")).to_be_visible()
    cut_network(page, cut=False)
    expect(page.get_by_text("Soal 1 dijawab di perangkat lain setelah Anda menjawabnya di sini.")).to_be_visible()
    expect(page.locator("input[type=radio]").nth(2)).to_be_checked()
    assert chosen_place() == 2
    answer(page, place=3)
    expect(page.get_by_text("Tersimpan 10:00:00")).to_be_visible()
    assert chosen_place() == 3
    page.get_by_role("link", name="Periksa dan kumpulkan").click()
    page.get_by_role("button", name="Kumpulkan").click()
    page.get_by_text("2 jawaban tidak dinilai").click()
    expect(page.get_by_text("lebih dulu daripada jawaban yang berlaku").first).to_be_visible()


def chosen_place() -> int:
    """Which choice of the first question stands, as it is shown."""
    return Attempt.objects.get().orders[0].index(str(Answer.objects.get(number=1).choice))


def begun(page: Page) -> None:
    """Begin the quiz, with its paper on the phone."""
    page.goto("/ujian/kuis-pktbt/")
    with page.expect_response(re.compile("/naskah/")):
        page.get_by_role("button", name="Mulai sekarang").click()


def test_nothing_is_handed_in_while_answers_wait_on_the_phone(site, window, rina):
    """Also not before the phone has fetched the paper without which it can send nothing."""
    page = window(account=rina)
    begun(page)
    cut_network(page)
    answer(page)
    expect(page.get_by_text(WAITS)).to_be_visible()
    for way in ("**/naskah/", "**/ujian/simpan/"):
        page.route(way, lambda route: route.abort("internetdisconnected"))
    cut_network(page, cut=False)
    page.goto("/ujian/kuis-pktbt/kumpul/")
    page.get_by_role("button", name="Kumpulkan").click()
    expect(page.get_by_text("Masih ada jawaban yang tersimpan di HP.")).to_be_visible()
    assert Attempt.objects.get().submitted_at is None
    page.unroute_all()
    expect(page.get_by_text("Tersimpan 10:00:00")).to_be_visible()
    page.get_by_role("button", name="Kumpulkan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nilai Anda:")
    assert Answer.objects.count() == 1


def test_two_tabs_of_a_phone_keep_what_waits_in_both(site, window, rina):
    page = window(account=rina)
    begun(page)
    tab = page.context.new_page()
    with tab.expect_response(re.compile("/naskah/")):
        tab.goto(page.url.replace("/soal/1/", "/soal/2/"))
    cut_network(page)
    answer(tab, place=1)
    expect(tab.get_by_text(WAITS)).to_be_visible()
    answer(page)
    expect(page.get_by_text(WAITS)).to_be_visible()
    tab.close()
    cut_network(page, cut=False)
    expect(page.get_by_text("Tersimpan 10:00:00")).to_be_visible()
    assert sorted(Answer.objects.values_list("number", flat=True)) == [1, 2]


def answer(page: Page, place: int = 0) -> None:
    """Tap a choice of the question that is shown, once. ``check`` would tap again where choices are drawn anew."""
    page.locator("input[type=radio]").nth(place).click()
