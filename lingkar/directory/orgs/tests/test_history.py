"""Units are renamed, moved, merged, split and ended on a day; the past stays true."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lingkar.directory.orgs import queries, services
from lingkar.directory.orgs.models import PositionKind, SuccessionKind, UnitKind, UnitState
from lingkar.directory.orgs.services import Ending, Occupied, Part, occupants
from lingkar.directory.orgs.tests.conftest import AT, DAY
from lingkar.foundation.access import Actor, Forbidden
from lingkar.foundation.events.testing import come_round
from lingkar.foundation.refusals import Refused

pytestmark = pytest.mark.django_db
SPRING = date(2026, 4, 1)
"""Three months after the day on which everything here is done."""
SPRING_AT = AT + timedelta(days=90)


def unit(code):
    return queries.unit_coded(code)


@pytest.fixture
def turn(agency, by):
    def turn(at=SPRING_AT):
        return services.turn_units(agency=agency.pk, by=by, at=at)

    return turn


def test_a_unit_has_its_old_name_until_the_day(add, by, turn):
    office = add("kominfo")
    services.rename_unit(unit=office.pk, name="Dinas Digital", short_name="Digital", on=SPRING, by=by, at=AT)
    assert unit("kominfo").name == "Dinas kominfo"
    assert queries.state_on(office.pk, SPRING).name == "Dinas Digital"
    assert turn() == 1
    assert turn() == 0
    assert unit("kominfo").name == "Dinas Digital"
    assert queries.state_on(office.pk, SPRING - timedelta(days=1)).name == "Dinas kominfo"


def test_the_same_day_corrects_and_leaves_no_trace_of_the_slip(add, by):
    office = add("kominfo")
    for name in ("Dinas Dijital", "Dinas kominfo"):
        services.rename_unit(unit=office.pk, name=name, on=SPRING, by=by, at=AT)
    assert queries.states_of(office.pk).count() == 1
    with pytest.raises(Refused, match=r"orgs\.nothing_changes"):
        services.rename_unit(unit=office.pk, name="Dinas kominfo", on=DAY, by=by, at=AT)


def test_a_late_entry_of_the_past_leaves_what_came_later(add, by):
    office, above = add("kominfo", valid_from=date(2020, 1, 1)), add("badan", valid_from=date(2020, 1, 1))
    services.move_unit(unit=office.pk, parent=above.pk, on=DAY, by=by, at=AT)
    services.rename_unit(unit=office.pk, name="Dinas Digital", on=date(2023, 1, 1), by=by, at=AT)
    told = [(s.valid_from.year, s.name, s.parent_id) for s in queries.states_of(office.pk)]
    assert told == [
        (2020, "Dinas kominfo", None),
        (2023, "Dinas Digital", None),
        (2026, "Dinas Digital", above.pk),
    ]


def test_merged_units_are_found_in_the_one_that_goes_on(add, by, turn):
    one, other, heir = add("satu"), add("dua"), add("bersama")
    desk = add("loket", parent=one)
    services.merge_units(units=[one.pk, other.pk], into=heir.pk, on=SPRING, by=by, at=AT)
    assert unit("satu").path == "satu."
    assert unit("satu").valid_to == SPRING - timedelta(days=1)
    turn()
    assert {unit(code).path for code in ("satu", "dua", "loket")} == {
        "bersama.satu.",
        "bersama.dua.",
        "bersama.loket.",
    }
    assert [s.to_unit for s in queries.successors(one.pk)] == [heir]
    assert [s.kind for s in queries.predecessors(heir.pk)] == [SuccessionKind.MERGED] * 2
    assert queries.state_on(desk.pk, DAY).parent_id == one.pk
    assert queries.state_on(one.pk, SPRING) is None


def test_a_split_unit_goes_on_in_its_parts_and_the_first_is_the_heir(add, by):
    old, here = add("perkim"), add("pupr")
    desk, yard = add("loket", parent=old), add("bengkel", parent=old)
    parts = [Part(code="perumahan", name="Dinas Perumahan", takes=(desk.pk,)), Part(unit=here.pk, takes=(yard.pk,))]
    new, also = services.split_unit(unit=old.pk, parts=parts, on=DAY + timedelta(days=1), by=by, at=SPRING_AT)
    assert also == here
    assert (new.valid_from, unit("perumahan").kind) == (DAY + timedelta(days=1), UnitKind.OFFICE)
    assert unit("perkim").path == "perumahan.perkim."
    assert unit("bengkel").path == "pupr.bengkel."
    assert unit("loket").path == "perumahan.loket."
    assert [s.to_unit for s in queries.successors(old.pk)] == [new, here]


def test_a_unit_may_go_on_under_another_code(add, by):
    old = add("lama")
    services.split_unit(unit=old.pk, parts=[Part(code="baru", name="Dinas Baru")], on=SPRING, by=by, at=AT)
    assert queries.successors(old.pk).get().kind == SuccessionKind.RENAMED


def test_positions_end_with_their_unit(add, by):
    office = add("arsip")
    head = services.add_position(
        unit=office.pk,
        code="kepala",
        title="Kepala",
        kind=PositionKind.JPT_PRATAMA,
        leads=True,
        valid_from=DAY,
        by=by,
        at=AT,
    )
    services.end_unit(unit=office.pk, last_day=SPRING, by=by, at=AT)
    assert queries.position_of(head.pk).valid_to == SPRING
    assert queries.head_position(office.pk, SPRING) == head
    assert queries.head_position(office.pk, SPRING + timedelta(days=1)) is None


def test_a_unit_with_units_below_it_does_not_end(add, by):
    office = add("arsip")
    desk = add("loket", parent=office)
    with pytest.raises(Refused, match=r"orgs\.units_below") as refused:
        services.end_unit(unit=office.pk, last_day=SPRING, by=by, at=AT)
    assert refused.value.details["below"] == (desk.pk,)


@pytest.fixture
def asked(monkeypatch):
    """Everything that was asked about; whoever is named in ``sitting`` sits there."""
    monkeypatch.setattr(occupants, "_CHECKS", {})
    sitting: list[Occupied] = []
    questions: list[Ending] = []

    @services.asked_before_end
    def anybody(ending):
        questions.append(ending)
        return sitting

    return questions, sitting


def test_a_unit_does_not_end_while_somebody_sits_there(add, by, asked):
    questions, sitting = asked
    office, heir = add("arsip"), add("perpustakaan")
    sitting.append(Occupied("Bu Siti masih bertugas di sini.", "/"))
    for verb, told in (
        (services.end_unit, {"unit": office.pk, "last_day": SPRING - timedelta(days=1)}),
        (services.merge_units, {"units": [office.pk], "into": heir.pk, "on": SPRING}),
        (services.split_unit, {"unit": office.pk, "parts": [Part(unit=heir.pk)], "on": SPRING}),
    ):
        with pytest.raises(Refused, match=r"orgs\.occupied") as refused, transaction.atomic():
            verb(**told, by=by, at=AT)
        assert refused.value.details["occupied"] == tuple(sitting)
    assert questions == [Ending(frozenset([office.pk]), frozenset(), SPRING, AT)] * 3
    sitting.clear()
    services.end_unit(unit=office.pk, last_day=SPRING, by=by, at=AT)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"units": [], "into": "satu"}, "nothing_to_merge"),
        ({"units": ["satu", "dua"], "into": "dua"}, "merged_into_itself"),
        ({"units": ["satu"], "into": "loket"}, "heir_below"),
        ({"units": ["satu"], "into": "nanti"}, "heir_not_there"),
        ({"units": ["nanti"], "into": "satu"}, "not_begun"),
    ],
)
def test_a_merger_that_cannot_be_is_refused(add, by, told, code):
    add("loket", parent=add("satu"))
    add("dua")
    add("nanti", valid_from=date(2027, 1, 1))
    units = [unit(name).pk for name in told["units"]]
    with pytest.raises(Refused, match=rf"orgs\.{code}"):
        services.merge_units(units=units, into=unit(told["into"]).pk, on=SPRING, by=by, at=AT)


def test_a_split_that_cannot_be_is_refused(add, by):
    old, elsewhere = add("lama"), add("lain")
    for parts, code in (
        ([], "nothing_to_split"),
        ([Part(unit=elsewhere.pk), Part(unit=elsewhere.pk)], "same_part_twice"),
        ([Part(unit=old.pk)], "same_part_twice"),
        ([Part(code="baru", name="Baru", takes=(elsewhere.pk,))], "takes_not_below"),
    ):
        with pytest.raises(Refused, match=rf"orgs\.{code}"), transaction.atomic():
            services.split_unit(unit=old.pk, parts=parts, on=SPRING, by=by, at=AT)


def test_a_unit_that_another_goes_on_in_is_still_awaited(add, by):
    one, heir, last = add("satu"), add("dua"), add("tiga")
    services.merge_units(units=[one.pk], into=heir.pk, on=SPRING, by=by, at=AT)
    with pytest.raises(Refused, match=r"orgs\.still_awaited"):
        services.merge_units(units=[heir.pk], into=last.pk, on=DAY + timedelta(days=9), by=by, at=AT)
    with pytest.raises(Refused, match=r"orgs\.ended"):
        services.end_unit(unit=one.pk, last_day=SPRING, by=by, at=AT)
    services.merge_units(units=[heir.pk], into=last.pk, on=SPRING + timedelta(days=9), by=by, at=AT)


def test_two_moves_that_are_right_alone_never_close_a_circle(add, by):
    one, other = add("satu"), add("dua")
    services.move_unit(unit=one.pk, parent=other.pk, on=SPRING, by=by, at=AT)
    with pytest.raises(Refused, match=r"orgs\.circle"):
        services.move_unit(unit=other.pk, parent=one.pk, by=by, at=AT)


def test_a_parent_stays_as_long_as_its_units(add, by):
    office, desk = add("dinas"), add("loket")
    services.end_unit(unit=office.pk, last_day=SPRING, by=by, at=AT)
    with pytest.raises(Refused, match=r"orgs\.parent_not_there"):
        services.move_unit(unit=desk.pk, parent=office.pk, by=by, at=AT)


def test_nobody_changes_units_that_are_not_theirs(agency, add):
    office = add("dinas")
    stranger = Actor(agency.pk, office.pk, "Siapa")
    for verb, told in (
        (services.rename_unit, {"name": "x", "on": DAY}),
        (services.move_unit, {"parent": None}),
        (services.end_unit, {"last_day": DAY}),
        (services.split_unit, {"parts": [], "on": DAY}),
    ):
        with pytest.raises(Forbidden):
            verb(unit=office.pk, **told, by=stranger, at=AT)
    with pytest.raises(Forbidden):
        services.merge_units(units=[], into=office.pk, on=DAY, by=stranger, at=AT)


def test_the_database_holds_that_states_never_overlap(add):
    state = queries.states_of(add("dinas").pk).get()
    state.pk, state.valid_from, state.valid_to = None, SPRING, SPRING
    with pytest.raises(IntegrityError, match="unit_states_never_overlap"), transaction.atomic():
        UnitState.objects.bulk_create([state])
        with transaction.get_connection().cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_job_lets_plans_come_true_in_the_zone_of_the_agency(add, by, monkeypatch):
    office = add("kominfo")
    services.rename_unit(unit=office.pk, name="Dinas Digital", on=SPRING, by=by, at=AT)
    for hour, name in ((16, "Dinas kominfo"), (17, "Dinas Digital")):  # midnight in Jakarta is 17.00 UTC
        now = AT.replace(month=3, day=31, hour=hour)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        come_round("orgs.turn")
        assert unit("kominfo").name == name
