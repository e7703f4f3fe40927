"""The pages of the calendar."""

import pytest

from lingkar.foundation.calendar import queries, services
from lingkar.foundation.calendar.models import DayOff, WorkWeek
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import NOW

HERE = "/pengaturan/kalender/"


@pytest.fixture
def operator(as_role, kota):
    services.seed(agency=kota.agency.pk, at=NOW)
    return as_role("operator", unit=None)


def test_a_year_lists_its_days_off_by_month(operator):
    page = operator.page(HERE)
    assert page.title == "Hari kerja"
    assert "Maret 2026" in page.text
    assert "Kamis, 19 Maret – Hari Suci Nyepi" in page.text
    assert "Cuti bersama" in page.text
    assert "Senin, Selasa, Rabu, Kamis, Jumat" in page.text
    assert "masih perkiraan" not in page.text


@pytest.mark.parametrize("year", ["2028", "2050", "abc", "99999", "-1"])
def test_any_year_can_be_asked_for(operator, year):
    page = operator.page(f"{HERE}?tahun={year}")
    if year == "2028":
        assert "masih perkiraan" in page.text
    if year == "2050":
        assert "Belum ada hari libur untuk tahun 2050" in page.text


def test_a_day_off_is_added_changed_and_removed(operator):
    data = {"date": "2026-04-01", "name": "Hari Jadi Kota", "kind": "local", "source": "SK 1/2026"}
    page = operator.send(f"{HERE}tambah/", data)
    assert "Rabu, 1 April – Hari Jadi Kota" in page.text
    row = DayOff.objects.get(kind="local")
    assert operator.page(f"{HERE}{row.pk}/").fields()["name"] == "Hari Jadi Kota"
    page = operator.send(f"{HERE}{row.pk}/", data | {"date": "2027-04-02"})
    assert "Jumat, 2 April – Hari Jadi Kota" in page.text
    assert "kembali menjadi hari kerja" in operator.send(f"{HERE}{row.pk}/hapus/").text
    assert not DayOff.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": "2026-03-19"}, "19 Maret 2026 sudah menjadi hari libur"),
        ({"date": "1900-01-01"}, "antara tahun 2000 dan 2100"),
        ({"date": "kemarin"}, "tanggal"),
        ({"name": ""}, "Nama belum diisi."),
        ({"kind": "x"}, "pilihan"),
    ],
)
def test_a_wrong_day_off_is_told_and_what_was_typed_stays(operator, fields, words):
    data = {"date": "2026-04-01", "name": "Hari Jadi", "kind": "local", "source": "SK 1/2026"} | fields
    page = operator.send(f"{HERE}tambah/", data, status=200)
    assert words in page.text
    assert page.fields()["source"] == "SK 1/2026"


def test_a_year_without_days_takes_the_national_ones(operator):
    page = operator.send(f"{HERE}tahun/2029/perbarui/")
    assert "hari libur nasional ditambahkan" in page.text
    assert "Perkiraan" in page.text
    assert "antara tahun 2000 dan 2100" in operator.send(f"{HERE}tahun/1066/perbarui/").text


def test_working_weeks_are_added_changed_and_removed(operator, kota):
    operator.page(f"{HERE}minggu/tambah/")
    operator.send(f"{HERE}minggu/tambah/", {"name": "Selasa–Sabtu", "days": ["2", "3", "4", "5", "6"]})
    week = WorkWeek.objects.get(days="23456")
    assert "Hapus pola" in operator.page(f"{HERE}minggu/{week.pk}/").text
    operator.send(f"{HERE}minggu/{week.pk}/", {"name": "Baku", "days": ["1", "2"], "is_default": "on"})
    assert queries.calendar_for(kota.agency.pk).days == "12"
    assert "Jadikan pola lain" in operator.send(f"{HERE}minggu/{week.pk}/hapus/").text
    other = WorkWeek.objects.get(days="123456")
    assert "dihapus" in operator.send(f"{HERE}minggu/{other.pk}/hapus/").text


def test_a_week_without_days_is_told(operator):
    assert (
        "Hari kerja belum dipilih." in operator.send(f"{HERE}minggu/tambah/", {"name": "Libur terus"}, status=200).text
    )


def test_a_week_that_a_unit_keeps_stays(operator, kota):
    week = WorkWeek.objects.get(days="123456")
    unit = kota.units["dukcapil"]
    unit.work_week = week
    unit.save()
    assert "Masih ada unit yang memakai pola ini" in operator.send(f"{HERE}minggu/{week.pk}/hapus/").text


def test_rows_of_another_agency_are_not_found(operator, lain):
    with agency_scope(lain.agency.pk):
        services.seed(agency=lain.agency.pk, at=NOW)
        day, week = DayOff.objects.first(), WorkWeek.objects.first()
    for url in (f"{HERE}{day.pk}/", f"{HERE}minggu/{week.pk}/"):
        operator.page(url, status=404)
        assert operator.submit(url).status_code == 404
        assert operator.submit(f"{url}hapus/").status_code == 404


def test_others_are_turned_away(as_role, visitor):
    for url in ("", "tambah/", "1/", "minggu/tambah/"):
        assert as_role("officer").get(f"{HERE}{url}").status_code == 403
        assert visitor.get(f"{HERE}{url}").status_code == 302
    data = {"date": "2026-04-01", "name": "Hari Jadi", "kind": "local"}
    of_one_unit = as_role("operator")
    assert of_one_unit.submit(f"{HERE}tambah/", data).status_code == 403
    for url in ("", "tambah/", "minggu/tambah/"):
        assert of_one_unit.get(f"{HERE}{url}").status_code == 403
