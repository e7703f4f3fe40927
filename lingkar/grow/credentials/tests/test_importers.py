"""Hours and predicates from a sheet, and written down one by one."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lingkar.foundation.access import Forbidden
from lingkar.foundation.imports.services import Direct, run_file
from lingkar.foundation.imports.telling import told_rows
from lingkar.foundation.refusals import Refused
from lingkar.grow.credentials import queries, services
from lingkar.grow.credentials.models import Discipline, JpEntry, Rating
from lingkar.grow.credentials.services import NewHours

pytestmark = pytest.mark.django_db
HOURS = "NIP;Nama;Bentuk;Nama Pelatihan;JP;Hari;Tanggal Selesai;Lingkup;Penyelenggara;No. Sertifikat\n"


@pytest.fixture
def sheet(tmp_path, kota, at):
    """``sheet(kind, text, commits=False)``: what becomes of each line, and why."""

    def read(kind, text, *, commits=False):
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        found: list[dict[str, Any]] = []
        wish = Direct(kind, path, commits=commits, tell=lambda row: found.extend(told_rows(row)))
        run_file(wish=wish, by=kota.system, at=at)
        return [(row["outcome"], " ".join(reason["reason"] for reason in row["reasons"])) for row in found]

    return read


def test_hours_come_in_once_and_say_where_from(employ, sheet, at):
    rini = employ("Rini Lestari, S.E.")
    line = f"{rini.nip};RINI LESTARI;Workshop;Pelayanan prima;10;2;20-05-2026;Nasional;BPSDM Provinsi;893/12\n"
    assert sheet("hours", HOURS + line, commits=True) == [("new", "")]
    entry = JpEntry.objects.get()
    assert (entry.form, entry.jp, entry.organiser, entry.proof) == ("B7", Decimal(10), "BPSDM Provinsi", "893/12")
    assert sheet("hours", HOURS + line, commits=True) == [("same", "")]
    assert JpEntry.objects.count() == 1
    (outcome, why) = sheet("hours", HOURS + line.replace(";10;2;", ";15;3;"))[0]
    assert outcome == "refused"
    assert "sudah tercatat dengan jumlah 2, bukan 3" in why


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("Workshop", "Main bola"), "“Main bola” bukan salah satu dari 24 bentuk"),
        ((";10;2;", ";12;2;"), "2 hari bernilai 10 JP, bukan 12"),
        ((";10;2;", ";10;;"), "isi kolom “Hari”"),
        (("Workshop;Pelayanan prima;10;2", "B3;Pelayanan prima;;2"), "isi kolom “JP”"),
        (("20-05-2026", "20-08-2199"), "belum selesai"),
        (("RINI LESTARI", "BAMBANG WIJAYA"), "NIP ini milik Rini Lestari"),
        ((";10;2;", ";banyak;2;"), "“banyak” bukan jumlah"),
    ],
)
def test_a_bad_line_of_hours_says_what_is_wrong(employ, sheet, change, why):
    rini = employ("Rini Lestari")
    line = f"{rini.nip};RINI LESTARI;Workshop;Pelayanan prima;10;2;20-05-2026;Nasional;;\n".replace(*change)
    outcome, told = sheet("hours", HOURS + line)[0]
    assert outcome == "refused"
    assert why in told


def test_somebody_unknown_is_refused(employ, sheet):
    employ("Rini Lestari")
    told = sheet("hours", HOURS + "199001012015031999;X;Workshop;Y;;1;20-05-2026;;;\n")
    assert told[0][0] == "refused"
    assert "Tidak ada pegawai instansi ini dengan NIP" in told[0][1]


def test_predicates_come_in_and_changes_are_shown(employ, sheet):
    rini = employ("Rini Lestari")
    head = "NIP;Nama Pegawai;Tahun;Predikat Kinerja\n"
    assert sheet("skp", f"{head}{rini.nip};Rini;2025;Baik\n", commits=True) == [("new", "")]
    assert sheet("skp", f"{head}{rini.nip};Rini;2025;Sangat Baik\n", commits=True) == [("changed", "")]
    assert Rating.objects.get().predicate == "very_good"
    assert sheet("skp", f"{head}{rini.nip};Rini;2025;SANGAT BAIK\n") == [("same", "")]
    assert "belum berpredikat" in sheet("skp", f"{head}{rini.nip};Rini;2199;Baik\n")[0][1]
    assert "Pilihannya: Sangat Baik" in sheet("skp", f"{head}{rini.nip};Rini;2025;Hebat\n")[0][1]


def test_nobody_writes_about_themselves(kota, employ, at):
    own = employ("Saya Sendiri", account=kota.holder("training", None))
    me = kota.actor("training", None)
    row = NewHours(own.pk, "B3", "Kursus", Decimal(8), date(2026, 5, 1))
    for act in (
        lambda: services.credit(rows=[row], by=me, at=at),
        lambda: services.rate(person=own.pk, year=2025, predicate="good", by=me, at=at),
        lambda: services.punish(person=own.pk, severity="light", on=date(2026, 1, 5), by=me, at=at),
    ):
        with pytest.raises(Refused, match="own_record"):
            act()
    other = employ("Rini Lestari")
    with pytest.raises(Forbidden):
        services.rate(person=other.pk, year=2025, predicate="good", by=kota.actor("supervisor", "pelayanan"), at=at)


def test_the_personnel_office_writes_down_and_takes_back(kota, employ, as_role):
    rini = employ("Rini Lestari", account=kota.holder("member", None))
    browser, page = as_role("personnel", None), f"/pegawai/{rini.pk}/catatan/"
    assert "Belum ada yang dicatat" in browser.page(page).text
    told = {"apa": "jp", "title": "Bimtek arsip", "form": "B10", "amount": "16", "days": "2", "on": "2026-05-20",
            "organiser": "ANRI", "proof": "77/X"}  # fmt: skip
    assert "Tersimpan" in browser.send(page, told).text
    assert "sudah tercatat" in browser.send(page, told | {"title": "BIMTEK  Arsip"}, status=422).text  # a double tap
    browser.send(page, told | {"amount": "0"}, status=422)
    browser.send(page, {"apa": "skp", "year": "2025", "predicate": "good"})
    browser.send(page, {"apa": "disiplin", "severity": "light", "decided": "2026-01-05"})
    browser.send(page, {"apa": "disiplin", "severity": "light", "decided": "2199-01-05"}, status=422)
    own = as_role("member", None).page("/jp/?tahun=2026").text
    assert "ANRI · sertifikat 77/X · dicatat instansi" in own
    assert "Predikat SKP 2025" in own
    assert "Hukuman disiplin tanggal 5 Januari 2026" in own
    entry = JpEntry.objects.get()
    assert "Catatan ditarik" in browser.send(f"{page}hapus/", {"line": str(entry.pk)}).text
    browser.send(f"{page}hapus/", {"line": "2026-01-05"})
    browser.send(f"{page}hapus/", {"line": "2026-01-05"}, status=422)
    assert not JpEntry.objects.exists()
    assert not Discipline.objects.exists()
    assert queries.standing_of(rini.pk, 2026, day=date(2026, 6, 8)).ratings[0].predicate == "good"
    assert as_role("supervisor", "pelayanan").get(page).status_code == 403


def test_hours_of_a_certificate_are_not_taken_back(kota, employ, at):
    rini = employ("Rini Lestari")
    row = NewHours(rini.pk, "B3", "Kursus", Decimal(8), date(2026, 5, 1), source="cohort")
    services.credit(rows=[row], by=kota.system, at=at)
    with pytest.raises(Refused, match="of_certificate"):
        services.strike(entry=JpEntry.objects.get().pk, by=kota.system, at=at)
