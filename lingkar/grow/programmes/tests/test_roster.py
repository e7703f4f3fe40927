"""A roster as officials make it: previewed with a reason for each line, taken in whole or not at all."""

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from lingkar.directory.people.models import Person
from lingkar.directory.people.services import PersonFacts, add_person
from lingkar.foundation.access import Forbidden
from lingkar.foundation.events.testing import drain
from lingkar.foundation.imports.models import Import
from lingkar.foundation.imports.services import Direct, run_file, start_import
from lingkar.foundation.imports.telling import reason_of, told_rows
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.programmes import services
from lingkar.grow.programmes.models import Participant
from lingkar.grow.programmes.tests import made
from tests.fixtures import NOW

HEADINGS = ["No", "NIP", "Nama Peserta", "Jabatan", "Asal Peserta", "Unit Kerja", "Instansi"]
SIGNED = ("Tanjung Kawung, 1 Juni 2026", "Kepala BKPSDM,", "", "NIP. 19700101 199003 1 001")


@pytest.fixture
def sheet(tmp_path):
    """An XLSX with title rows, a numbering row and a signature block; numbers as text, with spaces."""

    def make(rows, name="peserta.xlsx"):
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path))
        page = book.add_worksheet("Peserta")
        page.merge_range(0, 0, 0, 6, "DAFTAR PESERTA PKTBT ANGKATAN I")
        page.merge_range(1, 0, 1, 6, "Lampiran Surat Kepala BKPSDM Nomor 800.1/77/2026")
        page.write_row(3, 0, HEADINGS)
        page.write_row(4, 0, [1, 2, 3, 4, 5, 6, 7])
        for number, (nip, who, origin, unit, institution) in enumerate(rows, start=1):
            page.write_row(4 + number, 0, [number, nip, who, "Analis", origin, unit, institution])
        end = len(rows) + 7
        for line, words in enumerate(SIGNED):
            page.write(end + line, 5, words)
        book.close()
        return path

    return make


def line_of(person, origin="CPNS"):
    nip = person.nip
    return (f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}", person.name.upper(), origin, "Dukcapil", "")


def guest(name="Petrus Wambrauw", institution="Perumda Air Minum", origin="Instansi lain"):
    return ("-", name, origin, "", institution)


def run(city, cohort, path, *, commits=False, by=None):
    told: list[dict] = []
    wish = Direct("roster", path, commits, about=cohort.pk, tell=lambda item: told.extend(told_rows(item)))
    found = run_file(wish=wish, by=by or city.system, at=NOW)
    return found, told


def codes(told):
    return [(item["outcome"], [reason["code"] for reason in item["reasons"]]) for item in told]


def test_civil_servants_graduates_and_guests_are_taken_in(kota, sheet):
    sari, budi = made.learner(kota), made.learner(kota, "Budi Santoso, S.T.")
    cohort = made.cohort(kota)
    path = sheet(
        [
            line_of(sari),
            line_of(budi, "PNS"),
            guest(),
            ("", "Made Arta, S.Tr.IP.", "Alumni IPDN", "", "IPDN Jatinangor"),
            ("", "Nyoman Tri", "", "RS Bakti Kuala", ""),
        ]
    )
    _found, told = run(kota, cohort, path, by=kota.actor("training", None))
    assert codes(told) == [("new", [])] * 5
    assert not Participant.objects.exists()
    run(kota, cohort, path, commits=True, by=kota.actor("training", None))
    rows = {row.person.name: row for row in Participant.objects.select_related("person", "unit")}
    assert {name: (row.origin, row.institution) for name, row in rows.items()} == {
        "Sari Wahyuni": ("cpns", ""),
        "Budi Santoso, S.T.": ("agency", ""),
        "Petrus Wambrauw": ("outside", "Perumda Air Minum"),
        "Made Arta, S.Tr.IP.": ("academy", "IPDN Jatinangor"),
        "Nyoman Tri": ("outside", "RS Bakti Kuala"),
    }
    assert rows["Petrus Wambrauw"].person.kind == "external"
    assert rows["Sari Wahyuni"].unit.code == "dukcapil"
    _again, told = run(kota, cohort, path, commits=True)
    assert codes(told) == [("same", ["programmes.takes_part_already"])] * 5
    assert (Participant.objects.count(), Person.objects.filter(kind="external").count()) == (5, 3)


