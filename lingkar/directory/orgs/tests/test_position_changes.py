"""Positions that change on a day, through their face: the past stays true, and a plan comes true on its day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from lingkar.directory.orgs import queries, rules, services
from lingkar.directory.orgs.models import Position, PositionKind, PositionLevel, PositionState
from lingkar.directory.orgs.services import ChangedPosition
from lingkar.directory.orgs.tests.conftest import AT, DAY
from lingkar.foundation.access import Actor, Forbidden, Unseen
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.refusals import Refused

pytestmark = pytest.mark.django_db
LATER = date(2026, 7, 1)
EVEN_LATER = date(2026, 9, 1)


@pytest.fixture
def office(add):
    return add("dukcapil")


@pytest.fixture
def post(office, by):
    def post(code="analis", unit=office, **fields):
        told = {"title": "Analis", "kind": PositionKind.FUNCTIONAL, "level": PositionLevel.AHLI_MUDA} | fields
        return services.add_position(unit=unit.pk, code=code, valid_from=DAY, by=by, at=AT, **told)

    return post


@pytest.fixture
def change(by):
    def change(position, on=LATER, at=AT, **facts):
        services.change_position(position=position.pk, valid_from=on, by=by, at=at, **facts)

    return change


def told(position, day, *names):
    state = queries.position_on(position.pk, day)
    return tuple(getattr(state, name) for name in names)


def test_a_position_is_something_else_from_a_day_on(agency, by, office, post, change):
    item = post()
    change(item, title="Pengawas Pelayanan", kind=PositionKind.SUPERVISOR, echelon="IV.a", seats=2)
    names = ("title", "kind", "level", "echelon", "seats")
    assert told(item, LATER - rules.ONE_DAY, *names) == ("Analis", "functional", "ahli_muda", None, 1)
    assert told(item, LATER, *names) == ("Pengawas Pelayanan", "supervisor", "", "IV.a", 2)
    item.refresh_from_db()
    assert item.title == "Analis", "the plan has not come true yet"
    assert services.turn_units(agency=agency.pk, by=by, at=AT + timedelta(days=200)) == 1
    assert services.turn_units(agency=agency.pk, by=by, at=AT + timedelta(days=200)) == 0
    item.refresh_from_db()
    assert (item.title, item.seats, item.valid_from, item.valid_to) == ("Pengawas Pelayanan", 2, DAY, None)
    assert [row.title for row in queries.post_states(office.pk, DAY)] == ["Analis"]
    assert AuditEntry.objects.filter(verb="orgs.position_changed").count() == 1


def test_what_was_changed_again_later_stays(post, change):
    item = post()
    change(item, EVEN_LATER, title="Analis Kebijakan")
    change(item, LATER, title="Analis Data", seats=3)
    assert told(item, LATER, "title", "seats") == ("Analis Data", 3)
    assert told(item, EVEN_LATER, "title", "seats") == ("Analis Kebijakan", 3)


def test_a_day_in_the_past_changes_today(post, change):
    item = post()
    change(item, DAY + rules.ONE_DAY, at=AT + timedelta(days=300), echelon="III.a")
    item.refresh_from_db()
    assert item.echelon == "III.a"
    assert told(item, DAY, "echelon") == (None,)
    change(item, DAY + rules.ONE_DAY, at=AT + timedelta(days=300), echelon="")
    assert queries.states_of_position(item.pk).count() == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "nothing_changes"),
        ({"title": "Analis"}, "nothing_changes"),
        ({"kind": PositionKind.EXECUTIVE, "level": PositionLevel.MAHIR}, "level_is_for_functional"),
        ({"leads": True, "seats": 2}, "one_head"),
        ({"on": date(2025, 12, 31), "title": "x"}, "not_begun"),
    ],
)
def test_a_change_that_cannot_be_is_refused(post, change, facts, code):
    item = post()
    with pytest.raises(Refused, match=rf"orgs\.{code}"), transaction.atomic():
        change(item, **facts)
    assert queries.states_of_position(item.pk).count() == 1


@pytest.mark.parametrize(
    "facts", [{"title": "x" * 201}, {"title": ""}, {"kind": "raja"}, {"echelon": "2b"}, {"seats": 0}]
)
def test_a_field_that_cannot_be_is_refused(post, change, facts):
    with pytest.raises(ValidationError), transaction.atomic():
        change(post(), **facts)


def test_a_head_hands_over_on_a_day(agency, by, office, post, change):
    old = post("lama", leads=True)
    new = post("baru")
    with pytest.raises(Refused, match=r"orgs\.head_taken"), transaction.atomic():
        change(new, leads=True)
    change(old, leads=False)
    change(new, leads=True)
    assert queries.head_position(office.pk, LATER - rules.ONE_DAY) == old
    assert queries.head_position(office.pk, LATER) == new
    services.turn_units(agency=agency.pk, by=by, at=AT + timedelta(days=200))
    assert Position.objects.get(leads=True) == new


def test_the_database_knows_one_head_a_day(post):
    post("lama", leads=True)
    with pytest.raises(IntegrityError, match="unit_is_led_by_one_position"), transaction.atomic():
        PositionState.objects.filter(position=post("baru").pk).update(leads=True)
        _check_now()


def test_the_database_knows_one_state_a_day(post):
    row = PositionState.objects.get(position=post().pk)
    row.pk, row.valid_from = None, LATER
    with pytest.raises(IntegrityError, match="position_states_never_overlap"), transaction.atomic():
        row.save(force_insert=True)
        _check_now()


def _check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_position_ends_and_is_not_changed_after(by, post, change):
    item = post()
    change(item, EVEN_LATER, title="Analis Kebijakan")
    services.end_position(position=item.pk, last_day=LATER, by=by, at=AT)
    assert queries.position_on(item.pk, LATER + rules.ONE_DAY) is None
    assert queries.states_of_position(item.pk).count() == 1, "what was planned for later falls away"
    with pytest.raises(Refused, match=r"orgs\.position_ended"):
        change(item, EVEN_LATER, title="Analis Utama")
    change(item, DAY + rules.ONE_DAY, title="Analis Ahli")
    assert told(item, LATER, "title", "valid_to") == ("Analis Ahli", LATER)


def test_positions_end_with_their_unit_in_every_state(by, office, post, change):
    item = post()
    change(item, EVEN_LATER, title="Analis Kebijakan")
    services.end_unit(unit=office.pk, last_day=LATER, by=by, at=AT)
    assert [row.valid_to for row in queries.states_of_position(item.pk)] == [LATER]
    assert queries.position_of(item.pk).valid_to == LATER


def test_a_profile_is_its_own_from_a_day_on_and_goes_back(by, post):
    item = post()
    own = {"integrity": 5, "public_service": 4}

    def set_profile(profile, on):
        services.set_profile(position=item.pk, profile=profile, valid_from=on, by=by, at=AT)

    set_profile(own, LATER)
    assert queries.profile_of(item, LATER) == own
    assert set(queries.profile_of(item, DAY).values()) == {3}
    set_profile(None, EVEN_LATER)
    assert set(queries.profile_of(item, EVEN_LATER).values()) == {3}
    assert queries.profile_of(item, LATER) == own
    with pytest.raises(Refused, match=r"orgs\.profile_unusable"):
        set_profile({"integrity": 6}, LATER)


def test_many_positions_change_at_once_or_none(agency, by, post):
    one, other = post("a"), post("b")
    rows = [ChangedPosition(one.pk, LATER, {"title": "Satu"}), ChangedPosition(other.pk, LATER, {"seats": 4})]
    services.change_positions(agency=agency.pk, rows=rows, by=by, at=AT)
    assert told(one, LATER, "title") + told(other, LATER, "seats") == ("Satu", 4)
    assert '"count":2' in AuditEntry.objects.get(verb="orgs.positions_changed").content
    again = [ChangedPosition(one.pk, EVEN_LATER, {"title": "Dua"}), rows[1]]
    with pytest.raises(Refused, match=r"orgs\.nothing_changes"), transaction.atomic():
        services.change_positions(agency=agency.pk, rows=again, by=by, at=AT)
    assert told(one, EVEN_LATER, "title") == ("Satu",)


def test_only_who_manages_the_unit_changes_its_positions(agency, post, change):
    item, nobody = post(), Actor(agency=agency.pk)
    for verb in (
        lambda: services.change_position(position=item.pk, title="x", valid_from=LATER, by=nobody, at=AT),
        lambda: services.set_profile(position=item.pk, profile={}, valid_from=LATER, by=nobody, at=AT),
        lambda: services.end_position(position=item.pk, last_day=LATER, by=nobody, at=AT),
    ):
        with pytest.raises(Forbidden):
            verb()
    with pytest.raises(Unseen):
        change(agency, title="x")
