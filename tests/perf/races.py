"""Many people do the same at the same moment, over HTTP: part of ``make faults``; ``python -m tests.perf.races``.

Different reports all at once, one report sent by many taps, officers who close one case together, a reporter's rating
and reopening tapped twice. What each was told is compared with the rows, and a planted fault must be found.
"""

import argparse
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Barrier
from typing import Any

import psycopg

from tests.installation import prepared_home
from tests.perf import machine
from tests.perf.browser import Browser, Form, NoAnswer, Page, Upload
from tests.perf.installation import Filled, filled
from tests.perf.ledger import new_mark
from tests.perf.people import CODE, NUMBER, address, picture
from tests.perf.storm import database_of
from tests.perf.tree import Tree, new_home, remove

UNIT = "dukcapil."
WORDS = "Antrean KTP di loket lama sekali, petugas meminta fotokopi"
FASTER = "Kasus ini berubah sebelum tindakan Anda tersimpan"
"""What the second of two officers reads (Indonesian, as shipped)."""
PREPARING = 6


@dataclass
class Finding:
    """One race: how many took part, and everything that was not as it must be."""

    name: str
    runs: int
    faults: list[str] = field(default_factory=list)

    def must(self, true: bool, what: object) -> None:
        if not true:
            self.faults.append(str(what))


