"""The pages of a prepared list are those of the query set that it was made of."""

from uuid import UUID

import pytest
from django.core.paginator import Paginator
from django.db.models import QuerySet

from lingkar.directory.places.models import Place, PlaceKind
from lingkar.foundation.tenancy.listed import listed
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db


def places(kind: str, parent: UUID | None) -> QuerySet[Place]:
    return Place.objects.filter(kind=kind, parent=parent).order_by("code")


@listed
def of(kind: str, *, parent: UUID | None) -> QuerySet[Place]:
    return places(kind, parent)


@pytest.fixture
def district() -> tuple[UUID, UUID]:
    """A district of seven villages, and beside it an agency with one."""
    found = []
    for code, many in (("satu", 7), ("dua", 1)):
        agency = Agency.objects.create(code=code, name=code)
        with agency_scope(agency.pk):
            top = Place.objects.create(agency=agency, kind=PlaceKind.DISTRICT, code=code, name=code)
            for number in range(many):
                name = f"{code}.{number}"
                Place.objects.create(agency=agency, kind=PlaceKind.VILLAGE, code=name, name=name, parent=top)
        found.append((agency.pk, top.pk))
    return found[0]


def test_pages_and_count_are_those_of_the_question(district):
    agency, top = district
    with agency_scope(agency):
        for _ in range(2):
            for number in (1, 2, 3, 9):
                mine = Paginator(of(PlaceKind.VILLAGE, parent=top), 3).get_page(number)
                theirs = Paginator(places(PlaceKind.VILLAGE, top), 3).get_page(number)
                assert (list(mine), mine.paginator.count, str(mine)) == (list(theirs), 7, str(theirs))
        assert list(of(PlaceKind.VILLAGE, parent=top)) == list(places(PlaceKind.VILLAGE, top))
        assert len(of(PlaceKind.DISTRICT, parent=None)) == 1
        assert len(of(PlaceKind.DISTRICT, parent=top)) == 0


def test_a_page_is_two_statements(district, django_assert_num_queries):
    agency, top = district
    with agency_scope(agency), django_assert_num_queries(2):
        assert len(list(Paginator(of(PlaceKind.VILLAGE, parent=top), 3).get_page(1))) == 3
