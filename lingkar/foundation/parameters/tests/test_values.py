"""Values by date, by agency, added and never changed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from lingkar.foundation.access import Actor, Forbidden, Grant
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.events.models import Event
from lingkar.foundation.parameters import queries, registry, services
from lingkar.foundation.parameters.models import Parameter
from lingkar.foundation.parameters.registry import spec
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SINCE = date(2018, 1, 1)


@pytest.fixture
def days(monkeypatch):
    monkeypatch.setattr(registry, "_SPECS", {})
    item = spec("test.days", 5, int, "hari kerja", "Waktu jawab", "PermenPANRB", SINCE, least=1, most=60)
    spec("test.share", Decimal("0.6"), Decimal, "", "Bagian", "PermenPANRB", SINCE, "belum dicocokkan", least=0)
    services.seed(at=NOW)
    return item


@pytest.fixture
def agency():
    agency = Agency.objects.create(code="kota", name="Kota")
    with agency_scope(agency.pk):
        yield agency


def operator(agency, path=""):
    return Actor(agency=agency.pk, person=uuid4(), grants=(Grant("operator", path),))


def change(agency, value, valid_from=TODAY, **fields):
    fields = {"source": "SK Bupati 1/2026", "by": operator(agency), "at": NOW} | fields
    return services.set_value(key="test.days", value=value, valid_from=valid_from, **fields)


def test_a_default_ships_with_its_source_and_doubt(agency, days):
    assert queries.value(days, agency=agency.pk, on=TODAY) == 5
    assert queries.value("test.share", agency=agency.pk, on=TODAY) == Decimal("0.6")
    share = Parameter.objects.get(key="test.share")
    assert (share.agency, share.source, share.is_doubtful) == (None, "PermenPANRB", True)


def test_seeding_again_adds_nothing(agency, days):
    assert services.seed(at=NOW) == 0


def test_a_default_changed_by_law_is_added_beside_the_old_one(agency, days, monkeypatch):
    monkeypatch.setattr(registry, "_SPECS", {})
    spec("test.days", 3, int, "hari kerja", "Waktu jawab", "PermenPANRB baru", date(2027, 1, 1))
    assert services.seed(at=NOW) == 1
    assert queries.value("test.days", agency=agency.pk, on=date(2026, 12, 31)) == 5
    assert queries.value("test.days", agency=agency.pk, on=date(2027, 1, 1)) == 3


def test_a_value_holds_from_its_date_on(agency, days):
    change(agency, "7", date(2026, 12, 1))
    assert queries.value(days, agency=agency.pk, on=date(2026, 11, 30)) == 5
    assert queries.value(days, agency=agency.pk, on=date(2026, 12, 1)) == 7
    assert queries.values([days, "test.share"], agency=agency.pk, on=date(2027, 1, 1)) == {
        "test.days": 7,
        "test.share": Decimal("0.6"),
    }


def test_another_agency_keeps_its_own(agency, days):
    other = Agency.objects.create(code="kab", name="Kabupaten")
    change(agency, 7)
    assert queries.value(days, agency=other.pk, on=TODAY) == 5


def test_a_slip_is_corrected_by_another_row(agency, days):
    change(agency, 50)
    change(agency, 5)
    assert queries.value(days, agency=agency.pk, on=TODAY) == 5
    assert Parameter.objects.filter(agency=agency, key="test.days").count() == 2


def test_sent_twice_is_stored_once(agency, days):
    assert change(agency, "7").pk == change(agency, " 7 ").pk
    assert AuditEntry.objects.count() == 1


def test_an_unknown_key_is_a_fault_and_a_date_before_the_first_value_too(agency, days):
    with pytest.raises(KeyError):
        queries.value("test.none", agency=agency.pk, on=TODAY)
    with pytest.raises(LookupError, match="no value on 2017-12-31"):
        queries.value(days, agency=agency.pk, on=date(2017, 12, 31))


def test_a_lost_seed_does_not_stop_the_work(agency, days):
    Parameter.objects.all().delete()
    assert queries.value(days, agency=agency.pk, on=TODAY) == 5


def test_reading_is_one_query(agency, days, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.value(days, agency=agency.pk, on=TODAY)
    with django_assert_num_queries(1):
        queries.standings(agency=agency.pk, on=TODAY)


@pytest.mark.parametrize(
    ("value", "fields", "code"),
    [
        ("0", {}, "too_low"),
        (61, {}, "too_high"),
        (True, {}, "wrong_type"),
        ("5", {"source": "  "}, "source_missing"),
        ("5", {"valid_from": date(2026, 11, 20)}, "begins_in_the_past"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_is_stored(agency, days, value, fields, code):
    with pytest.raises(Refused) as no:
        change(agency, value, **fields)
    assert no.value.code == f"parameters.{code}"
    assert not Parameter.objects.filter(agency=agency).exists()
    assert not AuditEntry.objects.exists()


def test_a_change_is_audited_and_announced(agency, days):
    change(agency, 7)
    entry = AuditEntry.objects.get()
    assert entry.verb == "parameters.changed"
    assert '"value":7' in entry.content
    assert Event.objects.get().name == "parameters.changed"


@pytest.mark.parametrize("grants", [(), (Grant("officer"),), (Grant("operator", "dinas."),)])
def test_only_an_operator_of_the_whole_agency_changes_values(agency, days, grants):
    with pytest.raises(Forbidden):
        change(agency, 7, by=Actor(agency=agency.pk, person=uuid4(), grants=grants))


def test_the_history_says_what_holds_now_and_what_comes(agency, days):
    change(agency, 7)
    change(agency, 9, date(2027, 1, 1))
    (standing,) = queries.standings(agency=agency.pk, on=TODAY, key="test.days")
    assert [(entry.value, entry.state, entry.is_own) for entry in standing.history] == [
        (9, "later", True),
        (7, "now", True),
        (5, "past", False),
    ]
    assert standing.now.value == 7
    assert [entry.value for entry in standing.later] == [9]
