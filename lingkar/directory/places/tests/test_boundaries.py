"""A point lies in one village, or in none."""

from datetime import UTC, datetime

import pytest

from lingkar.directory.places import queries, rules, services
from lingkar.foundation.access import Actor
from lingkar.foundation.refusals import Refused

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SQUARE = [(-1.0, 106.0), (-1.0, 106.1), (-1.1, 106.1), (-1.1, 106.0)]


@pytest.mark.parametrize(
    ("point", "inside"), [((-1.05, 106.05), True), ((-0.9, 106.05), False), ((-1.05, 106.2), False)]
)
def test_a_point_is_inside_or_not(point, inside):
    assert rules.is_inside(point, SQUARE) is inside


@pytest.mark.parametrize("boundary", [[(0, 0), (1, 1)], [(0, 0), (91, 0), (0, 1)], [(0, 0), (1,), (0, 1)]])
def test_what_is_no_boundary_is_refused(boundary):
    with pytest.raises(Refused, match="places"):
        rules.check_boundary(boundary)


def test_the_village_of_a_point_is_found_before_its_district(kota):
    by = Actor.system(kota.agency.pk)
    wide = [(-0.9, 105.9), (-0.9, 106.2), (-1.2, 106.2), (-1.2, 105.9)]
    facts = {"agency": kota.agency.pk, "by": by, "at": AT}
    top = services.add_place(kind="district", code="997199", name="Kecamatan", boundary=wide, **facts)
    village = services.add_place(
        kind="village", code="9971991001", name="Kelurahan", parent=top.pk, boundary=SQUARE, **facts
    )
    assert queries.place_at(-1.05, 106.05) == village
    assert queries.place_at(-1.15, 105.95) == top
    assert queries.place_at(2.0, 106.0) is None
