"""An operator sets the house in order: numbers of law, working days, letters; everybody reads what they were told."""

import pytest
from django.utils.translation import gettext_lazy
from playwright.sync_api import expect

from lingkar.foundation.calendar import services as calendar
from lingkar.foundation.notify import notices
from lingkar.foundation.notify import services as notify
from lingkar.foundation.notify.models import Message
from lingkar.foundation.tenancy.queries import agency_scope
from tests.browser import overflow
from tests.fixtures import NOW

pytestmark = pytest.mark.browser

PAGES = (
    "/pengaturan/parameter/",
    "/pengaturan/parameter/reports.answer_days.complaint/",
    "/pengaturan/parameter/reports.seal_threshold/",
    "/pengaturan/kalender/",
    "/pengaturan/kalender/?tahun=2028",
    "/pengaturan/kalender/?tahun=2050",
    "/pengaturan/kalender/tambah/",
    "/pengaturan/kalender/minggu/tambah/",
    "/pemberitahuan/",
    "/operator/pesan/",
)


@pytest.fixture
def operator(kota, monkeypatch):
    """An operator for whom there is something on every page."""
    account = kota.holder("operator", None)
    monkeypatch.setitem(notices._TEXTS, "test.new", gettext_lazy("Laporan menunggu Anda."))
    agency = kota.agency.pk
    with agency_scope(agency):
        calendar.seed(agency=agency, at=NOW)
        for _ in range(2):
            notify.tell(recipient=account.pk, kind="test.new", subject=kota.agency, url="/", by=kota.system, at=NOW)
        for state in ("uncertain", "failed"):
            row = notify.mail_words(
                address="a@b.example", subject="x", text="x", template="x", key=state, agency=agency, at=NOW
            )
            Message.objects.filter(pk=row.pk).update(state=state, fault="smtp_550")
    return account


def test_the_pages_are_clean_for_everybody_and_reflow(window, operator, axe):
    page = window((320, 640), account=operator)
    for url in PAGES:
        page.goto(url)
        assert overflow(page) == 0, url
        axe(page)


def test_a_day_off_and_a_new_number_are_set_without_javascript(window, operator):
    page = window(javascript=False, account=operator)
    page.goto("/pengaturan/kalender/tambah/")
    page.get_by_label("Tanggal").fill("2026-07-01")
    page.get_by_label("Nama", exact=True).fill("Hari Jadi Kota")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Rabu, 1 Juli – Hari Jadi Kota")).to_be_visible()
    page.goto("/pengaturan/parameter/reports.answer_days.complaint/")
    page.get_by_label("Nilai baru").fill("10")
    page.get_by_label("Sumber").fill("SK Wali Kota 7/2026")
    page.get_by_role("button", name="Simpan nilai baru").click()
    expect(page.get_by_text("Nilai baru tersimpan dan berlaku mulai 8 Juni 2026.")).to_be_visible()
    expect(page.get_by_text("10 hari kerja").first).to_be_visible()
