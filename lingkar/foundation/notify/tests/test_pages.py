"""The inbox, and the operator's list of letters."""

from datetime import timedelta

import pytest
from django.utils.translation import gettext_lazy

from lingkar.foundation.notify import notices, services
from lingkar.foundation.notify.models import Message, Notification
from tests.fixtures import NOW


@pytest.fixture
def told(kota, monkeypatch):
    """Tell the officer something, as often as asked."""
    monkeypatch.setattr(notices, "_TEXTS", {"test.new": gettext_lazy("Laporan %(number)s menunggu Anda.")})

    def tell(number=1, role="officer", url="/pemberitahuan/"):
        reader = kota.holder(role).pk
        return services.tell(
            recipient=reader, kind="test.new", subject=kota.agency, url=url, by=kota.system, at=NOW, number=number
        )

    return tell


def test_an_empty_inbox_says_so(as_role):
    page = as_role("officer").page("notify:inbox")
    assert "Belum ada pemberitahuan" in page.text
    assert "Tandai semua" not in page.text


def test_a_notification_is_listed_counted_opened_and_read(as_role, told):
    row = told(url="/pengaturan/kalender/")
    browser = as_role("officer")
    page = browser.page("notify:inbox")
    assert "Laporan 1 menunggu Anda." in page.text
    assert "8 Juni 2026, 10.00 WIB" in page.text
    assert "Pemberitahuan 1" in page.text  # in the navigation
    response = browser.get(f"/pemberitahuan/{row.pk}/")
    assert (response.status_code, response.headers["Location"]) == (302, "/pengaturan/kalender/")
    assert "Tidak ada yang baru." in browser.page("notify:inbox").text


def test_everything_is_marked_read_and_a_long_inbox_has_pages(as_role, told):
    for number in range(35):
        told(number)
    browser = as_role("officer")
    assert "Halaman 1 dari 2" in browser.page("notify:inbox").text
    browser.page("/pemberitahuan/?halaman=2")
    assert "Tidak ada yang baru." in browser.send("/pemberitahuan/dibaca/").text
    assert not Notification.objects.filter(read_at=None).exists()


def test_nobody_opens_anothers_notification(as_role, told, visitor):
    row = told()
    assert as_role("leader").get(f"/pemberitahuan/{row.pk}/").status_code == 404
    assert visitor.get(f"/pemberitahuan/{row.pk}/").status_code == 302
    assert as_role("officer").get("/pemberitahuan/dibaca/").status_code == 405
    row.refresh_from_db()
    assert row.read_at is None


@pytest.fixture
def letters(kota):
    def write(state, fault="", number=0):
        row = services.mail_words(
            address="siti.canary@example.com", subject="CANARY", text="CANARY", template="reports/mail/receipt.txt",
            key=f"{state}{number}", agency=kota.agency.pk, at=NOW,
        )  # fmt: skip
        Message.objects.filter(pk=row.pk).update(state=state, fault=fault, attempts=6, changed_at=NOW)
        return row

    return write


def test_a_quiet_list_says_so(as_role):
    assert "Tidak ada yang tersendat" in as_role("operator", unit=None).page("notify:letters").text


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("interrupted", "Terputus saat sedang dikirim"),
        ("smtp_550", "Alamatnya tidak ada"),
        ("smtp_421", "Server email menjawab 421"),
        ("timeouterror", "terlalu lama tidak menjawab"),
        ("oddity", "oddity"),
    ],
)
def test_an_operator_sees_what_is_stuck_but_neither_address_nor_words(as_role, letters, fault, words):
    letters("uncertain", fault)
    letters("failed", fault)
    letters("sent")
    page = as_role("operator", unit=None).page("notify:letters")
    assert words in page.text
    assert "Mengapa tidak pasti?" in page.text
    assert "canary" not in page.html.lower()


def test_an_operator_sends_again_or_gives_up(as_role, letters):
    uncertain, failed = letters("uncertain"), letters("failed")
    browser = as_role("operator", unit=None)
    assert "masuk antrean lagi" in browser.send(f"/operator/pesan/{uncertain.pk}/kirim/").text
    assert "alamatnya dihapus" in browser.send(f"/operator/pesan/{failed.pk}/batal/").text
    assert "sudah diputuskan oleh orang lain" in browser.send(f"/operator/pesan/{uncertain.pk}/kirim/").text
    assert set(Message.objects.values_list("state", flat=True)) == {"queued", "dropped"}


def test_many_letters_cost_no_more_queries(as_role, letters):
    for number in range(20):
        letters("failed", number=number)
    as_role("operator", unit=None).page("notify:letters")


def test_others_see_no_letters(as_role, visitor, letters):
    row = letters("failed")
    for role in ("officer", "inspector", "leader", "member"):
        assert as_role(role).get("/operator/pesan/").status_code == 403
        assert as_role(role).submit(f"/operator/pesan/{row.pk}/kirim/").status_code == 403
    assert visitor.get("/operator/pesan/").status_code == 302
    assert as_role("operator").get("/operator/pesan/").status_code == 403


def test_a_letter_of_another_agency_is_not_found(as_role, letters, lain):
    row = letters("failed")
    Message.objects.filter(pk=row.pk).update(agency=lain.agency.pk, changed_at=NOW - timedelta(days=1))
    assert as_role("operator", unit=None).submit(f"/operator/pesan/{row.pk}/kirim/").status_code == 404
