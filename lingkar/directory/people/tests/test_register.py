"""The pages about people, in a browser of their own for each viewer."""

from datetime import date
from typing import Any

import pytest

from lingkar.directory.orgs.services import add_position
from lingkar.directory.people import queries, services
from lingkar.directory.people.models import Person, Placement, Role
from lingkar.directory.people.services import NewPerson, PersonFacts
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import MEMBER, NOW, signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 8)
SINCE = date(2021, 1, 4)
NIP = "198704122010012004"
SITI = PersonFacts(
    kind="pns",
    name="Siti Aminah, S.Sos.",
    nip=NIP,
    golongan="III/d",
    birth_place="Tanjungpinang",
    phone="0812 3456 789",
)


@pytest.fixture
def siti(kota) -> Person:
    unit = kota.units["pelayanan"].pk
    return services.add_person(facts=SITI, unit=unit, title="Analis Muda", since=SINCE, by=kota.system, at=NOW)


@pytest.fixture
def office(kota, siti):
    """The browser of the personnel officer of the whole agency."""
    return signed_in(kota.holder(Role.PERSONNEL, None))


def test_the_list_shows_colleagues_name_title_and_unit(kota, siti):
    page = signed_in(kota.holder(MEMBER, None)).page("/pegawai/")
    assert "Siti Aminah, S.Sos." in page.text
    assert "Analis Muda" in page.text
    assert not any(word in page.text for word in ("III/d", NIP, "PNS", "Catat pegawai"))
    profile = signed_in(kota.holder(MEMBER, None)).page(f"/pegawai/{siti.pk}/")
    assert "Bidang Pelayanan Pendaftaran Penduduk" in profile.text
    assert not any(word in profile.text for word in ("III/d", "1987", "Tanjungpinang", "0812", "Riwayat", "Ubah data"))


def test_who_keeps_records_sees_all_and_oneself_too(kota, office, siti):
    for browser in (office, signed_in(kota.holder(MEMBER, None))):
        Person.objects.filter(pk=siti.pk).update(account=kota.holder(MEMBER, None))
        text = browser.page(f"/pegawai/{siti.pk}/").text
        told = ("19870412 201001 2 004", "III/d · Penata Tingkat I", "Tanjungpinang", "0812")
        assert all(word in text for word in told)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=sity+aminnah", True),
        ("q=19870412+201001", True),
        ("q=budi", False),
        ("jenis=pns&golongan=III/d", True),
        ("jenis=pppk", False),
        ("status=retired", False),
        ("unit=dukcapil", True),
        ("unit=pupr", False),
        ("unit=bukan-unit&jenis=%00", True),
    ],
)
def test_the_list_is_filtered_by_its_address(kota, office, query, found):
    for code in ("dukcapil", "pupr"):
        query = query.replace(f"unit={code}", f"unit={kota.units[code].pk}")
    text = office.page(f"/pegawai/?{query}").text
    assert ("Siti Aminah" in text) is found
    assert ("Tidak ada yang cocok" in text) is not found


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_list_is_taken_along_with_its_filters(kota, office, kind):
    response = office.get(f"/pegawai/?unduh={kind}&q=siti")
    assert response.status_code == 200
    content = body(response)
    if kind == "csv":
        assert NIP in content.decode("utf-8-sig")
        colleague = signed_in(kota.holder(MEMBER, None)).get("/pegawai/?unduh=csv")
        text = body(colleague).decode("utf-8-sig")
        assert "Siti" in text
        assert NIP not in text


def test_who_keeps_the_records_of_one_unit_takes_along_no_record_of_another(kota, siti):
    told: dict[str, Any] = {"nip": "198001012005011003", "golongan": "IV/b", "phone": "08119988"}
    other = PersonFacts(kind="pns", name="Rahasia Dinas Lain", **told)
    unit = kota.units["pupr"].pk
    services.add_person(facts=other, unit=unit, title="Kepala", since=SINCE, by=kota.system, at=NOW)
    browser = signed_in(kota.holder(Role.PERSONNEL, "dukcapil"))
    for query in ("unduh=csv", "unduh=csv&q=rahasia+dinas"):
        text = body(browser.get(f"/pegawai/?{query}")).decode("utf-8-sig")
        assert "Rahasia Dinas Lain" in text
        assert not any(word in text for word in told.values())
    assert NIP in body(browser.get("/pegawai/?unduh=csv")).decode("utf-8-sig")
    page = browser.page("/pegawai/").text
    assert "III/d" in page
    assert "Nama Rahasia Dinas Lain Kepala" in page
    assert "Unit kerja – Jenis kepegawaian – Golongan" in page
    assert "Rahasia Dinas" not in browser.page("/pegawai/?golongan=IV/b&q=rahasia").text


