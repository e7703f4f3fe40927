"""The home of a civil servant shows one next thing, then the rest by day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lingkar.foundation.ui import tasks
from lingkar.foundation.ui.tasks import Figure, Task
from tests.fixtures import signed_in
from tests.pages import Browser


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """No module tells anything but what a test says."""
    monkeypatch.setattr(tasks, "_TASKS", [])
    monkeypatch.setattr(tasks, "_FIGURES", [])


def test_who_has_nothing_to_do_reads_so(kota):
    page = signed_in(kota.holder("officer")).page("/beranda/")
    assert "Tidak ada yang menunggu Anda" in page.text
    assert "Pencapaian Anda" not in page.text


def test_the_next_thing_is_large_and_what_is_late_says_so(kota):
    today = timezone.localdate()
    lesson = Task("Mendengar sebelum menjawab", "Pelayanan prima", "/layanan/", "Lanjutkan", today, minutes=6)
    late = Task("Logbook hari ke-3", "Belum diisi", "/unit/", "Tulis", today - timedelta(days=2))
    someday = Task("Nilai diri", "", "/akun/saya/", "Nilai")
    tasks.tells_tasks(lambda _actor, _at: [someday, lesson, late])
    tasks.tells_figures(lambda _actor, _at: [Figure("JP tahun ini", "12", "/laporan/", "dari 20")])
    page = signed_in(kota.holder("officer")).page("/beranda/")
    assert page.text.index("Logbook hari ke-3") < page.text.index("Mendengar sebelum menjawab")
    assert page.text.index("Mendengar sebelum menjawab") < page.text.index("Nilai diri")
    assert "seharusnya" in page.text
    assert "6 menit" in page.text
    assert "JP tahun ini" in page.text


def test_more_than_a_screen_holds_is_counted(kota):
    tasks.tells_tasks(lambda _actor, _at: [Task(f"Tugas {n}", "", f"/unit/?halaman={n}", "Buka") for n in range(20)])
    assert "dan 7 hal lagi" in signed_in(kota.holder("officer")).page("/beranda/").text


def test_a_visitor_is_led_to_sign_in(kota):
    assert Browser().get("/beranda/").status_code == 302
