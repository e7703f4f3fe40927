"""How long a session lives."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from lingkar.directory.people import jobs
from lingkar.directory.people.models import Role
from lingkar.directory.people.queries import actor_for, grants_on
from lingkar.directory.people.tests.conftest import SINCE, sign_in


@pytest.fixture
def clock(monkeypatch):
    """Lets the time of the middleware and of sessions run ahead: ``clock(hours=3)``."""
    now, passed = timezone.now(), [timedelta()]
    monkeypatch.setattr(timezone, "now", lambda: now + passed[0])
    monkeypatch.setattr("time.time", lambda: (now + passed[0]).timestamp())

    def later(**time):
        passed[0] += timedelta(**time)

    return later


@pytest.fixture
def siti(hire, clock):
    client = Client()
    sign_in(client, hire("siti").email)
    return client


def is_inside(client) -> bool:
    return bool(client.get("/akun/saya/").status_code == 200)


def test_it_ends_after_twelve_hours_without_use(siti, clock):
    clock(hours=11, minutes=40)
    assert is_inside(siti)
    clock(hours=11, minutes=40)
    assert is_inside(siti)
    clock(hours=12, minutes=1)
    assert not is_inside(siti)


def test_it_ends_after_a_week_however_busy(siti, clock):
    for _ in range(16):
        clock(hours=10)
        assert is_inside(siti)
    clock(hours=10)
    assert not is_inside(siti)


def test_it_is_written_down_every_ten_minutes_at_most(siti, clock, django_assert_num_queries):
    is_inside(siti)
    seen = UserSession.objects.get().last_seen_at
    clock(minutes=5)
    is_inside(siti)
    assert UserSession.objects.get().last_seen_at == seen
    clock(minutes=6)
    is_inside(siti)
    assert UserSession.objects.get().last_seen_at > seen


def test_what_a_session_keeps_is_written_with_one_statement(siti, django_assert_num_queries):
    session = siti.session
    session["filters"] = {"/pegawai/": "unit=1"}
    with django_assert_num_queries(1):
        session.save()
    assert siti.session["filters"] == {"/pegawai/": "unit=1"}
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        session.save()


def test_visitors_have_none(agency, client):
    client.get("/akun/masuk/")
    client.post("/akun/masuk/", {"login": "a@b.test", "password": "salah"})
    assert Session.objects.count() == 0
    assert set(client.cookies) == {"csrf"}


def test_the_night_forgets_what_is_over(siti, clock):
    cache.set("old", 1, timeout=-1)
    jobs.tidy(0)
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    clock(hours=13)
    jobs.tidy(0)
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_the_plain_query_of_grants_says_what_the_models_say(operator, hire, agency):
    day = timezone.localdate()
    for account in (operator, hire("siti"), hire("budi", Role.LEADER)):
        told = [(row.role, row.unit_id) for row in grants_on(account.pk, day).order_by("valid_from", "pk")]
        assert [(grant.role, grant.unit) for grant in actor_for(account, day=day).grants] == told
        assert actor_for(account, day=SINCE - timedelta(days=1)).grants == ()
