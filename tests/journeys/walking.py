"""What people do on any page: press, fill in, send, take a picture, let minutes pass."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import DESK, PHONE, Window

PATIENCE = 30_000
"""Milliseconds for what a killed server or a job may take on a slow machine."""


def windows_of(window: Window, logins: Mapping[str, str], *, phones: Collection[str]) -> Callable[[str], Page]:
    """``windows_of(…)("officer")``: the window of somebody of a running demo, signed in by their button (``logins``:
    who is not among them is not), opened when first asked for; at the size of a phone or of a desk.
    """
    opened: dict[str, Page] = {}

    def enter(who: str) -> Page:
        if who not in opened:
            page = opened[who] = window(PHONE if who in phones else DESK)
            page.set_default_timeout(PATIENCE)
            if who in logins:
                page.goto("/demo/masuk/")
                page.locator(f'button[aria-label*="{logins[who]}"]').click()
                page.wait_for_url(lambda url: "/demo/" not in url)
        return opened[who]

    return enter


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def unfold(page: Page) -> None:
    """Open everything that stands folded."""
    page.evaluate("document.querySelectorAll('main details').forEach((it) => { it.open = true; })")


def put(page: Page, **fields: str) -> None:
    """Fill the named inputs of the page, also those that stand folded."""
    unfold(page)
    for name, value in fields.items():
        box = page.locator(f'main [name="{name}"]').last
        if box.evaluate("it => it.tagName") == "SELECT":
            box.select_option(value, force=True)
        else:
            box.fill(value)


def submit(page: Page, action: str, *, holding: str = "") -> None:
    """Send the form that goes to an address ending so, or that holds a field, and wait for the page that answers."""
    wanted = f':has([name="{holding}"])' if holding else f'[action$="{action}"]' if action else ":not([action])"
    form = page.locator(f'main form[method="post"]{wanted}').last
    with page.expect_navigation():
        form.locator("button:not([type=button])").last.click()
    assert page.locator("main [aria-invalid=true]").count() == 0, page.locator("main").inner_text()[:1500]


def report(citizen: Page, address: str, words: str) -> str:
    """Three screens, from an address on; what one gets is the code."""
    citizen.goto(address)
    citizen.get_by_label("Apa yang terjadi?").fill(words)
    press(citizen, "Lanjutkan")
    citizen.get_by_label("Kelurahan atau desa").select_option(index=1)
    press(citizen, "Lanjutkan")
    press(citizen, "Kirim laporan")
    citizen.wait_for_url(re.compile("/terima/$"))
    return citizen.locator("#kode").inner_text()


def close_case(officer: Page, case: str, words: str) -> None:
    """Take a case up, let everybody read it, and close it with a picture."""
    officer.goto(case)
    press(officer, "Terima dan kerjakan")
    officer.goto(f"{case}?aksi=tayang")
    submit(officer, "/tayang/")
    officer.goto(f"{case}?aksi=selesai")
    officer.get_by_label("Apa yang sudah dikerjakan").fill(words)
    officer.get_by_label("Bukti").set_input_files([picture("bukti.jpg")])
    press(officer, "Selesaikan dengan bukti ini")
    expect(officer.get_by_text("Selesai dengan bukti. Sekarang giliran pelapor.")).to_be_visible(timeout=PATIENCE)


def picture(name: str) -> FilePayload:
    buffer = BytesIO()
    Image.new("RGB", (640, 480), "seagreen").save(buffer, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def pass_minutes(page: Page, minutes: int = 10) -> None:
    """Let the phone's clock and its timers go on."""
    page.clock.fast_forward(timedelta(minutes=minutes) // timedelta(milliseconds=1))
