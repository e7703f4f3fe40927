"""A real Chromium before a real server, for journeys.

``site``      the address of a server that reads this test's committed rows (put back after the test)
``window``    ``window(width=360, javascript=True, language="id", account=None)`` opens a page of its own
``phone``     a window of 360×740, nobody signed in
``axe``       ``axe(page)`` fails on any accessibility violation, in light and in dark

A window fails the test when the page logs an error, breaks its own policy, or asks another machine for anything.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from lingkar.directory.people.models import Account
from tests import chromium
from tests.fixtures import signed_in

PHONE = (360, 740)
TABLET = (768, 1024)
DESK = (1440, 900)
STRICT = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what is right is not described: that cost more than finding what is wrong
}
EXPECTED = (
    "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_CONNECTION_",
    "status of 4",
    "error occurred when fetching the script",
)
"""Console errors that a journey may bring about on purpose: no network (for the service worker too), a server that was
killed, a refused form."""


@pytest.fixture(scope="session")
def chrome() -> Iterator[Chromium]:
    """One Chromium for all tests of a process. A machine without one fails: it does not skip."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread that reads rows
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=list(chromium.ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db: None, at: Any, chrome: Chromium) -> Iterator[str]:
    """The address of a running server, without a closing slash."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@dataclass
class Watch:
    """What a window must not do, noted while it is open."""

    site: str
    faults: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(word in message.text for word in EXPECTED):
            self.faults.append(f"console: {message.text}")

    def request(self, request: Request) -> None:
        own = request.url.replace("//localhost:", "//127.0.0.1:", 1)  # this machine by name, as passkeys demand
        if own.startswith("http") and not own.startswith(self.site):
            self.faults.append(f"asked another machine: {request.url}")

    def over(self, page: Page) -> None:
        page.on("console", self.console)
        page.on("request", self.request)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))


Window = Callable[..., Page]
PATIENCE = 30_000
"""Milliseconds for what a press brings, too: a first load compiles its templates, and machines are busy for seconds."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def window(site: str, chrome: Chromium) -> Iterator[Window]:
    """Open a page in a context of its own: ``window(width=360, height=740, javascript=True, account=officer)``."""
    contexts: list[BrowserContext] = []
    watch = Watch(site)

    def open_window(
        size: tuple[int, int] = PHONE,
        *,
        javascript: bool = True,
        language: str = "id",
        account: Account | None = None,
        **options: Any,
    ) -> Page:
        context = chrome.new_context(
            base_url=site,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=javascript,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_cookies(_cookies(site, language, account))  # type: ignore[arg-type]
        page = context.new_page()
        watch.over(page)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not watch.faults, "\n".join(watch.faults)


def _cookies(site: str, language: str, account: Account | None) -> list[dict[str, str]]:
    cookies = {"bahasa": language}
    if account is not None:
        cookies[settings.SESSION_COOKIE_NAME] = signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
    return [{"name": name, "value": value, "url": site} for name, value in cookies.items()]


@pytest.fixture
def phone(window: Window) -> Page:
    """A phone in the hand of somebody who is not signed in."""
    return window(PHONE)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail on any violation that axe-core finds in the page as it stands, light and dark."""

    def examine(page: Page) -> None:
        expect(page.locator(".htmx-request")).to_have_count(0)  # a part that still loads is drawn dim
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(page, options=STRICT)
            assert not found.violations_count, f"{page.url} ({scheme}):\n{found.generate_report()}"
        page.emulate_media(color_scheme=None, reduced_motion=None)

    return examine


def cut_network(page: Page, *, cut: bool = True) -> None:
    """Take the network away from a window, or give it back."""
    page.context.set_offline(cut)


def slow_down(page: Page, *, kbit: int = 64, delay_ms: int = 600) -> None:
    """A bad mobile line: ``kbit`` thousand bits a second each way and ``delay_ms`` of waiting for each answer."""
    rate = kbit * 1000 / 8
    line = {"offline": False, "latency": delay_ms, "downloadThroughput": rate, "uploadThroughput": rate}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window: 0 on every page that reflows."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def walk_by_tab(page: Page, limit: int = 100) -> list[str]:
    """Press Tab through the whole page; the name of each thing that got the focus, and could be seen to have it."""
    reached: list[str] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        name = page.evaluate(FOCUSED)
        if name is None or (reached and name == reached[0]):
            return reached
        reached.append(name)
    raise AssertionError(f"the focus never came to an end: {reached}")


FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const style = getComputedStyle(it);
  const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
  const words = it.innerText || it.getAttribute('aria-label') || it.labels?.[0]?.innerText || it.name || it.tagName;
  return (shown ? '' : 'UNSEEN FOCUS: ') + words.trim() + ' @' + (it.getAttribute('href') || it.name || it.type || '');
}"""
