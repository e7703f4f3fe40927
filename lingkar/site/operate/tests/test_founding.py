"""A new agency has a calendar and an operator who may give roles; nothing is half founded."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from lingkar.directory.people.access import may_grant
from lingkar.directory.people.queries import actor_for
from lingkar.foundation.tenancy.models import Agency
from lingkar.site.access import may_operate
from lingkar.site.home import SetupError
from lingkar.site.operate.founding import found_agency
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


@pytest.mark.parametrize("change", [{"code": "kota"}, {"code": "no spaces"}, {"email": "no address"}, {"zone": "Mars"}])
def test_what_is_taken_or_impossible_is_said_and_founds_nothing(kota, change):
    with pytest.raises(SetupError):
        found_agency(**GIVEN | change)
    assert [agency.code for agency in Agency.objects.all()] == ["kota"]
