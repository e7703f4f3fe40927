"""A role for a colleague while one is away."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lingkar.directory.people import queries, services
from lingkar.directory.people.models import Account, Delegation, Person, Placement, Role, RoleGrant
from lingkar.directory.people.services import PersonFacts, lending
from lingkar.foundation.access import Unseen
from lingkar.foundation.audit.queries import trail_of
from lingkar.foundation.notify.models import Notification
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import MEMBER, NOW, signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 8)
DAY = timedelta(days=1)
WEEK = (TODAY + 7 * DAY, TODAY + 11 * DAY)


@pytest.fixture
def giver(kota):
    return kota.holder(Role.OFFICER, "dukcapil")


@pytest.fixture
def colleague(kota):
    return works(kota, kota.holder(MEMBER, None), "pelayanan")


def works(kota, account, unit):
    """The account of somebody who works in a unit."""
    facts = PersonFacts(kind="external", name=account.name)
    since = date(2020, 1, 1)
    person = services.add_person(facts=facts, unit=kota.units[unit].pk, since=since, by=kota.system, at=NOW)
    Person.objects.filter(pk=person.pk).update(account=account)
    return account


def actor(account, day=TODAY):
    return queries.actor_for(account, day=day)


def offer(giver, receiver, days=WEEK, grant=None):
    grant = grant or RoleGrant.objects.get(account=giver)
    return services.offer_delegation(
        grant=grant.pk, receiver=receiver.email, valid_from=days[0], valid_to=days[1], by=actor(giver), at=NOW
    )


def accept(row, receiver):
    services.answer_delegation(delegation=row.pk, accept=True, by=actor(receiver), at=NOW)
    row.refresh_from_db()
    return row


def roles(account, day):
    return [grant.role for grant in actor(account, day).grants if grant.role]


def test_a_role_changes_hands_for_its_days_and_comes_back_by_itself(kota, giver, colleague):
    row = offer(giver, colleague)
    assert roles(colleague, WEEK[0]) == [], "an offer gives nothing"
    accept(row, colleague)
    days = [WEEK[0] - DAY, WEEK[0], WEEK[1], WEEK[1] + DAY]
    assert [roles(giver, day) for day in days] == [["officer"], [], [], ["officer"]]
    assert [roles(colleague, day) for day in days] == [[], ["officer"], ["officer"], []]
    assert actor(colleague, WEEK[0]).grants[0].path == "dukcapil."
    for day in days:
        held = queries.holders_of("reports.refer", "dukcapil.pelayanan.", day=day)
        assert held.filter(pk__in=[giver.pk, colleague.pk]).count() == 1, "never more, never fewer than one"
        assert (not queries.grants_on(giver.pk, day).exists()) is (day in WEEK)
        assert actor(giver, day).grants[0].path == "dukcapil.", "who lends a role still belongs to the unit"
    verbs = {entry.verb for entry in trail_of(row)}
    assert verbs == {"people.delegation_offered", "people.delegation_accepted"}
    told = Notification.objects.values_list("recipient", "kind")
    assert {(colleague.pk, "people.delegation_offered"), (giver.pk, "people.delegation_accepted")} <= set(told)


def test_a_second_acceptance_changes_nothing(kota, giver, colleague):
    row = accept(offer(giver, colleague), colleague)
    accept(row, colleague)
    assert RoleGrant.objects.filter(account=colleague).count() == 1
    with pytest.raises(Refused, match=r"people\.delegation_answered"):
        services.answer_delegation(delegation=row.pk, accept=False, by=actor(colleague), at=NOW)


def test_what_is_not_ones_own_cannot_be_handed_over(kota, lain, giver, colleague):
    grant = RoleGrant.objects.get(account=giver)
    for by in (actor(colleague), kota.actor(Role.OPERATOR, None)):
        with pytest.raises(Unseen):
            services.offer_delegation(
                grant=grant.pk, receiver=colleague.email, valid_from=WEEK[0], valid_to=WEEK[1], by=by, at=NOW
            )
    row = offer(giver, colleague)
    for by in (actor(giver), kota.actor(Role.OPERATOR, None)):
        with pytest.raises(Unseen):
            services.answer_delegation(delegation=row.pk, accept=True, by=by, at=NOW)
    with pytest.raises(Unseen):
        services.end_delegation(delegation=row.pk, by=kota.actor(Role.OPERATOR, None), at=NOW)
    with agency_scope(lain.agency.pk):
        stranger = lain.holder(MEMBER, None)
        with pytest.raises(Unseen):
            services.answer_delegation(delegation=row.pk, accept=True, by=actor(stranger), at=NOW)
    with pytest.raises(Refused, match=r"people\.delegated_then"):
        offer(giver, colleague)
    services.end_delegation(delegation=row.pk, by=actor(giver), at=NOW)
    with pytest.raises(Refused, match=r"people\.receiver_unknown"):
        offer(giver, stranger)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.OPERATOR])
def test_sealed_cases_and_keys_stay_with_whom_they_were_given_to(kota, colleague, role):
    holder = kota.holder(role, "dukcapil")
    with pytest.raises(Refused, match=r"people\.not_delegable"):
        offer(holder, colleague)


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ((TODAY - DAY, TODAY), "delegation_in_the_past"),
        ((TODAY + DAY, TODAY), "ends_before_it_begins"),
        ((TODAY, TODAY + 90 * DAY), "delegation_too_long"),
        ((TODAY + 28 * DAY, TODAY + 31 * DAY), "delegation_beyond_role"),
    ],
)
def test_days_are_bounded(kota, giver, colleague, days, code):
    RoleGrant.objects.filter(account=giver).update(valid_to=TODAY + 30 * DAY if code.endswith("role") else None)
    with pytest.raises(Refused, match=code):
        offer(giver, colleague, days)


def test_only_a_colleague_of_the_units_receives_it(kota, giver, colleague):
    elsewhere = works(kota, kota.holder(Role.LEADER, None), "pupr")
    with pytest.raises(Refused, match=r"people\.receiver_elsewhere"):
        offer(giver, elsewhere)
    with pytest.raises(Refused, match=r"people\.delegated_to_self"):
        offer(giver, giver)
    unit = kota.units["dukcapil"].pk
    services.grant_role(account=colleague.pk, role=Role.OFFICER, unit=unit, valid_from=TODAY, by=kota.system, at=NOW)
    with pytest.raises(Refused, match=r"people\.receiver_holds_it"):
        offer(giver, colleague)


def test_what_was_received_is_not_handed_on(kota, giver, colleague):
    row = accept(offer(giver, colleague), colleague)
    third = works(kota, kota.holder(Role.LEADER, "pupr"), "pelayanan")
    with pytest.raises(Refused, match=r"people\.delegated_already"):
        offer(colleague, third, grant=row.given)
    assert not queries.delegable_of(actor(colleague, WEEK[0]), day=WEEK[0]).exists()
    with pytest.raises(Refused, match=r"people\.delegated_then"):
        offer(giver, third)


def test_the_login_of_a_role_is_somebody_who_holds_it_that_day(kota, giver, colleague):
    accept(offer(giver, colleague), colleague)
    shown = {day: [login.account for login in queries.one_per_role(day=day)] for day in (TODAY, WEEK[0])}
    assert shown == {TODAY: [giver], WEEK[0]: [colleague]}


@pytest.mark.parametrize("who", ["giver", "colleague"])
def test_either_ends_it_at_once(kota, giver, colleague, who):
    row = accept(offer(giver, colleague, (TODAY, TODAY + 4 * DAY)), colleague)
    by = actor({"giver": giver, "colleague": colleague}[who])
    services.end_delegation(delegation=row.pk, by=by, at=NOW)
    services.end_delegation(delegation=row.pk, by=by, at=NOW)
    assert (roles(giver, TODAY), roles(colleague, TODAY)) == (["officer"], [])
    assert offer(giver, colleague).state == "offered", "and it can be handed over again"


def test_who_leaves_takes_nothing_along(kota, giver, colleague):
    accept(offer(giver, colleague, (TODAY, TODAY + 4 * DAY)), colleague)
    services.close_account(account=giver.pk, by=kota.system, at=NOW)
    assert (roles(giver, TODAY), roles(colleague, TODAY)) == ([], [])


def test_when_the_colleague_leaves_it_comes_back(kota, giver, colleague):
    accept(offer(giver, colleague, (TODAY, TODAY + 4 * DAY)), colleague)
    services.close_account(account=colleague.pk, by=kota.system, at=NOW)
    assert (roles(giver, TODAY), roles(colleague, TODAY)) == (["officer"], [])


def test_an_offer_that_is_over_cannot_be_accepted(kota, giver, colleague):
    row = offer(giver, colleague)
    services.end_grant(grant=row.grant_id, last_day=TODAY, by=kota.system, at=NOW)
    with pytest.raises(Refused, match=r"people\.delegation_answered"):
        services.answer_delegation(delegation=row.pk, accept=True, by=actor(colleague), at=NOW)


def quietly_ended(row):
    """The role ended behind the offer's back, as a change between two statements does."""
    RoleGrant.objects.filter(pk=row.grant_id).update(valid_to=TODAY)


