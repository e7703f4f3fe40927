"""What a citizen's page weighs on first load, in a real Chromium with an empty cache.

``python -m tests.perf.weight http://127.0.0.1:8000`` walks a report through a running installation that takes reports
(the demo) and prints each page: bytes as they travel, and requests. Exit code 1 when a page is over its limit
(QUALITY: citizen form 60 KB and 8 requests, any page 100 KB).
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium

FORM_LIMIT = 60_000
PAGE_LIMIT = 100_000
MOST_REQUESTS = 8


@dataclass
class Weight:
    """What one first load cost."""

    address: str
    requests: list[str] = field(default_factory=list)
    size: int = 0

    @property
    def limit(self) -> int:
        return FORM_LIMIT if self.address.startswith("/lapor/") else PAGE_LIMIT

    @property
    def is_over(self) -> bool:
        return self.size > self.limit or len(self.requests) > MOST_REQUESTS


def weigh(browser: Browser, base: str, address: str) -> Weight:
    """Load ``address`` on a phone that never saw this installation."""
    context = browser.new_context(base_url=base, viewport={"width": 360, "height": 740})
    page, found = context.new_page(), Weight(address)
    line = context.new_cdp_session(page)
    line.send("Network.enable")

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            found.requests.append(event["request"]["url"])

    def came(event: dict[str, Any]) -> None:
        found.size += int(event["encodedDataLength"])

    line.on("Network.requestWillBeSent", asked)
    line.on("Network.loadingFinished", came)
    page.goto(address, wait_until="networkidle")
    context.close()
    return found


def journey(browser: Browser, base: str) -> Iterator[str]:
    """Addresses of the screens of a report that is sent on the way, and of the public pages."""
    page: Page = browser.new_context(base_url=base).new_page()
    yield "/"
    yield "/lapor/"
    page.goto("/lapor/")
    page.get_by_label("Apa yang terjadi?").fill("Lampu jalan mati sejak Senin.")
    for _ in ("where", "check"):
        page.get_by_role("button", name="Lanjutkan").click()
        if page.get_by_label("Kelurahan atau desa").count():
            yield _path(page, base)
            page.get_by_label("Kelurahan atau desa").select_option(index=1)
    yield _path(page, base)
    page.get_by_role("button", name="Kirim laporan").click()
    page.locator("#kode").wait_for()
    yield _path(page, base)
    yield f"/lacak/{page.locator('#kode').inner_text()}/"
    yield from ("/lacak/", "/laporan/", "/laporan/terlambat/")


def _path(page: Page, base: str) -> str:
    page.wait_for_load_state()
    return page.url.removeprefix(base)


def main() -> int:
    """Weigh every citizen page and print what was found."""
    base = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=list(chromium.ARGUMENTS))
        found = [weigh(browser, base, address) for address in journey(browser, base)]
        browser.close()
    for one in found:
        shown = "/".join(part if len(part) < 14 else "…" for part in one.address.split("/"))
        print(f"{one.size / 1000:7.1f} KB  {len(one.requests)} requests  {'OVER' if one.is_over else 'ok':4}  {shown}")
    return int(any(one.is_over for one in found))


if __name__ == "__main__":
    sys.exit(main())
