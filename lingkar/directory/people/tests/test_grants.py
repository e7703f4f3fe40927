"""Accounts and grants, through their face."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lingkar.directory.orgs.models import UnitKind
from lingkar.directory.orgs.services import add_unit
from lingkar.directory.people import queries, services
from lingkar.directory.people.access import Action
from lingkar.directory.people.models import Account, Role
from lingkar.foundation.access import Actor, Forbidden, Unseen
from lingkar.foundation.audit.queries import trail_of
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 3, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def agency():
    agency = Agency.objects.create(code="kota", name="Kota")
    with agency_scope(agency.pk):
        yield agency


def open_account(agency, name, **fields):
    return services.open_account(
        agency=agency.pk, name=name, email=f"{name}@kota.test", by=Actor.system(agency.pk), at=AT, **fields
    )


def grant(account, role, unit=None, by=None, valid_from=TODAY, valid_to=None):
    by = by or Actor.system(account.agency_id)
    return services.grant_role(
        account=account.pk, role=role, unit=unit and unit.pk, valid_from=valid_from, valid_to=valid_to, by=by, at=AT
    )


def unit(agency, code, parent=None):
    by = Actor.system(agency.pk)
    return add_unit(
        agency=agency.pk,
        kind=UnitKind.OFFICE,
        code=code,
        name=code,
        parent=parent and parent.pk,
        valid_from=TODAY,
        by=by,
        at=AT,
    )


@pytest.fixture
def operator(agency):
    account = open_account(agency, "operator")
    grant(account, Role.OPERATOR)
    return queries.actor_for(account, day=TODAY)


def test_a_nip_is_kept_as_digits_and_an_address_in_lower_case(agency):
    account = open_account(agency, "Siti", nip="19900815 201601 1 005")
    assert (account.nip, account.email) == ("199008152016011005", "siti@kota.test")
    with pytest.raises(Refused, match=r"people\.email_taken"):
        open_account(agency, "SITI")
    with pytest.raises(Refused, match=r"people\.nip_taken"):
        open_account(agency, "Sita", nip="19900815 2016 01 1005")
    with pytest.raises(ValidationError):
        open_account(agency, "Sita", nip="123")


def test_the_database_refuses_a_nip_that_is_none(agency):
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(agency=agency, name="x", nip="12 34")


def test_only_the_operator_opens_accounts_and_gives_roles(agency, operator):
    somebody = open_account(agency, "siti")
    by = queries.actor_for(somebody, day=TODAY)
    for actor in (by, Actor.visitor(agency.pk)):
        with pytest.raises(Forbidden):
            services.open_account(agency=agency.pk, name="x", email="x@kota.test", by=actor, at=AT)
    with pytest.raises(Forbidden):
        grant(somebody, Role.OFFICER, by=by)
    with pytest.raises(Unseen):
        services.grant_role(account=operator.person, role=Role.LEADER, valid_from=TODAY, by=by, at=AT)
    given = grant(somebody, Role.OFFICER, by=operator)
    assert [entry.verb for entry in trail_of(given)] == ["people.role_granted"]
    with pytest.raises(Forbidden):
        services.end_grant(grant=given.pk, last_day=TODAY, by=by, at=AT)


def test_an_inspector_reads_sealed_cases_for_a_unit_never_for_the_whole_agency(agency, operator):
    somebody = open_account(agency, "siti")
    with pytest.raises(Refused, match=r"people\.watchdog_needs_unit"):
        grant(somebody, Role.INSPECTOR, by=operator)
    grant(somebody, Role.INSPECTOR, unit(agency, "inspektorat"), by=operator)


def test_nobody_grants_to_themselves(agency, operator):
    with pytest.raises(Refused, match=r"people\.own_grant"):
        services.grant_role(account=operator.person, role=Role.LEADER, valid_from=TODAY, by=operator, at=AT)


def test_the_last_operator_remains(agency, operator):
    first = queries.grants_on(operator.person, TODAY).get()
    second = open_account(agency, "dua")
    limited = grant(second, Role.OPERATOR, by=operator, valid_to=TODAY + 30 * DAY)
    by = queries.actor_for(second, day=TODAY)
    with pytest.raises(Refused, match=r"people\.last_operator"):
        services.end_grant(grant=first.pk, last_day=TODAY, by=by, at=AT)
    services.end_grant(grant=limited.pk, last_day=TODAY - DAY, by=operator, at=AT)
    grant(second, Role.OPERATOR, by=operator, valid_from=TODAY + DAY)
    with pytest.raises(Refused, match=r"people\.last_operator"):
        services.end_grant(grant=first.pk, last_day=TODAY - DAY, by=by, at=AT)
    services.end_grant(grant=first.pk, last_day=TODAY, by=by, at=AT)
    assert not queries.grants_on(operator.person, TODAY + DAY).exists()


def test_a_grant_is_shortened_never_lengthened_nor_rewritten(agency, operator):
    given = grant(open_account(agency, "siti"), Role.OFFICER, valid_from=TODAY - 9 * DAY, valid_to=TODAY + 9 * DAY)
    for last_day, code in ((TODAY + 10 * DAY, "already_ends"), (TODAY - 2 * DAY, "ends_in_the_past")):
        with pytest.raises(Refused, match=code):
            services.end_grant(grant=given.pk, last_day=last_day, by=operator, at=AT)
    services.end_grant(grant=given.pk, last_day=TODAY - DAY, by=operator, at=AT)
    assert not queries.grants_on(given.account_id, TODAY).exists()
    future = grant(given.account, Role.LEADER, valid_from=TODAY + 9 * DAY)
    services.end_grant(grant=future.pk, last_day=TODAY, by=operator, at=AT)
    assert not queries.grants_on(given.account_id, TODAY + 9 * DAY).exists()


def test_two_grants_add_up_and_hold_only_between_their_days(agency):
    siti = open_account(agency, "siti")
    one, two = unit(agency, "satu"), unit(agency, "dua")
    grant(siti, Role.OFFICER, one)
    grant(siti, Role.OPERATOR, two, valid_from=TODAY + DAY)
    grant(siti, Role.INSPECTOR, one, valid_from=TODAY - 9 * DAY, valid_to=TODAY - DAY)
    days = {day: {g.role for g in queries.actor_for(siti, day=day).grants} for day in (TODAY - DAY, TODAY, TODAY + DAY)}
    assert days == {TODAY - DAY: {"inspector"}, TODAY: {"officer"}, TODAY + DAY: {"officer", "operator"}}
    assert queries.actor_for(siti, day=TODAY + DAY).paths(Action.GRANT) == ("dua.",)


def test_holders_are_those_whose_grant_reaches_the_unit(agency, operator):
    top = unit(agency, "dinas")
    below, beside = unit(agency, "bidang", top), unit(agency, "dinas-lain")
    for name, where in (("atas", top), ("bawah", below), ("samping", beside)):
        grant(open_account(agency, name), Role.OPERATOR, where)
    gone = open_account(agency, "pergi")
    grant(gone, Role.OPERATOR, below)
    Account.objects.filter(pk=gone.pk).update(is_active=False)
    names = [account.name for account in queries.holders_of(Action.GRANT, below.path, day=TODAY)]
    assert names == ["atas", "bawah", "operator"]
    assert queries.names_of([gone.pk, uuid4()]) == {gone.pk: "pergi"}
    assert not queries.holders_of(Action.GRANT, below.path, day=TODAY - DAY).exists()


def test_an_operator_of_one_unit_gives_roles_within_it_only(agency, operator):
    top, beside = unit(agency, "dinas"), unit(agency, "dinas-lain")
    below = unit(agency, "bidang", top)
    local, siti = open_account(agency, "lokal"), open_account(agency, "siti")
    grant(local, Role.OPERATOR, top)
    by = queries.actor_for(local, day=TODAY)
    grant(siti, Role.OFFICER, below, by=by)
    for where in (None, beside):
        with pytest.raises(Forbidden):
            grant(siti, Role.OFFICER, where, by=by)
    with pytest.raises(Unseen):
        services.end_grant(grant=queries.grants_on(operator.person, TODAY).get().pk, last_day=TODAY, by=by, at=AT)


def test_rows_of_another_agency_do_not_exist_here(agency, operator):
    other = Agency.objects.create(code="lain", name="Lain")
    with agency_scope(other.pk):
        theirs = open_account(other, "mereka")
        their_unit = unit(other, "dinas")
        their_grant = grant(theirs, Role.OFFICER)
    with pytest.raises(Unseen):
        grant(theirs, Role.OFFICER, by=operator)
    with pytest.raises(Unseen):
        grant(open_account(agency, "siti"), Role.OFFICER, their_unit, by=operator)
    with pytest.raises(Unseen):
        services.end_grant(grant=their_grant.pk, last_day=TODAY, by=operator, at=AT)