def lender_closed(row):
    Account.objects.filter(pk=row.grant.account_id).update(is_active=False)


def moved_away(row):
    Placement.objects.filter(person__account=row.receiver).update(valid_to=TODAY)


def made_one(row):
    """The offer now leads back to whoever made it."""
    RoleGrant.objects.filter(pk=row.grant_id).update(account=row.receiver)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (quietly_ended, "delegation_over"),
        (lender_closed, "delegation_over"),
        (moved_away, "receiver_elsewhere"),
        (made_one, "delegated_to_self"),
    ],
)
def test_what_was_offered_must_hold_still_when_it_is_accepted(kota, giver, colleague, change, code):
    row = offer(giver, colleague)
    change(row)
    with pytest.raises(Refused, match=code):
        services.answer_delegation(delegation=row.pk, accept=True, by=actor(colleague), at=NOW)
    assert not RoleGrant.objects.filter(account=colleague, valid_from=WEEK[0]).exists()
    services.answer_delegation(delegation=row.pk, accept=False, by=actor(colleague), at=NOW)


TABLES = ("people_account", "people_rolegrant", "people_delegation")
ACTS = {
    "accept": lambda row, by: services.answer_delegation(
        delegation=row.pk, accept=True, by=actor(row.receiver), at=NOW
    ),
    "decline": lambda row, by: services.answer_delegation(
        delegation=row.pk, accept=False, by=actor(row.receiver), at=NOW
    ),
    "end": lambda row, by: services.end_delegation(delegation=row.pk, by=actor(row.receiver), at=NOW),
    "end own": lambda row, by: services.end_grant(grant=row.grant_id, last_day=TODAY, by=by, at=NOW),
    "end lent": lambda row, by: services.end_grant(grant=row.given_id, last_day=TODAY, by=by, at=NOW),
    "close giver": lambda row, by: services.close_account(account=row.grant.account_id, by=by, at=NOW),
    "close receiver": lambda row, by: services.close_account(account=row.receiver_id, by=by, at=NOW),
}


