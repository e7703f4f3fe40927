"""Districts and villages, through their face."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from lingkar.directory.places import queries, services
from lingkar.directory.places.models import PlaceKind
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 1, 3, tzinfo=UTC)


@pytest.fixture
def add():
    agency = Agency.objects.create(code="kota", name="Kota")

    def add(kind, code, name, parent=None):
        by = Actor.system(agency.pk)
        return services.add_place(agency=agency.pk, kind=kind, code=code, name=name, parent=parent, by=by, at=AT)

    with agency_scope(agency.pk):
        yield add


def test_villages_are_listed_below_their_district_by_name(add, django_assert_num_queries):
    west = add(PlaceKind.DISTRICT, "337401", "Barat")
    east = add(PlaceKind.DISTRICT, "337402", "Arah Timur")
    b = add(PlaceKind.VILLAGE, "3374011002", "Bugangan", west.pk)
    a = add(PlaceKind.VILLAGE, "3374011001", "Asem", west.pk)
    with django_assert_num_queries(1):
        listed = queries.choices()
    assert listed == [("Arah Timur", []), ("Barat", [(str(a.pk), "Asem"), (str(b.pk), "Bugangan")])]
    assert queries.place_of(a.pk).parent == west
    assert queries.place_coded("337402") == east
    assert queries.names_of([east.pk, uuid4()]) == {east.pk: "Arah Timur"}


def test_a_code_is_used_once_and_a_parent_exists(add):
    add(PlaceKind.DISTRICT, "337401", "Barat")
    with pytest.raises(ValidationError):
        add(PlaceKind.DISTRICT, "337401", "Barat lagi")
    with pytest.raises(Unseen):
        add(PlaceKind.VILLAGE, "3374011001", "Asem", uuid4())
