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
from tests.samples import Route, Where, places

HOLDERS = ("visitor", MEMBER, *(f"{role}{width}" for role in ROLES if role != MEMBER for width in ("", "+")))
"""Who asks. ``officer`` holds the role over the unit dukcapil, ``officer+`` over the whole agency."""
HEAD = ("route", "need", "whose", "method", *HOLDERS)
CLOSED = {403, 404, 405}
ADDRESSES = (str(ip_address("10.0.0.0") + number) for number in count(1))
"""Each question comes from somewhere else: nobody is turned away for asking too often."""


def browsers(kota: City) -> dict[str, Browser]:
    """A browser for each who asks."""
    found = {"visitor": Browser()}
    for name in HOLDERS[1:]:
        unit = None if name.endswith("+") else "dukcapil"
        found[name] = signed_in(kota.holder(name.removesuffix("+"), unit))
    return found


def rows_of(route: Route, asking: dict[str, Browser], kota: City, lain: City) -> Iterator[Row]:
    """The rows of one route. What a request changed is undone before the next."""
    for whose, where in places(kota, lain).items() if route.arguments else [("-", Where(kota, "pelayanan"))]:
        url = route.address(where)
        for method in ("GET", "POST"):
            answers = []
            for browser in asking.values():
                answers.append(asked_alone(browser, method, url))
            yield (route.name, route.need or "its library's own rule", str(whose), method, *answers)


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
    address = next(ADDRESSES)
    ask = browser.get if method == "GET" else browser.submit
    response = ask(url, REMOTE_ADDR=address)
    if response.streaming:
        b"".join(response)  # a file is closed when it was read to its end
    status: int = response.status_code
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, a file is closed
    if status in {301, 302} and response.headers["Location"].startswith(resolve_url(settings.LOGIN_URL) + "?"):
        return "login"
    return str(status) if method == "GET" or status in CLOSED else "ok"