def test_each_line_says_why_it_is_refused(kota, lain, sheet):
    sari, gone, rini = made.learner(kota), made.learner(kota, "Tono Ahmad"), made.learner(kota, "Rini Astuti")
    with agency_scope(lain.agency.pk):
        facts = PersonFacts(kind="pns", name="Wayan Darma", nip="199001012015011007")
        unit = lain.units["dukcapil"].pk
        other = add_person(facts=facts, unit=unit, since=made.FIRST, by=lain.system, at=NOW)
    Person.objects.filter(pk=gone.pk).update(status="left")
    cohort = made.cohort(kota)
    rows = [
        line_of(sari),
        line_of(sari),
        line_of(other),
        line_of(gone),
        ((sari.nip or "")[:-1], "Kurang Satu", "CPNS", "", ""),
        (rini.nip, "Rahmat Hidayat", "CPNS", "", ""),
        ("", "Tanpa Lembaga", "", "", ""),
        guest("Siapa Ini", origin="Planet Mars"),
        ("199001012015011001", "Baru Diangkat", "CPNS", "Dinas Antah Berantah", ""),
    ]
    _found, told = run(kota, cohort, sheet(rows), by=kota.actor("training", None))
    assert codes(told) == [
        ("new", []),
        ("refused", ["imports.twice"]),
        ("refused", ["programmes.nip_not_on_record"]),
        ("refused", ["programmes.nip_not_on_record"]),
        ("refused", ["programmes.nip_not_on_record"]),
        ("refused", ["programmes.nip_of_another"]),
        ("refused", ["programmes.institution_missing"]),
        ("refused", ["programmes.origin_unknown"]),
        ("refused", ["programmes.nip_not_on_record"]),
    ]
    assert "tercatat" in told[2]["reasons"][0]["reason"]


def test_who_keeps_records_records_new_civil_servants_along(kota, sheet):
    cohort = made.cohort(kota)
    path = sheet([("199804122025042001", "Dewi Lestari", "CPNS", "Dukcapil", "")])
    _found, told = run(kota, cohort, path, by=kota.actor("training", None))
    assert codes(told) == [("refused", ["programmes.nip_not_on_record"])]
    run(kota, cohort, path, commits=True)
    row = Participant.objects.select_related("person", "unit").get()
    assert (row.person.nip, row.person.kind, row.unit.code) == ("199804122025042001", "cpns", "dukcapil")


def test_fifty_three_for_fifty_two_seats_are_refused_whole(kota, sheet):
    cohort = made.cohort(kota)
    people = [guest(f"Peserta Nomor{chr(65 + n // 26)}{chr(97 + n % 26)}") for n in range(53)]
    found, told = run(kota, cohort, sheet(people), commits=True)
    assert codes(told) == [("refused", ["programmes.seats_full"])] * 53
    assert reason_of(found) == "Tersedia 52 kursi untuk 53 orang: kelebihan 1. Tidak ada yang ditambahkan."
    assert not Participant.objects.exists()
    assert not Person.objects.filter(kind="external").exists()
    run(kota, cohort, sheet(people[:52]), commits=True)
    assert Participant.objects.count() == 52
    _found, told = run(kota, cohort, sheet([*people[:52], guest("Terlambat Sekali")]), commits=True)
    assert codes(told)[-1] == ("refused", ["programmes.seats_full"])


