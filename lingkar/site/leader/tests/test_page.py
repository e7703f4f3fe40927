"""The leader's page: each number opens exactly its rows, under the permissions of whoever looks."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from lingkar.directory.orgs.services import add_unit
from lingkar.directory.people.models import Role
from lingkar.foundation.calendar import services as calendar
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports import services
from tests.fixtures import LONG_AGO, NOW, signed_in
from tests.many import add_reports

REGISTER = "/petugas/laporan/?"
NUMBER = re.compile(r"\d[\d.]*")
MANY = 400


@pytest.fixture
def busy(kota):
    """Two years of reports of every kind, in four units and a district, some without a place."""
    calendar.seed(agency=kota.agency.pk, at=NOW)
    add_unit(
        agency=kota.agency.pk,
        kind="section",
        code="arsip",
        name="Subbagian Arsip",
        parent=kota.units["pelayanan"].pk,
        valid_from=LONG_AGO,
        by=kota.system,
        at=NOW,
    )
    for code in ("lainnya", "ktp"):
        services.add_category(
            code=code,
            name=code.title(),
            request_class="complaint",
            unit=kota.units["dukcapil"].pk,
            terms=[],
            sensitive=False,
            by=kota.system,
            at=NOW,
        )
    add_reports(agency=kota.agency.pk, count=MANY, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_report SET reopened = 1 WHERE number % 13 = 0")
        cursor.execute("UPDATE reports_report SET place_id = NULL, state = 'silent' WHERE number % 17 = 0")
        cursor.execute("UPDATE reports_report SET first_due = first_due - 6 WHERE number % 5 = 0")
        cursor.execute("UPDATE reports_report SET place_id = %s WHERE number %% 19 = 0", [kota.places["district"].pk])
    return kota


def numbers_of(page):
    """Every number that opens a list: what it says, and where it leads."""
    for link in page.markup.select(f'main a[href^="{REGISTER}"]'):
        box = link
        while box is not None and "stat" not in (box.attrs.get("class") or "").split():
            box = box.parent if getattr(box.parent, "attrs", None) is not None else None
        words = " ".join(box.to_text().split()) if box is not None else " ".join(link.to_text().split())
        if "n = " in words:
            found = re.findall(r"n = (\d[\d.]*)", words)[:1]
        elif box is not None:
            value = next(node for node in page.markup.select(".stat-value") if node.parent is box)
            found = NUMBER.findall(value.to_text())
        else:
            found = NUMBER.findall(words.rpartition(":")[2] if ":" in words else words)[:1]
        yield int(found[0].replace(".", "")), link.attrs["href"]


@dataclass(frozen=True)
class Listed:
    """A list, read without the checks of a page: there are fifty of them."""

    html: str

    @property
    def text(self):
        return " ".join(re.sub(r"<[^>]+>", " ", self.html).split())

    def links(self):
        return re.findall(r'href="([^"]+)"', self.html)


def rows_of(page):
    found = re.search(r"([\d.]+) laporan (?!yang)", page.text)
    listed = [link for link in page.links() if link.startswith("/petugas/kasus/")]
    count = int(found[1].replace(".", "")) if found and listed else 0
    assert len(listed) == min(count, 25)
    return count


@pytest.mark.parametrize(
    ("unit", "query"),
    [
        (None, "periode=3"),
        (None, "unit=dukcapil"),
        ("dukcapil", "periode=2025"),
        ("pelayanan", ""),
        (None, "unit=arsip"),
    ],
)
def test_every_number_opens_exactly_its_rows(busy, unit, query):
    browser = signed_in(busy.holder(Role.LEADER, unit))
    page = browser.page(f"/pimpinan/?{query}")
    told = dict.fromkeys(numbers_of(page))
    assert len(told) > 15
    for number, address in told:
        assert rows_of(Listed(browser.get(address).content.decode())) == number, address


def test_numbers_add_up_and_stay_within_the_grant(busy):
    whole = signed_in(busy.holder(Role.LEADER, None))
    part = signed_in(busy.holder(Role.LEADER, "dukcapil"))
    received = {
        name: next(numbers_of(who.page("/pimpinan/?periode=2025")))[0] for name, who in [("w", whole), ("p", part)]
    }
    assert 0 < received["p"] < received["w"] < MANY
    page = part.page("/pimpinan/?periode=12")
    assert "Dinas Pekerjaan Umum" not in page.text
    assert "unit=pupr" not in page.html
    assert rows_of(part.page(f"{REGISTER}apa=&dari=2020-01-01")) < MANY


def test_a_leader_of_another_agency_counts_nothing_of_ours(busy, lain, settings):
    settings.ALLOWED_HOSTS = ["lain.example", "testserver"]
    with agency_scope(lain.agency.pk):
        browser = signed_in(lain.holder(Role.LEADER, None))
    page = browser.page("/pimpinan/")
    assert {number for number, _ in numbers_of(page)} == {0}
    assert "Tidak ada laporan yang masuk" in page.text


def test_sealed_cases_are_not_counted(busy):
    browser = signed_in(busy.holder(Role.LEADER, None))
    before = dict.fromkeys(numbers_of(browser.page("/pimpinan/")))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_report SET is_sealed = true, published_at = NULL")
    assert {number for number, _ in numbers_of(browser.page("/pimpinan/"))} == {0}
    assert before


def test_few_cases_say_nothing(kota, busy):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_report SET is_sealed = true, published_at = NULL WHERE number % 100 <> 1")
    page = signed_in(busy.holder(Role.LEADER, None)).page("/pimpinan/?periode=12")
    assert "Belum cukup data: n = " in page.text
    assert "%" not in page.text.split("Cara menghitungnya")[0].split("Seberapa cepat")[1].split("Di mana")[0]


@pytest.mark.parametrize("query", ["periode=99", "periode=x", "unit=tidak-ada", "periode=2019&unit=%00"])
def test_a_strange_filter_is_no_error(busy, query):
    signed_in(busy.holder(Role.LEADER, None)).page(f"/pimpinan/?{query}")


@pytest.mark.parametrize("query", ["apa=x", "dari=kemarin", "unit=tidak-ada", "kecamatan=1", "sampai=9999-99-99"])
def test_a_strange_slice_is_said_and_shows_nothing(busy, query):
    page = signed_in(busy.holder(Role.LEADER, None)).page(f"{REGISTER}{query}")
    assert "tidak dapat dibaca" in page.text


def test_the_list_is_taken_along_with_the_same_filter(busy):
    browser = signed_in(busy.holder(Role.LEADER, None))
    count = rows_of(browser.page(f"{REGISTER}apa=terlambat"))
    answer: Any = browser.get(f"{REGISTER}apa=terlambat&unduh=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert count == len(lines) - 1 > 0


def test_a_leader_begins_here_and_an_officer_does_not(busy, as_role):
    assert as_role("leader").get("/kerja/").headers["Location"] == "/pimpinan/"
    assert as_role("officer").get("/pimpinan/").status_code == 403


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_chart_begins_at_the_newest_month(busy, window, javascript):
    page = window((360, 740), javascript=javascript, account=busy.holder("leader", None))
    page.goto("/pimpinan/?periode=12")
    months = page.locator(".trend-column")
    box, room = months.last.bounding_box(), page.locator(".trend-scroll").bounding_box()
    assert months.count() >= 12
    assert room["x"] <= box["x"]
    assert box["x"] + box["width"] <= room["x"] + room["width"]
    assert months.first.bounding_box()["x"] < box["x"]
