"""A prepared question answers as the query set that it was made of, for every value, agency and moment."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django_scopes import ScopeError

from lingkar.directory.places.models import Place, PlaceKind
from lingkar.foundation.tenancy import prepared as module
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.foundation.tenancy.queries import agency_scope, every_agency

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@prepared
def within(*, parent: UUID | None, code: str) -> QuerySet[Place]:
    rows = Place.objects.filter(~Q(code=code)).select_related("parent").order_by("name")
    return rows.filter(parent=parent) if parent else rows.filter(parent=None)


@prepared
def names(*, code: str) -> QuerySet[Place, Any]:
    return Place.objects.filter(code__gte=code).order_by("code").values_list("name", flat=True)


@prepared
def living(*, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__gt=at).order_by("session_key")


@pytest.fixture
def cities() -> list[UUID]:
    """Two agencies, each with a district of two villages."""
    made = []
    for code in ("satu", "dua"):
        agency = Agency.objects.create(code=code, name=code)
        with agency_scope(agency.pk):
            top = Place.objects.create(agency=agency, kind=PlaceKind.DISTRICT, code=f"{code}.0", name=f"Kec. {code}")
            for number in (1, 2):
                Place.objects.create(
                    agency=agency, kind=PlaceKind.VILLAGE, code=f"{code}.{number}", name=f"{code} {number}", parent=top
                )
        made.append(agency.pk)
    return made


def test_each_agency_reads_its_own_rows(cities):
    for _ in range(2):
        for city in cities:
            with agency_scope(city):
                top = Place.objects.get(parent=None)
                assert within(parent=None, code="") == [top]
                assert [row.parent for row in within(parent=top.pk, code="")] == [top, top]
                assert within(parent=top.pk, code="satu.1") == list(
                    Place.objects.filter(parent=top).exclude(code="satu.1").order_by("name")
                )
                assert within(parent=uuid4(), code="") == []


def test_outside_of_an_agency_it_raises_and_for_the_operator_it_reads_all(cities):
    with agency_scope(cities[0]):
        assert len(names(code="")) == 3
    with pytest.raises(ScopeError):
        names(code="")
    with every_agency():
        assert len(names(code="")) == 6
    with pytest.raises(ScopeError):
        names(code="")


def test_moments_are_filled_in():
    for days in (1, 3):
        Session.objects.create(session_key=f"s{days}", session_data="", expire_date=NOON + timedelta(days=days))
    assert [len(living(at=NOON + timedelta(days=days))) for days in (0, 2, 4)] == [2, 1, 0]


def test_what_cannot_be_filled_in_is_refused(cities):
    @prepared
    def begins(*, code: str) -> QuerySet[Place]:
        return Place.objects.filter(code__startswith=code)

    @prepared
    def reads_a_clock() -> QuerySet[Session]:
        return Session.objects.filter(expire_date__gt=timezone.now())

    @prepared
    def takes_another_way(*, day: date) -> QuerySet[Session]:
        return Session.objects.none() if day.year > 1801 else Session.objects.all()

    @prepared
    def fetches_more() -> QuerySet[Place]:
        return Place.objects.prefetch_related(Prefetch("parent", Place.objects.all()))

    def late() -> list[Session]:
        return takes_another_way(day=date(2026, 1, 1))

    with agency_scope(cities[0]):
        for ask in (lambda: begins(code="a"), reads_a_clock, late, fetches_more):
            with pytest.raises(TypeError, match="cannot be prepared"):
                ask()


def test_a_shape_without_any_rows_asks_nothing(cities, django_assert_num_queries):
    @prepared
    def nothing(*, code: str) -> QuerySet[Place]:
        return Place.objects.filter(code=code, pk__in=[])

    with agency_scope(cities[0]), django_assert_num_queries(0):
        assert nothing(code="a") == nothing(code="b") == []


def test_shapes_are_forgotten_in_the_order_they_were_made(cities, monkeypatch):
    monkeypatch.setattr(module, "MOST_SHAPES", 2)
    asked = []

    @prepared
    def first(number: int) -> QuerySet[Place]:
        asked.append(number)
        return Place.objects.order_by("code")[:number]

    with agency_scope(cities[0]):
        assert [len(first(number)) for number in (1, 2, 2, 3, 3, 1)] == [1, 2, 2, 3, 3, 1]
    assert asked == [1, 1, 2, 2, 3, 3, 1, 1]
