"""The life of a service: written, published, changed, ended. What was published never changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from lingkar.directory.orgs.services import add_unit, end_unit
from lingkar.directory.services import jobs, queries, services
from lingkar.directory.services.models import Service, Version
from lingkar.directory.services.services import ServiceRow
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.calendar.models import DayOff
from lingkar.foundation.refusals import Refused
from lingkar.foundation.search.queries import asked
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from tests.standards import WHOLE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 8)


def add(city, at, code="ktp", unit="pelayanan", standard=WHOLE):
    return services.add_service(code=code, unit=city.units[unit].pk, standard=standard, by=city.system, at=at)


def open_to_all(city, at, day=TODAY, **kwargs):
    item = add(city, at, **kwargs)
    services.publish_service(service=item.pk, valid_from=day, reviewed_on=TODAY, by=city.system, at=at)
    item.refresh_from_db()
    return item


def change(city, at, item, **changes):
    newest = queries.version_numbered(item.code, item.versions.count())
    unit = changes.pop("unit", city.units["pelayanan"].pk)
    standard = replace(queries.standard_of(newest), **changes)
    return services.change_service(service=item.pk, unit=unit, standard=standard, by=city.system, at=at)


def publish(city, at, item, day=TODAY, **kwargs):
    return services.publish_service(service=item.pk, valid_from=day, reviewed_on=TODAY, by=city.system, at=at, **kwargs)


def offered(code="ktp", day=TODAY):
    found = queries.service_coded(code, day=day)
    assert found is not None
    return found


def test_a_draft_is_seen_by_nobody(kota, at):
    add(kota, at)
    assert list(queries.published(day=TODAY)) == []
    assert queries.service_coded("ktp", day=TODAY) is None


def test_a_standard_comes_back_as_it_was_written(kota, at):
    open_to_all(kota, at)
    found = offered("KTP")
    assert queries.standard_of(found) == WHOLE
    assert (found.number, found.missing, found.unit.code) == (1, 0, "pelayanan")


def test_a_code_is_used_once(kota, at):
    add(kota, at)
    with pytest.raises(ValidationError):
        add(kota, at, code="KTP")


def test_a_change_is_a_new_version_and_the_old_one_stays_readable(kota, at):
    item = open_to_all(kota, at, day=date(2024, 1, 2))
    later = TODAY + timedelta(days=10)
    change(kota, at, item, cost=25_000)
    publish(kota, at, item, day=later)
    assert offered().cost == 0
    assert offered(day=later - timedelta(days=1)).cost == 0
    assert offered(day=later).cost == 25_000
    first = queries.version_numbered("ktp", 1)
    assert (first.cost, first.valid_to) == (0, later - timedelta(days=1))
    assert [version.number for version in queries.versions_of(item)] == [2, 1]


def test_a_mistake_is_put_right_on_the_same_day(kota, at):
    item = open_to_all(kota, at)
    change(kota, at, item, cost=5_000)
    publish(kota, at, item)
    assert [row.number for row in queries.published(day=TODAY)] == [2]


def test_a_published_version_never_changes(kota, at):
    item = open_to_all(kota, at)
    for attempt in (
        lambda: Version.objects.filter(service=item).update(cost=99),
        lambda: Version.objects.filter(service=item).update(published_at=None, valid_from=None),
        lambda: Version.objects.filter(service=item).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            attempt()
    assert queries.version_numbered("ktp", 1).cost == 0


def test_a_review_that_changes_nothing_is_a_version_too(kota, at):
    item = open_to_all(kota, at)
    renewed = publish(kota, at, item, day=TODAY + timedelta(days=1))
    assert (renewed.number, queries.standard_of(renewed)) == (2, WHOLE)


def test_of_two_who_write_at_once_the_second_is_told(kota, at):
    item = add(kota, at)
    unit = kota.units["pelayanan"].pk
    services.change_service(service=item.pk, unit=unit, standard=WHOLE, seen=0, by=kota.system, at=at)
    with pytest.raises(Refused, match="changed_meanwhile"):
        services.change_service(service=item.pk, unit=unit, standard=WHOLE, seen=0, by=kota.system, at=at)
    with pytest.raises(Refused, match="changed_meanwhile"):
        publish(kota, at, item, seen=0)


def test_nothing_incomplete_is_published(kota, at):
    item = add(kota, at, standard=replace(WHOLE, requirements=()))
    with pytest.raises(Refused, match="components_missing"):
        publish(kota, at, item)


def test_a_service_ends_and_comes_back(kota, at):
    item = open_to_all(kota, at)
    services.retire_service(service=item.pk, last_day=TODAY, by=kota.system, at=at)
    assert queries.service_coded("ktp", day=TODAY)
    assert queries.service_coded("ktp", day=TODAY + timedelta(days=1)) is None
    assert queries.version_numbered("ktp", 1)
    publish(kota, at, item, day=TODAY + timedelta(days=5))
    assert Service.objects.get(pk=item.pk).retired_on is None
    assert queries.service_coded("ktp", day=TODAY + timedelta(days=5))


def test_a_draft_can_be_forgotten(kota, at):
    item = open_to_all(kota, at)
    change(kota, at, item, cost=1)
    services.drop_draft(service=item.pk, by=kota.system, at=at)
    assert queries.draft_of(item) is None
    only = add(kota, at, code="kk")
    services.drop_draft(service=only.pk, by=kota.system, at=at)
    assert not Service.objects.filter(code="kk").exists()


def test_a_coordinator_writes_for_the_own_units_alone(kota, at):
    own, other = add(kota, at), add(kota, at, code="jalan", unit="pupr")
    by = kota.actor("coordinator", "dukcapil")
    assert list(queries.managed(by)) == [own]
    with pytest.raises(Unseen):
        services.drop_draft(service=other.pk, by=by, at=at)
    with pytest.raises(Forbidden):
        services.add_service(code="x", unit=kota.units["pupr"].pk, standard=WHOLE, by=by, at=at)
    with pytest.raises(Forbidden):  # nor gives a service away to a unit of others
        services.change_service(service=own.pk, unit=kota.units["pupr"].pk, standard=WHOLE, by=by, at=at)
    with pytest.raises(Unseen):
        services.publish_service(service=own.pk, valid_from=TODAY, reviewed_on=TODAY, by=kota.actor("officer"), at=at)


def test_another_agency_sees_nothing(kota, lain, at):
    item = open_to_all(kota, at)
    with agency_scope(lain.agency.pk):
        assert queries.service_coded("ktp", day=TODAY) is None
        assert queries.search(asked("ktp"), day=TODAY) == []
        with pytest.raises(Unseen):
            queries.desk_of(item.pk, by=lain.system, today=TODAY)
        with pytest.raises(Unseen):
            queries.version_numbered("ktp", 1)


def test_the_catalogue_is_found_by_need_unit_channel_and_words(kota, at):
    open_to_all(kota, at)
    road = replace(WHOLE, name="Laporan jalan rusak", need="street", words="lubang", online="https://jalan.example")
    open_to_all(kota, at, code="jalan", unit="pupr", standard=road)

    def codes(**given):
        return [row.service.code for row in queries.catalogue(day=TODAY, **given)]

    assert codes() == ["ktp", "jalan"]
    assert codes(need="street") == ["jalan"]
    assert codes(unit=kota.units["dukcapil"]) == ["ktp"]
    assert codes(channel="online") == ["jalan"]
    assert codes(text="berlubang") == ["jalan"]
    assert codes(text="katep") == ["ktp"]
    assert codes(text="!") == []
    assert [(need.value, many) for need, many in queries.needs_of(queries.published(day=TODAY))] == [
        ("identity", 1),
        ("street", 1),
    ]


def test_the_counter_is_closed_on_a_holiday(kota, at):
    open_to_all(kota, at, day=date(2026, 1, 1))
    DayOff.objects.create(agency=kota.agency, date=TODAY, name="Hari jadi", kind="local")
    opening = queries.opening_of(offered(), day=TODAY)
    assert opening is not None
    assert (opening.today, opening.day_off, opening.next_day) == ((), "Hari jadi", date(2026, 6, 9))
    assert opening.next_hours[0] == ("08:00", "12:00")


def test_a_review_is_announced_and_due(kota, at):
    open_to_all(kota, at)
    version = offered()
    looks = [queries.review_of(version, today=day) for day in (TODAY, date(2029, 4, 9), date(2029, 6, 8))]
    due = date(2029, 6, 8)
    assert looks == [
        queries.Review(due, False, False),
        queries.Review(due, False, True),
        queries.Review(due, True, True),
    ]


def test_a_pledge_holds_for_the_units_below_until_the_next(kota, at):
    def sign(day, word, unit="dukcapil"):
        return services.sign_pledge(
            unit=kota.units[unit].pk,
            statements=[word],
            signer="Drs. Contoh",
            signer_title="Kepala Dinas",
            signed_on=day,
            by=kota.system,
            at=at,
        )

    sign(date(2025, 1, 1), "lama")
    sign(date(2026, 1, 1), "baru")
    assert queries.pledge_for(kota.units["pelayanan"]).statements == ["baru"]
    assert queries.pledge_for(kota.units["pupr"]) is None
    with pytest.raises(Refused):
        sign(TODAY, "")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        queries.pledge_for(kota.units["dukcapil"]).delete()


def test_transactions_are_counted_by_month(kota, at):
    item, may = add(kota, at), date(2026, 5, 1)
    services.count_transactions(service=item.pk, counts={may: 120}, by=kota.system, at=at)
    services.count_transactions_of_many(
        counts={(item.pk, may): 130, (item.pk, date(2026, 4, 1)): 90}, by=kota.system, at=at
    )
    assert queries.transactions_between(date(2026, 4, 1), may) == {(item.pk, may): 130, (item.pk, date(2026, 4, 1)): 90}
    services.count_transactions(service=item.pk, counts={may: None}, by=kota.system, at=at)
    assert list(queries.transactions_between(may, may)) == []
    with pytest.raises(Refused, match="month_to_come"):
        services.count_transactions(service=item.pk, counts={date(2026, 7, 1): 1}, by=kota.system, at=at)
    with pytest.raises(Unseen):
        by = kota.actor("coordinator", "pupr")
        services.count_transactions_of_many(counts={(item.pk, may): 1}, by=by, at=at)


def test_many_services_are_added_at_once_or_none(kota, at):
    unit = kota.units["dukcapil"].pk
    rows = [
        ServiceRow("KTP", unit, WHOLE, valid_from=date(2024, 1, 1), transactions={date(2026, 5, 1): 7}),
        ServiceRow("KK", unit, replace(WHOLE, name="Kartu Keluarga")),
    ]
    assert set(services.add_services(rows=rows, by=kota.system, at=at)) == {"ktp", "kk"}
    assert [row.name for row in queries.published(day=TODAY)] == [WHOLE.name]
    assert len(queries.managed(kota.system)) == 2
    again = [ServiceRow("akta", unit, WHOLE), rows[0]]
    with pytest.raises(IntegrityError), transaction.atomic():
        services.add_services(rows=again, by=kota.system, at=at)
    assert not Service.objects.filter(code="akta").exists()


def test_a_service_that_ends_is_not_offered_longer_by_ending_it_again(kota, at):
    item = open_to_all(kota, at)
    ends = TODAY + timedelta(days=20)
    services.retire_service(service=item.pk, last_day=ends, by=kota.system, at=at)
    with pytest.raises(Refused, match="ends_already"):
        services.retire_service(service=item.pk, last_day=ends + timedelta(days=5), by=kota.system, at=at)
    sooner = TODAY + timedelta(days=10)
    services.retire_service(service=item.pk, last_day=sooner, by=kota.system, at=at)
    item.refresh_from_db()
    assert (item.retired_on, queries.newest_published(item).valid_to) == (sooner, sooner)


def young_unit(city, at, first):
    parent = city.units["dukcapil"].pk
    return add_unit(
        agency=city.agency.pk,
        kind="section",
        code="baru",
        name="Bidang Baru",
        parent=parent,
        valid_from=first,
        by=city.system,
        at=at,
    )


def test_a_unit_promises_nothing_before_its_first_day(kota, at):
    first = TODAY + timedelta(days=30)
    unit = young_unit(kota, at, first)
    item = services.add_service(code="kk", unit=unit.pk, standard=WHOLE, by=kota.system, at=at)
    with pytest.raises(Refused, match="unit_not_there"):
        publish(kota, at, item, day=first - timedelta(days=1))
    rows = [ServiceRow("akta", unit.pk, WHOLE, valid_from=TODAY)]
    with pytest.raises(Refused, match="unit_not_there"):
        services.add_services(rows=rows, by=kota.system, at=at)
    publish(kota, at, item, day=first)


def test_a_service_changes_hands_on_its_day(kota, at):
    item = open_to_all(kota, at)
    first = TODAY + timedelta(days=3)
    change(kota, at, item, unit=kota.units["pupr"].pk, name="KTP di PUPR")
    publish(kota, at, item, day=first)
    item.refresh_from_db()
    assert (item.unit.code, item.name) == ("pelayanan", WHOLE.name)
    assert services.turn_services(by=kota.system, at=at) == 0
    with pytest.raises(Refused, match="occupied"):  # planned for it, so it stays
        end_unit(unit=kota.units["pupr"].pk, last_day=first, by=kota.system, at=at)
    assert services.turn_services(by=kota.system, at=at + timedelta(days=3)) == 1
    item = Service.objects.get(pk=item.pk)
    assert (item.unit.code, item.name) == ("pupr", "KTP di PUPR")
    assert services.turn_services(by=kota.system, at=at + timedelta(days=3)) == 0


def test_the_day_of_a_job_is_that_of_its_agency(kota, at, monkeypatch):
    """At 00.30 in Jayapura a new day has begun, though it is 22.30 of the day before where the server counts."""
    Agency.objects.filter(pk=kota.agency.pk).update(timezone="Asia/Jayapura")
    item = open_to_all(kota, at)
    change(kota, at, item, unit=kota.units["pupr"].pk, name="KTP di PUPR")
    publish(kota, at, item, day=TODAY + timedelta(days=3))
    half_past_midnight = at.replace(day=at.day + 2, hour=15, minute=30)
    monkeypatch.setattr(timezone, "now", lambda: half_past_midnight)
    jobs.turn(0)
    assert Service.objects.get(pk=item.pk).name == "KTP di PUPR"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 161}, {"online": "bukan alamat"}, {"need": "x"}])
def test_many_at_once_are_as_clean_as_one(kota, at, wrong):
    rows = [ServiceRow("ktp", kota.units["dukcapil"].pk, replace(WHOLE, **wrong))]
    with pytest.raises(ValidationError):
        services.add_services(rows=rows, by=kota.system, at=at)


def test_many_at_once_count_no_month_to_come(kota, at):
    rows = [ServiceRow("ktp", kota.units["dukcapil"].pk, WHOLE, transactions={date(2026, 7, 1): 1})]
    with pytest.raises(Refused, match="month_to_come"):
        services.add_services(rows=rows, by=kota.system, at=at)
