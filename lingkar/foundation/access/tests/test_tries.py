"""Tries per client: a bucket that fills by time, and nothing that names anybody."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.access.tries import Limit, pseudonym
from lingkar.foundation.access.web import client_address, limited


def test_a_burst_is_free_and_then_one_try_each_while():
    limit = Limit(burst=3, seconds=10)
    assert [limit.take("a", now=0) for _ in range(4)] == [0, 0, 0, 10]
    assert limit.take("a", now=9) == 1
    assert limit.take("a", now=10) == 0
    assert limit.take("a", now=10) == 10
    assert limit.take("b", now=10) == 0


@given(st.lists(st.floats(0, 50), min_size=1, max_size=80))
def test_no_rhythm_of_tries_gets_more_than_burst_and_refill(pauses):
    limit = Limit(burst=5, seconds=10)
    now = granted = 0.0
    for pause in pauses:
        now += pause
        granted += limit.take("a", now=now) == 0
    assert granted <= 5 + now / 10 + 1e-6


def test_a_try_that_is_given_back_does_not_count():
    limit = Limit(burst=1, seconds=10)
    for _ in range(5):
        assert limit.take("a", now=0) == 0
        limit.give_back("a")
    limit.give_back("nobody")
    assert limit.take("a", now=0) == 0
    assert limit.take("a", now=0) == 10


def test_memory_is_bounded():
    limit = Limit(burst=1, seconds=10, most=100)
    for number in range(1000):
        limit.take(str(number), now=0)
    assert len(limit._filled) == 100


def test_an_address_is_not_kept_and_an_ipv6_household_counts_once():
    assert "203.0.113.7" not in pseudonym("203.0.113.7")
    assert pseudonym("2001:db8:1:2::1") == pseudonym("2001:db8:1:2:ffff::9")
    assert pseudonym("2001:db8:1:2::1") != pseudonym("2001:db8:1:3::1")
    assert pseudonym("::ffff:203.0.113.7") == pseudonym("203.0.113.7")
    assert pseudonym("") == pseudonym("")


def get(view, method="get", **meta):
    return view(getattr(RequestFactory(), method)("/", **meta))


def answer(request, minutes):
    return HttpResponse(f"{minutes}")


def test_misses_count_and_hits_do_not():
    @limited(Limit(burst=2, seconds=90), answer=answer, misses=True)
    def view(request):
        return HttpResponse(status=int(request.GET["status"]))

    assert {get(view, QUERY_STRING="status=200").status_code for _ in range(9)} == {200}
    assert [get(view, QUERY_STRING="status=404").status_code for _ in range(3)] == [404, 404, 429]
    blocked = get(view, QUERY_STRING="status=200")
    assert (blocked.status_code, blocked.content, blocked["Retry-After"]) == (429, b"2", "90")


def test_a_miss_that_is_raised_counts():
    @limited(Limit(burst=1, seconds=90), answer=answer, misses=True)
    def view(request):
        raise Http404

    with pytest.raises(Http404):
        get(view)
    assert get(view).status_code == 429


def test_only_posts_are_tries_elsewhere():
    @limited(Limit(burst=1, seconds=90), answer=answer)
    def view(request):
        return HttpResponse()

    assert {get(view).status_code for _ in range(3)} == {200}
    assert [get(view, "post").status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize(
    ("header", "sent", "address"),
    [
        ("", "203.0.113.7", "198.51.100.1"),
        ("X-Forwarded-For", "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("X-Forwarded-For", "", "198.51.100.1"),
    ],
)
def test_only_the_header_of_the_own_proxy_is_believed(settings, header, sent, address):
    settings.CLIENT_ADDRESS_HEADER = header
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR=sent)
    assert client_address(request) == address
