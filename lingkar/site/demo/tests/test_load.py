"""The demo loads whole, once, and its two governments do not see each other."""

from datetime import UTC, datetime

import pytest

from lingkar.directory.orgs.models import Unit
from lingkar.directory.people.models import Account, Role, RoleGrant
from lingkar.directory.places.models import Place
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.site.demo.city import LOGINS, PASSWORD, RAWA_BENING, TELUK_KAWUNG
from lingkar.site.demo.load import load

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def loaded(db):
    assert load(at=AT)


@pytest.mark.parametrize("government", [TELUK_KAWUNG, RAWA_BENING], ids=lambda government: government.code)
def test_each_government_has_exactly_its_own_rows(loaded, government):
    agency = Agency.objects.get(code=government.code)
    with agency_scope(agency.pk):
        assert set(Unit.objects.values_list("code", flat=True)) == {row.code for row in government.units}
        assert set(Place.objects.values_list("code", flat=True)) == {row.code for row in government.places}
        assert RoleGrant.objects.count() == len(government.people)


def test_there_is_a_login_that_works_for_every_role(loaded):
    assert {login.role for login in LOGINS} == set(Role.values)
    for login in LOGINS:
        assert Account.objects.get(email=login.email).check_password(PASSWORD)


def test_loading_again_changes_nothing(loaded):
    before = Account.objects.count()
    assert not load(at=AT)
    assert Account.objects.count() == before


def test_nobody_has_a_name_to_sign_in_with_twice():
    people = [*TELUK_KAWUNG.people, *RAWA_BENING.people]
    assert len({person.nip for person in people}) == len({person.email for person in people}) == len(people)
