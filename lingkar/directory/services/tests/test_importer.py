"""Services and their transactions from a sheet: previewed, shown as differences, written, published with a day."""

from datetime import date
from typing import Any

import pytest

from lingkar.directory.orgs import queries as orgs_queries
from lingkar.directory.orgs import services as orgs
from lingkar.directory.services import queries, services
from lingkar.directory.services.models import Service, Transactions
from lingkar.foundation.imports.services import Direct, run_file
from lingkar.foundation.imports.telling import told_rows
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import NOW
from tests.standards import WHOLE

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
HEADINGS = (
    "No;Kode Layanan;Jenis Layanan;Perangkat Daerah;Ringkasan;Keperluan;Persyaratan;Prosedur;Jangka Waktu Penyelesaian;"
    "Biaya/Tarif;Produk Pelayanan;Pengaduan;Tempat Pelayanan;Jam Pelayanan;Berlaku Mulai"
)
WHOLE_LINE = (
    '1;ktp-baru;KTP elektronik baru;dukcapil;"Bagi warga 17 tahun.";Kependudukan;"1. Fotokopi KK\n2. Surat pengantar";'
    '"Ambil antrean; Foto; Ambil KTP";"3 (tiga) hari kerja";Gratis;KTP;"Lewat Lapor";"Loket 3";'
    '"Senin s.d. Kamis 08.00-15.30, Jumat 08.00-11.30 WIB";01-02-2024'
).replace('"Ambil antrean; Foto; Ambil KTP"', '"Ambil antrean; Foto; Ambil KTP"')
DRAFT_LINE = '2;;Surat pindah;Dinas Kependudukan dan Pencatatan Sipil;;;;;15 menit;"Sesuai Perda 3/2024";;;;;'


@pytest.fixture
def bring(kota, tmp_path):
    """Import a text; what became of each line."""

    def bring(kind, *lines, by=None, commits=True):
        path = tmp_path / "layanan.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        told: list[dict[str, Any]] = []
        wish = Direct(kind, path, commits, tell=lambda item: told.extend(told_rows(item)))
        run_file(wish=wish, by=by or kota.system, at=NOW)
        return told

    return bring


def test_services_come_in_as_drafts_or_in_force_from_their_day(kota, bring):
    told = bring("services", HEADINGS, WHOLE_LINE, DRAFT_LINE)
    assert [item["outcome"] for item in told] == ["new", "new"], told
    found = queries.service_coded("ktp-baru", day=TODAY)
    assert found is not None
    standard = queries.standard_of(found)
    assert standard.requirements == ("Fotokopi KK", "Surat pengantar")
    assert standard.steps == ("Ambil antrean", "Foto", "Ambil KTP")
    assert (standard.working_days, standard.cost, standard.need) == (3, 0, "identity")
    assert standard.hours["4"] == (("08:00", "15:30"),)
    assert standard.hours["5"] == (("08:00", "11:30"),)
    assert found.valid_from == date(2024, 2, 1)
    draft = queries.draft_of(Service.objects.get(code="surat-pindah"))
    assert (draft.working_days, draft.time_note, draft.cost, draft.cost_note) == (
        None, "15 menit", None, "Sesuai Perda 3/2024",
    )  # fmt: skip
    assert queries.service_coded("surat-pindah", day=TODAY) is None


def test_a_preview_writes_nothing_and_the_same_file_again_changes_nothing(kota, bring):
    bring("services", HEADINGS, WHOLE_LINE, DRAFT_LINE, commits=False)
    assert not Service.objects.exists()
    bring("services", HEADINGS, WHOLE_LINE, DRAFT_LINE)
    assert [item["outcome"] for item in bring("services", HEADINGS, WHOLE_LINE, DRAFT_LINE)] == ["same", "same"]


def test_what_is_published_changes_by_a_new_version_from_its_day(kota, bring):
    bring("services", HEADINGS, WHOLE_LINE)
    dearer = WHOLE_LINE.replace("Gratis", "Rp 25.000,00")
    told = bring("services", HEADINGS, dearer)
    assert told[0]["outcome"] == "refused"
    assert "pilih hari ini atau" in told[0]["reasons"][0]["reason"].lower()
    told = bring("services", HEADINGS, dearer.replace("01-02-2024", ""))
    assert (told[0]["outcome"], told[0]["changes"]) == ("changed", {"cost": ["Rp0", "Rp25.000"]})
    assert queries.service_coded("ktp-baru", day=TODAY).cost == 0, "a draft changes nothing yet"
    bring("services", HEADINGS, dearer.replace("01-02-2024", f"{TODAY:%d-%m-%Y}"))
    assert queries.service_coded("ktp-baru", day=TODAY).cost == 25_000
    assert queries.version_numbered("ktp-baru", 1).cost == 0


