"""Positions of units, through their face."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from lingkar.directory.orgs import queries, rules, services
from lingkar.directory.orgs.models import PositionKind, PositionLevel
from lingkar.directory.orgs.services import NewPosition
from lingkar.directory.orgs.tests.conftest import AT, DAY
from lingkar.foundation.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def position(by):
    def position(unit, code="kadis", **fields):
        told: dict[str, Any] = {"title": "Kepala Dinas", "kind": PositionKind.JPT_PRATAMA, "valid_from": DAY} | fields
        return services.add_position(unit=unit.pk, code=code, by=by, at=AT, **told)

    return position


def test_a_head_stands_first_and_alone(add, position):
    office = add("dukcapil")
    clerk = position(office, "pengadministrasi", title="Pengadministrasi", kind=PositionKind.EXECUTIVE, seats=4)
    head = position(office, leads=True, echelon="II.b")
    assert list(queries.positions_of(office.pk, DAY)) == [head, clerk]
    assert queries.head_position(office.pk, DAY) == head
    assert queries.leader_positions([office.pk], DAY) == {office.pk: head}
    with pytest.raises(Refused, match=r"orgs\.head_taken"):
        position(office, "plt", leads=True)
    assert list(queries.positions_of(office.pk, date(2025, 12, 31))) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"seats": 0},
        {"echelon": "2b"},
        {"level": PositionLevel.MAHIR},
        {"leads": True, "seats": 2},
        {"kind": "raja"},
        {"code": "bukan kode"},
    ],
)
def test_a_position_that_cannot_be_is_refused(add, position, fields):
    with pytest.raises(ValidationError), transaction.atomic():
        position(add("dukcapil"), **fields)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"valid_from": date(2025, 12, 31)}, "unit_not_there"),
        ({"profile": {"integrity": 6}}, "profile_unusable"),
        ({"profile": {"integrity": True}}, "profile_unusable"),
    ],
)
def test_a_position_needs_its_unit_and_levels_from_one_to_five(add, position, fields, code):
    with pytest.raises(Refused, match=rf"orgs\.{code}"):
        position(add("dukcapil"), **fields)


def test_the_profile_is_its_own_or_that_of_its_group(add, position):
    office = add("dukcapil")
    own = position(office, "a", profile={"integrity": 5})
    skilled = position(office, "b", kind=PositionKind.FUNCTIONAL, level=PositionLevel.TERAMPIL)
    bare = position(office, "c", kind=PositionKind.FUNCTIONAL)
    assert queries.profile_of(own, DAY) == {"integrity": 5}
    assert queries.profile_of(skilled, DAY) == dict.fromkeys(rules.COMPETENCIES, 1) | {
        "integrity": 2,
        "teamwork": 2,
        "unity": 2,
    }
    assert set(queries.profile_of(position(office, "d"), DAY).values()) == {4}
    assert queries.profile_of(bare, DAY) == {}


def rows(*codes, unit="dukcapil", **fields):
    return [NewPosition(code, code.title(), unit, PositionKind.EXECUTIVE, DAY, **fields) for code in codes]


def test_many_positions_come_at_once(agency, by, add):
    office = add("dukcapil")
    ids = services.add_positions(agency=agency.pk, rows=rows("a", "b"), by=by, at=AT)
    assert [row.pk for row in queries.positions_in(agency.pk, day=DAY)] == [ids["a"], ids["b"]]
    assert queries.position_coded("a") == queries.position_of(ids["a"])
    assert queries.position_of(ids["a"]).unit == office


@pytest.mark.parametrize(
    ("batch", "code"),
    [
        (rows("a", "a"), "code_taken"),
        (rows("there"), "code_taken"),
        (rows("a", unit="nowhere"), "unit_unknown"),
        (rows("a", "b", leads=True), "head_taken"),
    ],
)
def test_of_many_positions_none_stands_when_one_cannot(agency, by, add, position, batch, code):
    position(add("dukcapil"), "there")
    with pytest.raises(Refused, match=rf"orgs\.{code}"):
        services.add_positions(agency=agency.pk, rows=batch, by=by, at=AT)
    assert queries.positions_in(agency.pk).count() == 1
