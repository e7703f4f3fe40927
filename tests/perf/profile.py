"""Where the CPU of a page goes: ``python -m tests.perf.profile [--circle] [--page case] [--functions 30]``.

The pages of the bench, and first a page of the office with nothing on it: what every page costs somebody signed in
before it says anything. They are asked of the shipped WSGI application inside one process, on a database as big as the
bench's. The machine's other work shows in every millisecond, so a page is measured in yards too: as a multiple of a
fixed piece of Python that runs right after each request and is slowed down by the same neighbours.
"""

import argparse
import cProfile
import json
import os
import pstats
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.perf import learners
from tests.perf.bench import Page, circle_pages, pages_of, size_of
from tests.perf.installation import Filled, Person, filled
from tests.perf.planted import EMPTY, Answer, add_empty_page
from tests.perf.tree import HOST, ROOT, Tree, new_home, remove

KEPT = "filled.json"
STEPS = 2000
CALLED = 20
"""Requests in which the calls are counted."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill a home, unless it is full from last time, and profile its pages in a process of their own."""
    wish = _wish(arguments)
    if wish.inside:
        profile_pages(wish)
        return
    home = Path(wish.home) if wish.home else new_home("profile")
    home.mkdir(exist_ok=True)
    try:
        with Tree(home) as tree:
            note = home / KEPT
            if not note.exists():
                note.write_text(json.dumps(asdict(_filled(tree, wish))))
            again = [sys.executable, "-m", "tests.perf.profile", "--inside", *(arguments or sys.argv[1:])]
            subprocess.run([*again, "--home", str(home)], cwd=ROOT, env=tree.environment, check=True)
    finally:
        if not wish.home:
            remove(home)


