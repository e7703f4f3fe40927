"""People work, parts die: the storm. What people were told goes into the ledger; the checker judges it afterwards."""

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from tests.installation import prepared_home
from tests.perf.checker import Checker, Verdict, marks_in
from tests.perf.installation import Filled, filled
from tests.perf.ledger import Ledger, Said, Sent
from tests.perf.people import Officer, Phone
from tests.perf.sink import Mail, Sink
from tests.perf.tree import PARTS, Tree, new_home, remove, until

AT_MAIL = "job worker at mail"
"""Kill the job worker when the mail server has taken a mail and the worker was not told yet."""
LONGEST_OUTAGE = 120.0
"""Seconds within which somebody must be served again after a kill."""
LONGEST_DRAIN = 600.0
ANSWERING = ("dukcapil.", "pupr.", "dlh.", "dishub.")
"""Units whose officers work during the storm: those to which the words of the phones lead."""


@dataclass(frozen=True)
class Plan:
    """How hard it blows."""

    kills: int
    seed: int
    phones: int = 4
    officers: int = 2
    targets: tuple[str, ...] = (*PARTS, AT_MAIL)
    application: str = ""
    pause: float = 2.0
    """Longest random wait before a kill, in seconds."""
    plants: bool = False
    """Check once more with acts in the ledger that never were: the checker must miss them."""


@dataclass
class Result:
    """What a storm did and what the checker found."""

    plan: Plan
    ledger: Ledger
    verdict: Verdict
    killed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    outages: list[float] = field(default_factory=list)
    blind: list[str] = field(default_factory=list)
    """Faults that were planted into the ledger and that the checker did not report."""


def blow(plan: Plan) -> Result:
    """One storm on a throw-away installation. Raises ``TimeoutError`` when it does not come back by itself."""
    home = prepared_home(new_home("faults"))
    try:
        with Sink() as sink:
            tree = Tree(home, application=plan.application, SMTP_URL=sink.url, LINGKAR_CLIENT_HEADER="X-Forwarded-For")
            with tree:
                storm = Storm(plan, tree, sink, filled(tree))
                storm.run()
                verdict = Checker(database_of(tree), home / "files").check(storm.ledger, sink.mails)
                logs_are_silent(verdict, [tree.log, *(home / "logs").glob("*.log")])
                blind = unseen(tree) if plan.plants else []
        return Result(plan, storm.ledger, verdict, storm.killed, storm.seconds, storm.outages, blind)
    finally:
        remove(home)


def logs_are_silent(verdict: Verdict, logs: list[Path]) -> None:
    """What people wrote stands in no log, whatever broke while it was written."""
    for log in logs:
        for mark in marks_in(log.read_text(errors="replace")):
            verdict.add("words in a log", f"{log.name}: {mark}")


def unseen(tree: Tree) -> list[str]:
    """Which of two acts that nobody did and one mail that came twice the checker does not miss."""
    made_up = Ledger()
    made_up.add(Sent("tanda" + "b" * 10, acknowledged=True))
    made_up.add(Said("tanda" + "d" * 10, "reply", acknowledged=True))
    found = Checker(database_of(tree), tree.home / "files").check(made_up, [Mail("<x@y>", (), "", "", ())] * 2).by_kind
    return [kind for kind in ("report lost", "answer lost", "mail sent twice") if kind not in found]


def database_of(tree: Tree) -> str:
    """The address of the tree's own database."""
    from lingkar.site.home import embedded_url

    return embedded_url(tree.home, user="postgres")


class Storm:
    """The people, the killer and the calm afterwards."""

    def __init__(self, plan: Plan, tree: Tree, sink: Sink, there: Filled) -> None:
        self.plan, self.tree, self.sink, self.there = plan, tree, sink, there
        self.chance = random.Random(plan.seed)
        self.ledger = Ledger()
        self.over = threading.Event()
        self.killed: Counter[str] = Counter()
        self.outages: list[float] = []
        self.seconds = 0.0

    def run(self) -> None:
        """People begin, parts are killed while they work, people finish what they are at, the queue drains."""
        began = time.monotonic()
        threads = [threading.Thread(target=self._guarded, args=(work,), daemon=True) for work in self._people()]
        for thread in threads:
            thread.start()
        try:
            self._progress(since=0)
            while sum(self.killed.values()) < self.plan.kills:
                self._kill_somewhere()
        finally:
            self.over.set()
            for thread in threads:
                thread.join(LONGEST_OUTAGE)
        if any(thread.is_alive() for thread in threads):
            raise TimeoutError("somebody still waits for an answer")
        until(self._is_calm, within=LONGEST_DRAIN, what="everything works and no job waits", every=0.5)
        self.seconds = time.monotonic() - began

    def _people(self) -> list[Callable[[], None]]:
        phones = [
            Phone(self.tree, self.ledger, self.over, random.Random(self.chance.random()))
            for _ in range(self.plan.phones)
        ]
        holders = [person for unit in ANSWERING for person in self.there.holding("officer", unit)]
        officers = [
            Officer(self.tree, self.ledger, self.over, random.Random(self.chance.random()), self.there, holders[at::2])
            for at in range(self.plan.officers)
        ]
        return [person.work for person in (*phones, *officers)]

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as fault:  # whatever it is, the run must report it
            self.ledger.trouble(f"{type(fault).__name__}: {fault}")

    def _kill_somewhere(self) -> None:
        time.sleep(self.chance.uniform(0, self.plan.pause))  # the random moment itself
        target = self.chance.choice(self.plan.targets)
        if target == AT_MAIL:
            self._kill_when_mail_comes()
            return
        until(lambda: self._kill(target, target), within=LONGEST_OUTAGE, what=f"a {target} to kill")
        if self.chance.random() < 0.7:
            began = time.monotonic()
            self._progress(since=self.ledger.count())
            self.outages.append(time.monotonic() - began)

    def _kill_when_mail_comes(self) -> None:
        """At the next mail; somebody is always about to get one."""
        came = threading.Event()

        def kill() -> None:
            self._kill("job worker", AT_MAIL)
            came.set()

        self.sink.on_next(kill)
        until(came.is_set, within=LONGEST_DRAIN, what="a mail")

    def _kill(self, part: str, name: str) -> bool:
        """``kill -9`` of one of the processes that do ``part``; False when there is none."""
        there = self.tree.parts()[part]
        if not there:
            return False
        with contextlib.suppress(psutil.NoSuchProcess):
            self.chance.choice(there).kill()
            self.killed[name] += 1
            return True
        return False

    def _progress(self, *, since: int) -> None:
        """Wait until somebody was told that something is done."""
        until(
            lambda: self.ledger.count() > since or bool(self.ledger.troubles),
            within=LONGEST_OUTAGE,
            what=f"somebody is served again; see {self.tree.log}",
        )

    def _is_calm(self) -> bool:
        try:
            with psycopg.connect(database_of(self.tree), connect_timeout=5) as link:
                waiting = link.execute(
                    "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR (status = 'todo'"
                    " AND (attempts > 0 OR scheduled_at IS NULL OR scheduled_at <= now()))"
                ).fetchone()
        except psycopg.Error:
            return False
        return waiting == (0,) and self.tree.is_healthy()
