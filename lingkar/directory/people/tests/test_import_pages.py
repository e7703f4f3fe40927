"""The pages of an import: send, look, confirm, fetch the result; and what goes wrong on the way."""

from datetime import timedelta
from importlib import import_module
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lingkar.directory.people.models import Person
from lingkar.directory.people.queries import actor_for
from lingkar.foundation.access import Unseen
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.events.testing import drain
from lingkar.foundation.files.models import StoredFile
from lingkar.foundation.files.queries import path_of
from lingkar.foundation.imports import queries, services
from lingkar.foundation.imports.models import Import, StagedRow
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets.reading import open_workbook
from tests.fixtures import NOW

SITI, BUDI = "199008152016012005", "198501022010011003"
CSV = f"NIP;Nama;Unit Kerja;Jabatan\n'{SITI};SITI NUR'AINI;dukcapil;Analis\n{BUDI};Budi;Dinas Antah;=1+1\n"


def upload(content=CSV, name="pegawai.csv"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


@pytest.fixture
def by(kota):
    return kota.actor("personnel", None)


def begun(by, content=CSV):
    row = services.start_import(kind="people", upload=upload(content), by=by, at=NOW)
    drain()
    row.refresh_from_db()
    return row


def confirm(row, by, **more):
    given = {"source": row.pk, "seen": row.sha256, "takes_changes": True, "by": by, "at": NOW}
    services.confirm_import(**given | more)


def test_a_file_is_sent_looked_at_and_written(as_role):
    browser = as_role("personnel", None)
    assert "Belum ada impor" in browser.page("imports:list").text
    page = browser.send("/impor/", {"kind": "people", "file": upload()})
    assert "Berkas sedang dibaca" in page.text
    drain()
    page = browser.page(page.url)
    assert "1 baru, 0 berubah, 0 sama, 1 ditolak" in page.text
    assert "Unit “Dinas Antah” tidak dikenal" in page.text
    assert not Person.objects.exists()
    assert "Siti Nur'aini" not in browser.page(f"{page.url}?hasil=refused").text
    page = browser.send(f"{page.url}tulis/", page.fields())
    assert "Baris sedang disimpan" in page.text
    drain()
    page = browser.page(page.url)
    assert "1 baris tersimpan" in page.text
    assert Person.objects.get().name == "Siti Nur'aini"
    assert "pegawai.csv" in browser.page("imports:list").text


def test_the_result_says_of_each_line_what_became_of_it(as_role, tmp_path):
    browser = as_role("personnel", None)
    page = browser.send("/impor/", {"kind": "people", "file": upload()})
    drain()
    answer = browser.get(f"{page.url}?unduh=xlsx")
    path = tmp_path / "hasil.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    with open_workbook(path) as book:
        rows = list(book.sheets[0].rows())
    assert rows[0][:4] == ["Lembar", "Baris", "Hasil", "Alasan atau perubahan"]
    assert [row[2] for row in rows[1:]] == ["Baru", "Ditolak"]
    assert "Dinas Antah" in str(rows[2][3])
    assert AuditEntry.objects.filter(verb="sheets.list_taken").count() == 1


def test_a_part_of_the_page_moves_while_the_file_is_read(as_role):
    browser = as_role("personnel", None)
    page = browser.send("/impor/", {"kind": "people", "file": upload()})
    assert "0 baris dibaca" in browser.part(page.url).text
    drain()
    assert browser.get(page.url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7 x", "bukan lembar kerja"),
        (b"PK\x03\x04 x", "rusak"),
        (b"<html><table></table></html>", "halaman web"),
        (b"Judul;Saja\n1;2\n", "Judul kolomnya harus memuat: Nama"),
        (b"NIP;Nama;Unit\n", "tidak ada baris di bawahnya"),
    ],
)
def test_what_is_no_sheet_says_so_and_nothing_is_kept(as_role, content, words):
    browser = as_role("personnel", None)
    answer = browser.submit("/impor/", {"kind": "people", "file": upload(content)})
    if answer.status_code == 422:
        assert words in answer.content.decode()
        return
    drain()
    assert words in browser.page(answer["Location"]).text
    assert not StagedRow.objects.exists()


def test_a_missing_file_keeps_the_form(as_role):
    page = as_role("personnel", None).send("/impor/", {"kind": "people"}, status=422)
    assert "masih memerlukan" in page.text or "perlu" in page.text.lower()


