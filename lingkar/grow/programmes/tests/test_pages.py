"""Pages of participants, trainers and the training office."""

from datetime import timedelta
from decimal import Decimal

import pytest

from lingkar.directory.services import services as catalogue
from lingkar.grow.programmes import keys, queries, services
from lingkar.grow.programmes.models import Attendance, Cohort
from lingkar.grow.programmes.services import NewDuty
from lingkar.grow.programmes.tests import made as m
from tests.fixtures import LONG_AGO, NOW, signed_in
from tests.standards import WHOLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(kota):
    """A browser of the training office."""
    return signed_in(kota.holder("training", None))


@pytest.fixture
def learner(kota):
    """Somebody with an account, in a running cohort with a session now; their browser."""
    person = m.learner(kota, "Nadia Safitri", account=kota.holder("member", None))
    item = m.cohort(kota, [person])
    held = m.session(kota, item)
    return person, item, held, m.browser(person)


def test_a_participant_has_one_next_thing(learner):
    person, _item, held, browser = learner
    assert "PKTBT Angkatan I" in browser.page("/program/").text
    page = browser.page("/program/pktbt-1/")
    assert "Catat kehadiran" in page.text
    services.attend(token=keys.token_for(held.pk, NOW), by=m.actor(person), at=NOW)
    page = browser.page("/program/pktbt-1/")
    assert "Tidak ada yang tertinggal" in page.text
    assert "hadir" in page.text


def test_an_account_without_a_person_reads_why(as_role):
    assert "belum terhubung" in as_role("officer").page("/program/").text
    as_role("officer").page("/program/pktbt-1/", status=404)


def test_a_qr_is_opened_and_pressed_once(learner):
    _person, _item, held, browser = learner
    address = f"/hadir/{keys.token_for(held.pk, NOW)}/"
    browser.page(address)
    assert not Attendance.objects.exists(), "opening the page notes nothing"
    assert "tersimpan, pukul 10.00.00" in browser.send(address, {}, status=200).text
    assert "sekali sudah cukup" in browser.send(address, {}, status=200).text
    assert Attendance.objects.count() == 1


def test_a_forged_and_an_old_qr_get_a_sentence(learner):
    _person, _item, held, browser = learner
    assert "bukan dari sesi" in browser.send("/hadir/AAAA/", {}, status=422).text
    old = keys.token_for(held.pk, NOW - timedelta(minutes=10))
    assert "sudah berganti" in browser.send(f"/hadir/{old}/", {}, status=422).text


def test_six_letters_are_typed(learner):
    _person, _item, held, browser = learner
    assert "bukan milik sesi" in browser.send("/hadir/", {"code": "AAAAAA"}, status=422).text
    code = keys.code_for(held.pk, NOW)
    assert "tersimpan" in browser.send("/hadir/", {"code": code.lower()}, status=200).text


def test_the_questions_at_the_end(learner, kota):
    _person, item, _held, browser = learner
    answers = {it.code: "4" for it in queries.scheme_of(item).questions}
    browser.send("/program/pktbt-1/tanggapan/", {}, status=422)
    assert "tanpa nama" in browser.send("/program/pktbt-1/tanggapan/", answers).text
    assert browser.get("/program/pktbt-1/tanggapan/").status_code == 302


def test_the_day_of_a_trainer(kota):
    trainer = m.learner(kota, "Bu Rina", account=kota.holder("officer"))
    people = [m.learner(kota, name) for name in ("Ani", "Budi")]
    item = m.cohort(kota, people)
    held = m.session(kota, item, trainer=trainer)
    browser = m.browser(trainer)
    assert "Tata naskah dinas" in browser.page("/mengajar/").text
    wall = browser.page(f"/mengajar/sesi/{held.pk}/layar/")
    code = keys.code_for(held.pk, NOW)
    assert f"{code[:3]} {code[3:]}" in wall.text
    assert "<svg" in wall.html
    address = f"/mengajar/sesi/{held.pk}/"
    one = m.participant(item, people[0])
    page = browser.send(address, {"present": [str(one.pk), "nobody"]})
    assert "1 dari 2 hadir" in page.text
    assert "0 dari 2 hadir" in browser.send(address, {}).text


def test_a_mentor_marks_those_they_guide(kota):
    mentor = m.learner(kota, "Pak Mentor", account=kota.holder("officer"))
    mine, other = m.learner(kota, "Ani"), m.learner(kota, "Budi")
    item = m.cohort(kota, [mine, other])
    row, hidden = m.participant(item, mine), m.participant(item, other)
    services.add_duties(cohort=item.pk, duties=[NewDuty(mentor.pk, "mentor", row.pk)], by=kota.system, at=NOW)
    browser = m.browser(mentor)
    assert "Budi" not in browser.page("/mengajar/nilai/pktbt-1/").text
    assert "101 tidak diterima" in browser.send(f"/peserta/{row.pk}/", {"field": "101"}, status=422).text
    browser.send(f"/peserta/{row.pk}/", {"field": "88,5"})
    assert queries.marks_book(m.actor(mentor), item, at=NOW).lines[0].so_far == Decimal("17.70")
    assert "alasan perubahannya" in browser.send(f"/peserta/{row.pk}/", {"field": "90"}, status=422).text
    page = browser.send(f"/peserta/{row.pk}/", {"field": "90", "reason": "Salah baca"})
    assert "Salah baca" in page.text
    browser.page(f"/peserta/{hidden.pk}/", status=404)


