"""People and where they work, through their face."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from lingkar.directory.orgs.services import add_position
from lingkar.directory.people import queries, services
from lingkar.directory.people.models import Person, Placement, Role, Status
from lingkar.directory.people.services import NewPerson, PersonFacts
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.audit.queries import trail_of
from lingkar.foundation.refusals import Refused
from lingkar.foundation.search import queries as search
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import MEMBER, NOW

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 8)
DAY = timedelta(days=1)
SINCE = date(2021, 1, 4)
SITI = PersonFacts(kind="pns", name="Siti Aminah, S.Sos.", nip="198704122010012004", golongan="III/d")
BUDI = PersonFacts(kind="pppk", name="Budi Santoso", nip="199003032024211007", golongan="IX")
GUEST = PersonFacts(kind="external", name="Dr. Ayu Lestari", institution="Universitas Kawung")


@pytest.fixture
def head(kota):
    """The position that leads the office ``pupr``."""
    return add_position(
        unit=kota.units["pupr"].pk, code="kadis-pupr", title="Kepala Dinas", kind="jpt_pratama", leads=True,
        valid_from=date(2020, 1, 1), by=kota.system, at=NOW,
    )  # fmt: skip


@pytest.fixture
def personnel(kota):
    return kota.actor(Role.PERSONNEL, None)


@pytest.fixture
def add(kota, personnel):
    """Record somebody in a unit."""

    def add(facts=SITI, unit="pelayanan", since=SINCE, by=personnel, title="Analis"):
        over = kota.units[unit].pk if unit else None
        return services.add_person(facts=facts, unit=over, title=title, since=since, by=by, at=NOW)

    return add


def place(kota, person, unit, since, by, **more):
    return services.place(person=person.pk, unit=kota.units[unit].pk, since=since, by=by, at=NOW, **more)


def days(person):
    rows = Placement.objects.filter(person=person).order_by("valid_from", "is_main")
    return [(row.unit.code, row.valid_from, row.valid_to) for row in rows.select_related("unit")]


# --- recording ---------------------------------------------------------------------------------------------------


def test_a_person_is_recorded_as_the_number_tells(kota, add):
    siti = add(PersonFacts(kind="pns", name="  Siti   Aminah ", nip="19870412 201001 2 004", golongan="iii/D"))
    assert (siti.name, siti.nip, siti.golongan) == ("Siti Aminah", "198704122010012004", "III/d")
    assert (siti.birth_date, siti.sex, siti.status) == (date(1987, 4, 12), "female", "active")
    assert days(siti) == [("pelayanan", SINCE, None)]
    assert [entry.verb for entry in trail_of(siti)] == ["people.person_added"]


def test_somebody_from_outside_has_no_number(kota, add):
    guest = add(GUEST, unit=None)
    assert (guest.nip, guest.institution) == (None, "Universitas Kawung")
    with pytest.raises(Refused, match=r"people\.nip_of_external"):
        add(PersonFacts(kind="external", name="Ayu", nip="198704122010012004"), unit=None)


def test_two_people_never_have_one_number(kota, lain, add, personnel):
    add()
    with pytest.raises(Refused, match=r"people\.nip_known"):
        add(PersonFacts(kind="pns", name="Orang Lain", nip=SITI.nip))
    with agency_scope(lain.agency.pk), pytest.raises(Refused) as told:
        services.add_person(facts=SITI, by=lain.system, at=NOW)
    assert (told.value.code, told.value.details) == ("people.nip_known", {})


def test_what_cannot_be_is_refused(kota, add):
    for facts, code in (
        (PersonFacts(kind="pns", name="...", nip=SITI.nip), "name_missing"),
        (PersonFacts(kind="pns", name="Siti", nip=SITI.nip, golongan="IX"), "golongan_of_other_kind"),
        (PersonFacts(kind="raja", name="Siti", nip=SITI.nip), "kind_unknown"),
        (PersonFacts(kind="external", name="Siti", birth_date=TODAY), "born_in_the_future"),
        (PersonFacts(kind="external", name="Siti", email="siti"), "email_is_none"),
        (PersonFacts(kind="external", name="Siti", phone="nanti"), "phone_is_none"),
        (PersonFacts(kind="external", name="S" * 201), "too_long"),
        (PersonFacts(kind="external", name="Siti\0"), "unreadable_sign"),
    ):
        with pytest.raises(Refused, match=code):
            add(facts)
    assert not Person.objects.exists()


def test_the_database_keeps_its_own_rules(kota, add):
    siti = add()
    for change in ({"nip": None}, {"nip": "12"}, {"name": ""}, {"kind": "external"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=siti.pk).update(**change)
    with pytest.raises(IntegrityError, match="placement_one_main_at_a_time"), transaction.atomic():
        Placement.objects.create(
            agency=kota.agency, person=siti, unit=kota.units["pupr"], valid_from=SINCE + DAY, valid_to=SINCE + 9 * DAY
        )


# --- where somebody works ----------------------------------------------------------------------------------------


def test_a_move_ends_the_placement_before_and_keeps_it(kota, add, personnel):
    siti = add()
    place(kota, siti, "pupr", TODAY, personnel, title="Kepala Seksi")
    assert days(siti) == [("pelayanan", SINCE, TODAY - DAY), ("pupr", TODAY, None)]
    seen = queries.person_seen_by(personnel, siti.pk, day=TODAY)
    assert [row.title for row in seen.placed] == ["Kepala Seksi"]
    assert [row.unit.code for row in queries.person_seen_by(personnel, siti.pk, day=SINCE).placed] == ["pelayanan"]


def test_placements_never_overlap(kota, add, personnel):
    siti = add()
    place(kota, siti, "pupr", TODAY + 30 * DAY, personnel)
    for since, until in ((TODAY, None), (TODAY, TODAY + 30 * DAY), (SINCE - DAY, None)):
        with pytest.raises(Refused, match=r"people\.placed_then"):
            place(kota, siti, "setda", since, personnel, until=until)
    assert days(siti) == [("pelayanan", SINCE, TODAY + 29 * DAY), ("pupr", TODAY + 30 * DAY, None)]
    place(kota, siti, "setda", TODAY, personnel, until=TODAY + 29 * DAY)


def test_an_acting_duty_stands_beside_the_main_placement(kota, add, personnel):
    siti = add()
    place(kota, siti, "pupr", TODAY, personnel, title="Plt. Kepala Bidang", is_main=False)
    assert [row.unit.code for row in queries.person_seen_by(personnel, siti.pk, day=TODAY).placed] == [
        "pelayanan",
        "pupr",
    ]


def test_nobody_works_before_they_served_or_where_no_unit_is(kota, add, personnel):
    with pytest.raises(Refused, match=r"people\.before_service"):
        add(since=date(2009, 12, 31))
    kota.units["pupr"].valid_to = TODAY
    kota.units["pupr"].save()
    with pytest.raises(Refused, match=r"people\.unit_ended"):
        add(unit="pupr", since=TODAY)
    with pytest.raises(Refused, match=r"people\.unit_not_begun"):
        add(unit="setda", since=date(2019, 12, 31))
    assert not Person.objects.exists()
    siti = add()
    with pytest.raises(Refused, match=r"people\.ends_before_it_begins"):
        place(kota, siti, "setda", TODAY, personnel, until=TODAY - DAY)
    with pytest.raises(Unseen):
        services.place(person=siti.pk, unit=uuid4(), since=TODAY, by=personnel, at=NOW)


def test_a_placement_is_shortened_never_lengthened(kota, add, personnel):
    siti = add()
    row = Placement.objects.get(person=siti)
    services.end_placement(placement=row.pk, last_day=TODAY, by=personnel, at=NOW)
    for day, code in ((TODAY + DAY, "placement_already_ends"), (SINCE - DAY, "ends_before_it_begins")):
        with pytest.raises(Refused, match=code):
            services.end_placement(placement=row.pk, last_day=day, by=personnel, at=NOW)
    assert days(siti) == [("pelayanan", SINCE, TODAY)]
    with pytest.raises(Unseen):
        services.end_placement(placement=uuid4(), last_day=TODAY, by=personnel, at=NOW)


def test_who_leads_is_the_holder_else_who_acts_for_one(kota, add, personnel, head):
    siti, budi, office = add(), add(BUDI, since=date(2024, 3, 1)), kota.units["pupr"].pk
    assert queries.leader_of(office, day=TODAY) is None
    acting = place(kota, budi, "pupr", TODAY, personnel, position=head.pk, title="Plt. Kepala Dinas", is_main=False)
    assert queries.leader_of(office, day=TODAY) == acting
    held = place(kota, siti, "pupr", TODAY, personnel, position=head.pk)
    assert (held.title, queries.leader_of(office, day=TODAY)) == ("Kepala Dinas", held)
    assert queries.leader_of(office, day=TODAY - DAY) is None
    with pytest.raises(Refused, match=r"people\.position_elsewhere"):
        place(kota, budi, "setda", TODAY + DAY, personnel, position=head.pk)


# --- changing, leaving -------------------------------------------------------------------------------------------


def test_a_change_tells_which_fields(kota, add, personnel):
    siti = add()
    facts = queries.facts_of(siti)
    assert services.change_person(person=siti.pk, facts=facts, by=personnel, at=NOW) == ()
    told = PersonFacts(**{**vars(facts), "golongan": "IV/a", "name": "Siti Aminah, S.Sos., M.A.P."})
    assert services.change_person(person=siti.pk, facts=told, by=personnel, at=NOW) == ("name", "golongan")
    assert "Aminah" not in trail_of(siti)[0].content


def test_who_leaves_loses_place_roles_and_sessions(kota, add, personnel):
    siti, holder = add(), kota.holder(Role.OFFICER, "pelayanan")
    Person.objects.filter(pk=siti.pk).update(account=holder)
    services.change_status(person=siti.pk, status=Status.RETIRED, on=TODAY, by=personnel, at=NOW)
    assert days(siti) == [("pelayanan", SINCE, TODAY - DAY)]
    assert not queries.grants_on(holder.pk, TODAY).exists()
    holder.refresh_from_db()
    assert not holder.is_active
    with pytest.raises(Refused, match=r"people\.not_serving"):
        place(kota, siti, "setda", TODAY, personnel)
    with pytest.raises(Refused, match=r"people\.status_in_the_future"):
        services.change_status(person=siti.pk, status=Status.DIED, on=TODAY + DAY, by=personnel, at=NOW)
    services.change_status(person=siti.pk, status=Status.ACTIVE, on=TODAY, by=personnel, at=NOW)
    place(kota, siti, "setda", TODAY, personnel)


def test_nobody_changes_their_own_record(kota, add, personnel):
    own = add()
    Person.objects.filter(pk=own.pk).update(account=personnel.person)
    row = Placement.objects.get(person=own)
    for act in (
        lambda: services.change_person(person=own.pk, facts=SITI, by=personnel, at=NOW),
        lambda: services.change_status(person=own.pk, status=Status.LEFT, on=TODAY, by=personnel, at=NOW),
        lambda: place(kota, own, "setda", TODAY, personnel),
        lambda: services.end_placement(placement=row.pk, last_day=TODAY, by=personnel, at=NOW),
    ):
        with pytest.raises(Refused, match=r"people\.own_record"):
            act()


# --- many at once ------------------------------------------------------------------------------------------------


def test_many_are_recorded_at_once_or_none(kota, personnel, head):
    office = kota.units["pupr"].pk
    rows = [
        NewPerson(SITI, unit=office, position=head.pk, title="Kepala Dinas PUPR", since=SINCE),
        NewPerson(BUDI, unit=office, title="Operator", since=date(2024, 3, 1)),
        NewPerson(GUEST),
    ]
    added = services.add_people(rows=rows, by=personnel, at=NOW)
    assert [str(Person.objects.get(pk=pk)) for pk in added.persons] == [SITI.name, BUDI.name, GUEST.name]
    assert [row.person.name for row in queries.placed_in(office, day=TODAY)] == [BUDI.name, SITI.name]
    assert queries.counted_in([office], day=TODAY) == {office: 2}
    assert str(queries.leaders_of([office], day=TODAY)[office].person) == SITI.name
    assert [entry.verb for entry in trail_of(kota.agency)][:1] == ["people.people_added"]


def test_one_bad_row_and_nothing_is_written(kota, add, personnel):
    add()
    office = kota.units["pupr"].pk
    rows = [
        NewPerson(BUDI, unit=office, since=date(2024, 3, 1)),
        NewPerson(BUDI, unit=office, since=date(2024, 3, 1)),
        NewPerson(SITI, unit=uuid4(), since=SINCE),
        NewPerson(PersonFacts(kind="pns", name="", nip="130512345"), unit=office),
        NewPerson(GUEST, unit=office, position=uuid4(), since=SINCE),
    ]
    found = queries.reasons_against(rows, by=personnel, at=NOW)
    assert [[refusal.code.removeprefix("people.") for refusal in row] for row in found] == [
        [],
        ["nip_twice"],
        ["nip_known", "unit_unknown"],
        ["name_missing", "nip_legacy", "since_needed"],
        ["position_elsewhere"],
    ]
    with pytest.raises(Refused, match=r"people\.rows_refused") as told:
        services.add_people(rows=rows, by=personnel, at=NOW)
    assert [*vars(told.value)["details"]["rows"]] == [1, 2, 3, 4]
    assert Person.objects.count() == 1


def test_checking_asks_the_database_a_few_times_for_any_number(kota, personnel, django_assert_max_num_queries):
    rows = [NewPerson(GUEST) for _ in range(500)]
    with django_assert_max_num_queries(5):
        queries.reasons_against(rows, by=personnel, at=NOW)
    with django_assert_max_num_queries(16):
        services.add_people(rows=rows, by=personnel, at=NOW)


# --- who sees whom -----------------------------------------------------------------------------------------------


def test_colleagues_see_name_and_place_and_no_more(kota, add, personnel):
    siti = add()
    colleague = kota.actor(MEMBER, None)
    seen = queries.person_seen_by(colleague, siti.pk, day=TODAY)
    assert (seen.name, seen.placed[0].unit.code, seen.facts, seen.history) == (siti.name, "pelayanan", None, ())
    assert [row.name for row in queries.people_in(colleague, day=TODAY)] == [siti.name]
    for asked in (queries.Filters(kind="pns"), queries.Filters(golongan="III/d"), queries.Filters(status="active")):
        assert not queries.people_in(colleague, asked, day=TODAY).exists()
    Person.objects.filter(pk=siti.pk).update(account=colleague.person)
    assert queries.person_seen_by(colleague, siti.pk, day=TODAY).facts.nip == siti.nip


def test_who_left_is_seen_by_those_who_keep_records(kota, add, personnel):
    siti = add()
    services.change_status(person=siti.pk, status=Status.LEFT, on=TODAY, by=personnel, at=NOW)
    with pytest.raises(Unseen):
        queries.person_seen_by(kota.actor(MEMBER, None), siti.pk, day=TODAY)
    with pytest.raises(Unseen):
        queries.person_seen_by(kota.actor(Role.PERSONNEL, "pupr"), siti.pk, day=TODAY)
    assert queries.person_seen_by(kota.actor(Role.PERSONNEL, "dukcapil"), siti.pk, day=TODAY).facts
    assert queries.people_in(personnel, queries.Filters(status="left"), day=TODAY).count() == 1


def test_records_are_kept_within_the_own_units(kota, add):
    here, there = kota.actor(Role.PERSONNEL, "dukcapil"), kota.actor(Role.PERSONNEL, "pupr")
    siti = add(by=here)
    assert queries.person_seen_by(there, siti.pk, day=TODAY).facts is None
    for act in (
        lambda: services.change_person(person=siti.pk, facts=SITI, by=there, at=NOW),
        lambda: place(kota, siti, "pupr", TODAY, there),
        lambda: services.add_person(facts=GUEST, by=here, at=NOW),
    ):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(Unseen):
        place(kota, siti, "pupr", TODAY, here)
    found = queries.reasons_against(
        [NewPerson(BUDI, kota.units["pupr"].pk, since=SINCE), NewPerson(GUEST)], by=here, at=NOW
    )
    assert [row[0].code for row in found] == ["people.unit_unknown", "people.unit_needed"]
    assert queries.people_in(there, queries.Filters(kind="pns"), day=TODAY).count() == 0


def test_another_agency_is_invisible(kota, lain, add, personnel):
    siti = add()
    with agency_scope(lain.agency.pk):
        other = lain.actor(Role.PERSONNEL, None)
        assert queries.people_in(other, day=TODAY).count() == 0
        assert queries.by_nip(other, [SITI.nip]) == {}
        with pytest.raises(Unseen):
            queries.person_seen_by(other, siti.pk, day=TODAY)
        with pytest.raises(Unseen):
            services.change_person(person=siti.pk, facts=SITI, by=other, at=NOW)
        assert not queries.people_in(lain.visitor, day=TODAY).exists()
    assert queries.by_nip(personnel, [SITI.nip]) == {SITI.nip: siti}
    with pytest.raises(Forbidden):
        queries.by_nip(kota.actor(MEMBER, None), [SITI.nip])


def test_people_are_asked_for_by_unit_kind_and_name(kota, add, personnel, django_assert_num_queries):
    add()
    add(BUDI, unit="pupr", since=date(2024, 3, 1))
    asked = {
        queries.Filters(path="dukcapil."): [SITI.name],
        queries.Filters(kind="pppk"): [BUDI.name],
        queries.Filters(golongan="III/d"): [SITI.name],
        queries.Filters(words="santoso budi"): [BUDI.name],
        queries.Filters(words="sity aminnah"): [SITI.name],
        queries.Filters(words="19870412 2010"): [SITI.name],
        queries.Filters(words="siti", path="pupr."): [],
        queries.Filters(path="pupr.", kind="pns"): [],
    }
    for question, names in asked.items():
        assert [row.name for row in queries.people_in(personnel, question, day=TODAY)] == names
    with django_assert_num_queries(2):
        found = [(row.name, row.placed[0].unit.name) for row in queries.people_in(personnel, day=TODAY)]
    assert len(found) == 2
    assert queries.person_of(uuid4()) is None
    colleague, by_number = kota.actor(MEMBER, None), queries.Filters(words="1987041220")
    assert not queries.people_in(colleague, by_number, day=TODAY).exists(), "a NIP tells when somebody was born"
    assert [row.name for row in queries.search(colleague, search.asked("siti"), 5, day=TODAY)] == [SITI.name]