@pytest.mark.parametrize("act", ACTS)
def test_everybody_takes_locks_in_one_order(kota, giver, colleague, act):
    row = offer(giver, colleague)
    if act not in ("accept", "decline"):
        accept(row, colleague)
    with CaptureQueriesContext(connection) as asked:
        ACTS[act](row, kota.system)
    locked = [
        table for query in asked if "FOR " in query["sql"] for table in TABLES if f'FROM "{table}"' in query["sql"]
    ]
    first = [locked.index(table) for table in TABLES if table in locked]
    assert first == sorted(first), locked
    assert {"people_rolegrant", "people_delegation"} <= set(locked), locked


def test_both_grants_are_locked_whichever_of_them_ends(kota, giver, colleague):
    row = accept(offer(giver, colleague), colleague)
    found = []
    for grant in (row.grant_id, row.given_id):
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            lending.hold([grant])
        found.append([query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"]])
    assert found[0] == found[1], "the same rows in the same order"


def test_the_database_keeps_one_open_offer_for_a_role(kota, giver, colleague):
    row = offer(giver, colleague)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            agency=kota.agency, grant_id=row.grant_id, receiver=giver, valid_from=TODAY, valid_to=TODAY, asked_at=NOW
        )


def test_both_see_it_on_their_page(kota, giver, colleague):
    one, two = signed_in(giver), signed_in(colleague)
    assert "Tidak ada yang dialihkan" in two.page("/akun/delegasi/").text
    one.page("/akun/delegasi/baru/")
    grant = RoleGrant.objects.get(account=giver)
    told = {"grant": grant.pk, "receiver": "tidak@ada.example", "valid_from": "2026-06-15", "valid_to": "2026-06-19"}
    assert one.submit("/akun/delegasi/baru/", told).status_code == 422
    one.submit("/akun/delegasi/baru/", told | {"receiver": colleague.email})
    row = Delegation.objects.get()
    assert "Menunggu jawaban" in one.page("/akun/delegasi/").text
    assert "Terima" in two.page("/akun/delegasi/").text
    two.submit(f"/akun/delegasi/{row.pk}/jawab/", {"answer": "terima"})
    assert "Ambil kembali" in one.page("/akun/delegasi/").text
    two.submit(f"/akun/delegasi/{row.pk}/akhiri/")
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert two.page("/akun/delegasi/").text.count("Ambil kembali") == 0


def test_a_role_is_lent_once_at_a_time_so_that_it_always_rests_while_it_is_lent(kota, giver, colleague):
    later = (WEEK[1] + 7 * DAY, WEEK[1] + 11 * DAY)
    row = accept(offer(giver, colleague), colleague)
    with pytest.raises(Refused, match=r"people\.delegated_then"):
        offer(giver, colleague, later)
    assert (roles(giver, WEEK[0]), roles(colleague, WEEK[0])) == ([], ["officer"])
    services.end_delegation(delegation=row.pk, by=actor(giver), at=NOW)
    accept(offer(giver, colleague, later), colleague)
    assert (roles(giver, later[0]), roles(colleague, later[0])) == ([], ["officer"])
