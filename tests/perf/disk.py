"""A really full disk: ``python -m tests.perf.disk``, part of ``make faults``.

The home of an installation lies on a small file system of its own. Citizens send reports with photos until photos are
refused, then until nothing fits and the database falls over; then room is made, and nobody starts anything by hand.
Whoever was not told "sent" must have read a clear sentence and found their words; whoever was told so must be there.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from pathlib import Path

import psycopg
from PIL import Image

from tests.perf import machine
from tests.perf.browser import Browser, Form, NoAnswer, Page, Upload
from tests.perf.checker import Checker, Verdict
from tests.perf.installation import filled
from tests.perf.ledger import Ledger, Sent, new_mark
from tests.perf.people import CODE, WORDS, Phone, address
from tests.perf.sink import Sink
from tests.perf.storm import LONGEST_DRAIN, database_of, unseen
from tests.perf.tree import Tree, new_home, remove, until

SIZE = 800
"""Megabytes of the small file system: an installation needs 300 free ones to start."""
RESERVE = 200 * 2**20
"""Below this photos are refused (``foundation/files``); a little more is left at the beginning."""
FOR_PHOTOS = 12 * 2**20
NO_PHOTO = "karena ruang penyimpanan kami penuh. Tulisan Anda tetap ada"
NOT_SAVED = "Belum tersimpan"
INTERRUPTED = "Gangguan sebentar"
"""What people read (Indonesian, as shipped)."""
PHONES = 4
ENOUGH = 12
LONGEST = 300.0
NOT_TRIED = 77
"""Exit code where no small file system can be made: neither good nor a fault."""


class Camera(Phone):
    """A phone that judges every answer that is no success."""

    def __init__(self, tree: Tree, ledger: Ledger, over: threading.Event, chance: random.Random) -> None:
        super().__init__(tree, ledger, over, chance)
        self.met: Counter[str] = Counter()

    def once(self) -> None:
        browser = Browser(self.tree.address, address=address(self.chance))
        sent = Sent(new_mark(self.chance), photos=1)
        self.ledger.add(sent)
        page = self._asked(browser)
        words = page.form_with("text").fill(
            text=f"{self.chance.choice(WORDS)} {sent.mark}", photos=Upload("foto.jpg", noise(self.chance))
        )
        page = self._pressed(browser, words, sent)
        if page.status == 422:
            page = self._pressed(browser, self._without_photo(page, sent), sent)
        page = self._pressed(browser, page.form_with("location").fill(location="depan kantor lama"), sent)
        page = self._pressed(browser, page.form_with("anonymous"), sent)
        self._read_receipt(page, sent)
        self.met["acknowledged"] += sent.acknowledged

    def _without_photo(self, page: Page, sent: Sent) -> Form:
        """The photo was refused: the sentence says so, the words are still there, the report goes on without it."""
        if NO_PHOTO not in page.words or sent.mark not in page.text:
            self.ledger.trouble(f"a photo refused without a word: {page.words[:300]}")
        self.met["photo refused"] += 1
        sent.photos = 0
        return page.form_with("text")

    def _asked(self, browser: Browser) -> Page:
        while True:
            page = self._tried_once(partial(browser.get, "/lapor/"))
            if page and page.status == 200:
                return page
            if page and (page.status != 503 or INTERRUPTED not in page.words):
                self.ledger.trouble(f"no page, and no clear sentence: {page.status} {page.words[:200]}")
            self._waits("page not served")

    def _pressed(self, browser: Browser, form: Form, sent: Sent) -> Page:
        """Press until it is done. Each "not saved" must say so, and its own button must carry the words on."""
        while True:
            sent.tries += 1
            page = self._tried_once(partial(browser.send, form))
            if page and page.status in (200, 422):
                return page
            if page:
                form = self._not_saved(page, form, sent)
            self._waits("not saved")

    def _not_saved(self, page: Page, form: Form, sent: Sent) -> Form:
        """What to press next: the page's own button, where it repeats what was sent."""
        expected = NOT_SAVED if page.forms else INTERRUPTED  # the second: saved, but the page after it did not come
        if page.status != 503 or expected not in page.words:
            self.ledger.trouble(f"not saved, and no clear sentence: {page.status} {page.path} {page.words[:200]}")
        repeated = [again for again in page.forms if again.method == "post"]
        if not repeated:
            return form
        if any(name == "text" for name, _ in form.values) and sent.mark not in page.words:
            self.ledger.trouble(f"not saved, and the words are gone: {page.words[:200]}")
        self.met["sent again with the page's own button"] += 1
        return repeated[0]

    def _tried_once(self, ask: Callable[[], Page]) -> Page | None:
        with suppress(NoAnswer):
            return ask()
        self.met["no answer at all"] += 1
        return None

    def _waits(self, why: str) -> None:
        self.met[why] += 1
        if self.over.is_set():
            raise TimeoutError("the storm is over and nobody is served")
        time.sleep(self.chance.uniform(0.2, 0.6))

    def _read_receipt(self, page: Page, sent: Sent) -> None:
        if not CODE.search(page.words):
            sent.acknowledged = False
        super()._read_receipt(page, sent)


