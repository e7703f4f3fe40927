"""Ask every door of the running product: each route × whose thing × who asks."""

from collections.abc import Iterator
from copy import deepcopy
from ipaddress import ip_address
from itertools import count

from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url

from tests.fixtures import MEMBER, ROLES, City, signed_in
from tests.house.permissions import Row
from tests.pages import Browser
from tests.samples import Route, places

HOLDERS = ("visitor", MEMBER, *(f"{role}{width}" for role in ROLES if role != MEMBER for width in ("", "+")))
"""Who asks. ``officer`` holds the role over the unit dukcapil, ``officer+`` over the whole agency (``inspector+`` over
the Inspektorat: nobody inspects a whole agency, the Inspektorat included)."""
HEAD = ("route", "need", "whose", "method", *HOLDERS)
FEW = {"visitor", MEMBER, "officer", "operator+"}
"""Who asks at a door that looks at no role."""
NOT_ASKED = "·"
ADDRESSES = (str(ip_address("10.0.0.0") + number) for number in count(1))
"""Each question comes from somewhere else: nobody is turned away for asking too often."""
CLOSED = {403, 404, 405, 410}


def browsers(kota: City) -> dict[str, Browser]:
    """A browser for each who asks, in the midst of work: that it is in use was noted with its first page."""
    found = {"visitor": Browser()}
    for name in HOLDERS[1:]:
        unit = {"inspector+": "inspektorat"}.get(name) if name.endswith("+") else "dukcapil"
        found[name] = signed_in(kota.holder(name.removesuffix("+"), unit))
        found[name].get("/")
    return found


def rows_of(route: Route, asking: dict[str, Browser], kota: City, lain: City) -> Iterator[Row]:
    """The rows of one route. What a request changed is undone before the next."""
    few = FEW if route.need in {"public", "signed in"} else asking.keys()
    for whose, where in places(route, kota, lain).items():
        url = route.address(where)
        for method in ("GET", "POST"):
            said = (asked_alone(browser, method, url) if name in few else NOT_ASKED for name, browser in asking.items())
            yield (route.name, str(route.need), whose, method, *said)


def asked_alone(browser: Browser, method: str, url: str) -> str:
    """The answer, with everything undone that asking changed: rows and cookies."""
    cookies = deepcopy(browser.cookies)
    with transaction.atomic():
        said = answer(browser, method, url)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return said


def answer(browser: Browser, method: str, url: str) -> str:
    """What a door says, in one word."""
    ask = browser.get if method == "GET" else browser.submit
    response = ask(url, REMOTE_ADDR=next(ADDRESSES))
    status: int = response.status_code
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, a file is closed
    if status in {301, 302} and response.headers["Location"].startswith(resolve_url(settings.LOGIN_URL) + "?"):
        return "login"
    return str(status) if method == "GET" or status in CLOSED else "ok"