def test_an_example_can_be_fetched_and_imported(as_role, tmp_path):
    answer = as_role("personnel", None).get("/impor/contoh/people/")
    path = tmp_path / "contoh.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    with open_workbook(path) as book:
        assert "NIP Baru" in next(iter(book.sheets[0].rows()))


def test_confirmed_twice_is_written_once(by):
    row = begun(by)
    confirm(row, by)
    confirm(row, by)
    drain()
    confirm(row, by)
    drain()
    assert Person.objects.count() == 1
    assert AuditEntry.objects.filter(verb="imports.written").count() == 1


def test_another_file_than_the_one_that_was_seen_is_not_written(by):
    row = begun(by)
    with pytest.raises(Refused) as caught:
        confirm(row, by, seen="0" * 64)
    assert caught.value.code == "imports.other_file"
    confirm(row, by)
    path_of(row.file).chmod(0o600)
    path_of(row.file).write_bytes(CSV.replace("NUR", "DEWI").encode())
    drain()
    row.refresh_from_db()
    assert (row.state, row.reason["code"]) == ("failed", "imports.other_file")
    assert not Person.objects.exists()


def test_a_number_taken_since_the_preview_makes_a_new_preview(by, kota):
    row, other = begun(by), begun(by)
    confirm(other, by)
    drain()
    confirm(row, by)
    drain()
    row.refresh_from_db()
    assert (row.state, row.reason["code"], row.same, row.new) == ("ready", "imports.stale", 1, 0)
    assert Person.objects.count() == 1


def test_reading_goes_on_where_a_worker_died(by, monkeypatch):
    lines = "".join(f"1990081520160120{n:02d};Orang {n};dukcapil;x\n" for n in range(1, 10))
    monkeypatch.setattr("lingkar.foundation.imports.services.reading.AT_ONCE", 4)
    row = services.start_import(kind="people", upload=upload("NIP;Nama;Unit;Jabatan\n" + lines), by=by, at=NOW)
    staging = import_module("lingkar.foundation.imports.staging")  # its inside: that is what dies
    put, calls = staging.put, []

    def dies(source, rows):
        calls.append(len(rows))
        if len(calls) == 2:
            raise KeyboardInterrupt
        put(source, rows)

    monkeypatch.setattr(staging, "put", dies)
    with pytest.raises(KeyboardInterrupt):
        services.read_import(source=row.pk, at=NOW)
    assert StagedRow.objects.count() == 4
    services.read_import(source=row.pk, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.total, row.new) == ("ready", 9, 9)
    assert calls == [4, 4, 4, 1]