class Disk:
    """The small file system and what lies on it besides the installation."""

    def __init__(self, home: Path) -> None:
        self.ballast = home / "ballast"

    @property
    def free(self) -> int:
        stat = os.statvfs(self.ballast.parent)
        return stat.f_bavail * stat.f_frsize

    def fill(self, *, leave: int = 0) -> None:
        """Lay so much beside it that only ``leave`` bytes are free."""
        with self.ballast.open("ab") as out, suppress(OSError):
            while self.free > leave:
                out.write(b"\0" * min(2**20, self.free - leave))
                out.flush()

    def empty(self) -> None:
        self.ballast.unlink(missing_ok=True)


@contextmanager
def small_home() -> Iterator[Path]:
    """A home on a file system of ``SIZE`` MB. Raises ``PermissionError`` where none can be made."""
    home = new_home("disk")
    try:
        if sys.platform != "linux" or os.geteuid() != 0:
            raise PermissionError("making a small file system needs root on Linux")
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "lingkar-disk", str(home)]
        done = subprocess.run(mount, check=False, capture_output=True, text=True)
        if done.returncode:
            raise PermissionError(done.stderr.strip())
        try:
            yield home
        finally:
            subprocess.run(["umount", "--lazy", str(home)], check=False, capture_output=True)
    finally:
        remove(home)


def fill_up(seed: int) -> tuple[Ledger, Verdict, Counter[str], dict[str, float], list[str]]:
    """The whole story once: what people were told, what was found, what they met, seconds, planted and unseen."""
    with small_home() as home, Sink() as sink:
        tree = Tree(home, SMTP_URL=sink.url, LINGKAR_CLIENT_HEADER="X-Forwarded-For")
        with tree:
            filled(tree)
            ledger, met, seconds = _story(tree, Disk(home), random.Random(seed))
            verdict = Checker(database_of(tree), home / "files").check(ledger, sink.mails)
            half_written(verdict, home / "files")
            return ledger, verdict, met, seconds, unseen(tree)


