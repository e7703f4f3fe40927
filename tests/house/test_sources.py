"""What the text of the sources shows: names, sizes, clocks, templates and addresses that obey the floors."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver
from django_cotton.compiler_regex import CottonCompiler

from lingkar.foundation.ui.drawing.swift import SwiftTemplate
from tests.house.floors import PACKAGE, ROOT, Place, may_know, sources

NAMELESS = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?)(_|$)")
LONGEST_FILE = 400
CLOCKLESS = {"rules", "services", "queries", "access"}
CLOCK = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "time.time",
    "time.monotonic",
}
CLOCK_WITHOUT_ARGUMENT = {"timezone.localdate", "timezone.localtime", "localdate", "localtime", "now"}
CHANCE = {"uuid4", "uuid1", "uuid.uuid4", "uuid.uuid1"}
TEMPLATE_OF = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
URL_OF = re.compile(r"""\{%\s*url\s+["']([^"']+)["']""")
NAMING = {"reverse", "reverse_lazy", "redirect", "resolve_url", "register", "register_panel"}
"""Calls whose arguments may name a route."""


def nameless(path: Path) -> Iterator[str]:
    for part in path.relative_to(ROOT).with_suffix("").parts:
        if NAMELESS.search(part):
            yield f"{path.relative_to(ROOT)}: a thing that has no room yet has no name yet ({part})"


def too_long(path: Path) -> Iterator[str]:
    lines = len(path.read_text().splitlines())
    if lines > LONGEST_FILE:
        yield f"{path.relative_to(ROOT)} has {lines} lines, at most {LONGEST_FILE}"


def room_of(path: Path) -> str:
    """``services`` for both ``reports/services.py`` and ``reports/services/intake.py``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return next((part for part in parts[2:] if part in CLOCKLESS), parts[-1])  # a module may be called services


def looks_at_the_clock(path: Path, source: str | None = None) -> Iterator[str]:
    """Calls that ask for the time, or for chance, where ``at`` must be an argument."""
    room = room_of(path)
    if room not in CLOCKLESS or "web" in path.with_suffix("").parts:
        return
    for call in (node for node in ast.walk(ast.parse(source or path.read_text())) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        asks = name in CLOCK or (name in CLOCK_WITHOUT_ARGUMENT and not call.args and not call.keywords)
        if asks or (room == "rules" and name in CHANCE):
            yield f"{path.relative_to(ROOT)}:{call.lineno} calls {name}(): take it as an argument"


def templates_up(path: Path, source: str | None = None) -> Iterator[str]:
    """Templates that extend or include one of a module above or beside."""
    for name in TEMPLATE_OF.findall(source or path.read_text()):
        origin = Path(get_template(name.partition("#")[0]).template.origin.name)  # type: ignore[attr-defined]
        if not may_know(Place.of_file(path), Place.of_file(origin)):
            yield f"{path.relative_to(ROOT)} uses {name} of {Place.of_file(origin)}"


def routes_up(path: Path, source: str | None = None) -> Iterator[str]:
    """Addresses that a module names although they belong to a module above or beside."""
    text = source or path.read_text()
    for name in URL_OF.findall(text) if path.suffix == ".html" else _named_routes(text):
        owner = route_owners().get(name)
        if not may_know(Place.of_file(path), owner):
            yield f"{path.relative_to(ROOT)} names the route {name!r} of {owner}: offer a slot instead"


def _named_routes(text: str) -> Iterator[str]:
    for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
        if ast.unparse(call.func).split(".")[-1] in NAMING:
            given = [*call.args[:2], *(keyword.value for keyword in call.keywords)]
            yield from (node.value for node in given if isinstance(node, ast.Constant) and isinstance(node.value, str))


def route_owners() -> dict[str, Place | None]:
    """Route name → the module whose view answers it (None: a library's)."""
    return dict(_owners(get_resolver().url_patterns, ""))


def _owners(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, Place | None]]:
    for item in patterns:
        if isinstance(item, URLResolver):
            yield from _owners(item.url_patterns, f"{space}{item.namespace}:" if item.namespace else space)
        else:
            yield f"{space}{item.name}", Place.of(item.callback.__module__)


OURS = sorted((ROOT / "tests").rglob("*.py"))
CHECKS = {
    nameless: [*sources("*"), *OURS],
    too_long: [path for kind in ("*.py", "*.html", "*.css", "*.js") for path in sources(kind)] + OURS,
    looks_at_the_clock: sources(),
    templates_up: sources("*.html"),
    routes_up: [*sources("*.html"), *sources()],
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_sources_obey_the_house(check):
    assert [fault for path in CHECKS[check] if "vendor" not in path.parts for fault in check(path)] == []


ORGS = PACKAGE / "directory" / "orgs"


@pytest.mark.parametrize(
    ("check", "path", "source"),
    [
        (looks_at_the_clock, ORGS / "rules.py", "x = datetime.now(UTC)"),
        (looks_at_the_clock, ORGS / "rules.py", "x = uuid4()"),
        (looks_at_the_clock, ORGS / "services" / "tree.py", "x = timezone.localdate()"),
        (templates_up, ORGS / "templates" / "x.html", '{% extends "site/home.html" %}'),
        (routes_up, ORGS / "templates" / "x.html", "{% url 'home' %}"),
        (routes_up, ORGS / "web" / "views.py", "redirect('home')"),
        (routes_up, ORGS / "apps.py", "navigation.register(url_name='home')"),
    ],
)
def test_a_planted_fault_is_found(check, path, source):
    assert list(check(path, source))


@pytest.mark.parametrize(
    ("path", "source"),
    [(ORGS / "services.py", "x = timezone.localdate(at)"), (ORGS / "web" / "views.py", "at = timezone.now()")],
)
def test_a_given_time_and_a_door_may(path, source):
    assert list(looks_at_the_clock(path, source)) == []


def test_a_nameless_and_an_endless_file_are_found(tmp_path):
    assert list(nameless(ORGS / "web_utils.py"))
    assert list(nameless(ORGS / "helpers" / "tree.py"))
    assert not list(nameless(ORGS / "commons.py"))
    endless = ROOT / "uv.lock"
    assert list(too_long(endless))


def test_jobs_count_days_where_their_agency_lies():
    """``working_for`` opens the scope with the time zone; ``agency_scope`` alone counts the days of the server."""
    faults = [str(path.relative_to(ROOT)) for path in PACKAGE.rglob("jobs.py") if "agency_scope(" in path.read_text()]
    assert not faults


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_every_template_can_be_read(path):
    """What is constant is drawn while a template is read: an icon that does not exist shows here, not in a branch."""
    get_template(path.as_posix().rpartition("/templates/")[2])


def test_an_icon_that_does_not_exist_is_found():
    with pytest.raises(KeyError):
        SwiftTemplate(CottonCompiler().process('{% if rare %}<c-empty icon="no-such" title="a" />{% endif %}'))