class Races:
    """Races on one running installation."""

    def __init__(self, tree: Tree, there: Filled, chance: random.Random) -> None:
        self.tree, self.there, self.chance = tree, there, chance

    def all(self, *, many: int, rounds: int) -> list[Finding]:
        return [
            self.different_reports(many),
            self.one_report(many),
            self.closings(rounds),
            self.notes(rounds),
            self.ratings(rounds),
            self.reopenings(rounds),
        ]

    # citizens

    def different_reports(self, many: int) -> Finding:
        """Every report is stored once, every number is given once, and no number is left out."""
        found = Finding("different reports at once", many)
        with ThreadPoolExecutor(PREPARING) as pool:
            ready = list(pool.map(self._draft, [random.Random(self.chance.random()) for _ in range(many)]))
        before = self._one("SELECT last FROM reports_numberseries ORDER BY last DESC LIMIT 1") or 1000
        pages = at_once([partial(browser.send, form) for browser, form, _ in ready])
        told = [int(number[1]) for page in pages if (number := NUMBER.search(page.words))]
        found.must(all(page.status == 200 for page in pages), statuses(pages))
        found.must(sorted(told) == list(range(before + 1, before + many + 1)), f"numbers told: {sorted(told)}")
        codes = {code[0] for page in pages if (code := CODE.search(page.words))}
        found.must(len(codes) == many, f"{len(codes)} codes for {many} reports")
        for (_, _, mark), page in zip(ready, pages, strict=True):
            numbers = self._rows("SELECT number FROM reports_report WHERE text LIKE %s", f"%{mark}")
            number = NUMBER.search(page.words)
            found.must(number is not None and numbers == [(int(number[1]),)], f"{mark}: told {number}, are {numbers}")
        return found

    def one_report(self, many: int) -> Finding:
        """So many taps on one button give one report, and everybody reads the same code."""
        found = Finding("one report sent many times at once", many)
        browser, form, mark = self._draft(self.chance)
        taps = [
            Browser(self.tree.address, address=f"198.51.100.{at % 250}", cookies=browser.cookies) for at in range(many)
        ]
        pages = at_once([partial(tap.send, form) for tap in taps])
        found.must(all(page.status == 200 for page in pages), statuses(pages))
        codes = {code[0] if (code := CODE.search(page.words)) else None for page in pages}
        found.must(len(codes) == 1 and None not in codes, f"{len(codes)} codes were told")
        for what, sql in (
            ("reports", "SELECT count(*) FROM reports_report WHERE text LIKE %s"),
            (
                "first entries",
                "SELECT count(*) FROM reports_entry e JOIN reports_report r ON r.id = e.report_id WHERE r.text LIKE %s",
            ),
        ):
            count = self._one(sql, f"%{mark}")
            found.must(count == 1, f"{count} {what}")
        return found

    # officers

    def closings(self, rounds: int) -> Finding:
        """Of two officers who close one case, one does; the other is told so and keeps the words."""
        found = Finding("two officers close one case", rounds)
        for _ in range(rounds):
            mark, path, _ = self._case()
            first, second = self._officers()
            first.send(form_of(first.get(path), "terima"))
            marks = [new_mark(self.chance), new_mark(self.chance)]
            forms = [
                form_of(browser.get(f"{path}?aksi=selesai"), "selesai").fill(
                    text=f"Sudah beres {own}", proofs=Upload("bukti.jpg", picture(self.chance))
                )
                for browser, own in zip((first, second), marks, strict=True)
            ]
            pages = at_once([partial(first.send, forms[0]), partial(second.send, forms[1])])
            self._one_won(found, mark, pages, marks)
        return found

    def _one_won(self, found: Finding, mark: str, pages: list[Page], marks: list[str]) -> None:
        lost = [(page, own) for page, own in zip(pages, marks, strict=True) if page.status == 409]
        found.must(sorted(page.status for page in pages) == [200, 409], f"{mark}: {statuses(pages)}")
        for page, own in lost:
            found.must(FASTER in page.words, f"{mark}: the second was not told")
            found.must(own in page.text, f"{mark}: the second one's words are gone")
        closed = self._entries(mark, "closed")
        won = [own for page, own in zip(pages, marks, strict=True) if page.status == 200]
        found.must(len(closed) == 1 and won == [own for own in marks if own in closed[0]], f"{mark}: closed {closed}")
        proofs = self._one(
            "SELECT count(*) FROM reports_attachment a JOIN reports_report r ON r.id = a.report_id"
            " WHERE r.text LIKE %s",
            f"%{mark}",
        )
        found.must(proofs == 1, f"{mark}: {proofs} proofs")

    def notes(self, rounds: int) -> Finding:
        """An internal note whose answer was lost is sent again, later notes between or not: it stands there once."""
        found = Finding("one note sent twice at once, and again later", rounds)
        for _ in range(rounds):
            mark, path, _ = self._case()
            first, second = self._officers()
            form = form_of(first.get(f"{path}?aksi=catat"), "catat").fill(text=f"Hubungi gudang {mark}n")
            pages = at_once([partial(first.send, form)] * 2)
            other = form_of(second.get(f"{path}?aksi=catat"), "catat").fill(text=f"Catatan lain {mark}x")
            pages.append(second.send(other))
            pages.append(first.send(form))
            found.must(all(page.status == 200 for page in pages), f"{mark}: {statuses(pages)}")
            notes = self._entries(mark, "note")
            found.must(len(notes) == 2, f"{mark}: notes {notes}")
        return found

    # the reporter's turn

    def ratings(self, rounds: int) -> Finding:
        """One rating tapped twice is one rating."""
        return self._twice("one rating tapped twice at once", rounds, "nilai", "rated", rating="4", note="Terima kasih")

    def reopenings(self, rounds: int) -> Finding:
        """One reopening tapped twice is one reopening."""
        return self._twice("one reopening tapped twice at once", rounds, "buka-lagi", "reopened", reason="Masih rusak")

    def _twice(self, name: str, rounds: int, act: str, kind: str, **values: str) -> Finding:
        found = Finding(name, rounds)
        for _ in range(rounds):
            mark, path, code = self._case()
            officer, _ = self._officers()
            officer.send(form_of(officer.get(path), "terima"))
            officer.send(
                form_of(officer.get(f"{path}?aksi=selesai"), "selesai").fill(
                    text="Sudah beres", proofs=Upload("bukti.jpg", picture(self.chance))
                )
            )
            reporter = Browser(self.tree.address, address=address(self.chance))
            form = form_of(reporter.get(f"/lacak/{code}/"), act).fill(**values)
            pages = at_once([partial(reporter.send, form)] * 2)
            found.must([page.status for page in pages] == [200, 200], f"{mark}: {statuses(pages)}")
            entries = self._entries(mark, kind)
            found.must(len(entries) == 1, f"{mark}: {len(entries)} entries")
        return found

    # what they need

    def _draft(self, chance: random.Random) -> tuple[Browser, Form, str]:
        """A report up to its last screen, and the form that sends it."""
        browser, mark = Browser(self.tree.address, address=address(chance)), new_mark(chance)
        page = browser.send(browser.get("/lapor/").form_with("text").fill(text=f"{WORDS} {mark}"))
        page = browser.send(page.form_with("location").fill(location="depan kantor lama"))
        return browser, page.form_with("anonymous"), mark

    def _case(self) -> tuple[str, str, str]:
        """A report that was sent: its mark, the address of its case, its code."""
        browser, form, mark = self._draft(self.chance)
        code = CODE.search(browser.send(form).words)
        report = self._one("SELECT id FROM reports_report WHERE text LIKE %s", f"%{mark}")
        return mark, f"/petugas/kasus/{report}/", code[0] if code else ""

    def _officers(self) -> tuple[Browser, Browser]:
        """Two different people who may answer the same cases."""
        ours = {p.email: p for p in self.there.people if p.role == "officer" and p.unit in ("", UNIT)}
        first, second = list(ours.values())[:2]
        return Browser(self.tree.address, cookies=first.cookies), Browser(self.tree.address, cookies=second.cookies)

    def _entries(self, mark: str, kind: str) -> list[str]:
        sql = (
            "SELECT e.text FROM reports_entry e JOIN reports_report r ON r.id = e.report_id"
            " WHERE r.text LIKE %s AND e.kind = %s"
        )
        return [text for (text,) in self._rows(sql, f"%{mark}", kind)]

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(database_of(self.tree), autocommit=True) as link:
            return link.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: object) -> Any:
        rows = self._rows(sql, *values)
        return rows[0][0] if rows else None


