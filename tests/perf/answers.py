"""Saved answers a second of the shipped server: ``python -m tests.perf.answers`` (``--answers 200000`` is a short one).

A throw-away home under ``lingkar serve``, two million answers of the past made by SQL, thousands of running attempts.
Connections grow until p99 reaches a second; for each step: answers a second, latencies, CPU of web and database for an
answer, and what the cores did. In the last step the web processes are killed. Then an independent checker (psycopg, no
model of the product) reads back every answer that was acknowledged. At the end the same is done with a server that
answers before it commits: if the checker finds nothing lost there, it is blind and says so.
"""

import argparse
import asyncio
import json
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg

from lingkar.site.home import embedded_url
from tests.perf import learners, machine
from tests.perf.cpu import used
from tests.perf.learners import CHOICES, ORDER, SHOWN
from tests.perf.load import LONGEST_WAIT, _ask
from tests.perf.tree import HOST, Tree, new_home, remove

STEPS = (1, 4, 16, 64, 256, 512, 1024)
ENOUGH = 1.0
"""Seconds of p99 at which no more connections are added."""


@dataclass
class Taker:
    """Somebody who takes the quiz, what they were told is saved, and their next number."""

    attempt: str
    token: str
    seq: int = 0
    saved: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Place on the paper → sequence number and choice as shown, of the last one that was acknowledged."""


@dataclass
class Step:
    """What a number of connections gave. CPU in milliseconds for an answer; shares are of all cores."""

    connections: int
    answers: int = 0
    refused: int = 0
    seconds: float = 0.0
    per_second: float = 0.0
    p50_ms: float = 0.0
    p99_ms: float = 0.0
    web_ms: float = 0.0
    database_ms: float = 0.0
    generator_ms: float = 0.0
    busy_share: float = 0.0
    latencies: list[float] = field(default_factory=list, repr=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; exit code 1 when an acknowledged answer is lost, or the checker is blind."""
    wish = _wish(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # leave nothing running behind
    home = new_home("answers")
    try:
        with Tree(home) as tree:
            takers = _filled(tree, wish)
            steps = list(_steps(tree, takers, wish))
            answer_for(tree, takers, Step(16), wish.seconds, kill=True)
        lost = read_back(home, takers)
        acknowledged = sum(len(taker.saved) for taker in takers)
        seen = _planted(home, takers, wish)
    finally:
        remove(home)
    _print(wish, steps, acknowledged, lost, seen)
    return 1 if lost or not seen else 0


def _wish(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=2_000_000)
    parser.add_argument("--takers", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def _filled(tree: Tree, wish: argparse.Namespace) -> list[Taker]:
    """Past answers in attempts of as many people as take the quiz now."""
    size = learners.Size(people=wish.takers, cohorts=0, answers=wish.answers, takers=wish.takers)
    return [Taker(attempt, token) for attempt, token in learners.filled(tree, size).attempts]


def _steps(tree: Tree, takers: list[Taker], wish: argparse.Namespace) -> Iterator[Step]:
    """More and more connections, until p99 reaches a second."""
    answer_for(tree, takers, Step(4), 2.0)
    for connections in (many for many in STEPS if many <= len(takers)):
        step = Step(connections)
        answer_for(tree, takers, step, wish.seconds)
        yield step
        if step.p99_ms >= ENOUGH * 1000:
            return


def answer_for(tree: Tree, takers: list[Taker], step: Step, seconds: float, *, kill: bool = False) -> None:
    """Let takers answer for some seconds; with ``kill`` the web processes die in the middle of it."""
    before, own, cpu = used(tree), time.process_time(), psutil.cpu_times()
    began = time.perf_counter()
    asyncio.run(_crowd(tree, takers, step, seconds, kill=kill))
    step.seconds = time.perf_counter() - began
    if kill:
        return
    spent, told = used(tree) - before, max(step.answers, 1)
    step.generator_ms = 1000 * (time.process_time() - own) / told
    step.web_ms, step.database_ms = 1000 * spent.web / told, 1000 * spent.database / told
    step.per_second = step.answers / step.seconds
    after = psutil.cpu_times()
    whole, idle = sum(after) - sum(cpu), after.idle - cpu.idle
    step.busy_share = 1 - idle / whole if whole else 0.0
    ordered = sorted(step.latencies) or [0.0]
    step.p50_ms = 1000 * ordered[len(ordered) // 2]
    step.p99_ms = 1000 * ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)]


async def _crowd(tree: Tree, takers: list[Taker], step: Step, seconds: float, *, kill: bool) -> None:
    end = time.perf_counter() + seconds
    hands = [takers[place :: step.connections] for place in range(step.connections)]
    crowd = [asyncio.create_task(_answer(tree.port, mine, step, end)) for mine in hands]
    if kill:
        await asyncio.sleep(seconds / 2)
        for process in tree.parts()["web worker"] + tree.parts()["web parent"]:
            process.kill()
    await asyncio.gather(*crowd, return_exceptions=kill)


async def _answer(port: int, mine: list[Taker], step: Step, end: float) -> None:
    """One connection: its takers in turn give an answer and wait until it is saved."""
    chance = random.Random(mine[0].attempt)
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        while True:
            for taker in mine:
                if time.perf_counter() > end:
                    return
                await _give(reader, writer, taker, step, chance)
    finally:
        writer.close()


async def _give(reader: Any, writer: Any, taker: Taker, step: Step, chance: random.Random) -> None:
    taker.seq += 1
    number, shown, seq = chance.randint(1, SHOWN), chance.randrange(CHOICES), taker.seq
    body = json.dumps({"token": taker.token, "answers": [{"n": number, "c": shown, "s": seq}]}).encode()
    head = f"POST /ujian/simpan/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
    request = head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body
    answer = await asyncio.wait_for(_ask(reader, writer, request), LONGEST_WAIT)
    told = json.loads(answer.body) if answer.status == 200 else {}
    if number in told.get("saved", ()):
        taker.saved[number] = (seq, shown)
        step.answers += 1
        step.latencies.append(answer.seconds)
    else:
        step.refused += 1


def read_back(home: Path, takers: Sequence[Taker]) -> list[str]:
    """Answers that were acknowledged and are not there, or say something else. Reads the database itself."""
    with Tree(home), psycopg.connect(embedded_url(home), autocommit=True) as link:
        return list(_lost(link, takers))


def _lost(link: Any, takers: Sequence[Taker]) -> Iterator[str]:
    mine = {taker.attempt: taker for taker in takers if taker.saved}
    rows = link.execute(
        "SELECT attempt_id::text, number, seq, choice FROM exams_answer WHERE attempt_id = ANY(%s::uuid[])",
        [list(mine)],
    )
    there = {(attempt, number): (seq, choice) for attempt, number, seq, choice in rows}
    for attempt, taker in mine.items():
        for number, (seq, shown) in taker.saved.items():
            has, choice = there.get((attempt, number), (0, -1))
            if has < seq:
                yield f"{attempt} {number}: acknowledged {seq}, there is {has}"
            elif has == seq and choice != int(ORDER[shown]):
                yield f"{attempt} {number}: {seq} says {choice}, told was {ORDER[shown]}"


def _planted(home: Path, takers: Sequence[Taker], wish: argparse.Namespace) -> int:
    """How many lost answers are found of a server that acknowledges first, commits later, and is killed between."""
    few = [Taker(taker.attempt, taker.token, taker.seq + 100_000) for taker in takers[:8]]
    with Tree(home, application="early") as tree:
        answer_for(tree, few, Step(4), max(4.0, wish.seconds / 2), kill=True)
    return len(read_back(home, few))


def _print(wish: argparse.Namespace, steps: list[Step], acknowledged: int, lost: list[str], seen: int) -> None:
    if wish.json:
        rows = [{k: v for k, v in asdict(step).items() if k != "latencies"} for step in steps]
        said = {
            **machine.described(),
            "steps": rows,
            "read_back": acknowledged,
            "lost": lost[:20],
            "planted_seen": seen,
        }
        print(json.dumps(said, indent=2))
        return
    print("\n".join(f"{name}: {value}" for name, value in machine.described().items()))
    print("connections  answers/s   p50 ms   p99 ms   web ms    db ms  load ms   busy")
    for s in steps:
        numbers = f"{s.p50_ms:8.1f} {s.p99_ms:8.1f} {s.web_ms:8.2f} {s.database_ms:8.2f} {s.generator_ms:8.2f}"
        print(f"{s.connections:11d} {s.per_second:10.0f} {numbers} {s.busy_share:6.0%}  {_bound(s)}")
    print(f"read back: {acknowledged} acknowledged answers, {len(lost)} lost")
    print(*lost[:20], sep="\n")
    print(
        f"planted (answers before it commits): {seen} lost ones seen"
        if seen
        else "BLIND: the planted fault is not seen"
    )


def _bound(step: Step) -> str:
    """What bounds a step: the cores, and of them mostly whom; else something that waits."""
    if step.busy_share < 0.85:
        return "waits: connections, locks or the disk"
    parts = {"web": step.web_ms, "database": step.database_ms, "load generator": step.generator_ms}
    return f"cores are busy, mostly {max(parts, key=lambda name: parts[name])}"


if __name__ == "__main__":
    sys.exit(main())
