"""Whose positions serve a service, and who sits in them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from lingkar.directory.orgs.services import add_position, end_position
from lingkar.directory.people.services import PersonFacts, add_person, end_placement
from lingkar.directory.services import queries, services
from lingkar.directory.services.models import Staffing
from lingkar.directory.services.tests.test_catalogue import TODAY, add, open_to_all
from lingkar.foundation.access import Unseen
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db
LONG_AGO = date(2021, 1, 1)


def post(city, at, code="loket", unit="pelayanan", title="Operator Layanan Kependudukan", seats=4):
    return add_position(
        unit=city.units[unit].pk,
        code=code,
        title=title,
        kind="executive",
        seats=seats,
        valid_from=LONG_AGO,
        by=city.system,
        at=at,
    )


def sit(city, at, position, name):
    facts = PersonFacts(kind="external", name=name)
    given = {"unit": position.unit_id, "position": position.pk, "title": position.title, "since": LONG_AGO}
    return add_person(facts=facts, by=city.system, at=at, **given)


def staffed(city, at, item, position):
    return services.add_staff(service=item.pk, position=position.pk, by=city.system, at=at)


def test_staff_are_the_people_who_sit_in_the_positions_of_a_service_on_a_day(kota, at):
    item, desk, other = open_to_all(kota, at), post(kota, at), post(kota, at, code="lain")
    rini, adi = sit(kota, at, desk, "Rini"), sit(kota, at, desk, "Adi")
    sit(kota, at, other, "Siapa Lain")
    staffed(kota, at, item, desk)
    (row,) = queries.staff_of(item.pk, day=TODAY)
    assert (row.position.code, row.people) == ("loket", (adi.pk, rini.pk))
    assert queries.staff_of(item.pk, day=TODAY - timedelta(days=1)) == []
    end_placement(placement=adi.placements.get().pk, last_day=TODAY, by=kota.system, at=at)
    (row,) = queries.staff_of(item.pk, day=TODAY + timedelta(days=1))
    assert row.people == (rini.pk,)


def test_said_twice_is_said_once(kota, at):
    item, desk = open_to_all(kota, at), post(kota, at)
    assert staffed(kota, at, item, desk) == staffed(kota, at, item, desk)
    assert Staffing.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Staffing.objects.create(agency=kota.agency, service=item, position=desk, valid_from=TODAY)


def test_what_was_until_yesterday_stays_known(kota, at):
    item, desk = open_to_all(kota, at), post(kota, at)
    staffed(kota, at, item, desk)
    later = at + timedelta(days=10)
    services.remove_staff(service=item.pk, position=desk.pk, by=kota.system, at=later)
    assert len(queries.staff_of(item.pk, day=TODAY + timedelta(days=9))) == 1
    assert queries.staff_of(item.pk, day=TODAY + timedelta(days=10)) == []
    services.add_staff(service=item.pk, position=desk.pk, by=kota.system, at=later)
    services.remove_staff(service=item.pk, position=desk.pk, by=kota.system, at=later)  # a slip of that day
    assert Staffing.objects.count() == 1


def test_a_position_that_is_over_serves_nowhere(kota, at):
    item, desk, old = open_to_all(kota, at), post(kota, at), post(kota, at, code="lama")
    staffed(kota, at, item, desk)
    for position in (desk, old):
        end_position(position=position.pk, last_day=TODAY - timedelta(days=1), by=kota.system, at=at)
    assert queries.staff_of(item.pk, day=TODAY) == []
    with pytest.raises(Refused, match="position_over"):
        staffed(kota, at, item, old)


def test_only_who_manages_a_service_says_who_serves(kota, lain, at):
    item, road, desk = open_to_all(kota, at), add(kota, at, code="jalan", unit="pupr"), post(kota, at)
    by = kota.actor("coordinator", "dukcapil")
    services.add_staff(service=item.pk, position=post(kota, at, code="pupr", unit="pupr").pk, by=by, at=at)
    with pytest.raises(Unseen):
        services.add_staff(service=road.pk, position=desk.pk, by=by, at=at)
    with pytest.raises(Unseen):
        services.staff_many(rows={road.pk: [desk.pk]}, valid_from=TODAY, by=by, at=at)
    with agency_scope(lain.agency.pk):
        with pytest.raises(Unseen):
            services.add_staff(service=item.pk, position=desk.pk, by=lain.system, at=at)
        assert queries.staff_of(item.pk, day=TODAY) == []


def test_many_are_staffed_at_once(kota, at):
    item, desk = open_to_all(kota, at), post(kota, at)
    staffed(kota, at, item, desk)
    more = [post(kota, at, code=code).pk for code in ("b", "c")]
    rows = {item.pk: [desk.pk, *more, more[0]]}
    assert services.staff_many(rows=rows, valid_from=LONG_AGO, by=kota.system, at=at) == 2
    assert len(queries.staff_of(item.pk, day=TODAY)) == 3
    assert len(queries.staff_of(item.pk, day=LONG_AGO)) == 2


def test_positions_are_found_and_chosen_on_a_page(kota, at, as_role, visitor):
    item, desk = open_to_all(kota, at), post(kota, at)
    for name in ("Rini Lestari", "Adi Nugroho"):
        sit(kota, at, desk, name)
    far = post(kota, at, code="jalan", unit="pupr", title="Pengawas Lapangan")
    browser, page_url = as_role("coordinator"), f"/pengaturan/layanan/{item.pk}/pelaksana/"
    page = browser.page(page_url)
    assert "Operator Layanan Kependudukan" in page.text  # of the own unit, without a search
    assert far.title not in page.text
    assert "Tidak ada jabatan yang cocok" in browser.page(f"{page_url}?cari=zzz").text
    assert far.title in browser.page(f"{page_url}?cari=pengawas+penataan").text
    browser.page(f"{page_url}?cari=%00&halaman=x")
    browser.send(f"{page_url}{far.pk}/tambah/")
    page = browser.send(f"{page_url}{desk.pk}/tambah/")
    assert "Rini Lestari" in page.text
    assert "2 orang" in page.text
    assert "Rini Lestari" in browser.page(f"/pengaturan/layanan/{item.pk}/").text
    public = visitor.page("/layanan/ktp/")
    assert "2 orang Operator Layanan Kependudukan" in public.text
    assert "Rini" not in public.html
    page = browser.send(f"{page_url}{desk.pk}/lepas/")
    assert "Rini Lestari" not in page.text
    assert "Operator" not in visitor.page("/layanan/ktp/").text
