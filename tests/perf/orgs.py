"""What pages about a tree of 2,000 units cost: ``python -m tests.perf.orgs``, part of ``make bench``.

A throw-away database with a city and so many units in four layers, written by ``services.add_units`` as an import does.
Each page is asked of the application inside this process, as ``tests.perf.persons`` does: CPU of a request without the
database, statements, and the milliseconds of the clock. At the end a statement is planted for each unit of the tree: a
bench that does not see it is blind, and says so.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import tests.database  # noqa: F401  # starts a server of its own, before Django is set up
from tests.perf import machine
from tests.perf.persons import MOST_QUERIES, analyse, measured

UNITS = 2_000
AIM_MS = 50.0
OFFICES, SECTIONS = 40, 6
"""Offices below the city, and sections of a division; divisions fill up the number."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a page misses the aim or the bench is blind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--rounds", type=int, default=15)
    wish = parser.parse_args(arguments)
    browser, pages, seconds = prepared(wish.units)
    figures = [measured(browser, name, path, wish.rounds) for name, path in pages.items()]
    with planted():
        slower = measured(browser, "planted: a statement for each unit", pages["tree"], 3)
    print(f"\n{wish.units:,} units, written in {seconds:.1f} s · {machine.commit()} · {machine.processor()}\n")
    for figure in [*figures, slower]:
        print(f"{figure.name:36} {figure.cpu_ms:7.1f} ms CPU {figure.wall_ms:7.1f} ms {figure.queries:4} statements")
    slow = [figure.name for figure in figures if figure.cpu_ms > AIM_MS or figure.queries > MOST_QUERIES]
    blind = slower.queries <= MOST_QUERIES
    print("misses the aim: " + ", ".join(slow) if slow else f"every page is below {AIM_MS:.0f} ms and 12 statements")
    print("BLIND: a statement for each unit was not seen" if blind else "the statements that were planted show")
    return int(bool(slow) or blind)


def prepared(count: int) -> tuple[Any, dict[str, str], float]:
    """A browser of the operator, the pages to ask for, and how long writing the units took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.site.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    call_command("migrate", verbosity=0)
    setup_test_environment()
    from lingkar.directory.orgs import services
    from lingkar.foundation.tenancy.queries import agency_scope
    from tests.fixtures import NOW, make_city, signed_in

    city = make_city("kota")
    with agency_scope(city.agency.pk):
        began = time.monotonic()
        services.add_units(agency=city.agency.pk, rows=list(rows(count)), by=city.system, at=NOW)
        seconds = time.monotonic() - began
        analyse()
        browser = signed_in(city.holder("operator", None))
    return browser, PAGES, seconds


PAGES = {
    "tree": "/unit/",
    "tree, by name": "/unit/?q=bidang+12",
    "tree, by kind": "/unit/?jenis=office",
    "office": "/unit/bench-0/",
    "section": "/unit/bench-1-0-0/",
    "search": "/cari/?q=bidang+pelayanan",
    "search, misspelt": "/cari/?q=bidng+pelayann",
}


def rows(count: int) -> Iterator[Any]:
    """Offices with divisions with sections, until there are ``count``; the number decides everything."""
    from lingkar.directory.orgs.services import NewUnit
    from tests.fixtures import LONG_AGO

    left = count
    for office in range(OFFICES):
        yield NewUnit(f"bench-{office}", "office", f"Dinas Percobaan {office}", LONG_AGO)
    left -= OFFICES
    for number in range(left // (SECTIONS + 1) + 1):
        parent, division = f"bench-{number % OFFICES}", f"bench-{number % OFFICES}-{number // OFFICES}"
        if left:
            yield NewUnit(division, "section", f"Bidang {number} Pelayanan Umum", LONG_AGO, parent=parent)
            left -= 1
        for section in range(min(SECTIONS, left)):
            yield NewUnit(f"{division}-{section}", "section", f"Seksi {section} {number}", LONG_AGO, parent=division)
            left -= 1


@contextmanager
def planted() -> Iterator[None]:
    """The tree page asks for each unit once more, as a loop over rows in a template would."""
    from django.shortcuts import render as honest

    from lingkar.directory.orgs import queries
    from lingkar.directory.orgs.models import Unit

    def render(request: Any, *args: Any, **kwargs: Any) -> Any:
        for unit in queries.units_in(request.agency.pk)[:200]:
            Unit.objects.filter(pk=unit.pk).exists()
        return honest(request, *args, **kwargs)

    with patch("lingkar.directory.orgs.web.views.render", render):
        yield


if __name__ == "__main__":
    sys.exit(main())
