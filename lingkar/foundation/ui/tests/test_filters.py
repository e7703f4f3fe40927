"""A list remembers its filter for somebody signed in."""

from typing import Any
from uuid import uuid4

from django.test import RequestFactory

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.filters import remembered


def visit(session: dict, address: str, *, signed_in: bool = True):
    request: Any = RequestFactory().get(address)
    request.session = session
    request.actor = Actor(agency=uuid4(), person=uuid4() if signed_in else None)
    return remembered(request)


def test_a_filter_comes_back_and_can_be_forgotten():
    session: dict = {}
    assert visit(session, "/antrean/?status=baru&halaman=3&q=siti&unit=") is None
    assert visit(session, "/antrean/").url == "/antrean/?status=baru"
    assert visit(session, "/lain/") is None
    assert visit(session, "/antrean/?semua").url == "/antrean/"
    assert visit(session, "/antrean/") is None


def test_searched_words_are_never_kept():
    session: dict = {}
    visit(session, "/antrean/?q=siti")
    assert session == {}


def test_visitors_leave_no_session():
    session: dict = {}
    assert visit(session, "/daftar/?status=baru", signed_in=False) is None
    assert session == {}
