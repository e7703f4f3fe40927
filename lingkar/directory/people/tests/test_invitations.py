"""Accounts for many people at once."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from lingkar.directory.people import queries, services
from lingkar.directory.people.jobs import invite_many
from lingkar.directory.people.models import Account, Person, Role, Round
from lingkar.directory.people.queries import Chosen, Preview
from lingkar.directory.people.services import NewPerson, PersonFacts
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import MEMBER, NOW, signed_in

pytestmark = pytest.mark.django_db
SINCE = date(2024, 3, 1)
BASE = "https://kota.example/"


def people(kota, count, unit="pelayanan", **more):
    rows = [
        NewPerson(
            PersonFacts(
                kind="pppk",
                name=f"Pegawai {number:03}",
                nip=f"19900303202421{1 + number % 2}{number:03}",
                email=more.get("email", f"p{number}@kota.example"),
            ),
            unit=kota.units[unit].pk,
            since=SINCE,
        )
        for number in range(more.get("start", 1), more.get("start", 1) + count)
    ]
    return services.add_people(rows=rows, by=kota.system, at=NOW).persons


@pytest.fixture
def personnel(kota):
    return kota.actor(Role.PERSONNEL, None)


EVERYBODY = Chosen()


def invite(by, chosen=EVERYBODY, key=None):
    return services.invite_many(chosen=chosen, key=key or uuid4(), base=BASE, by=by, at=NOW)


def carried_out(kota, row):
    invite_many(agency=str(kota.agency.pk), invitations=str(row.pk))
    row.refresh_from_db()
    return row


def test_everybody_with_an_address_of_their_own_receives_an_account(kota, personnel):
    people(kota, 230)
    before = Account.objects.count()
    row = carried_out(kota, invite(personnel))
    assert (row.total, row.done, row.ended_at) == (230, 230, NOW)
    assert Account.objects.count() == before + 230
    person = Person.objects.get(name="Pegawai 007")
    assert (person.account.email, person.account.nip) == ("p7@kota.example", person.nip)
    assert not person.account.has_usable_password()
    with pytest.raises(Refused, match=r"people\.nobody_to_invite"):
        invite(personnel)


def test_the_same_press_twice_is_one_round(kota, personnel):
    people(kota, 3)
    key = uuid4()
    one, two = invite(personnel, key=key), invite(personnel, key=key)
    assert one == two
    carried_out(kota, one)
    carried_out(kota, one)
    assert invite(personnel, key=key) == one
    assert Person.objects.filter(account__isnull=False).count() == 3


def test_a_killed_job_goes_on_where_it_stood(kota, personnel):
    people(kota, 150)
    row = invite(personnel)
    assert services.invite_next(invitations=row.pk, by=kota.system, at=NOW)
    assert Person.objects.filter(account__isnull=False).count() == 100
    assert carried_out(kota, row).done == 150


def test_the_preview_says_who_and_who_not(kota, personnel):
    people(kota, 3)
    people(kota, 2, start=10, email="loket@kota.example")
    people(kota, 1, start=20, email="")
    taken = people(kota, 1, start=30, email=kota.holder(MEMBER, None).email.upper())
    own = Person.objects.get(name="Pegawai 001")
    services.open_account(agency=kota.agency.pk, name="x", email="x@kota.example", nip=own.nip, by=kota.system, at=NOW)
    assert queries.invitation_preview(personnel, Chosen()) == Preview(
        ready=2, have_account=1, no_email=1, shared_email=3
    )
    assert queries.without_email(personnel, Chosen()).count() == 4
    carried_out(kota, invite(personnel))
    own.refresh_from_db()
    assert own.account.email == "x@kota.example", "an account opened before is joined by its NIP"
    assert Person.objects.get(pk=taken[0]).account is None


def test_whom_is_chosen_by_unit_and_kind(kota, personnel):
    people(kota, 2)
    people(kota, 3, unit="pupr", start=50)
    preview = queries.invitation_preview
    assert preview(personnel, Chosen(path="pupr.")).ready == 3
    assert preview(personnel, Chosen(kind="pns")).all == 0
    here = kota.actor(Role.PERSONNEL, "dukcapil")
    assert preview(here, Chosen()).ready == 2
    with pytest.raises(Forbidden):
        invite(here)
    with pytest.raises(Forbidden):
        invite(here, Chosen(path="pupr."))
    assert invite(here, Chosen(path="dukcapil.")).total == 2


def test_another_agency_is_neither_counted_nor_invited(kota, lain, personnel):
    people(kota, 2)
    with agency_scope(lain.agency.pk):
        by = lain.actor(Role.PERSONNEL, None)
        assert queries.invitation_preview(by, Chosen()).all == 0
        row = None
    row = invite(personnel)
    with agency_scope(lain.agency.pk), pytest.raises(Unseen):
        queries.round_seen_by(by, row.pk)


def test_an_account_is_joined_and_parted_by_hand(kota, lain):
    operator = kota.actor(Role.OPERATOR, None)
    (one, two), account = people(kota, 2), kota.holder(MEMBER, None)
    services.link_account(person=one, account=account.pk, by=operator, at=NOW)
    with pytest.raises(Refused, match=r"people\.account_of_other"):
        services.link_account(person=two, account=account.pk, by=operator, at=NOW)
    with pytest.raises(Refused, match=r"people\.own_record"):
        services.link_account(person=two, account=operator.person, by=operator, at=NOW)
    services.link_account(person=one, account=None, by=operator, at=NOW)
    services.link_account(person=two, account=account.pk, by=operator, at=NOW)
    with agency_scope(lain.agency.pk):
        stranger = lain.holder(MEMBER, None)
    with pytest.raises(Unseen):
        services.link_account(person=one, account=stranger.pk, by=operator, at=NOW)


def test_the_pages_of_a_round(kota):
    people(kota, 3)
    people(kota, 1, start=20, email="")
    office = signed_in(kota.holder(Role.PERSONNEL, None))
    page = office.page("/pegawai/undang/")
    assert "Undang 3 orang" in page.text
    key = uuid4()
    first = office.submit("/pegawai/undang/", {"key": key})
    second = office.submit("/pegawai/undang/", {"key": key})
    row = Round.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"/pegawai/undang/{row.pk}/"
    assert "0 dari 3" in office.page(f"/pegawai/undang/{row.pk}/").text
    carried_out(kota, row)
    assert "3 akun" in office.page(f"/pegawai/undang/{row.pk}/").text
    taken: Any = office.get("/pegawai/undang/?unduh=csv")
    listed = b"".join(taken.streaming_content).decode()
    assert "Pegawai 020" in listed
    assert office.submit("/pegawai/undang/", {"key": "bukan"}).status_code == 302
    assert "Semua unit" not in signed_in(kota.holder(Role.PERSONNEL, "pupr")).page("/pegawai/undang/").text
