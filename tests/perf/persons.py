"""What pages about 20,000 people cost: ``python -m tests.perf.persons``, part of ``make bench``.

A throw-away database with two cities and so many people, written by ``services.add_people`` as an import does. Each
page is asked of the application inside this process: CPU of a request without the database, statements, and the
milliseconds of the clock. At the end the page is made twenty times longer on purpose: a bench that does not see it is
blind, and says so.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import tests.database  # noqa: F401  # starts a server of its own, before Django is set up
from tests.perf import machine
from tests.perf.sheets import NAMES, line

PEOPLE = 20_000
AIM_MS, MOST_QUERIES = 50.0, 12
LONGER = 20


@dataclass(frozen=True)
class Figure:
    """What one page cost, the median of the rounds."""

    name: str
    cpu_ms: float
    wall_ms: float
    queries: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a page misses the aim or the bench is blind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--rounds", type=int, default=15)
    wish = parser.parse_args(arguments)
    browser, pages, seconds = prepared(wish.people)
    figures = [measured(browser, name, path, wish.rounds) for name, path in pages.items()]
    from lingkar.directory.people.web import register  # after Django is set up

    register.PER_PAGE *= LONGER
    longer = measured(browser, f"planted: {LONGER} pages in one", pages["list"], wish.rounds)
    print(f"\n{wish.people:,} people, written in {seconds:.1f} s · {machine.commit()} · {machine.processor()}\n")
    for figure in [*figures, longer]:
        print(f"{figure.name:32} {figure.cpu_ms:7.1f} ms CPU {figure.wall_ms:7.1f} ms {figure.queries:3} statements")
    slow = [figure.name for figure in figures if figure.cpu_ms > AIM_MS or figure.queries > MOST_QUERIES]
    blind = longer.cpu_ms < 2 * figures[0].cpu_ms
    print("misses the aim: " + ", ".join(slow) if slow else f"every page is below {AIM_MS:.0f} ms and 12 statements")
    print("BLIND: a page twenty times as long was not seen" if blind else "the page that was made longer shows")
    return int(bool(slow) or blind)


def prepared(count: int) -> tuple[Any, dict[str, str], float]:
    """A browser of the personnel officer, the pages to ask for, and how long writing the people took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.site.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    call_command("migrate", verbosity=0)
    setup_test_environment()
    from lingkar.directory.people import services
    from lingkar.directory.people.models import Person
    from lingkar.foundation.tenancy.queries import agency_scope
    from tests.fixtures import NOW, make_city, signed_in

    city = make_city("kota")
    with agency_scope(city.agency.pk):
        units = list(city.units.values())
        rows = [newcomer(number, units[number % len(units)].pk) for number in range(count)]
        began = time.monotonic()
        added = services.add_people(rows=rows, by=city.system, at=NOW).persons
        seconds = time.monotonic() - began
        analyse()
        browser = signed_in(city.holder("personnel", None))
        somebody = Person.objects.get(pk=added[count // 2])
        office = city.units["dukcapil"].pk
    return browser, pages_of(somebody, office, count), seconds


def pages_of(somebody: Any, office: Any, count: int) -> dict[str, str]:
    last = count // 50
    return {
        "list": "/pegawai/",
        "list, last page": f"/pegawai/?halaman={last}",
        "list, one unit": f"/pegawai/?unit={office}",
        "list, kind and grade": "/pegawai/?jenis=pns&golongan=III/a",
        "search by name": f"/pegawai/?q={NAMES[0]}+{NAMES[3]}",
        "search, misspelt": "/pegawai/?q=sity+agoes",
        "search by NIP": f"/pegawai/?q={somebody.nip[:12]}",
        "profile": f"/pegawai/{somebody.pk}/",
    }


def newcomer(number: int, unit: Any) -> Any:
    """The made-up person of the import bench, as the services take them."""
    from lingkar.directory.people.services import NewPerson, PersonFacts

    told = line(number, ["x"])
    day = told[3].partition(", ")[2]
    born = date(int(day[6:]), int(day[3:5]), int(day[:2]))
    facts = PersonFacts(kind="pns", name=told[2], nip=told[1], birth_date=born, golongan=told[4], education=told[5])
    return NewPerson(facts, unit=unit, title=told[6], since=date(2024, 1, 2))


def analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measured(browser: Any, name: str, path: str, rounds: int) -> Figure:
    """One page, asked again and again; the first answers are not counted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as ran:
        browser.get(path)
        statements = len(ran.captured_queries)
    cpu, wall = [], []
    for _ in range(rounds):
        began, ticked = time.process_time(), time.monotonic()
        response = browser.get(path)
        cpu.append((time.process_time() - began) * 1000)
        wall.append((time.monotonic() - ticked) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
    return Figure(name, statistics.median(cpu), statistics.median(wall), statements)


if __name__ == "__main__":
    sys.exit(main())
