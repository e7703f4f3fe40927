"""What people do on any page: press, fill in, send, take a picture, let minutes pass."""

from datetime import timedelta
from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def put(page: Page, **fields: str) -> None:
    """Fill the named inputs of the page, also those that stand folded."""
    page.evaluate("document.querySelectorAll('main details').forEach((it) => { it.open = true; })")
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


def picture(name: str) -> FilePayload:
    buffer = BytesIO()
    Image.new("RGB", (640, 480), "seagreen").save(buffer, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def pass_minutes(page: Page, minutes: int = 10) -> None:
    """Let the phone's clock and its timers go on."""
    page.clock.fast_forward(timedelta(minutes=minutes) // timedelta(milliseconds=1))
