"""Pages of takers and the door of answers."""

import gzip
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lingkar.directory.people.models import Account
from lingkar.directory.people.queries import actor_for
from lingkar.foundation.ui.tasks import tasks
from lingkar.grow.exams import services
from lingkar.grow.exams.models import Answer, Attempt, Quiz, UncountedAnswer
from lingkar.grow.exams.web.tokens import holder_of, token_for
from tests.fixtures import signed_in
from tests.learning import learner, quiz

DOOR = "/ujian/simpan/"


@pytest.fixture
def rina(kota, at):
    """A browser of somebody for whom there is a quiz of five questions."""
    _, account = learner(kota)
    quiz(kota)
    return signed_in(account)


@pytest.fixture
def begun(rina):
    """The same, with an attempt that runs; and the paper as the phone has it."""
    rina.send("/ujian/kuis-pktbt/", {})
    return rina.get("/ujian/kuis-pktbt/naskah/").json()


def right(number):
    return Attempt.objects.get().orders[number - 1].index("0")


def taken(browser, url):
    """A list that is taken along, read to its end."""
    return b"".join(browser.get(url).streaming_content).decode()


def knock(browser, paper, *answers, token=None, **more):
    body = {"token": token or paper["token"], "answers": list(answers), **more}
    return browser.post(DOOR, json.dumps(body), content_type="application/json")


def test_a_quiz_is_taken_without_a_script(rina):
    assert "Kuis PKTBT" in rina.page("/ujian/").text
    assert "5 soal, 30 menit" in rina.page("/ujian/kuis-pktbt/").text
    page = rina.send("/ujian/kuis-pktbt/", {})
    assert page.title == "Soal 1 dari 5"
    for number in range(1, 5):
        page = rina.send(f"/ujian/kuis-pktbt/soal/{number}/", {"pilihan": str(right(number))})
        assert "Tersimpan 10:00:00" in page.text
    page = rina.send("/ujian/kuis-pktbt/soal/5/", {})
    assert "1 soal belum dijawab" in page.text
    page = rina.send("/ujian/kuis-pktbt/kumpul/", {})
    assert page.title == "Nilai Anda: 80,00"
    assert "Lulus" in page.text
    assert "Sebab 1." not in page.text
    assert "Anda membacanya beserta alasannya setelah percobaan terakhir." in page.text
    assert "Percobaan 1" in rina.page("/ujian/kuis-pktbt/").text
    page = rina.page("/ujian/")
    assert "80" in page.text
    rina.page("/ujian/kuis-pktbt/hasil/2/", status=404)


def test_keys_are_told_after_the_last_attempt_or_the_closing(kota, rina, at):
    """Two attempts are allowed: the result of the first tells no key, not even while the second one runs."""
    for _attempt in range(2):
        rina.send("/ujian/kuis-pktbt/", {})
        assert "Sebab" not in rina.page("/ujian/kuis-pktbt/soal/1/").text
        if Attempt.objects.count() == 2:
            assert "Sebab" not in rina.page("/ujian/kuis-pktbt/hasil/1/").text
        page = rina.send("/ujian/kuis-pktbt/kumpul/", {})
    assert "Sebab 1." in page.text
    assert "Sebab 1." in rina.page("/ujian/kuis-pktbt/hasil/1/").text
    Attempt.objects.filter(number=2).delete()
    assert "Sebab 1." not in rina.page("/ujian/kuis-pktbt/hasil/1/").text
    Quiz.objects.update(closes_at=at)
    assert "Sebab 1." in rina.page("/ujian/kuis-pktbt/hasil/1/").text


def test_an_answer_through_the_door_is_one_statement(rina, begun):
    with CaptureQueriesContext(connection) as first:
        knock(rina, begun, {"n": 1, "c": 2, "s": 1})
    with CaptureQueriesContext(connection) as ran:
        answer = knock(rina, begun, {"n": 1, "c": 1, "s": 2, "at": 0})
    assert len(ran) == 1, first
    assert answer.json() == {"saved": [1], "at": "10:00:00"}
    assert "sessionid" not in answer.cookies


