"""The shared cache keeps Django's contract, in one statement each, and hides its keys."""

import pytest
from django.core.cache import caches
from django.db import connection

from lingkar.foundation.access.limits import SharedCache, forget_expired

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache():
    found = caches["default"]
    assert isinstance(found, SharedCache)
    return found


def test_it_keeps_gives_and_forgets(cache):
    assert cache.get("a", "none") == "none"
    cache.set("a", [1.5, 2.5], timeout=60)
    cache.set("a", [3.5], timeout=60)
    assert cache.get("a") == [3.5]
    assert cache.get("a", version=2) is None
    assert (cache.delete("a"), cache.delete("a"), cache.get("a")) == (True, False, None)
    cache.set("b", "y", timeout=None)
    cache.clear()
    assert cache.get("b") is None


def test_only_the_first_adds_until_it_runs_out(cache):
    assert [cache.add("code", "y", timeout=60) for _ in range(3)] == [True, False, False]
    cache.set("code", "y", timeout=-1)
    assert cache.get("code") is None
    assert cache.touch("code", 60) is False
    assert cache.add("code", "z", timeout=60)
    assert (cache.get("code"), cache.touch("code", 60)) == ("z", True)


def test_every_act_is_one_statement(cache, django_assert_num_queries):
    for act in (cache.get, cache.delete, lambda key: cache.set(key, 1), lambda key: cache.add(key, 1)):
        with django_assert_num_queries(1):
            act("a")


def test_what_ran_out_is_removed(cache, at):
    cache.set("old", 1, timeout=-1)
    cache.set("new", 1, timeout=None)
    assert forget_expired(at.replace(year=2100)) == 1
    assert cache.get("new") == 1


def test_no_key_can_be_read_in_the_database(cache):
    cache.set("allauth:rl:ip:203.0.113.7", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM shared_cache")
        assert all("203" not in key and len(key) == 64 for (key,) in cursor.fetchall())