def test_a_line_says_what_is_wrong_with_it(kota, bring):
    bad = [
        WHOLE_LINE.replace("dukcapil", "Dinas Antah"),
        WHOLE_LINE.replace("ktp-baru", "b").replace("Fotokopi KK", "").replace('"1. \n2. Surat pengantar"', ""),
        WHOLE_LINE.replace("ktp-baru", "c").replace("Senin s.d. Kamis 08.00-15.30", "tiap pagi"),
        WHOLE_LINE.replace("ktp-baru", "###"),
    ]
    reasons = [" ".join(why["reason"] for why in item["reasons"]) for item in bring("services", HEADINGS, *bad)]
    assert "Dinas Antah" in reasons[0]
    assert "Yang harus dibawa" in reasons[1] or "draf" in reasons[1]
    assert "tiap pagi" in reasons[2]
    assert "###" in reasons[3]
    assert not Service.objects.exists()


def test_who_manages_one_unit_imports_its_services_alone(kota, bring):
    other = WHOLE_LINE.replace("dukcapil", "pupr").replace("ktp-baru", "imb").replace("KTP elektronik baru", "PBG")
    bring("services", HEADINGS, other)
    told = bring("services", HEADINGS, WHOLE_LINE, other, by=kota.actor("coordinator", "dukcapil"))
    assert [item["outcome"] for item in told] == ["new", "refused"]
    taken = WHOLE_LINE.replace("ktp-baru", "imb")
    told = bring("services", HEADINGS, taken, by=kota.actor("coordinator", "dukcapil"))
    assert "tidak Anda kelola" in told[0]["reasons"][0]["reason"]


COUNTS = "Layanan;Bulan;Jumlah"


def test_transactions_are_set_by_month_and_shown_when_they_change(kota, bring):
    item = services.add_service(code="ktp", unit=kota.units["dukcapil"].pk, standard=WHOLE, by=kota.system, at=NOW)
    lines = ["ktp;Mei 2026;1.312", f"{WHOLE.name};04/2026;90", "ktp;2026-03;80"]
    told = bring("service-transactions", COUNTS, *lines)
    assert [row["outcome"] for row in told] == ["new"] * 3, told
    assert queries.transactions_between(date(2026, 4, 1), date(2026, 5, 1)) == {
        (item.pk, date(2026, 5, 1)): 1312, (item.pk, date(2026, 4, 1)): 90,
    }  # fmt: skip
    told = bring("service-transactions", COUNTS, "ktp;Mei 2026;1400", *lines[1:])
    assert [row["outcome"] for row in told] == ["changed", "same", "same"]
    assert told[0]["changes"] == {"count": [1312, 1400]}
    assert Transactions.objects.get(month=date(2026, 5, 1)).count == 1400


def test_transactions_that_cannot_be_say_why(kota, lain, bring):
    with agency_scope(lain.agency.pk):
        unit = lain.units["dukcapil"].pk
        services.add_service(code="akta", unit=unit, standard=WHOLE, by=lain.system, at=NOW)
    services.add_service(code="ktp", unit=kota.units["dukcapil"].pk, standard=WHOLE, by=kota.system, at=NOW)
    told = bring(
        "service-transactions", COUNTS, "akta;Mei 2026;1", "ktp;Desember 2026;1", "ktp;Mei;1", "ktp;Mei 2026;1,5",
        "ktp;April 2026;3", "ktp;04-2026;4",
    )  # fmt: skip
    assert [row["outcome"] for row in told] == ["refused"] * 4 + ["new", "refused"]
    assert [row["reasons"][0]["code"] for row in told if row["reasons"]] == [
        "services.service_unknown", "services.month_to_come", "services.no_month", "sheets.no_number", "imports.twice",
    ]  # fmt: skip
    assert Transactions.objects.count() == 1


def test_a_line_whose_unit_is_not_there_on_its_day_says_so(kota, bring):
    orgs.add_unit(
        agency=kota.agency.pk, kind="office", code="baru", name="Dinas Baru", valid_from=date(2027, 1, 1),
        by=kota.system, at=NOW,
    )  # fmt: skip
    orgs.add_unit(
        agency=kota.agency.pk, kind="office", code="lama", name="Dinas Lama", valid_from=date(2020, 1, 1),
        by=kota.system, at=NOW,
    )  # fmt: skip
    orgs.end_unit(unit=orgs_queries.unit_coded("lama").pk, last_day=date(2025, 12, 31), by=kota.system, at=NOW)
    lines = [
        WHOLE_LINE.replace("ktp-baru", code).replace("dukcapil", unit).replace("01-02-2024", day)
        for code, unit, day in (
            ("dini", "baru", "01-12-2026"), ("tepat", "Dinas Baru", "01-01-2027"), ("usai", "lama", "01-02-2026"),
            ("draf", "lama", ""),
        )
    ]  # fmt: skip
    told = bring("services", HEADINGS, *lines)
    assert [item["outcome"] for item in told] == ["refused", "new", "refused", "refused"], told
    assert "baru ada sejak 1 Januari 2027" in told[0]["reasons"][0]["reason"]
    assert "31 Desember 2025" in told[2]["reasons"][0]["reason"]
    assert told[3]["reasons"][0]["column"] == "unit"
    assert queries.service_coded("tepat", day=date(2027, 1, 1)) is not None