def test_the_door_needs_no_session(client, begun):
    assert knock(client, begun, {"n": 1, "c": 2, "s": 1}).json()["saved"] == [1]


def test_a_forged_token_opens_nothing(kota, rina, begun):
    token = begun["token"]
    other = "_" if token[40] != "_" else "-"
    forged = ["A" * 86, token[:40] + other + token[41:], "é", token + "AAAA"]
    for one in forged:
        answer = knock(rina, begun, {"n": 1, "c": 2, "s": 1}, token=one or "-")
        assert answer.status_code == 403, one
        assert "tidak ada yang tersimpan" in answer.json()["say"]
    assert not Answer.objects.exists()


def test_a_token_of_a_changed_key_opens_until_it_is_forgotten(settings, begun):
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "new"
    assert holder_of(begun["token"]) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert holder_of(begun["token"])


def test_anothers_attempt_is_kept_from_me(kota, rina, begun):
    attempt = Attempt.objects.get()
    _, other = learner(kota, "Budi Santoso")
    browser = signed_in(other)
    assert browser.get("/ujian/kuis-pktbt/naskah/").status_code == 410
    browser.page("/ujian/kuis-pktbt/hasil/1/", status=404)
    Attempt.objects.update(submitted_at=timezone.now(), score=0)
    token = token_for(attempt.pk, agency=kota.agency.pk, account=other.pk)
    assert knock(browser, begun, {"n": 1, "c": 2, "s": 1}, token=token).status_code == 403


RUBBISH = (
    "",
    "{",
    "[]",
    '{"token": "x"}',
    '{"token": "x", "answers": [{"n": "1"}]}',
    '{"token": "x", "answers": [{"n": 1, "c": 1, "s": 1, "x": 1}]}',
)


@pytest.mark.parametrize("body", RUBBISH)
def test_rubbish_is_answered_in_words(rina, begun, body):
    answer = rina.post(DOOR, body, content_type="application/json")
    assert answer.status_code == 400
    assert "tetap ada di HP" in answer.json()["say"]


def test_two_phones_at_once_are_told(rina, begun):
    knock(rina, begun, {"n": 1, "c": 2, "s": 1})
    told = knock(rina, begun, {"n": 1, "c": 3, "s": 1}).json()
    assert told["other"] == [[1, 2, 1]]
    assert "Soal 1 dijawab di perangkat lain" in told["say"]


def test_a_phone_that_was_away_gives_way_to_what_was_answered_since(rina, begun):
    knock(rina, begun, {"n": 1, "c": 2, "s": 1, "w": 0}, d=22)
    told = knock(rina, begun, {"n": 1, "c": 3, "s": 40, "w": 480_000}, d=11).json()
    assert (told["saved"], told["other"]) == ([], [[1, 2, 1]])
    page = rina.send("/ujian/kuis-pktbt/kumpul/", {})
    assert "1 jawaban tidak dinilai" in page.text
    assert "di perangkat lain, lebih dulu" in page.text


def test_without_a_script_an_answer_after_the_end_is_kept_too(rina, begun, monkeypatch, at):
    sent = {"percobaan": begun["attempt"], "pilihan": "1"}
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=30, seconds=1))
    page = rina.send("/ujian/kuis-pktbt/soal/2/", sent)
    assert page.title == "Nilai Anda: 0,00"
    assert "tidak dinilai" in page.text
    rina.send("/ujian/kuis-pktbt/soal/2/", sent | {"pilihan": "2"})
    assert UncountedAnswer.objects.filter(why="late").count() == 2


