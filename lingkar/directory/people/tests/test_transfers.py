"""A record moves from one agency of the installation to another: released by one, taken by the other."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from lingkar.directory.people import queries, services
from lingkar.directory.people.models import Account, Person, Placement, Role, Status, Transfer
from lingkar.directory.people.services import PersonFacts
from lingkar.directory.people.web.sentences import sentence
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.audit.queries import trail_of
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import NOW, signed_in

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NIP = "198704122010012774"


@pytest.fixture
def personnel(kota):
    return kota.actor(Role.PERSONNEL, None)


@pytest.fixture
def gone(kota, personnel) -> Person:
    """Somebody who had an account and moved away."""
    told: dict[str, Any] = {"name": "Ratna Sari", "email": "ratna@kota.example", "nip": NIP}
    services.open_account(agency=kota.agency.pk, **told, by=kota.system, at=NOW)
    facts = PersonFacts(kind="pns", education="S-1", **told)
    unit = kota.units["pelayanan"].pk
    row = services.add_person(facts=facts, unit=unit, since=date(2020, 1, 6), by=kota.system, at=NOW)
    services.link_accounts(by=kota.system, at=NOW)
    services.change_status(person=row.pk, status=Status.LEFT, on=TODAY, by=personnel, at=NOW)
    return Person.objects.get(pk=row.pk)


@pytest.fixture
def other(lain):
    """Who keeps the records of the other agency."""
    with agency_scope(lain.agency.pk):
        return lain.actor(Role.PERSONNEL, None)


def release(gone, other, by):
    return services.release_person(person=gone.pk, to=other.agency, by=by, at=NOW)


def take(row, lain, other, code="pupr"):
    with agency_scope(lain.agency.pk):
        unit = lain.units[code].pk
        return services.take_person(transfer=row.pk, unit=unit, title="Analis", since=TODAY, by=other, at=NOW)


def seen_by(other):
    with agency_scope(other.agency):
        return [row.person.name for row in queries.transfers_to(other)]


def test_one_releases_and_the_other_takes(kota, lain, personnel, gone, other):
    account = gone.account
    assert seen_by(other) == [], "nothing is seen before it is released"
    row = release(gone, other, personnel)
    assert seen_by(other) == ["Ratna Sari"]
    taken = take(row, lain, other)
    assert (taken.agency, taken.nip, taken.education, taken.account) == (lain.agency, NIP, "S-1", account)
    account.refresh_from_db()
    assert (account.agency, account.is_active) == (lain.agency, False), "it waits until an operator there opens it"
    gone.refresh_from_db()
    assert (gone.nip, gone.account, gone.name, gone.status) == (None, None, "Ratna Sari", Status.LEFT)
    assert Placement.objects.get(person=gone).valid_to == TODAY - timedelta(days=1), "the history stays"
    verbs = {entry.verb for entry in trail_of(row)}
    with agency_scope(lain.agency.pk):
        assert Placement.objects.get(person=taken).title == "Analis"
        assert "people.person_taken" in {entry.verb for entry in trail_of(taken)}
    assert verbs == {"people.person_released", "people.person_taken"}
    assert seen_by(other) == []
    with pytest.raises(Unseen):
        take(row, lain, other)


def test_somebody_in_two_agencies_is_refused_with_the_way_out(kota, lain, gone, other):
    with agency_scope(lain.agency.pk):
        facts = PersonFacts(kind="pns", name="Ratna Sari", nip=NIP)
        with pytest.raises(Refused, match=r"people\.nip_known"):
            services.add_person(facts=facts, by=other, at=NOW)
    with override("id"):
        assert "diserahkan oleh instansi itu, lalu Anda ambil" in sentence(Refused("people.nip_known"))


def test_only_who_left_is_handed_over_once_and_to_another_agency(kota, lain, personnel, gone, other):
    Person.objects.filter(pk=gone.pk).update(status=Status.ACTIVE)
    with pytest.raises(Refused, match=r"people\.not_left"):
        release(gone, other, personnel)
    Person.objects.filter(pk=gone.pk).update(status=Status.LEFT)
    with pytest.raises(Unseen):
        services.release_person(person=gone.pk, to=kota.agency.pk, by=personnel, at=NOW)
    with pytest.raises((Unseen, Forbidden)):
        release(gone, other, kota.actor(Role.PERSONNEL, "pupr"))
    row = release(gone, other, personnel)
    with pytest.raises(Refused, match=r"people\.released_already"):
        release(gone, other, personnel)
    services.change_status(person=gone.pk, status=Status.ACTIVE, on=TODAY, by=personnel, at=NOW)
    with pytest.raises(Refused, match=r"people\.not_left"):
        take(row, lain, other)


def test_what_is_withdrawn_is_gone_and_what_is_taken_stays(kota, lain, personnel, gone, other):
    row = release(gone, other, personnel)
    with agency_scope(lain.agency.pk), pytest.raises(Unseen):
        services.withdraw_release(transfer=row.pk, by=other, at=NOW)
    services.withdraw_release(transfer=row.pk, by=personnel, at=NOW)
    assert seen_by(other) == []
    with pytest.raises(Unseen):
        take(row, lain, other)
    again = release(gone, other, personnel)
    take(again, lain, other)
    with pytest.raises(Refused, match=r"people\.release_over"):
        services.withdraw_release(transfer=again.pk, by=personnel, at=NOW)
    with pytest.raises(Refused, match=r"people\.moved_away"):
        services.change_status(person=gone.pk, status=Status.ACTIVE, on=TODAY, by=personnel, at=NOW)


def test_who_keeps_one_unit_sees_no_arrivals(kota, lain, personnel, gone, other):
    release(gone, other, personnel)
    with agency_scope(lain.agency.pk):
        assert queries.transfers_to(lain.actor(Role.PERSONNEL, "dukcapil")) == []
    assert queries.transfers_to(personnel) == [], "nor does the agency that released it"


def test_the_pages_of_a_transfer(kota, lain, personnel, gone):
    office = signed_in(kota.holder(Role.PERSONNEL, None))
    assert "Serahkan catatan" in office.page(f"/pegawai/{gone.pk}/").text
    office.page(f"/pegawai/{gone.pk}/serahkan/")
    office.submit(f"/pegawai/{gone.pk}/serahkan/", {"to": lain.agency.pk})
    row = Transfer.objects.get()
    assert "Menunggu diambil" in office.page("/pegawai/pindahan/").text
    assert office.get(f"/pegawai/pindahan/{row.pk}/ambil/").status_code == 404
    office.submit(f"/pegawai/pindahan/{row.pk}/tarik/")
    assert "Ditarik kembali" in office.page("/pegawai/pindahan/").text
    with agency_scope(lain.agency.pk):
        told = {"name": "Budi Datang", "nip": "199003032015031002"}
        came = Person.objects.create(agency=lain.agency, kind="pns", status="left", **told)
        sent = Transfer.objects.create(agency=lain.agency, to=kota.agency, person=came, released_at=NOW)
    assert "Budi Datang" in office.page("/pegawai/pindahan/").text
    assert "Budi Datang" not in office.page("/pegawai/").text
    url = f"/pegawai/pindahan/{sent.pk}/ambil/"
    office.page(url)
    unit = kota.units["pupr"].pk
    assert office.submit(url, {"unit": unit, "since": "2010-01-01"}).status_code == 422, "before they served"
    assert office.submit(url, {"unit": unit, "since": "2026-06-08"}).status_code == 302
    assert "Budi Datang" in office.page("/pegawai/").text
    assert not Account.objects.filter(nip=told["nip"]).exists()
