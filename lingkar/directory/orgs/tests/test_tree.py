"""The tree of units, through its face."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from lingkar.directory.orgs import queries, services
from lingkar.directory.orgs.models import UnitKind
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
AT = datetime(2026, 1, 1, 3, tzinfo=UTC)


@pytest.fixture
def agency():
    agency = Agency.objects.create(code="kota", name="Kota")
    with agency_scope(agency.pk):
        yield agency


@pytest.fixture
def add(agency):
    def add(code, parent=None, kind=UnitKind.OFFICE, to=agency):
        return services.add_unit(
            agency=to.pk,
            kind=kind,
            code=code,
            name=f"Dinas {code}",
            parent=parent and parent.pk,
            valid_from=DAY,
            by=Actor.system(to.pk),
            at=AT,
        )

    return add


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