def test_writing_that_dies_leaves_nothing_and_begins_again(by, monkeypatch):
    row = begun(by)
    confirm(row, by)
    from lingkar.foundation.imports.services import applying

    with monkeypatch.context() as patch:
        patch.setattr(applying, "record", lambda *a, **k: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            services.apply_import(source=row.pk, at=NOW)
    assert not Person.objects.exists()
    services.resume_import(source=row.pk, by=by, at=NOW)
    drain()
    assert Person.objects.count() == 1


def test_who_may_not_confirms_nothing(by, kota):
    row = begun(by)
    with pytest.raises(Unseen):
        confirm(row, actor_for(kota.holder("member", None), day=NOW.date()))


def test_another_agency_sees_nothing_of_it(by, lain):
    row = begun(by)
    other = lain.actor("personnel", None)
    with pytest.raises(Unseen):
        queries.import_seen_by(other, row.pk)


def test_who_imports_for_a_unit_sees_their_own_imports_alone(by, kota):
    begun(by)
    of_unit = kota.actor("personnel", "dukcapil")
    assert not queries.imports_seen_by(of_unit).exists()
    mine = begun(of_unit)
    assert list(queries.imports_seen_by(of_unit)) == [mine]
    assert queries.imports_seen_by(by).count() == 2


def test_cancelled_and_old_imports_forget_rows_file_and_name(by, kota):
    dropped, old = begun(by), begun(by)
    services.drop_import(source=dropped.pk, by=by, at=NOW)
    from datetime import timedelta

    assert services.purge(agency=kota.agency.pk, at=NOW + timedelta(days=13)) == 0
    assert services.purge(agency=kota.agency.pk, at=NOW + timedelta(days=15)) == 1
    assert not StagedRow.objects.exists()
    assert not StoredFile.objects.exists()
    assert {row.name for row in Import.objects.all()} == {""}
    old.refresh_from_db()
    assert (old.state, old.total) == ("dropped", 2)


def test_a_cancelled_import_cannot_be_confirmed_nor_a_written_one_cancelled(by):
    row, other = begun(by), begun(by)
    services.drop_import(source=row.pk, by=by, at=NOW)
    with pytest.raises(Refused) as caught:
        confirm(row, by)
    assert caught.value.code == "imports.not_ready"
    confirm(other, by)
    with pytest.raises(Refused) as caught:
        services.drop_import(source=other.pk, by=by, at=NOW)
    assert caught.value.code == "imports.too_late"


def test_a_large_file_is_refused_with_its_limit(as_role):
    big = SimpleUploadedFile("besar.csv", BytesIO(b"NIP;Nama\n" * 2_000_000).getvalue())
    page = as_role("personnel", None).send("/impor/", {"kind": "people", "file": big}, status=422)
    assert "15 MB" in page.text


@pytest.mark.parametrize("moment", ["_stage", "_note"])
def test_what_is_cancelled_while_it_is_read_stays_forgotten(by, monkeypatch, moment):
    row = services.start_import(kind="people", upload=upload(), by=by, at=NOW)
    reading = import_module("lingkar.foundation.imports.services.reading")
    step = getattr(reading, moment)

    def cancelled_first(*given, **more):
        services.drop_import(source=row.pk, by=by, at=NOW)
        return step(*given, **more)

    monkeypatch.setattr(reading, moment, cancelled_first)
    drain()
    row.refresh_from_db()
    assert (row.state, row.file_id, row.name) == ("dropped", None, "")
    assert not StagedRow.objects.exists()


@pytest.mark.parametrize("moment", ["read", "written"])
def test_a_fault_of_ours_is_told_and_somebody_lets_it_go_on_or_gives_it_up(as_role, monkeypatch, moment):
    browser = as_role("personnel", None)
    importer = import_module("lingkar.directory.people.importer").PEOPLE
    name = "check" if moment == "read" else "apply"
    with monkeypatch.context() as patch:
        patch.setattr(type(importer), name, lambda *a, **k: 1 / 0)
        page = browser.send("/impor/", {"kind": "people", "file": upload()})
        url = page.url
        row = Import.objects.get()
        if moment == "written":
            drain()
            browser.send(f"{url}tulis/", browser.page(url).fields())
        jobs = import_module("lingkar.foundation.imports.jobs")
        with pytest.raises(ZeroDivisionError):
            (jobs.read if moment == "read" else jobs.apply)(source=str(row.pk), agency=str(row.agency_id))
    page = browser.page(url)
    assert "Ada kesalahan di pihak kami" in page.text
    assert "Coba sekali lagi" in page.text
    assert browser.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    browser.send(f"{url}lanjut/", {})
    assert "Coba sekali lagi" not in browser.page(url).text
    drain()
    assert ("1 baru" if moment == "read" else "1 baris tersimpan") in browser.page(url).text


def test_what_broke_while_it_was_written_can_be_cancelled(by):
    row = begun(by)
    confirm(row, by)
    services.stop_import(source=row.pk)
    services.drop_import(source=row.pk, by=by, at=NOW)
    drain()
    row.refresh_from_db()
    assert (row.state, row.file_id) == ("dropped", None)
    assert not Person.objects.exists()


def test_whether_it_stands_still_is_counted_from_when_it_was_set_going(as_role, by):
    browser = as_role("personnel", None)
    page = browser.send("/impor/", {"kind": "people", "file": upload()})
    Import.objects.update(set_going_at=timezone.now() - timedelta(seconds=70))
    assert "/lanjut/" in browser.page(page.url).html
    drain()
    browser.send(f"{page.url}tulis/", browser.page(page.url).fields())
    assert "/lanjut/" not in browser.page(page.url).html


def test_people_from_outside_confirmed_in_two_imports_are_recorded_once(by):
    content = "Nama;Instansi;Email\nJohn Doe;Universitas X;\nAni;Yayasan Y;ani@y.example\n"
    row, other = begun(by, content), begun(by, content)
    confirm(row, by)
    confirm(other, by)
    drain()
    row.refresh_from_db()
    other.refresh_from_db()
    assert sorted((row.state, other.state)) == ["done", "ready"]
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ani", "John Doe"]
