"""Rows read as plain values say what the rows say, and are fenced as they are."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db.models import QuerySet
from django_scopes import ScopeError

from lingkar.directory.places.models import Place, PlaceKind
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.plain import column, plain
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Line:
    id: UUID
    name: str
    within: str | None = column("parent__name")
    mark: str = "not a column"


@prepared
def coded(*, code: str) -> "QuerySet[Place, Line]":
    return plain(Place.objects.filter(code__gte=code).select_related("parent").defer("boundary").order_by("code"), Line)


@pytest.fixture
def cities() -> list[Agency]:
    """Two agencies, each with a district of one village."""
    made = [Agency.objects.create(code=code, name=code) for code in ("satu", "dua")]
    for city in made:
        with agency_scope(city.pk):
            top = Place.objects.create(agency=city, kind=PlaceKind.DISTRICT, code="1", name=f"Kec. {city.code}")
            Place.objects.create(agency=city, kind=PlaceKind.VILLAGE, code="2", name=f"Desa {city.code}", parent=top)
    return made


def test_a_line_says_what_the_row_says(cities):
    with agency_scope(cities[0].pk):
        rows = plain(Place.objects.order_by("code"), Line)
        told = [(line.id, line.name, line.within, line.mark) for line in rows]
        assert told == [
            (row.pk, row.name, row.parent.name if row.parent else None, "not a column")
            for row in Place.objects.order_by("code")
        ]
        assert rows.count() == 2
        assert rows.filter(parent__isnull=False)[0].within == "Kec. satu"
        assert [line.name for line in rows.iterator()] == ["Kec. satu", "Desa satu"]


def test_lines_are_fenced_and_can_be_prepared(cities, django_assert_num_queries):
    for _ in range(2):
        for city in cities:
            with agency_scope(city.pk), django_assert_num_queries(1):
                assert [line.within for line in coded(code="2")] == [f"Kec. {city.code}"]
    with pytest.raises(ScopeError):
        plain(Place.objects.all(), Line)
    with pytest.raises(ScopeError):
        coded(code="2")
