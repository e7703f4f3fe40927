"""What one person may not do alone: give a sealed role, invite to an address of their own making, join an account."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from lingkar.directory.people import queries, services
from lingkar.directory.people.jobs import invite_many
from lingkar.directory.people.models import Person, Role, RoleGrant
from lingkar.directory.people.queries import Chosen
from lingkar.directory.people.services import ChangedPerson, NewPerson, PersonFacts
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.audit.queries import trail_of
from lingkar.foundation.notify.models import Notification
from lingkar.foundation.parameters.services import set_value
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import MEMBER, NOW, signed_in

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SINCE = date(2024, 3, 1)


@pytest.fixture
def operators(kota):
    """Three who run the agency."""
    first = kota.holder(Role.OPERATOR, None)
    more = [kota.holder(MEMBER, None), kota.holder(Role.LEADER, None)]
    for account in more:
        services.grant_role(account=account.pk, role=Role.OPERATOR, valid_from=TODAY, by=kota.system, at=NOW)
    return [first, *more]


def actor(account):
    return queries.actor_for(account, day=TODAY)


def give(kota, giver, receiver, role=Role.INSPECTOR):
    unit = kota.units["inspektorat"].pk if role == Role.INSPECTOR else None
    return services.grant_role(account=receiver.pk, role=role, unit=unit, valid_from=TODAY, by=actor(giver), at=NOW)


def decide(row, by, *, approve=True):
    services.decide_grant(grant=row.pk, approve=approve, by=actor(by), at=NOW)


def roles(account):
    return [grant.role for grant in actor(account).grants]


# --- sealed roles ------------------------------------------------------------------------------------------------


def test_two_operators_alone_make_nobody_an_inspector(kota, operators):
    one, two, three = operators
    row = give(kota, one, two)
    assert Role.INSPECTOR not in roles(two), "given, not yet approved"
    assert not queries.holders_of("reports.sealed", "inspektorat.", day=TODAY).filter(pk=two.pk).exists()
    assert not queries.grants_on(two.pk, TODAY).filter(role=Role.INSPECTOR).exists()
    for by, code in ((one, "second_operator"), (two, "own_grant")):
        with pytest.raises(Refused, match=rf"people\.{code}"):
            decide(row, by)
    decide(row, three)
    assert Role.INSPECTOR in roles(two)
    assert [entry.verb for entry in trail_of(row)][::-1] in (
        ["people.role_asked", "people.role_granted"],
        ["people.role_granted", "people.role_asked"],
    )
    told = set(Notification.objects.values_list("recipient", "kind"))
    assert {(three.pk, "people.grant_waits"), (one.pk, "people.grant_decided")} <= told
    with pytest.raises(Refused, match=r"people\.grant_decided"):
        decide(row, three)


def test_what_is_declined_or_withdrawn_gives_nothing_and_can_be_given_anew(kota, operators):
    one, two, three = operators
    decide(give(kota, one, two), three, approve=False)
    row = give(kota, one, two)
    services.end_grant(grant=row.pk, last_day=TODAY - timedelta(days=1), by=actor(one), at=NOW)
    with pytest.raises(Refused, match=r"people\.grant_over"):
        decide(row, three)
    assert Role.INSPECTOR not in roles(two)


def test_only_who_gives_roles_there_decides_and_never_another_agency(kota, lain, operators):
    row = give(kota, operators[0], operators[1])
    with pytest.raises(Unseen):
        services.decide_grant(grant=row.pk, approve=True, by=kota.actor(Role.OPERATOR, "dukcapil"), at=NOW)
    with pytest.raises((Unseen, Forbidden)):
        services.decide_grant(grant=row.pk, approve=True, by=kota.actor(Role.PERSONNEL, None), at=NOW)
    with agency_scope(lain.agency.pk), pytest.raises(Unseen):
        services.decide_grant(grant=row.pk, approve=True, by=lain.actor(Role.OPERATOR, None), at=NOW)


def test_the_database_knows_no_approval_by_giver_or_receiver(kota, operators):
    row = give(kota, operators[0], operators[1])
    for who in operators[:2]:
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.filter(pk=row.pk).update(waits=False, approved_by=who.pk)


def test_other_roles_hold_at_once_unless_the_agency_asks_for_two_operators(kota, operators):
    one, two, three = operators
    newcomer = kota.holder(Role.COORDINATOR, None)
    assert not give(kota, one, newcomer, Role.LEADER).waits
    set_value(key="people.two_for_operators", value=True, valid_from=TODAY, source="SK", by=actor(one), at=NOW)
    row = give(kota, one, newcomer, Role.OPERATOR)
    assert row.waits
    decide(row, three)
    assert Role.OPERATOR in roles(newcomer)
    assert two


def test_the_page_shows_what_waits_and_who_may_decide(kota, operators):
    one, two, three = operators
    unit = kota.units["inspektorat"].pk
    form = {"person": two.email, "role": "inspector", "unit": unit, "valid_from": TODAY.isoformat()}
    signed_in(one).submit("/pengaturan/hak-akses/beri/", form)
    row = RoleGrant.objects.get(account=two, role=Role.INSPECTOR)
    assert "Belum disetujui" in signed_in(one).page(f"/pengaturan/akun/{two.pk}/").text
    for account, shown in ((one, False), (two, False), (three, True)):
        page = signed_in(account).page("/pengaturan/hak-akses/")
        assert "Menunggu operator kedua" in page.text
        assert (f"/pengaturan/hak-akses/{row.pk}/putuskan/" in str(page.markup)) is shown
    signed_in(one).submit(f"/pengaturan/hak-akses/{row.pk}/putuskan/", {"decision": "setuju"})
    row.refresh_from_db()
    assert row.waits
    signed_in(three).submit(f"/pengaturan/hak-akses/{row.pk}/putuskan/", {"decision": "setuju"})
    row.refresh_from_db()
    assert (row.waits, row.approved_by) == (False, three.pk)
    assert "Menunggu operator kedua" not in signed_in(one).page("/pengaturan/hak-akses/").text


# --- addresses ---------------------------------------------------------------------------------------------------


@pytest.fixture
def personnel(kota):
    return kota.actor(Role.PERSONNEL, None)


def facts(number, email=""):
    return PersonFacts(kind="pppk", name=f"Pegawai {number}", nip=f"199003032024211{number:03}", email=email)


def by_form(person, email, by):
    row = Person.objects.get(pk=person)
    services.change_person(
        person=person, facts=PersonFacts(**vars(queries.facts_of(row)) | {"email": email}), by=by, at=NOW
    )


def by_sheet(person, email, by):
    services.change_people(rows=[ChangedPerson(person, {"email": email})], by=by, at=NOW)


@pytest.mark.parametrize("change", [by_form, by_sheet])
@pytest.mark.parametrize("before", ["", "siti@kota.example"])
def test_nobody_invites_to_an_address_that_they_put_on_the_record(kota, personnel, change, before):
    unit = kota.units["pelayanan"].pk
    row = services.add_person(facts=facts(1, before), unit=unit, since=SINCE, by=kota.system, at=NOW)
    change(row.pk, "punyaku@luar.example", personnel)
    preview = queries.invitation_preview(personnel, Chosen())
    assert (preview.ready, preview.own_email, preview.all) == (0, 1, 1)
    invite: dict[str, Any] = {"chosen": Chosen(), "base": "https://kota.example/", "at": NOW}
    with pytest.raises(Refused, match=r"people\.nobody_to_invite"):
        services.invite_many(**invite, key=uuid4(), by=personnel)
    colleague = kota.actor(Role.OPERATOR, None)
    written = queries.written_by_others(colleague, Chosen())
    assert [(one.email, one.by) for one in written] == [("punyaku@luar.example", personnel.name)]
    asked = services.invite_many(**invite, key=uuid4(), by=colleague)
    invite_many(agency=str(kota.agency.pk), invitations=str(asked.pk))
    row.refresh_from_db()
    assert row.account is not None


def test_nor_to_one_that_they_recorded_with_the_person_or_change_while_a_round_runs(kota, personnel):
    unit = kota.units["pelayanan"].pk
    services.add_person(facts=facts(1, "a@luar.example"), unit=unit, since=SINCE, by=personnel, at=NOW)
    services.add_people(rows=[NewPerson(facts(2, "b@luar.example"), unit=unit, since=SINCE)], by=personnel, at=NOW)
    third = services.add_person(facts=facts(3, "c@kota.example"), unit=unit, since=SINCE, by=kota.system, at=NOW)
    assert queries.invitation_preview(personnel, Chosen()).own_email == 2
    row = services.invite_many(chosen=Chosen(), key=uuid4(), base="/", by=personnel, at=NOW)
    by_form(third.pk, "punyaku@luar.example", personnel)
    invite_many(agency=str(kota.agency.pk), invitations=str(row.pk))
    assert not Person.objects.filter(account__isnull=False).exists()


def test_another_field_leaves_the_address_to_who_wrote_it(kota, personnel):
    unit = kota.units["pelayanan"].pk
    row = services.add_person(facts=facts(1, "a@luar.example"), unit=unit, since=SINCE, by=personnel, at=NOW)
    told = PersonFacts(**vars(facts(1, "a@luar.example")) | {"education": "S-1"})
    services.change_person(person=row.pk, facts=told, by=kota.actor(Role.OPERATOR, None), at=NOW)
    row.refresh_from_db()
    assert row.email_by == personnel.person


def test_the_page_says_who_has_to_invite_them(kota, personnel):
    unit = kota.units["pelayanan"].pk
    services.add_person(facts=facts(1, "a@luar.example"), unit=unit, since=SINCE, by=personnel, at=NOW)
    own = signed_in(kota.holder(Role.PERSONNEL, None)).page("/pegawai/undang/").text
    assert "Alamatnya Anda isi sendiri" in own
    assert "a@luar.example" not in own
    second = signed_in(kota.holder(Role.OPERATOR, None)).page("/pegawai/undang/").text
    assert "Periksa dulu alamat ini" in second
    assert "a@luar.example" in second


# --- accounts joined by hand ---------------------------------------------------------------------------------------


def test_an_account_is_joined_and_parted_on_a_page_and_its_holder_hears_of_it(kota, lain):
    unit, account = kota.units["pelayanan"].pk, kota.holder(MEMBER, None)
    row = services.add_person(facts=facts(1), unit=unit, since=SINCE, by=kota.system, at=NOW)
    office = signed_in(kota.holder(Role.OPERATOR, None))
    assert "Hubungkan akun" in office.page(f"/pegawai/{row.pk}/").text
    url = f"/pegawai/{row.pk}/akun/"
    office.page(url)
    with agency_scope(lain.agency.pk):
        stranger = lain.holder(MEMBER, None)
    assert office.submit(url, {"name": stranger.email}).status_code == 422
    assert office.submit(url, {"name": account.email}).status_code == 302
    row.refresh_from_db()
    assert row.account == account
    assert account.email in office.page(f"/pegawai/{row.pk}/").text
    assert "Lepaskan akun" in office.page(url).text
    office.submit(url, {"sure": "ya"})
    row.refresh_from_db()
    assert row.account is None
    assert [entry.verb for entry in trail_of(row)].count("people.account_linked") == 2
    assert Notification.objects.filter(recipient=account.pk, kind="people.account_linked").count() == 2


def test_only_who_looks_after_accounts_joins_or_parts_one(kota, personnel):
    unit, account = kota.units["pelayanan"].pk, kota.holder(MEMBER, None)
    row = services.add_person(facts=facts(1), unit=unit, since=SINCE, by=kota.system, at=NOW)
    services.link_account(person=row.pk, account=account.pk, by=kota.system, at=NOW)
    assert signed_in(kota.holder(Role.PERSONNEL, None)).get(f"/pegawai/{row.pk}/akun/").status_code == 403
    with pytest.raises((Unseen, Forbidden)):
        services.link_account(person=row.pk, account=None, by=personnel, at=NOW)
    services.link_account(person=row.pk, account=None, by=kota.system, at=NOW)
    services.close_account(account=account.pk, by=kota.system, at=NOW)
    with pytest.raises(Refused, match=r"people\.account_closed"):
        services.link_account(person=row.pk, account=account.pk, by=kota.system, at=NOW)