def test_a_cohort_is_meant_for_a_service_and_what_was_told_of_it_may_change(kota, office):
    services.load_types(by=kota.system, at=NOW)
    unit, by = kota.units["dukcapil"].pk, kota.system
    about = catalogue.add_service(code="ktp-el", unit=unit, standard=WHOLE, by=by, at=NOW)
    catalogue.publish_service(service=about.pk, valid_from=LONG_AGO, reviewed_on=LONG_AGO, by=by, at=NOW)
    told = {"type": "pktbt", "code": "pktbt-9", "title": "PKTBT Angkatan IX", "seats": "2",
            "first_day": "2026-06-01", "last_day": "2026-06-30", "service": "ktp-el"}  # fmt: skip
    assert WHOLE.name in office.send("/pelatihan/baru/", told).text
    page = office.page("/pelatihan/pktbt-9/ubah/")
    assert 'value="ktp-el" selected' in page.html
    told = page.fields() | {"service": "ktp-el", "place": "Aula B"}
    assert "Hari terakhir" in office.send(page.url, told | {"last_day": "2026-05-01"}, status=422).text
    assert "Aula B" in office.send(page.url, told).text
    item = Cohort.objects.get()
    assert (item.service_id, item.place, item.seats) == (about.pk, "Aula B", 2)


def test_the_office_prepares_a_cohort_and_lets_it_begin(kota, office):
    services.load_types(by=kota.system, at=NOW)
    told = {"type": "pktbt", "code": "pktbt-9", "title": "PKTBT Angkatan IX", "seats": "2",
            "first_day": "2026-06-01", "last_day": "2026-06-30"}  # fmt: skip
    office.page("/pelatihan/")
    assert "Hari terakhir" in office.send("/pelatihan/baru/", told | {"last_day": "2026-05-01"}, status=422).text
    office.send("/pelatihan/baru/", told)
    assert "sudah dipakai" in office.send("/pelatihan/baru/", told, status=422).text
    one = "/pelatihan/pktbt-9/"
    assert "paling sedikit" in office.send(f"{one}lanjut/", {}).text
    office.send(one, {"part": "administrative", "title": "Arsip", "jp": "20"})
    office.send(one, {"part": "substantive", "title": "Loket", "jp": "24", "unit": str(kota.units["dukcapil"].pk)})
    assert "Menerima peserta" in office.send(f"{one}lanjut/", {}).text
    people = [m.learner(kota, name) for name in ("Ani", "Budi", "Citra")]
    for person in people[:2]:
        office.send(f"{one}peserta/tambah/", {"nip": person.nip})
    assert "kelebihan 1" in office.send(f"{one}peserta/tambah/", {"nip": people[2].nip}, status=422).text
    assert "Tidak ada pegawai" in office.send(f"{one}peserta/tambah/", {"nip": "12"}, status=422).text
    assert "Berjalan" in office.send(f"{one}lanjut/", {}).text
    assert Cohort.objects.get().state == "running"


def test_the_office_plans_marks_and_decides(kota, office):
    person, trainer = m.learner(kota, "Ani"), m.learner(kota, "Bu Rina")
    item = m.cohort(kota, [person])
    one = "/pelatihan/pktbt-1/"
    new = {"subject": str(queries.subjects_of(item.pk)[0].pk), "day": "2026-06-08", "start": "08:00", "end": "12:00",
           "room": "Aula", "trainer": trainer.nip}  # fmt: skip
    office.send(f"{one}jadwal/", new)
    assert "sedang mengajar" in office.send(f"{one}jadwal/", new, status=422).text
    office.send(f"{one}tugas/", {"nip": trainer.nip, "kind": "coach"})
    assert "Coach" in office.page(f"{one}tugas/").text
    row = m.participant(item, person)
    services.note_attendance(session=item.sessions.get().pk, present=[row.pk], by=kota.system, at=NOW)
    assert "belum masuk" in office.page(f"{one}rapat/").text
    m.mark_all(kota, item, "91")
    assert "Sangat memuaskan" in office.page(f"{one}nilai/").text
    assert "memimpin" in office.send(f"{one}rapat/", {"held_on": "2026-06-08"}, status=422).text
    page = office.send(f"{one}rapat/", {"held_on": "2026-06-08", "chair": "Kepala BKPSDM"})
    assert "1 lulus, 0 ditunda, 0 tidak lulus" in page.text
    assert "Lulus" in office.page(f"{one}peserta/").text
    assert "PKTBT Angkatan I" in office.page("/pelatihan/?keadaan=closed").text


def test_who_leaves_is_asked_why(kota, office):
    person = m.learner(kota, "Ani")
    item = m.cohort(kota, [person])
    row = m.participant(item, person)
    assert "Tulis alasannya" in office.send(f"/peserta/{row.pk}/keluar/", {"leaves": ""}).text
    office.send(f"/peserta/{row.pk}/keluar/", {"leaves": "Mutasi"})
    assert m.participant(item, person).standing == "withdrawn"
    assert "Mutasi" in office.page(f"/peserta/{row.pk}/").text


def test_lists_are_taken_along(kota, office):
    m.cohort(kota, [m.learner(kota, "Ani")])
    for address in ("/pelatihan/", "/pelatihan/pktbt-1/peserta/", "/pelatihan/pktbt-1/nilai/"):
        taken = b"".join(office.get(f"{address}?unduh=csv").streaming_content)
        assert taken
    assert b"Kuis materi (20)" in taken