def test_only_the_training_office_sends_one_and_only_into_a_cohort(kota, sheet):
    cohort, path = made.cohort(kota), sheet([guest()])
    with pytest.raises(Refused, match=r"imports\.where"):
        run_file(wish=Direct("roster", path, commits=True), by=kota.system, at=NOW)
    upload = SimpleUploadedFile("peserta.xlsx", path.read_bytes())
    with pytest.raises(Forbidden):
        start_import(kind="roster", upload=upload, about=cohort.pk, by=kota.actor("personnel", None), at=NOW)


def test_a_roster_is_sent_looked_at_and_written_through_the_pages(kota, as_role, sheet):
    sari = made.learner(kota)
    cohort = made.cohort(kota)
    office = as_role("training", None)
    assert "/pelatihan/pktbt-1/peserta/berkas/" in office.page("/pelatihan/pktbt-1/peserta/").html
    office.page("/pelatihan/pktbt-1/peserta/berkas/")
    rows = [line_of(sari), guest(), guest("Salah", origin="Planet Mars")]
    upload = SimpleUploadedFile("peserta.xlsx", sheet(rows).read_bytes())
    page = office.send("/pelatihan/pktbt-1/peserta/berkas/", {"file": upload})
    drain()
    page = office.page(page.url)
    assert "2 baru, 0 berubah, 0 sama, 1 ditolak" in page.text
    assert "Planet Mars" in page.text
    office.send(f"{page.url}tulis/", page.fields())
    drain()
    page = office.page(page.url)
    assert "2 baris tersimpan" in page.text
    assert f'href="/pelatihan/{cohort.code}/peserta/"' in page.html
    assert Participant.objects.count() == 2
    assert 'value="roster"' not in office.page("/impor/").html


def test_too_many_are_told_on_the_page(kota, as_role, sheet):
    made.cohort(kota, seats=1)
    office = as_role("training", None)
    upload = SimpleUploadedFile("peserta.xlsx", sheet([guest(), guest("Nyoman Tri")]).read_bytes())
    page = office.send("/pelatihan/pktbt-1/peserta/berkas/", {"file": upload})
    drain()
    page = office.page(page.url)
    assert "Tersedia 1 kursi untuk 2 orang: kelebihan 1. Tidak ada yang ditambahkan." in page.text
    assert "Tulis baris ini" not in page.text


def test_a_file_that_is_no_roster_says_what_is_missing(kota, as_role):
    made.cohort(kota)
    office = as_role("training", None)
    upload = SimpleUploadedFile("x.csv", b"Barang;Harga\nKursi;10\n")
    page = office.send("/pelatihan/pktbt-1/peserta/berkas/", {"file": upload})
    drain()
    assert "Nama" in office.page(page.url).text
    assert Import.objects.get().state == "failed"


def test_a_seat_that_went_meanwhile_makes_a_new_preview(kota, sheet):
    cohort = made.cohort(kota, seats=1)
    by = kota.actor("training", None)
    from lingkar.foundation.imports.services import confirm_import

    upload = SimpleUploadedFile("peserta.xlsx", sheet([guest()]).read_bytes())
    row = start_import(kind="roster", upload=upload, about=cohort.pk, by=by, at=NOW)
    drain()
    row.refresh_from_db()
    other = made.outsider(kota)
    services.add_participants(cohort=cohort.pk, people=[services.NewParticipant(other.pk)], by=by, at=NOW)
    confirm_import(source=row.pk, seen=row.sha256, takes_changes=True, by=by, at=NOW)
    drain()
    row.refresh_from_db()
    assert (row.state, row.refused) == ("ready", 1)
    assert Participant.objects.count() == 1


def test_five_thousand_lines_take_few_statements(kota, sheet, django_assert_max_num_queries):
    cohort = made.cohort(kota)
    people = [guest(f"Peserta {chr(97 + n // 676)}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}") for n in range(5000)]
    path = sheet(people)
    with django_assert_max_num_queries(40):
        found, _told = run(kota, cohort, path)
    assert found.refused == 5000
