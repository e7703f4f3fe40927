"""What one person cannot do alone, as two operators see it on a narrow phone."""

from datetime import date
from typing import Any

import pytest

from lingkar.directory.people import queries, services
from lingkar.directory.people.services import PersonFacts
from lingkar.foundation.tenancy.queries import agency_scope
from tests.browser import overflow
from tests.fixtures import NOW

pytestmark = pytest.mark.browser


@pytest.fixture
def people(kota, lain):
    """A role that waits, an address that a colleague wrote, somebody who left."""
    with agency_scope(kota.agency.pk):
        giver, since = queries.actor_for(kota.holder("operator", None), day=NOW.date()), date(2024, 3, 1)
        unit, over = kota.units["pelayanan"].pk, kota.units["inspektorat"].pk
        receiver = kota.holder("leader", None).pk
        services.grant_role(account=receiver, role="inspector", unit=over, valid_from=since, by=giver, at=NOW)
        told: dict[str, Any] = {"kind": "pppk", "name": "Siti Nurhaliza Kusumawardhani Prawirodirjo, S.Sos., M.AP."}
        facts = PersonFacts(nip="199003032024212001", email="siti.nurhaliza.kusumawardhani@luar.example", **told)
        person = services.add_person(facts=facts, unit=unit, since=since, by=giver, at=NOW)
        left = services.add_person(
            facts=PersonFacts(kind="pppk", name="Budi Pindah", nip="199003032024211002"), by=kota.system, at=NOW
        )
        services.change_status(person=left.pk, status="left", on=NOW.date(), by=giver, at=NOW)
        services.release_person(person=left.pk, to=lain.agency.pk, by=giver, at=NOW)
    return person


def test_the_pages_are_clean_and_reflow(window, kota, people, axe):
    with agency_scope(kota.agency.pk):
        second = kota.holder("operator", "dukcapil")
        services.grant_role(account=second.pk, role="operator", valid_from=NOW.date(), by=kota.system, at=NOW)
    page = window((320, 640), account=second)
    for url in (
        "/pengaturan/hak-akses/",
        "/pegawai/undang/",
        "/pegawai/pindahan/",
        f"/pegawai/{people.pk}/",
        f"/pegawai/{people.pk}/akun/",
    ):
        page.goto(url)
        assert overflow(page) == 0, url
        axe(page)
