"""Every route answers as the permission table says; a route without a row fails."""

import logging
import os
from functools import partial
from pathlib import Path

import pytest
from django.http import HttpResponse

from lingkar.foundation.access.web import route
from lingkar.site import urls as root
from tests.fixtures import signed_in
from tests.house import doors, permissions
from tests.samples import Route, routes, sample_of

WRITE = os.environ.get("LINGKAR_WRITE_PERMISSIONS")
ONLY = os.environ.get("LINGKAR_WRITE_PERMISSIONS_OF", "")


@pytest.fixture(autouse=True)
def _hush(caplog, monkeypatch):
    """Closed doors are what is asked for: nobody reads a traceback of each, nor its page (the canary does)."""
    caplog.set_level(logging.ERROR, "django.request")
    for status in (403, 404):
        told = partial(HttpResponse, status=status)
        monkeypatch.setattr(root, f"handler{status}", lambda request, exception, told=told: told(), raising=False)


SHARES = 6
"""The routes are dealt into as many tests, so that two cores share them."""


@pytest.mark.long
@pytest.mark.parametrize("share", range(SHARES))
def test_every_route_answers_as_the_table_says(share, kota, lain):
    asking, table, wrong = doors.browsers(kota), permissions.read(), []
    for asked in [one for one in routes() if one.name.startswith(ONLY)][share::SHARES]:
        rows = [doors.HEAD, *doors.rows_of(asked, asking, kota, lain)]
        if WRITE:
            permissions.write(rows, Path(WRITE), mode="a")
        else:
            wrong += permissions.differences(asked.name, rows, table)
    assert not wrong, "\n".join([*wrong, "see: make permissions"])


@pytest.mark.skipif(bool(WRITE), reason="the table is being written")
def test_the_table_knows_no_route_that_is_gone():
    assert {row[0] for row in permissions.read()[1:]} <= {each.name for each in routes()}


urlpatterns = [
    route("rahasia/", lambda request: HttpResponse(), name="secret", signed_in=True),
    route("terbuka/", lambda request: HttpResponse(), name="open", public=True),
    route("", lambda request: HttpResponse(), name="home", public=True),
    route("masuk/", lambda request: HttpResponse(), name="account_login", public=True),
]


def test_a_door_that_opened_by_mistake_is_found(kota, lain, settings):
    settings.ROOT_URLCONF = __name__
    asking = doors.browsers(kota)
    told, found = (
        [doors.HEAD, *(("x", *row[1:]) for row in doors.rows_of(Route(name, (), "signed in"), asking, kota, lain))]
        for name in ("secret", "open")
    )
    assert permissions.differences("x", told, told) == []
    assert permissions.differences("x", found, told) == [
        "x | signed in | - | GET visitor: the table says login, found 200",
        "x | signed in | - | POST visitor: the table says login, found ok",
    ]
    assert len(permissions.differences("x", found, [])) == 2
    assert len(permissions.differences("x", [doors.HEAD], told)) == 2


def test_a_route_without_a_sample_is_found():
    with pytest.raises(LookupError, match="no sample"):
        sample_of("new:route", "thing")


def test_asking_a_door_leaves_no_trace(kota):
    browser = signed_in(kota.holder("officer"))
    assert doors.asked_alone(browser, "POST", "/akun/keluar/") == "ok"
    assert doors.asked_alone(browser, "GET", "/akun/saya/") == "200"
