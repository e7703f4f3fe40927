"""A new agency has a calendar and an operator who may give roles; nothing is half founded."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from lingkar.directory.people.access import may_grant
from lingkar.directory.people.queries import actor_for
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports.queries import all_categories, takes_reports
from lingkar.site.access import may_operate
from lingkar.site.home import SetupError
from lingkar.site.operate.founding import found_agency, still_missing
from tests.fixtures import NOW

GIVEN: dict[str, Any] = {
    "code": "kota-baru",
    "name": "Kota Baru",
    "host": "baru.example",
    "zone": "Asia/Jayapura",
    "operator": "Nama Operator",
    "email": "operator@baru.example",
    "password": "sebuah-kata-sandi-panjang",
    "at": NOW,
}


def test_its_operator_may_begin(db):
    found_agency(**GIVEN)
    account = get_user_model().objects.get(email="operator@baru.example")
    by = actor_for(account, day=NOW.date())
    assert may_grant(by)
    assert may_operate(by)
    assert account.check_password(GIVEN["password"])


def test_it_takes_reports_from_the_first_day_and_says_what_is_missing(db):
    agency = found_agency(**GIVEN)
    with agency_scope(agency.pk):
        assert takes_reports()
        assert {row.unit.code for row in all_categories() if row.unit} == {"setda", "inspektorat"}
    missing = still_missing(agency, at=NOW)
    assert [what.partition(":")[0] for what in missing] == ["an officer for Sekretariat Daerah", "villages"]


def test_one_that_begins_empty_cannot_take_reports_and_says_so(db):
    agency = found_agency(**GIVEN, starter=False)
    assert "lainnya" in still_missing(agency, at=NOW)[0]


@pytest.mark.parametrize("change", [{"code": "kota"}, {"code": "no spaces"}, {"email": "no address"}, {"zone": "Mars"}])
def test_what_is_taken_or_impossible_is_said_and_founds_nothing(kota, change):
    with pytest.raises(SetupError):
        found_agency(**GIVEN | change)
    assert [agency.code for agency in Agency.objects.all()] == ["kota"]