def _story(tree: Tree, disk: Disk, chance: random.Random) -> tuple[Ledger, Counter[str], dict[str, float]]:
    ledger, over, seconds = Ledger(), threading.Event(), {}
    cameras = [Camera(tree, ledger, over, random.Random(chance.random())) for _ in range(PHONES)]
    threads = [threading.Thread(target=_guarded, args=(camera, ledger), daemon=True) for camera in cameras]
    disk.fill(leave=RESERVE + FOR_PHOTOS)
    for thread in threads:
        thread.start()
    try:
        _wait(cameras, ledger, "photo refused", "photos are refused")
        _wait(cameras, ledger, "acknowledged", "words are still taken")
        print("  photos are refused, words are taken", flush=True)
        disk.fill()
        _wait(cameras, ledger, "not saved", "nothing fits any more")
        print("  nothing fits any more", flush=True)
        _fill_log(tree)
        until(lambda: not tree.answers(), within=LONGEST, what="the database is away")
        _wait(cameras, ledger, "not saved", "people are told so")
        print("  the database fell over, people are told so", flush=True)
        began, before = time.monotonic(), ledger.count()
        disk.empty()
        until(lambda: ledger.count() > before or bool(ledger.troubles), within=LONGEST, what="somebody is served again")
        seconds["served again after room was made"] = time.monotonic() - began
        until(lambda: ledger.count() > before + ENOUGH or bool(ledger.troubles), within=LONGEST, what="many are")
    finally:
        disk.empty()
        for camera in cameras:
            camera.over.set()
        for thread in threads:
            thread.join(LONGEST)
    until(lambda: _is_calm(tree), within=LONGEST_DRAIN, what="everything works and no job waits", every=0.5)
    return ledger, sum((camera.met for camera in cameras), Counter()), seconds


def _wait(cameras: Sequence[Camera], ledger: Ledger, what: str, told: str) -> None:
    """Until ``ENOUGH`` more met it."""
    begin = sum(camera.met[what] for camera in cameras)
    until(
        lambda: sum(camera.met[what] for camera in cameras) >= begin + ENOUGH or bool(ledger.troubles),
        within=LONGEST,
        what=told,
    )


def _fill_log(tree: Tree) -> None:
    """Let the database write ahead until its log finds no room: it stops itself, as it must."""
    with suppress(psycopg.Error), psycopg.connect(database_of(tree), autocommit=True) as link:
        for _ in range(SIZE * 2):
            link.execute("SELECT pg_logical_emit_message(false, 'full', repeat(md5(random()::text), 20000))")


def _guarded(camera: Camera, ledger: Ledger) -> None:
    try:
        camera.work()
    except Exception as fault:  # whatever it is, the run must report it
        ledger.trouble(f"{type(fault).__name__}: {fault}")


def _is_calm(tree: Tree) -> bool:
    with suppress(psycopg.Error), psycopg.connect(database_of(tree), connect_timeout=5) as link:
        waiting = link.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR (status = 'todo'"
            " AND (attempts > 0 OR scheduled_at IS NULL OR scheduled_at <= now()))"
        ).fetchone()
        return waiting == (0,) and tree.is_healthy()
    return False


def half_written(verdict: Verdict, files: Path) -> None:
    """An empty file is one whose writing broke off."""
    for path in files.glob("??/??/*"):
        if path.stat().st_size == 0:
            verdict.add("file half written", path.name)


def noise(chance: random.Random) -> bytes:
    """A photo of about 400 KB that no encoder makes much smaller."""
    out = BytesIO()
    Image.frombytes("RGB", (640, 480), chance.randbytes(640 * 480 * 3)).save(out, "JPEG", quality=85)
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and print what was found; exit code 1 for a fault or a blind checker, 77 where it could not be tried."""
    parser = argparse.ArgumentParser(prog="python -m tests.perf.disk", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    wish = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(f"commit {machine.commit()}, {machine.described()['machine']}; seed {wish.seed}")
    try:
        ledger, verdict, met, seconds, blind = fill_up(wish.seed)
    except PermissionError as fault:
        print(f"\n*** THE FULL DISK WAS NOT TRIED: {fault}. Run this as root on Linux. ***\n", file=sys.stderr)
        return NOT_TRIED
    for name, count in sorted({**met, **verdict.counts}.items()):
        print(f"  {name:<50}{count:>7}")
    for name, spent in seconds.items():
        print(f"  {name:<50}{spent:>7.1f} s")
    for trouble in ledger.troubles[:20]:
        print(f"  TROUBLE {trouble}")
    for found in verdict.faults[:20]:
        print(f"  FAULT {found.kind}: {found.what}")
    good = not (ledger.troubles or verdict.faults or blind)
    print("nothing lost, nothing half written, everybody was told" if good else f"FAULTS FOUND {blind}")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