def at_once(acts: "Sequence[Callable[[], Page]]") -> list[Page]:
    """Run all acts at the same moment, each in a thread of its own. No answer is status 0."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Page]) -> Page:
        gate.wait(timeout=60)
        try:
            return act()
        except NoAnswer as fault:
            return Page(0, str(fault), "", {})

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def form_of(page: Page, act: str) -> Form:
    """The form of a page whose address ends with ``act``."""
    for form in page.forms:
        if form.action.rstrip("/").rpartition("/")[2] == act:
            return form
    raise LookupError(f"{page.status} {page.path}: no form {act}")


def statuses(pages: Sequence[Page]) -> str:
    return f"answers {dict(Counter(page.status for page in pages))}"


def race(*, many: int, rounds: int, seed: int, application: str = "") -> list[Finding]:
    """All races on a throw-away installation."""
    home = prepared_home(new_home("races"))
    try:
        with Tree(home, application=application, LINGKAR_CLIENT_HEADER="X-Forwarded-For") as tree:
            return Races(tree, filled(tree, pairs=True), random.Random(seed)).all(many=many, rounds=rounds)
    finally:
        remove(home)


def told(findings: Sequence[Finding]) -> bool:
    """Print what was found; whether all was well."""
    for finding in findings:
        print(f"  {finding.name:<50}{finding.runs:>5} times, {len(finding.faults)} faults")
        for fault in finding.faults[:5]:
            print(f"    FAULT {fault[:300]}")
    return not any(finding.faults for finding in findings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the races, then once more with the planted fault; exit code 1 for a fault, or for one that is not seen."""
    parser = argparse.ArgumentParser(prog="python -m tests.perf.races", description=__doc__.splitlines()[0])
    parser.add_argument("--many", type=int, default=200, help="people who send at the same moment")
    parser.add_argument("--rounds", type=int, default=25, help="cases for each race of two")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    wish = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(f"commit {machine.commit()}, {machine.described()['machine']}; seed {wish.seed}")
    good = told(race(many=wish.many, rounds=wish.rounds, seed=wish.seed))
    print("rows that are not locked (planted):")
    seen = not told(race(many=40, rounds=10, seed=wish.seed + 1, application="unlocked"))
    print("no race lost; the check sees a planted one" if good and seen else "FAULTS FOUND" if seen else "BLIND")
    return int(not (good and seen))


if __name__ == "__main__":
    sys.exit(main())