def test_an_old_page_answers_and_hands_in_its_own_attempt_alone(rina, begun):
    """The second attempt runs: what a page of the first one still sends belongs to the first one."""
    rina.send("/ujian/kuis-pktbt/kumpul/", {"percobaan": begun["attempt"]})
    rina.send("/ujian/kuis-pktbt/", {})
    page = rina.send("/ujian/kuis-pktbt/soal/2/", {"percobaan": begun["attempt"], "pilihan": "1"})
    assert page.title == "Nilai Anda: 0,00"
    rina.send("/ujian/kuis-pktbt/kumpul/", {"percobaan": begun["attempt"]})
    assert not Answer.objects.exists()
    assert Attempt.objects.get(number=2).submitted_at is None


def test_after_the_time_a_sentence_and_nothing_lost(rina, begun, monkeypatch, at):
    knock(rina, begun, {"n": 1, "c": right(1), "s": 1})
    later = at + timedelta(minutes=30, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    told = knock(rina, begun, {"n": 2, "c": right(2), "s": 2, "at": 0}).json()
    assert (told["saved"], told["late"], told["over"]) == ([], [2], True)
    assert "tidak dinilai" in told["say"]
    assert UncountedAnswer.objects.get().told_at.year == 1970
    page = rina.page(rina.get("/ujian/kuis-pktbt/soal/2/").headers["Location"])
    assert page.title == "Nilai Anda: 20,00"
    assert "1 jawaban masuk setelah itu" in page.text
    page = rina.send("/ujian/kuis-pktbt/soal/2/", {"pilihan": "1"})
    assert page.title == "Nilai Anda: 20,00"


def test_another_device_goes_on_where_the_first_was(rina, begun):
    knock(rina, begun, {"n": 3, "c": 2, "s": 7})
    other = signed_in(Account.objects.get(name="Rina Wulandari"))
    paper = other.get("/ujian/kuis-pktbt/naskah/").json()
    assert (paper["attempt"], paper["seq"]) == (begun["attempt"], 7)
    assert [turn["chosen"] for turn in paper["turns"]] == [None, None, 2, None, None]
    assert "key" not in json.dumps(paper)
    page = other.page("/ujian/kuis-pktbt/soal/3/")
    assert "Tersimpan 10:00:00" in page.text


def test_turns_are_light(rina, begun):
    page = rina.page("/ujian/kuis-pktbt/soal/1/")
    assert len(gzip.compress(page.html.encode())) < 6000
    rina.page("/ujian/kuis-pktbt/soal/6/", status=404)


def test_a_running_attempt_comes_first_at_home(kota, rina, begun, at):
    (task,) = tasks(actor_for(Account.objects.get(name="Rina Wulandari"), day=at.date()), at)
    assert (task.href, task.minutes, task.order) == ("/ujian/kuis-pktbt/soal/1/", 30, 0)


def test_who_has_no_attempt_left_reads_why(rina, begun, at):
    by = actor_for(Account.objects.get(name="Rina Wulandari"), day=at.date())
    for _ in range(2):
        attempt = services.open_attempt(code="kuis-pktbt", by=by, at=at)
        services.submit_attempt(attempt=attempt.pk, by=by, at=at)
    assert "Semua kesempatan" in rina.page("/ujian/kuis-pktbt/").text
    assert "Semua kesempatan" in rina.send("/ujian/kuis-pktbt/", {}).text


def test_an_account_without_a_person_reads_why(kota, at, as_role):
    quiz(kota)
    page = as_role("member", None).send("/ujian/kuis-pktbt/", {})
    assert "belum terhubung" in page.text


def test_results_are_listed_and_taken_along(kota, rina, begun, as_role):
    browser = as_role("training", None)
    assert "Kuis PKTBT" in browser.page("/kuis/").text
    url = f"/kuis/{Attempt.objects.get().quiz_id}/"
    assert "Rina Wulandari" in browser.page(url).text
    assert "Rina Wulandari" in taken(browser, f"{url}?unduh=csv")
    assert "kuis-pktbt" in taken(browser, "/kuis/?unduh=csv")
    as_role("training", "pupr").page(url, status=404)
