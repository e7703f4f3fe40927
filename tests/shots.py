"""Photograph every page: ``make shots``, or ``python -m tests.shots [--base URL] [--only NAME] [--out FOLDER]``.

Which pages there are is not listed by hand. Everybody of the demo (a visitor, then each role of the login switch)
opens every route without arguments and follows links to those with arguments; who first reaches a page is
photographed on it, at three widths, light and dark. Pages that only an act leads to are walked to by ``WAYS``.
``*-sheet.png`` puts the six together, so that one look judges a page. Without ``--base`` a demo is started on a
throw-away home and stopped afterwards.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import django
from PIL import Image, ImageOps
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests import chromium

SIZES = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1440, 900)}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
OUT = Path(__file__).parents[1] / "docs" / "shots"
FOR_EVERYBODY = {"home"}
"""Pages that show something else to each role."""
STORY = "Loket KTP sudah tutup pukul sebelas, padahal tertulis sampai pukul tiga. Hubungi 0812-3456-7890."
TALLEST = 4000
"""Pixels of a page that a contact sheet shows at most."""


@dataclass
class Visitor:
    """Somebody of the demo with a browser of their own and the pages they reached."""

    name: str
    context: BrowserContext
    reached: dict[str, str] = field(default_factory=dict)
    """Route name → address."""


@dataclass
class Studio:
    """A running installation and where the pictures go."""

    base: str
    out: Path
    only: str
    taken: set[str] = field(default_factory=set)

    def explore(self, visitor: Visitor) -> None:
        """Open every route without arguments, then the first link found to each other route."""
        waiting = [address for _, address in plain_routes()]
        page = visitor.context.new_page()
        while waiting:
            address = waiting.pop(0)
            name = route_at(address)
            if name and name not in visitor.reached and self._opens(visitor.context, address):
                page.goto(self.base + address)
                visitor.reached[name] = address
                found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
                waiting += [urlsplit(link).path for link in found if link.startswith(self.base)]
        page.close()

    def _opens(self, context: BrowserContext, address: str) -> bool:
        answer = context.request.get(self.base + address, max_redirects=0)
        return answer.status == 200 and "text/html" in answer.headers.get("content-type", "")

    def photograph(self, visitor: Visitor) -> None:
        """Take what nobody took before."""
        for name, address in visitor.reached.items():
            if name in FOR_EVERYBODY or name not in self.taken:
                self.taken.add(name)
                self.take(visitor, name, partial(_open, address=self.base + address))

    def take(self, visitor: Visitor, name: str, go: Callable[[Page], object]) -> None:
        """Six pictures of one page and the sheet that puts them together."""
        title = f"{name.replace(':', '-')}-{visitor.name}"
        if self.only not in title:
            return
        pictures: dict[tuple[str, str], Path] = {}
        page = visitor.context.new_page()
        page.emulate_media(reduced_motion="reduce")
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.reload() if pictures else go(page)  # filters are folded or not by the width a page is opened at
            if not page.locator("h1").count():
                break  # a part of a page
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                pictures[theme, size] = self.out / f"{title}-{size}-{theme}.png"
                page.screenshot(path=pictures[theme, size], full_page=True)
        page.close()
        if pictures:
            contact_sheet([pictures[theme, size] for theme in THEMES for size in SIZES]).save(
                self.out / f"{title}-sheet.png"
            )
            print(f"  {title}", flush=True)


def _open(page: Page, address: str) -> None:
    page.goto(address)


def plain_routes() -> list[tuple[str, str]]:
    """Name and address of every route that takes no argument."""
    from django.urls import reverse

    from tests.samples import every_route

    return [(route.name, reverse(route.name)) for route in every_route() if not route.arguments]


def route_at(address: str) -> str:
    """The name of the route at an address; none for files and strangers."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(address).view_name
    except Resolver404:
        return ""


def contact_sheet(pictures: list[Path]) -> Image.Image:
    """All pictures side by side at half size on one sheet, light above dark."""
    halves = []
    for path in pictures:
        with Image.open(path) as file:
            part = file.convert("RGB").crop((0, 0, file.width, min(file.height, TALLEST)))
        halves.append(ImageOps.expand(ImageOps.scale(part, 0.5), border=8, fill="#888"))
    rows = [halves[: len(SIZES)], halves[len(SIZES) :]]
    size = max(sum(p.width for p in row) for row in rows), sum(max(p.height for p in row) for row in rows)
    sheet = Image.new("RGB", size, "#888")
    top = 0
    for row in rows:
        left = 0
        for picture in row:
            sheet.paste(picture, (left, top))
            left += picture.width
        top += max(picture.height for picture in row)
    return sheet


