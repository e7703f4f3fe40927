"""What a search costs in a large city, and a leader's page: ``python -m tests.perf.search [--scale 20]``.

A throw-away home with the fictional city twenty times as large (about 24,000 people, 50,000 reports). The shipped
pages are asked for inside one process: CPU of the process (the web's part) and time of the database, apart. A fault
is planted in the end (the indexes of names are not used) and must show: if it does not, the measurement is blind.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.perf.tree import ROOT, Tree, new_home, remove

MARK = "searched.json"
ROUNDS = 3
WORDS = ("dukcapil", "kesehtan", "lampu jalan", "antrean ktp", "jalan berlubang", "puskesmas", "sampah menumpuk")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill a home, unless it is full from last time, and measure in a process of its own."""
    wish = _wish(arguments)
    if wish.inside:
        return measure(wish)
    home = Path(wish.home) if wish.home else new_home("search")
    home.mkdir(exist_ok=True)
    try:
        with Tree(home) as tree:
            if not (home / MARK).exists():
                lingkar = str(Path(sys.executable).with_name("lingkar"))
                load = [lingkar, "demo", "--load-only", "--scale", str(wish.scale)]
                subprocess.run(load, cwd=ROOT, env={**tree.environment, "LINGKAR_DEMO": "1"}, check=True)
                (home / MARK).write_text(json.dumps({"scale": wish.scale}))
            again = [sys.executable, "-m", "tests.perf.search", "--inside", *(arguments or sys.argv[1:])]
            return subprocess.run([*again], cwd=ROOT, env=tree.environment, check=False).returncode
    finally:
        if not wish.home:
            remove(home)


def _wish(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.perf.search", description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=20, help="how large the city is")
    parser.add_argument("--home", default="", help="a home to keep; filled when it is empty")
    parser.add_argument("--names", type=int, default=30, help="names that are looked for")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def measure(wish: argparse.Namespace) -> int:
    """Print p50 and p95 of web CPU and database for each kind of question; 1 when the measurement is blind."""
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "lingkar.site.settings"
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    from lingkar.site.search.web import views

    setup_test_environment()
    views.ASKED_OFTEN.burst = views.TYPED_OFTEN.burst = 1_000_000
    with connection.cursor() as cursor:
        counts = {table: _one(cursor, f"SELECT count(*) FROM {table}") for table in ("people_person", "reports_report")}
        cursor.execute("SELECT name FROM people_person WHERE name <> '' ORDER BY md5(id::text) LIMIT %s", [wish.names])
        names = [str(name) for (name,) in cursor.fetchall()]
    print(f"{counts['people_person']} people, {counts['reports_report']} reports\n")
    print(f"{'question':<34}{'n':>4}{'web p50':>9}{'p95':>7}{'db p50':>9}{'p95':>7}  ms")
    member, leader = _browser("officer"), _browser("leader")
    chance = random.Random(7)
    slips = [slip(name, chance) for name in names]
    page, typed = "/cari/", "/cari/saran/"
    rows = {
        "names as written": [(member, page, {"q": name}) for name in names],
        "names with a slip": [(member, page, {"q": name}) for name in slips],
        "suggestions, first letters": [(member, typed, {"q": name[:4]}) for name in names],
        "suggestions, with a slip": [(member, typed, {"q": name}) for name in slips],
        "words, signed in": [(member, page, {"q": words}) for words in WORDS],
        "words, visitor": [(_browser(""), page, {"q": words}) for words in WORDS],
        "leader's page": [(leader, "/pimpinan/", {"periode": period}) for period in ("3", "12")],
        "leader's list": [(leader, "/petugas/laporan/", {"apa": what}) for what in ("", "terlambat", "tepat")],
    }
    figures = {name: _asked(asked) for name, asked in rows.items()}
    for name, (web, base) in figures.items():
        print(f"{name:<34}{len(web):>4}{_p(web, 50):>9.1f}{_p(web, 95):>7.1f}{_p(base, 50):>9.1f}{_p(base, 95):>7.1f}")
    with _without_indexes():
        _, slow = _asked(rows["names with a slip"][:5])
    quick = figures["names with a slip"][1]
    print(f"\nplanted: without indexes {_p(slow, 50):.1f} ms of database instead of {_p(quick, 50):.1f}")
    if _p(slow, 50) < 2 * _p(quick, 50):
        print("The measurement is blind: a planted fault does not show.")
        return 1
    return 0


def slip(name: str, chance: random.Random) -> str:
    """A name with two neighbours swapped in its longest word, and without degrees."""
    words = name.partition(",")[0].split()
    at = max(range(len(words)), key=lambda place: len(words[place]))
    word = words[at]
    spot = chance.randrange(1, max(2, len(word) - 1))
    words[at] = word[:spot] + word[spot + 1 : spot + 2] + word[spot] + word[spot + 2 :]
    return " ".join(words)


def _asked(asked: list[tuple[Any, str, dict[str, str]]]) -> tuple[list[float], list[float]]:
    """Milliseconds of the web's CPU and of the database for every question, the best of some rounds."""
    web, base = [], []
    for browser, path, query in asked:
        rounds = [_once(browser, path, query) for _ in range(ROUNDS)]
        web.append(min(cpu for cpu, _ in rounds))
        base.append(min(waited for _, waited in rounds))
    return web, base


def _once(browser: Any, path: str, query: dict[str, str]) -> tuple[float, float]:
    from django.db import connection

    waited = 0.0

    def timed(execute: Any, *rest: Any) -> Any:
        nonlocal waited
        begun = time.perf_counter()
        try:
            return execute(*rest)
        finally:
            waited += time.perf_counter() - begun

    with connection.execute_wrapper(timed):
        begun = time.process_time()
        answer = browser.get(path, query)
        spent = time.process_time() - begun
    assert answer.status_code == 200, (path, query, answer.status_code)
    return spent * 1000, waited * 1000


def _browser(role: str) -> Any:
    """A browser of somebody who holds a role over the whole city, or of a visitor."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client

    browser = Client(headers={"host": "localhost"})
    if role:
        held = (
            "SELECT account_id FROM people_rolegrant WHERE role = %s"
            " ORDER BY unit_id IS NOT NULL, valid_from, account_id LIMIT 1"
        )
        with connection.cursor() as cursor:
            cursor.execute(held, [role])
            account = cursor.fetchone()[0]
        browser.force_login(get_user_model().objects.get(pk=account))
        _pass_second_step(browser)
    return browser


def _pass_second_step(browser: Any) -> None:
    from allauth.account.internal.flows.login import record_authentication
    from django.contrib.auth import get_user
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = browser.session
    for method in ("password", "mfa"):
        record_authentication(request, get_user(request), method, **({"type": "totp"} if method == "mfa" else {}))
    request.session.save()


@contextmanager
def _without_indexes() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET enable_bitmapscan = off")
        yield
        cursor.execute("RESET enable_bitmapscan")


def _one(cursor: Any, sql: str) -> int:
    cursor.execute(sql)
    return int(cursor.fetchone()[0])


def _p(values: list[float], percent: int) -> float:
    return values[0] if len(values) == 1 else statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    sys.exit(main())
