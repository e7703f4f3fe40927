"""Citizens with phones and officers at desks. They see pages only, and press again when no answer comes."""

import io
import random
import re
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from PIL import Image

from tests.perf.browser import Browser, Form, NoAnswer, Page, Upload
from tests.perf.installation import Filled, Person
from tests.perf.ledger import Ledger, Said, Sent, new_mark
from tests.perf.tree import Tree

PATIENCE = 120.0
"""Seconds after which somebody gives up pressing again."""
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")
NUMBER = re.compile(r"#\s?(\d{4,})")
CASE = re.compile(r"/petugas/[a-z/]*[0-9a-f]{8}-[0-9a-f-]{27}/")
WORDS = (
    "Antrean KTP di loket lama sekali, petugas meminta fotokopi",
    "Jalan rusak, lubang besar di depan pasar",
    "Sampah menumpuk sejak minggu lalu",
    "Lampu jalan mati, gelap sekali kalau malam",
    "Air tidak mengalir dua hari",
)


class Somebody:
    """Somebody at a browser who keeps trying until the storm is over."""

    def __init__(self, tree: Tree, ledger: Ledger, over: threading.Event, chance: random.Random) -> None:
        self.tree, self.ledger, self.over, self.chance = tree, ledger, over, chance

    def work(self) -> None:
        """Do one thing after the other until the storm is over."""
        while not self.over.is_set():
            self.once()

    def once(self) -> None:
        raise NotImplementedError

    def stubborn(self, ask: Callable[[], Page], tried: Callable[[], None] = lambda: None) -> Page:
        """Press, and press again when no answer comes or the server says that it cannot now."""
        end = time.monotonic() + PATIENCE
        while True:
            tried()
            try:
                page = ask()
            except NoAnswer:
                pass
            else:
                if page.status < 500 and page.status != 429:
                    return page
            if time.monotonic() > end:
                raise TimeoutError("nobody answers")
            time.sleep(self.chance.uniform(0.1, 0.6))


class Phone(Somebody):
    """Reports, by the three screens."""

    def once(self) -> None:
        browser = Browser(self.tree.address, address=address(self.chance))
        mark = new_mark(self.chance)
        mail = f"{mark}@warga.example" if self.chance.random() < 0.6 else ""
        sent = Sent(mark, mail=mail, photos=int(self.chance.random() < 0.3))
        self.ledger.add(sent)
        page = self.stubborn(lambda: browser.get("/lapor/"))
        for fill in (self._words, self._where, self._send):
            form = fill(page, sent)
            page = self.stubborn(lambda form=form: browser.send(form), lambda: self._tried(sent))  # type: ignore[misc]
        self._read_receipt(page, sent)
        if sent.acknowledged and self.chance.random() < 0.2:
            again = self.stubborn(lambda: browser.send(form))
            if sent.code not in again.text:
                self.ledger.trouble(f"sent twice, and the code {sent.code} did not come again: {again.status}")

    def _tried(self, sent: Sent) -> None:
        sent.tries += 1

    def _words(self, page: Page, sent: Sent) -> Form:
        form = page.form_with("text")
        photos = {"photos": Upload("foto.jpg", picture(self.chance))} if sent.photos else {}
        return form.fill(text=f"{self.chance.choice(WORDS)} {sent.mark}", **photos)

    def _where(self, page: Page, sent: Sent) -> Form:
        return page.form_with("location").fill(location="depan kantor lama")

    def _send(self, page: Page, sent: Sent) -> Form:
        form = page.form_with("anonymous")
        return form.fill(email=sent.mail) if sent.mail else form

    def _read_receipt(self, page: Page, sent: Sent) -> None:
        code, number = CODE.search(page.words), NUMBER.search(page.words)
        if page.status == 200 and code:
            sent.code, sent.number = code[0], int(number[1]) if number else 0
            sent.acknowledged = True
        else:
            self.ledger.trouble(f"no receipt: {page.status} {page.path}: {page.words[:300]}")


class Officer(Somebody):
    """Works through the queue: takes a case on, replies, notes, closes with proof."""

    def __init__(
        self,
        tree: Tree,
        ledger: Ledger,
        over: threading.Event,
        chance: random.Random,
        there: Filled,
        people: list[Person],
    ) -> None:
        super().__init__(tree, ledger, over, chance)
        self.people = people

    def once(self) -> None:
        browser = Browser(self.tree.address, cookies=self.chance.choice(self.people).cookies)
        queue = self.stubborn(lambda: browser.get("/petugas/antrean/?tab=open"))
        cases = sorted({link for link in queue.links if CASE.fullmatch(urlsplit(link).path)})
        if not cases:
            time.sleep(0.2)
            return
        path = self.chance.choice(cases)
        page = self.stubborn(lambda: browser.get(path))
        forms = {form.action.rstrip("/").rpartition("/")[2]: form for form in page.forms if form.method == "post"}
        acts = [act for act in ("terima", "balas", "selesai", "catat") if act in forms]
        if acts:
            self._act(browser, self.chance.choice(acts), forms)

    def _act(self, browser: Browser, act: str, forms: dict[str, Form]) -> None:
        form = forms[act]
        if act == "terima":
            self.stubborn(lambda: browser.send(form))
            return
        said = Said(new_mark(self.chance), {"balas": "reply", "selesai": "closed", "catat": "note"}[act])
        self.ledger.add(said)
        proofs = {"proofs": Upload("bukti.jpg", picture(self.chance))} if act == "selesai" else {}
        form = form.fill(text=f"Sudah kami kerjakan {said.mark}", **proofs)
        page = self.stubborn(lambda: browser.send(form), lambda: self._tried(said))
        if page.status == 200:
            said.acknowledged = True
        elif page.status not in (403, 404, 409, 422):
            self.ledger.trouble(f"{act}: {page.status} {page.path}: {page.words[:300]}")

    def _tried(self, said: Said) -> None:
        said.tries += 1


def address(chance: random.Random) -> str:
    """A client address for the header of a proxy, from a block that is for documentation."""
    return f"203.0.113.{chance.randrange(256)}"


def picture(chance: random.Random) -> bytes:
    """A small JPEG that is like no other."""
    out = io.BytesIO()
    image = Image.new("RGB", (64, 48), (chance.randrange(256), chance.randrange(256), chance.randrange(256)))
    image.putpixel((1, 1), (chance.randrange(256), 0, 0))
    image.save(out, "JPEG")
    return out.getvalue()