def everybody(browser: Browser, base: str) -> Iterator[Visitor]:
    """A visitor, then one person for each button of the demo's login switch."""
    yield Visitor("visitor", browser.new_context(locale="id-ID"))
    for number in range(len(_switch(browser.new_context(), base))):
        context = browser.new_context(locale="id-ID")
        button = _switch(context, base)[number]
        role = re.sub(r"\W+", "-", (button.get_attribute("aria-label") or "").lower()).strip("-")
        button.click()
        yield Visitor(role.removeprefix("masuk-sebagai-"), context)


def _switch(context: BrowserContext, base: str) -> list[Locator]:
    page = context.new_page()
    page.goto(f"{base}/demo/masuk/")
    return page.locator("button[name=account]").all()


def report(page: Page, base: str, *, screens: int) -> None:
    """A citizen reports: as many of the screens as asked for are filled in and sent on."""
    page.goto(f"{base}/lapor/")
    acts = (
        ("Lanjutkan", lambda: page.get_by_label("Apa yang terjadi?").fill(STORY)),
        ("Lanjutkan", lambda: page.get_by_label("Kelurahan atau desa").select_option(index=1)),
        ("Kirim laporan", lambda: None),
    )
    for button, act in acts[:screens]:
        act()
        page.get_by_role("button", name=button).click()


def track(page: Page, base: str) -> None:
    """The case as its reporter sees it."""
    report(page, base, screens=3)
    page.goto(f"{base}/lacak/{page.locator('#kode').inner_text()}/")


def get_lost(page: Page, base: str) -> None:
    page.goto(f"{base}/tidak-ada/")


WAYS: dict[str, Callable[..., object]] = {
    "reports:words": partial(report, screens=0),
    "reports:where": partial(report, screens=1),
    "reports:check": partial(report, screens=2),
    "reports:receipt": partial(report, screens=3),
    "reports:case": track,
    "404": get_lost,
}
"""Pages that only an act leads to: name → how a visitor gets there, given ``page`` and ``base``."""


@contextmanager
def demo() -> Iterator[str]:
    """The demo on a throw-away home, ready to be visited; stopped afterwards."""
    with tempfile.TemporaryDirectory(prefix="lingkar-shots-", ignore_cleanup_errors=True) as home:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = os.environ | {"LINGKAR_HOME": home, "PORT": str(port)}
        command = [sys.executable, "-c", "from lingkar.site.cli import main; main()", "demo"]
        log = Path(home, "said.log")
        with log.open("wb") as said:
            child = subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_for(f"{base}/healthz", child, log)
            yield base
        finally:
            child.send_signal(signal.SIGINT)
            child.wait(30)


def _wait_for(url: str, child: "subprocess.Popen[bytes]", log: Path, seconds: int = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if child.poll() is not None:
            raise SystemExit(f"the demo ended with {child.returncode}:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the demo did not answer")


def shoot(base: str, out: Path, only: str) -> None:
    """Photograph an installation whose login switch is on."""
    out.mkdir(parents=True, exist_ok=True)
    studio = Studio(base.rstrip("/"), out, only)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=list(chromium.ARGUMENTS))
        for visitor in everybody(browser, studio.base):
            studio.explore(visitor)
            studio.photograph(visitor)
            if visitor.name == "visitor":
                for name, way in WAYS.items():
                    studio.take(visitor, name, partial(way, base=studio.base))
            visitor.context.close()
        browser.close()
    print(f"{len(studio.taken)} pages in {out}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Photograph every page.")
    parser.add_argument("--base", help="address of a running demo; without it one is started")
    parser.add_argument("--only", default="", help="only pages whose name holds this")
    parser.add_argument("--out", type=Path, default=OUT)
    wish = parser.parse_args()
    os.environ["LINGKAR_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.site.settings")
    with demo() if not wish.base else _given(wish.base) as base:
        os.environ.setdefault("LINGKAR_SECRET_KEY", "only-for-shots")
        django.setup()
        shoot(base, wish.out, wish.only)


@contextmanager
def _given(base: str) -> Iterator[str]:
    yield base


if __name__ == "__main__":
    main()
