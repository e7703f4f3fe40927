"""Every page of sign-in and of people is drawn."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done"],
)
def test_pages_for_visitors(agency, name):
    response = Client().get(reverse(name))
    assert response.status_code == 200, response.content.decode()


OWN = [
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "usersessions_list",
    "people:me",
    "people:my_data",
    "people:grants",
    "people:give",
    "people:open",
]


@pytest.mark.parametrize("name", OWN)
def test_pages_for_the_operator(office, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        response = office.get(reverse(name))
    assert response.status_code == 200, (response.status_code, response.headers)
