"""A personnel officer brings in people with a phone: choose a file, look, confirm, fetch the result."""

import re

import pytest
from playwright.sync_api import FilePayload, expect

from lingkar.directory.people.models import Person
from lingkar.foundation.events.testing import drain
from lingkar.foundation.sheets.reading import open_workbook
from lingkar.foundation.tenancy.queries import agency_scope
from tests.browser import overflow

pytestmark = pytest.mark.browser
LINES = (
    "DAFTAR PEGAWAI;;;\n;;;\nN I P;Nama Lengkap;Unit Kerja;Jabatan\n"
    "'199008152016012005;SITI NUR'AINI, S.SOS.;dukcapil;Analis\n198501022010011003;Budi;Dinas Antah Berantah;Analis\n"
)
FILE: FilePayload = {"name": "pegawai.csv", "mimeType": "text/csv", "buffer": LINES.encode()}


def jobs_run(kota):
    with agency_scope(kota.agency.pk):
        drain()


@pytest.mark.parametrize("javascript", [True, False])
def test_people_are_brought_in_by_phone(kota, window, axe, tmp_path, javascript):
    page = window(javascript=javascript, account=kota.holder("personnel", None))
    page.goto("/impor/")
    page.get_by_label("Berkas ini tentang apa?").select_option("people")
    page.get_by_label("Berkas", exact=True).set_input_files([FILE])
    page.get_by_role("button", name="Periksa berkas ini").click()
    expect(page.get_by_text("Berkas sedang dibaca").first).to_be_visible()
    jobs_run(kota)
    if not javascript:
        page.get_by_role("link", name="Lihat lagi").click()
    expect(page.get_by_text(re.compile("1 baru, 0 berubah, 0 sama, 1 ditolak"))).to_be_visible()
    expect(page.get_by_text("Unit “Dinas Antah Berantah” tidak dikenal").first).to_be_visible()
    assert overflow(page) == 0
    if javascript:
        axe(page)
    page.get_by_role("button", name="Simpan baris ini").click()
    jobs_run(kota)
    page.goto(page.url)
    expect(page.get_by_text("1 baris tersimpan").first).to_be_visible()
    assert overflow(page) == 0
    with page.expect_download() as taken:
        page.locator('a[href*="unduh=xlsx"]').first.click()
    path = tmp_path / "hasil.xlsx"
    taken.value.save_as(path)
    with open_workbook(path) as book:
        assert [row[2] for row in book.sheets[0].rows()] == ["Hasil", "Baru", "Ditolak"]
    with agency_scope(kota.agency.pk):
        assert Person.objects.get().name == "Siti Nur'aini, S.Sos."
