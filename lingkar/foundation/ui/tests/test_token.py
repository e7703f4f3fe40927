"""The token of forms is Django's to check, and says nothing about its secret."""

import re
from collections import Counter

import pytest
from django.middleware import csrf
from django.test import Client, RequestFactory

from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.ui.token import masked, token_for

does_match = csrf._does_token_match  # type: ignore[attr-defined]  # not in the stubs


def test_django_takes_it_and_each_is_another():
    request = RequestFactory().get("/")
    first, second = token_for(request), token_for(request)
    secret = request.META["CSRF_COOKIE"]
    assert len(secret) == 32
    assert set(secret) <= set(csrf.CSRF_ALLOWED_CHARS)
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"]
    assert first != second
    assert all(does_match(token, secret) for token in (first, second, csrf.get_token(request)))
    assert not does_match(first, secret[::-1])
    assert token_for(RequestFactory().get("/"))[:32] != first[:32]


def test_every_letter_is_as_likely():
    """Of 64,000 letters each of 62 is seen about 1,032 times; eight standard deviations are 255."""
    many = Counter("".join(masked("a" * 32) for _ in range(1000)))
    assert set(many) == set(csrf.CSRF_ALLOWED_CHARS)
    assert all(777 < number < 1287 for number in many.values())


@pytest.mark.django_db
def test_a_page_brings_cookie_and_token_and_the_form_is_taken():
    Agency.objects.create(code="satu", name="Satu")
    strict = Client(enforce_csrf_checks=True)
    found = re.search(r'csrfmiddlewaretoken" value="(\w{64})"', strict.get("/").content.decode())
    assert found
    language = {"language": "en", "next": "/"}
    assert strict.post("/bahasa/", language).status_code == 403
    assert strict.post("/bahasa/", language | {"csrfmiddlewaretoken": "a" * 64}).status_code == 403
    assert strict.post("/bahasa/", language | {"csrfmiddlewaretoken": found[1]}).status_code == 302
