"""Nobody sits in a unit or position, or holds a role over a unit, after its last day; not even in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from lingkar.directory.orgs import services as orgs
from lingkar.directory.orgs.models import Position, Unit
from lingkar.directory.people import services
from lingkar.directory.people.models import Placement, RoleGrant
from lingkar.directory.people.rules.persons import PersonFacts
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import LONG_AGO, MEMBER, NOW, make_city

SINCE, LAST = date(2026, 6, 1), date(2026, 12, 31)
ROUNDS = 6


def somebody(city):
    facts = PersonFacts(kind="external", name="Ni Luh Ayu", institution="Universitas Udayana")
    return services.add_person(facts=facts, by=city.system, at=NOW)


def seat(city):
    return orgs.add_position(
        unit=city.units["pupr"].pk, code="loket", title="Petugas", kind="executive", valid_from=LONG_AGO,
        by=city.system, at=NOW,
    )  # fmt: skip


def placed(city, person, position=None, until=None):
    return services.place(
        person=person.pk, unit=city.units["pupr"].pk, position=position, title="Ahli", since=SINCE, until=until,
        by=city.system, at=NOW,
    )  # fmt: skip


@pytest.mark.django_db
def test_nobody_is_placed_into_a_position_that_ends(kota):
    post = seat(kota).pk
    orgs.end_position(position=post, last_day=LAST, by=kota.system, at=NOW)
    with pytest.raises(Refused, match=r"people\.position_ended"), transaction.atomic():
        placed(kota, somebody(kota), post)
    assert placed(kota, somebody(kota), post, until=LAST).valid_to == LAST


@pytest.mark.django_db
def test_a_role_ends_with_its_unit(kota):
    account, pupr = kota.holder(MEMBER).pk, kota.units["pupr"].pk
    orgs.end_unit(unit=pupr, last_day=LAST, by=kota.system, at=NOW)

    def grant(until):
        return services.grant_role(
            account=account, role="officer", unit=pupr, valid_from=SINCE, valid_to=until, by=kota.system, at=NOW
        )

    with pytest.raises(Refused, match=r"people\.role_outlasts_unit"), transaction.atomic():
        grant(None)
    assert grant(LAST).valid_to == LAST


@pytest.mark.django_db
def test_the_database_refuses_who_would_outlast_a_place(kota):
    post, person = seat(kota), somebody(kota)
    row = placed(kota, person, post.pk, until=LAST)
    for table, pk in ((Unit, kota.units["pupr"].pk), (Position, post.pk)):
        table.objects.filter(pk=pk).update(valid_to=LAST)
        with pytest.raises(IntegrityError, match="somebody still sits there"), transaction.atomic():
            table.objects.filter(pk=pk).update(valid_to=SINCE)
        with pytest.raises(IntegrityError, match="outlasts its unit or position"), transaction.atomic():
            Placement.objects.filter(pk=row.pk).update(valid_to=None)
        with pytest.raises(IntegrityError, match="outlasts its unit or position"), transaction.atomic():
            Placement.objects.filter(pk=row.pk).update(valid_to=LAST.replace(year=2027))
    row.pk, row.is_main, row.valid_to = None, False, None
    with pytest.raises(IntegrityError, match="outlasts its unit or position"), transaction.atomic():
        row.save(force_insert=True)
    grant = RoleGrant(agency=kota.agency, account=kota.holder(MEMBER), role="officer", valid_from=SINCE)
    grant.unit = kota.units["pupr"]
    with pytest.raises(IntegrityError, match="outlasts its unit"), transaction.atomic():
        grant.save(force_insert=True)


def both(acts):
    """Two acts in two threads at the same moment; what came of each: "done" or the code of the refusal."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(30)
            act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return [*pool.map(run, acts)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["unit", "position"])
def test_of_placing_and_ending_at_once_exactly_one_is_done(at, what):
    for number in range(ROUNDS):
        city = make_city(f"kota-{number}")
        with agency_scope(city.agency.pk):
            person, post = somebody(city), seat(city).pk

        def place():
            with agency_scope(city.agency.pk):  # noqa: B023  # both threads end within the round
                placed(city, person, post if what == "position" else None)  # noqa: B023

        def end():
            with agency_scope(city.agency.pk):  # noqa: B023
                if what == "unit":
                    orgs.end_unit(unit=city.units["pupr"].pk, last_day=LAST, by=city.system, at=NOW)  # noqa: B023
                else:
                    orgs.end_position(position=post, last_day=LAST, by=city.system, at=NOW)  # noqa: B023

        outcome = both([place, end])
        assert outcome in (["done", "orgs.occupied"], [f"people.{what}_ended", "done"])


@pytest.mark.django_db(transaction=True)
def test_of_granting_and_ending_at_once_exactly_one_is_done(at):
    for number in range(ROUNDS):
        city = make_city(f"kota-{number}")
        with agency_scope(city.agency.pk):
            account = city.holder(MEMBER).pk

        def grant():
            with agency_scope(city.agency.pk):  # noqa: B023
                services.grant_role(
                    account=account, role="officer", unit=city.units["pupr"].pk, valid_from=SINCE,  # noqa: B023
                    by=city.system, at=NOW,  # noqa: B023
                )  # fmt: skip

        def end():
            with agency_scope(city.agency.pk):  # noqa: B023
                orgs.end_unit(unit=city.units["pupr"].pk, last_day=LAST, by=city.system, at=NOW)  # noqa: B023

        assert both([grant, end]) in (["done", "orgs.occupied"], ["people.role_outlasts_unit", "done"])