def test_another_agency_is_on_no_page(kota, lain, siti):
    with agency_scope(lain.agency.pk):
        browser = signed_in(lain.holder(Role.PERSONNEL, None))
    for address in ("/pegawai/", "/pegawai/?q=siti", f"/pegawai/?q={NIP}", "/pegawai/?unduh=csv"):
        response = browser.get(address)
        assert b"Siti" not in body(response)
    assert browser.get(f"/pegawai/{siti.pk}/").status_code == 404
    assert browser.get(f"/pegawai/{siti.pk}/ubah/").status_code == 404


def test_somebody_is_recorded_changed_moved_ended_and_let_go(kota, office):
    facts = {"kind": "pppk", "nip": "19900303 202421 1 007", "name": "Budi Santoso", "golongan": "IX"}
    post = {"unit": kota.units["pupr"].pk, "title": "Operator Layanan", "since": "2024-03-01"}
    made = office.submit("/pegawai/tambah/", {**facts, **post})
    budi = Person.objects.get(nip="199003032024211007")
    assert made.headers["Location"] == f"/pegawai/{budi.pk}/"
    home = f"/pegawai/{budi.pk}/"
    form = office.page(home + "ubah/")
    seen = form.response.context["form"].initial["seen"]
    office.submit(home + "ubah/", {**facts, "name": "Budi Santoso, A.Md.", "sex": "male", "seen": seen})
    stale = office.submit(home + "ubah/", {**facts, "name": "Budi", "sex": "male", "seen": seen})
    assert "diubah orang lain" in stale.content.decode()
    office.page(home + "pindah/")
    office.page(f"{home}pindah/?unit={kota.units['setda'].pk}")
    moved = {"title": "Arsiparis", "since": "2026-06-08"}
    office.submit(f"{home}pindah/?unit={kota.units['setda'].pk}", moved)
    row = Placement.objects.get(person=budi, valid_to=None)
    assert (row.unit.code, row.title) == ("setda", "Arsiparis")
    office.page(f"{home}penempatan/{row.pk}/akhiri/")
    office.submit(f"{home}penempatan/{row.pk}/akhiri/", {"last_day": "2026-12-31"})
    office.page(home + "status/")
    office.submit(home + "status/", {"status": "left", "on": "2026-06-08"})
    text = office.page(home).text
    assert "Budi Santoso, A.Md." in text
    assert "Pindah atau berhenti" in text
    assert not queries.placements_on(TODAY).filter(person=budi).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"nip": "130512345"}, "NIP lama dengan 9 angka"),
        ({"nip": NIP}, "pernah dicatat"),
        ({"name": "…"}, "Nama belum diisi"),
        ({"golongan": "IX"}, "tidak sesuai dengan jenis kepegawaian"),
        ({"since": ""}, "Sejak tanggal berapa"),
        ({"since": "2009-01-01"}, "bertugas paling awal"),
    ],
)
def test_what_is_wrong_is_said_and_kept_on_the_page(kota, office, change, words):
    unit = kota.units["pupr"].pk
    told = {"kind": "pns", "nip": "197805212010121004", "name": "Made", "unit": unit, "since": "2024-03-01"}
    response = office.submit("/pegawai/tambah/", told | change)
    assert response.status_code == 422
    text = response.content.decode()
    assert words in text
    assert "Yang Anda ketik masih ada" in text or "masih" in text
    assert Person.objects.count() == 1


def test_a_title_that_a_position_has_takes_that_position(kota, office):
    unit = kota.units["pupr"].pk
    post = add_position(
        unit=unit, code="kadis", title="Kepala Dinas", kind="jpt_pratama", leads=True, valid_from=SINCE,
        by=kota.system, at=NOW,
    )  # fmt: skip
    told = {"kind": "pns", "nip": "197805212010121004", "name": "Made", "title": "kepala  dinas"}
    office.submit("/pegawai/tambah/", {**told, "unit": unit, "since": "2024-03-01"})
    assert Placement.objects.get(person__name="Made").position == post
    made = Person.objects.get(name="Made")
    assert "Kepala Dinas" in office.page(f"/pegawai/{made.pk}/pindah/?unit={unit}").text


def test_a_page_of_many_people_is_paged(kota, office):
    rows = [NewPerson(PersonFacts(kind="external", name=f"Peserta {number:03}")) for number in range(120)]
    services.add_people(rows=rows, by=kota.system, at=NOW)
    text = office.page("/pegawai/?halaman=3").text
    assert "Halaman 3 dari 3" in text
    assert "121 orang" in text
