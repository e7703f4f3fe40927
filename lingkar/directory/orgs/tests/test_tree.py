"""The tree of units, through its face."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from lingkar.directory.orgs import queries, services
from lingkar.directory.orgs.models import UnitKind
from lingkar.directory.orgs.tests.conftest import AT, DAY
from lingkar.foundation.access import Actor, Forbidden, Unseen
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db


def test_a_unit_keeps_the_path_of_its_parents(agency, add):
    top = add("dukcapil")
    desk = add("loket", parent=add("pelayanan", parent=top))
    assert desk.path == "dukcapil.pelayanan.loket."
    assert [unit.code for unit in queries.ancestors(desk.path)] == ["dukcapil", "pelayanan", "loket"]
    assert queries.unit_for("dukcapil.") == top
    assert queries.names_of([desk.pk, uuid4()]) == {desk.pk: "Dinas loket"}


def test_moving_a_unit_moves_everything_below(agency, add):
    old, new = add("lama"), add("baru")
    desk = add("loket", parent=add("pelayanan", parent=old))
    services.move_unit(unit=desk.parent_id, parent=new.pk, by=Actor.system(agency.pk), at=AT)
    assert queries.unit_of(desk.pk).path == "baru.pelayanan.loket."
    assert queries.unit_of(desk.pk).parent_id == desk.parent_id
    with pytest.raises(Refused, match=r"orgs\.circle"):
        services.move_unit(unit=new.pk, parent=desk.pk, by=Actor.system(agency.pk), at=AT)
    with pytest.raises(Refused, match=r"orgs\.circle"):
        services.move_unit(unit=new.pk, parent=new.pk, by=Actor.system(agency.pk), at=AT)


def test_a_code_is_used_once(agency, add):
    add("dukcapil")
    with pytest.raises(ValidationError):
        add("dukcapil")


def test_a_parent_of_another_agency_does_not_exist_here(agency, add):
    other = Agency.objects.create(code="lain", name="Lain")
    with agency_scope(other.pk):
        theirs = add("dinas", to=other)
    with pytest.raises(Unseen):
        add("loket", parent=theirs)


def test_the_inspectorate_is_its_topmost_unit(agency, add):
    assert queries.inspectorate() is None
    top = add("inspektorat", kind=UnitKind.INSPECTORATE)
    add("irban", parent=top, kind=UnitKind.INSPECTORATE)
    assert queries.inspectorate() == top


def test_the_select_lists_only_units_of_the_day_set_in_by_depth(agency, add):
    top = add("dukcapil")
    gone = add("arsip")
    gone.valid_to = date(2026, 3, 31)
    gone.save()
    desk = add("loket", parent=top)
    listed = queries.choices(agency.pk, day=date(2026, 4, 1))
    assert listed == [(str(top.pk), "Dinas dukcapil"), (str(desk.pk), "\u2003Dinas loket")]
    assert queries.units_in(agency.pk, day=date(2025, 12, 31)).count() == 0


def test_a_moved_unit_stood_elsewhere_before(agency, add):
    old, new = add("lama"), add("baru")
    desk = add("loket", parent=old)
    services.move_unit(unit=desk.pk, parent=new.pk, on=date(2026, 1, 20), by=Actor.system(agency.pk), at=AT)
    assert queries.unit_of(desk.pk).path == "lama.loket.", "not before its day"
    assert queries.state_on(desk.pk, date(2026, 1, 19)).parent_id == old.pk
    assert queries.state_on(desk.pk, date(2026, 1, 20)).parent_id == new.pk
    services.turn_units(agency=agency.pk, by=Actor.system(agency.pk), at=AT + timedelta(days=19))
    assert queries.unit_of(desk.pk).path == "baru.loket."
    with pytest.raises(Refused, match=r"orgs\.not_begun"):
        services.move_unit(unit=desk.pk, parent=None, on=date(2025, 1, 1), by=Actor.system(agency.pk), at=AT)


def test_a_unit_begins_below_a_parent_that_is_there(agency, add):
    top = add("dinas")
    with pytest.raises(Refused, match=r"orgs\.parent_not_there"):
        services.add_unit(
            agency=agency.pk,
            kind=UnitKind.SECTION,
            code="bidang",
            name="Bidang",
            parent=top.pk,
            valid_from=date(2025, 12, 31),
            by=Actor.system(agency.pk),
            at=AT,
        )


def many(agency, *rows):
    new = [services.NewUnit(code, UnitKind.SECTION, code.title(), DAY, parent) for code, parent in rows]
    return services.add_units(agency=agency.pk, rows=new, by=Actor.system(agency.pk), at=AT)


def test_many_units_come_at_once_with_parents_below_their_children(agency, add):
    top = add("dinas")
    ids = many(agency, ("seksi", "bidang"), ("bidang", "dinas"), ("badan", ""))
    assert queries.unit_of(ids["seksi"]).path == "dinas.bidang.seksi."
    assert queries.unit_of(ids["bidang"]).parent_id == top.pk
    assert queries.state_on(ids["seksi"], DAY).parent_id == ids["bidang"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("a", "b"), ("b", "a")], "circle"),
        ([("a", "nowhere")], "parent_unknown"),
        ([("a", ""), ("a", "")], "code_taken"),
        ([("dinas", "")], "code_taken"),
        ([(f"unit-{n:04}", f"unit-{n - 1:04}" if n else "") for n in range(60)], "too_deep"),
    ],
)
def test_of_many_units_none_stands_when_one_cannot(agency, add, rows, code):
    add("dinas")
    with pytest.raises(Refused, match=rf"orgs\.{code}"):
        many(agency, *rows)
    assert queries.units_in(agency.pk).count() == 1


def test_a_person_adds_units_where_they_may(agency, add):
    with pytest.raises(Forbidden):
        services.add_units(agency=agency.pk, rows=[], by=Actor(agency.pk, uuid4()), at=AT)


@pytest.fixture
def forest(agency, add):
    """``dukcapil`` with ``pelayanan`` and its ``loket``; ``setda``; ``arsip``, which ended."""
    add("loket", parent=add("pelayanan", parent=add("dukcapil"), kind=UnitKind.SECTION), kind=UnitKind.SECTION)
    add("setda", kind=UnitKind.SECRETARIAT)
    services.end_unit(
        unit=add("arsip").pk, last_day=date(2026, 3, 31), by=Actor.system(agency.pk), at=AT + timedelta(days=100)
    )


def test_the_tree_of_a_day_stands_in_order(agency, forest):
    today = queries.tree_on(agency.pk, day=date(2026, 4, 1))
    assert [(node.code, node.depth, node.below) for node in today] == [
        ("setda", 0, 0),
        ("dukcapil", 0, 2),
        ("pelayanan", 1, 1),
        ("loket", 2, 0),
    ]
    assert today[3].trail == ("Dinas dukcapil", "Dinas pelayanan")
    assert "arsip" in [node.code for node in queries.tree_on(agency.pk, day=DAY)]
    assert queries.tree_on(agency.pk, day=date(2025, 12, 31)) == []


def test_units_of_a_tree_are_found_by_kind_and_words(agency, forest):
    tree = queries.tree_on(agency.pk, day=DAY)
    assert [node.code for node in queries.found_in(tree, words="DINAS lo")] == ["loket"]
    assert [node.code for node in queries.found_in(tree, kind=UnitKind.SECRETARIAT)] == ["setda"]
