"""What people get wrong, on the pages: a clear sentence, and nothing is lost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from lingkar.grow.programmes import keys, queries, services
from lingkar.grow.programmes.models import Attendance, Mark, Participant, Session
from lingkar.grow.programmes.tests import made
from tests.fixtures import NOW

COHORT = "/pelatihan/pktbt-1/"


@pytest.fixture
def sari(kota, as_role):
    as_role("officer", "dukcapil")
    return made.learner(kota, account=kota.people["officer-dukcapil"])


@pytest.fixture
def office(as_role):
    return as_role("training", None)


def test_weights_that_make_95(kota, office):
    cohort = made.cohort(kota)
    page = office.page(f"{COHORT}bobot/")
    told = {it.code: str(it.weight.normalize()) for it in queries.scheme_of(cohort).components}
    page = office.send(f"{COHORT}bobot/", {**page.fields(), **told, "quiz": "15"}, status=422)
    assert "Jumlah bobot 95, bukan 100. Tidak ada yang berubah." in page.text
    assert page.fields()["quiz"] == "15", "what was typed stays"
    office.send(f"{COHORT}bobot/", {**page.fields(), **told, "quiz": "15", "attitude": "20"})
    cohort.refresh_from_db()
    weights = {it.code: it.weight for it in queries.scheme_of(cohort).components}
    assert (int(weights["quiz"]), int(weights["attitude"])) == (15, 20)


def test_weights_stand_once_a_mark_is_given(kota, sari, office):
    cohort = made.cohort(kota, [sari])
    made.mark_all(kota, cohort)
    page = office.page(f"{COHORT}bobot/")
    told = {it.code: str(it.weight.normalize()) for it in queries.scheme_of(cohort).components}
    page = office.send(f"{COHORT}bobot/", {**page.fields(), **told}, status=422)
    assert "Sudah ada nilai: bobot tidak dapat diubah lagi." in page.text


def test_a_mark_of_101(kota, sari, office):
    row = made.participant(made.cohort(kota, [sari]), sari)
    page = office.page(f"/peserta/{row.pk}/")
    page = office.send(f"/peserta/{row.pk}/", {**page.fields(), "attitude": "101"}, status=422)
    assert "Nilai antara 0 dan 100; 101 tidak diterima. Tidak ada yang berubah." in page.text
    assert not Mark.objects.exists()


def test_a_mark_is_changed_with_a_reason_that_is_shown(kota, sari, office):
    row = made.participant(made.cohort(kota, [sari]), sari)
    services.mark(participant=row.pk, component="attitude", value=Decimal(70), by=kota.system, at=NOW)
    page = office.page(f"/peserta/{row.pk}/")
    page = office.send(f"/peserta/{row.pk}/", {**page.fields(), "attitude": "90"}, status=422)
    assert "Nilai ini sudah ada. Tulis alasan perubahannya." in page.text
    told = {**page.fields(), "attitude": "90", "reason": "Salah menyalin dari lembar penilaian"}
    page = office.send(f"/peserta/{row.pk}/", told)
    assert "70,00 → 90,00. Salah menyalin dari lembar penilaian" in page.text
    own = made.browser(sari).page("/program/pktbt-1/")
    assert "70,00 → 90,00. Salah menyalin dari lembar penilaian" in own.text


def test_somebody_who_was_there_leaves(kota, sari, office):
    cohort = made.cohort(kota, [sari, made.learner(kota, "Budi Santoso")])
    session = made.session(kota, cohort)
    row = made.participant(cohort, sari)
    services.note_attendance(session=session.pk, present=[row.pk], by=kota.system, at=NOW)
    services.mark(participant=row.pk, component="attitude", value=Decimal(70), by=kota.system, at=NOW)
    page = office.send(f"/peserta/{row.pk}/keluar/", {**office.page(f"/peserta/{row.pk}/").fields(), "leaves": ""})
    assert "Tulis alasannya. Nilai dan kehadiran tetap tersimpan." in page.text
    told = {**page.fields(), "leaves": "Pindah tugas ke provinsi"}
    page = office.send(f"/peserta/{row.pk}/keluar/", told)
    assert "Kursinya kosong kembali; nilai dan kehadiran tetap ada." in page.text
    row.refresh_from_db()
    assert (row.standing, row.reason) == ("withdrawn", "Pindah tugas ke provinsi")
    assert Attendance.objects.filter(participant=row).count() == Mark.objects.filter(participant=row).count() == 1
    assert sari.name not in office.page(f"{COHORT}nilai/").text


def test_a_forged_and_an_old_qr(kota, sari):
    cohort = made.cohort(kota, [sari])
    session, browser = made.session(kota, cohort), made.browser(sari)
    good = keys.token_for(session.pk, NOW)
    forged = good[:-6] + ("AAAAAA" if not good.endswith("AAAAAA") else "BBBBBB")
    page = browser.send(f"/hadir/{forged}/", browser.page(f"/hadir/{forged}/").fields(), status=422)
    assert "QR ini bukan dari sesi mana pun. Pindai QR di layar, atau ketik kodenya." in page.text
    old = keys.token_for(session.pk, NOW - timedelta(minutes=10))
    page = browser.send(f"/hadir/{old}/", browser.page(f"/hadir/{old}/").fields(), status=422)
    assert "QR ini sudah berganti. Pindai yang sekarang tampil di layar, atau ketik kodenya." in page.text
    assert not Attendance.objects.exists()
    browser.send(f"/hadir/{good}/", browser.page(f"/hadir/{good}/").fields(), status=200)
    page = browser.send(f"/hadir/{good}/", browser.page(f"/hadir/{good}/").fields(), status=200)
    assert "Sudah tercatat sebelumnya; sekali sudah cukup." in page.text
    assert Attendance.objects.count() == 1


def test_a_session_that_is_over_by_the_clock_of_the_server(kota, sari, monkeypatch):
    cohort = made.cohort(kota, [sari])
    session, browser = made.session(kota, cohort), made.browser(sari)
    late = session.ends_at + timedelta(minutes=1)
    token = keys.token_for(session.pk, late)
    monkeypatch.setattr(timezone, "now", lambda: late)
    page = browser.send(f"/hadir/{token}/", browser.page(f"/hadir/{token}/").fields(), status=422)
    assert "menurut jam server" in page.text
    assert not Attendance.objects.exists()


def test_a_trainer_in_two_places_at_one_time(kota, office):
    trainer = made.learner(kota, "Dewi Pengajar")
    first, other = made.cohort(kota), made.cohort(kota, code="pktbt-2", title="PKTBT Angkatan II")
    made.session(kota, first, trainer=trainer)
    subject = queries.subjects_of(other.pk)[0]
    told = {
        "subject": str(subject.pk), "day": "2026-06-08", "start": "11:00", "end": "12:00", "room": "Ruang 2",
        "trainer": trainer.nip,
    }  # fmt: skip
    page = office.page("/pelatihan/pktbt-2/jadwal/")
    page = office.send("/pelatihan/pktbt-2/jadwal/", {**page.fields(), **told}, status=422)
    assert "Pengajar sedang mengajar pada waktu itu: PKTBT Angkatan I, 8 Juni 2026" in page.text
    assert page.fields()["room"] == "Ruang 2"
    assert Session.objects.count() == 1


def test_the_last_seat_is_given_once(kota, sari, office):
    cohort = made.cohort(kota, [made.learner(kota, "Budi Santoso")], seats=1)
    page = office.page(f"{COHORT}peserta/")
    page = office.send(f"{COHORT}peserta/tambah/", {**page.fields(), "nip": sari.nip}, status=422)
    assert "Tersedia 1 kursi untuk 2 orang: kelebihan 1. Tidak ada yang ditambahkan." in page.text
    assert Participant.objects.filter(cohort=cohort).count() == 1
