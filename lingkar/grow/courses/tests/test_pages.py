"""Pages of learners and makers."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lingkar.directory.people.models import Account
from lingkar.directory.people.queries import actor_for
from lingkar.foundation.ui.tasks import tasks
from lingkar.grow.courses import rules, services
from lingkar.grow.courses.models import Course, Lesson, Material, Progress
from tests.fixtures import signed_in
from tests.learning import FIRST, course, learner


@pytest.fixture
def made(kota, at):
    return course(kota)


@pytest.fixture
def rina(kota, made, at):
    """A browser of a learner who is enrolled."""
    person, account = learner(kota)
    services.enrol_many(course=made.pk, people=[person.pk], source="own", by=kota.system, at=at)
    return signed_in(account)


def check_of(made, number):
    lesson = Lesson.objects.get(course=made, number=number)
    return lesson, rules.blocks_of(lesson.blocks)[-1]


def tell(browser, events):
    token = browser.cookies["csrf"].value
    return browser.post(
        "/belajar/kirim/",
        json.dumps({"events": events}),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )


def test_a_course_is_taken_without_a_script(rina, made, at):
    page = rina.page("/belajar/")
    assert "Pelayanan prima di loket" in page.text
    page = rina.page("/belajar/pelayanan-prima/")
    assert "/belajar/pelayanan-prima/1/" in page.links()
    page = rina.page("/belajar/pelayanan-prima/1/")
    assert "<strong>standar</strong>" in page.html
    for number in (1, 2):
        url = f"/belajar/pelayanan-prima/{number}/"
        _, check = check_of(made, number)
        wrong = (check.right + 1) % len(check.options)
        page = rina.send(url, {"bagian": check.id, "pilihan": str(wrong)})
        assert "Belum tepat" in page.text
        page = rina.send(url, {"bagian": check.id, "pilihan": str(check.right)})
        page = rina.send(url, {})
    assert "Itu pelajaran terakhir" in page.text
    assert "Anda sudah menuntaskan kursus ini" in page.text


def test_who_reads_to_the_end_is_led_to_the_open_question(rina, made):
    page = rina.send("/belajar/pelayanan-prima/1/", {})
    assert "jawaban yang benar" in page.text
    page = rina.send("/belajar/pelayanan-prima/1/", {"bagian": "x", "pilihan": ""})
    assert "Pilih satu jawaban dulu" in page.text
    page = rina.send("/belajar/pelayanan-prima/1/", {"bagian": "x", "pilihan": "0"})
    assert "Soal ini berubah" in page.text


def test_a_phone_tells_what_it_kept(rina, made):
    rina.page("/belajar/pelayanan-prima/1/")
    lesson, check = check_of(made, 1)
    strange = str(uuid4())
    events = [
        {"key": str(uuid4()), "lesson": str(lesson.pk), "block": "", "at": 0},
        {"key": str(uuid4()), "lesson": str(lesson.pk), "block": check.id, "choice": check.right, "at": 1e300},
        {"key": strange, "lesson": str(uuid4())},
    ]
    for _ in range(2):
        told = tell(rina, events).json()
        assert set(told["kept"]) == {event["key"] for event in events[:2]}
        assert told["at"] == "10:00:00"
        assert "tidak terdaftar" in told["refused"][strange]
    assert Progress.objects.filter(block="").count() == 1


@pytest.mark.parametrize("body", ["", "[]", "{", '{"events": [{"key": "x"}]}', '{"events": 3}'])
def test_rubbish_is_answered_in_words(rina, made, body):
    rina.page("/belajar/")
    token = rina.cookies["csrf"].value
    answer = rina.post("/belajar/kirim/", body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 400
    assert "tetap tersimpan di HP" in answer.json()["say"]


def test_a_form_is_answered_in_words(rina, made):
    rina.page("/belajar/")
    assert "tetap tersimpan di HP" in rina.submit("/belajar/kirim/", {}).json()["say"]


def test_nobody_tells_from_another_site(rina, made):
    assert rina.post("/belajar/kirim/", "{}", content_type="application/json").status_code == 403


def test_the_next_lesson_waits_at_home(kota, rina, made, at):
    by = actor_for(Account.objects.get(name="Rina Wulandari"), day=at.date())
    (task,) = tasks(by, at)
    assert (task.href, task.minutes) == ("/belajar/pelayanan-prima/1/", 5)
    lesson, check = check_of(made, 1)
    told = [services.Told(uuid4(), lesson.pk), services.Told(uuid4(), lesson.pk, check.id, check.right)]
    services.keep_progress(events=told, by=by, at=at)
    (task,) = tasks(by, at)
    assert task.href == "/belajar/pelayanan-prima/2/"


def test_who_is_not_enrolled_finds_nothing(kota, made, as_role):
    assert "Belum ada kursus untuk Anda" in as_role("member", None).page("/belajar/").text
    as_role("member", None).page("/belajar/pelayanan-prima/", status=404)
    as_role("training", "pupr").page("/belajar/pelayanan-prima/1/", status=404)
    as_role("training", None).page("/belajar/pelayanan-prima/1/")
    as_role("training", None).page("/belajar/pelayanan-prima/9/", status=404)


def test_markdown_brings_no_script(kota, as_role, at):
    made = course(kota, code="a")
    evil = "## <script>x</script>\n<b onclick=x>tebal</b> [k](javascript:alert(1)) ![a](http://b/c.png)"
    lesson = services.NewLesson("Jahat", 5, rules.written(evil))
    services.add_lessons(course=made.pk, lessons=[lesson], by=kota.system, at=at)
    page = as_role("training", None).page("/belajar/a/3/")
    assert "&lt;script&gt;" in page.html
    assert "javascript:" not in " ".join(page.links())
    assert not page.markup.select("main b, main img[src^=http]")


def test_a_maker_writes_a_course(kota, as_role, at):
    browser = as_role("training", None)
    assert "Belum ada kursus" in browser.page("/kursus/").text
    unit = str(kota.units["dukcapil"].pk)
    told = {"title": "Arsip", "code": "arsip", "unit": unit, "review_on": "2027-01-01", "summary": "Surat."}
    page = browser.send("/kursus/baru/", told)
    made = Course.objects.get(code="arsip")
    assert "Belum ada pelajaran" in page.text
    browser.page("/kursus/baru/")
    page = browser.send("/kursus/baru/", told, status=422)
    page = browser.send(f"/kursus/{made.pk}/terbit/", {})
    assert "tanpa pelajaran" in page.text
    url = f"/kursus/{made.pk}/pelajaran/"
    browser.page(url)
    page = browser.send(url, {"title": "Satu", "minutes": "5", "words": "?? Apa?\n(x) a || b"}, status=422)
    assert "Apa?" in page.text
    page = browser.send(url, {"title": "Satu", "minutes": "5", "words": FIRST + "\n::berkas kartu.pdf | Kartu"})
    page = browser.send(f"/kursus/{made.pk}/terbit/", {})
    assert "kartu.pdf" in page.text
    pdf = SimpleUploadedFile("Kartu.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    page = browser.send(f"/kursus/{made.pk}/bahan/", {"file": pdf})
    assert "kartu.pdf" in page.text
    page = browser.send(f"/kursus/{made.pk}/terbit/", {})
    assert "Diterbitkan" in page.text
    lesson = Lesson.objects.get(course=made)
    page = browser.page(f"/kursus/pelajaran/{lesson.pk}/")
    assert "?? Warga datang" in page.html
    new, one = {"minutes": "6", "words": FIRST, "seen": page.fields()["seen"]}, f"/kursus/pelajaran/{lesson.pk}/"
    page = browser.send(one, new | {"title": "Dua"})
    assert "Dua" in page.text
    page = browser.send(one, new | {"title": "Tiga"}, status=422)
    assert "Ini sudah diubah setelah Anda membukanya" in page.text
    assert page.fields()["title"] == "Tiga"
    assert "Dua" in page.text
    browser.page(f"/kursus/{made.pk}/ubah/")
    browser.send(f"/kursus/{made.pk}/ubah/", told | {"title": "Arsip dinas"})
    browser.send(f"/kursus/pelajaran/{lesson.pk}/urutan/", {"arah": "naik"})
    browser.send(f"/kursus/pelajaran/{lesson.pk}/hapus/", {})
    assert not Lesson.objects.exists()


def test_a_broken_file_is_refused_in_words(kota, as_role, made):
    page = as_role("training", None).send(
        f"/kursus/{made.pk}/bahan/", {"file": SimpleUploadedFile("a.exe", b"MZ....")}, status=422
    )
    assert "Pelajaran memuat gambar" in page.text


def test_learners_are_listed_and_taken_along(rina, made, as_role):
    browser = as_role("training", None)
    page = browser.page(f"/kursus/{made.pk}/peserta/")
    assert "Rina Wulandari" in page.text
    answer = browser.get(f"/kursus/{made.pk}/peserta/?unduh=csv")
    told = b"".join(answer.streaming_content).decode()
    assert "Rina Wulandari" in told
    assert "pelayanan-prima" in browser.page("/kursus/?q=prima&keadaan=published").text
    assert "Tidak ada kursus yang cocok" in browser.page("/kursus/?q=tiada").text
    as_role("training", "pupr").page(f"/kursus/{made.pk}/", status=404)


def test_a_player_gets_the_part_it_asks_for(kota, rina, made, at):
    sound = b"ID3" + bytes(range(256)) * 8
    upload = SimpleUploadedFile("sapaan.mp3", sound)
    row = services.add_material(course=made.pk, name="sapaan.mp3", upload=upload, by=kota.system, at=at)
    url = f"/belajar/berkas/{row.pk}/"
    whole = rina.get(url)
    assert b"".join(whole.streaming_content) == sound
    part = rina.get(url, headers={"Range": "bytes=3-12"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 3-12/{len(sound)}")
    assert b"".join(part.streaming_content) == sound[3:13]
    words = rules.written("::audio sapaan.mp3 | Sapaan | Selamat pagi.\n\n" + FIRST)
    lesson = Lesson.objects.get(course=made, number=1)
    services.change_lesson(lesson=lesson.pk, new=services.NewLesson("A", 5, words), by=kota.system, at=at)
    assert "Selamat pagi." in rina.page("/belajar/pelayanan-prima/1/").text
    assert Material.objects.count() == 1
