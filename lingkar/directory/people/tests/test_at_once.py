"""What is taken away is gone with the very next request, though navigations are kept as they were drawn."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lingkar.directory.people import services
from lingkar.directory.people.models import Account, Role, RoleGrant
from lingkar.directory.people.tests.conftest import enter
from lingkar.foundation.access import Actor

ROLES = "/pengaturan/hak-akses/"
"""For operators alone; its entry stands in the navigation of every page."""


@pytest.fixture
def by(agency) -> Actor:
    return Actor.system(agency.pk)


@pytest.fixture
def second(hire, operator) -> Account:
    """A second operator, so that the first one's role can be taken away; the same grants, another person."""
    account: Account = hire("kedua", Role.OPERATOR)
    return account


def sees(client: Client) -> tuple[bool, int]:
    """Whether the navigation leads to the roles, and how their page answers."""
    page = client.get("/akun/saya/").content.decode()
    return f'href="{ROLES}"' in page, client.get(ROLES).status_code


def test_a_role_that_ends_or_changes_is_gone_at_once(second, operator, office, by):
    other = enter(Client(), second)
    for _ in range(2):
        assert sees(office) == sees(other) == (True, 200)
    grant = RoleGrant.objects.get(account=second)
    yesterday = timezone.localdate() - timedelta(days=1)
    services.end_grant(grant=grant.pk, last_day=yesterday, by=by, at=timezone.now())
    assert sees(other) == (False, 403)
    assert sees(office) == (True, 200)
    services.grant_role(
        account=second.pk, role=Role.LEADER, unit=None, valid_from=timezone.localdate(), by=by, at=timezone.now()
    )
    assert sees(other) == (False, 403)
    services.grant_role(
        account=second.pk, role=Role.OPERATOR, unit=None, valid_from=timezone.localdate(), by=by, at=timezone.now()
    )
    assert sees(other) == (True, 200)


def test_a_closed_account_and_an_ended_session_are_out_at_once(second, office):
    other = enter(Client(), second)
    assert sees(other) == (True, 200)
    Account.objects.filter(pk=second.pk).update(is_active=False)
    assert sees(other) == (False, 302)
    assert sees(office) == (True, 200)
    office.session.flush()
    assert sees(office) == (False, 302)


def test_visitors_see_nothing_of_it_after_somebody_looked(office):
    assert sees(office) == (True, 200)
    assert sees(Client()) == (False, 302)