def _wish(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.perf.profile", description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=100_000, help="reports in the database")
    parser.add_argument("--circle", action="store_true", help="pages of those who learn and plan")
    for name in ("people", "cohorts", "answers", "takers"):
        parser.add_argument(f"--{name}", type=int, default=getattr(learners.Size, name))
    parser.add_argument("--home", help="a folder to keep the filled installation in, from run to run")
    parser.add_argument("--page", action="append", help="only this page of the bench")
    parser.add_argument("--rounds", type=int, default=60, help="requests per page")
    parser.add_argument("--functions", type=int, default=0, help="also list so many functions by their own time")
    parser.add_argument("--statements", action="store_true", help="also list what is asked of the database")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def profile_pages(wish: argparse.Namespace) -> None:
    """Print the table, phases and elements of every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.site.settings")
    kept = json.loads((Path(wish.home) / KEPT).read_text())
    add_empty_page()
    for page in _pages(kept, wish):
        if not wish.page or page.name in wish.page:
            _one(page, wish)


def _filled(tree: Tree, wish: argparse.Namespace) -> Filled | learners.Learners:
    return learners.filled(tree, size_of(wish)) if wish.circle else filled(tree, reports=wish.reports)


def _pages(kept: dict[str, Any], wish: argparse.Namespace) -> list[Page]:
    """The empty page as an officer sees it, then those of the bench."""
    if wish.circle:
        there = learners.Learners(**kept)
        return [Page("empty office page", EMPTY, "Kosong", there.cookies["office"]), *circle_pages(there)]
    city = Filled(tuple(Person(**person) for person in kept["people"]), kept["case"])
    officer = city.holding("officer", city.case["unit"])[0].cookies
    return [Page("empty office page", EMPTY, "Kosong", officer), *pages_of(city)]


def _one(page: Page, wish: argparse.Namespace) -> None:
    answer = ask(page)
    if not answer.status.startswith("200") or page.word not in answer.body.decode():
        raise RuntimeError(f"{page.path} answered {answer.status} without {page.word!r}")
    for _ in range(10):
        ask(page)
    pairs = [(_timed(lambda: ask(page)), _timed(yardstick)) for _ in range(wish.rounds)]
    ratio = statistics.median(cost / yard for cost, yard in pairs)
    whole = [cost for cost, _ in pairs]
    clock = Clock()
    with clock.watching():
        for _ in range(wish.rounds):
            with clock.phase("middleware, view"):
                ask(page)
    seen = _called(page)
    print(
        f"\n{page.name}: {ratio:.2f} yards; CPU {statistics.median(whole):.2f} ms, least {min(whole):.2f}; "
        f"{seen.total_calls / CALLED:.0f} calls"  # type: ignore[attr-defined]  # not in the stubs
    )
    print("\n".join(clock.lines(wish.rounds)))
    if wish.statements:
        print("\n".join(_asked(page)))
    if wish.functions:
        seen.sort_stats("tottime").print_stats(wish.functions)


def ask(page: Page) -> Answer:
    """One request, as the server hands it to the application."""
    path, _, query = page.path.partition("?")
    cookies = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
    return Answer.of(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": HOST,
            "HTTP_HOST": f"{HOST}:8000",
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": cookies,
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
        }
    )


def _asked(page: Page) -> list[str]:
    """What the page asks of the database, each with its milliseconds by the clock."""
    from django.db import connection

    found: list[str] = []

    def watched(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            found.append(f"{1000 * (time.perf_counter() - began):7.2f} ms  {sql}")

    with connection.execute_wrapper(watched):
        ask(page)
    return found


def yardstick() -> str:
    """A fixed piece of Python, about 1 ms on the machine of docs/figures.md. Measured next to every request."""
    words: dict[str, str] = {}
    for number in range(STEPS):
        word = _step(number, length=7)
        words[word] = word.strip().upper()
    return "".join(words.values())


def _step(number: int, *, length: int) -> str:
    return f"{number:x}"[:length]


def _timed(act: Callable[[], object]) -> float:
    began = time.thread_time()
    act()
    return 1000 * (time.thread_time() - began)


class Clock:
    """CPU of named phases, each without those inside it. Watching costs a little itself: mind the shares."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.times: dict[str, int] = defaultdict(int)
        self._inner: list[float] = [0.0]

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count what happens inside for ``name``."""
        self._inner.append(0.0)
        began = time.thread_time()
        try:
            yield
        finally:
            took = time.thread_time() - began
            self.spent[name] += took - self._inner.pop()
            self.times[name] += 1
            self._inner[-1] += took

    def around(self, call: Callable[..., Any], name: Callable[..., str]) -> Callable[..., Any]:
        """``call``, counted for what ``name`` says of its arguments."""

        def counted(*arguments: Any, **named: Any) -> Any:
            with self.phase(name(*arguments, **named)):
                return call(*arguments, **named)

        return counted

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Statements, SQL building, fields of forms, templates and elements are counted inside."""
        from django.db import connection
        from django.db.models.sql.compiler import SQLCompiler
        from django.forms.boundfield import BoundField
        from django.template.base import Template

        def statement(execute: Any, *arguments: Any) -> Any:
            with self.phase("statements: driver"):
                return execute(*arguments)

        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(statement))
            for owner, method, name in (
                (SQLCompiler, "as_sql", lambda *_, **__: "statements: building SQL"),
                (Template, "render", lambda template, *_: f"template {template.name}"),
                (BoundField, "as_field_group", lambda *_: "form fields"),
                *_elements(),
            ):
                counted = self.around(getattr(owner, method), name)
                stack.enter_context(patch.object(owner, method, counted))
            yield

    def lines(self, rounds: int) -> Iterator[str]:
        """A line per phase: milliseconds and times per request."""
        whole = sum(self.spent.values())
        for name, spent in sorted(self.spent.items(), key=lambda item: -item[1]):
            if spent > 0.005 * whole:
                each = f"{1000 * spent / rounds:7.2f} ms {100 * spent / whole:4.0f} %"
                yield f"{each} {self.times[name] / rounds:6.1f} × {name}"


def _elements() -> list[tuple[type, str, Callable[..., str]]]:
    from lingkar.foundation.ui.drawing.elements import ElementNode

    return [(ElementNode, "render", lambda node, *_: f"<c-{node.name}>")]


def _called(page: Page) -> pstats.Stats:
    """Every function that a page calls. Their number, unlike milliseconds, is the same on a busy machine."""
    seen = cProfile.Profile()
    with seen:
        for _ in range(CALLED):
            ask(page)
    return pstats.Stats(seen)


if __name__ == "__main__":
    main()
