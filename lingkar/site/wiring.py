"""What is wired to what: events to handlers, actions to roles, routes to needs, jobs to clocks. As Markdown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from procrastinate.contrib.django import app

from lingkar.foundation.access import declared_actions
from lingkar.foundation.events import bus
from lingkar.foundation.events.rounds import is_round
from lingkar.site.operate.health import PATH, WEB_PATH

INTRODUCTION = """# Wiring

Printed by `lingkar wiring`; `make wiring` writes this file, a test compares it. Do not edit it by hand.
"""
FOREIGN = "its library's own rule"


@dataclass(frozen=True)
class Route:
    """One address with its name and who may call it."""

    pattern: str
    name: str
    need: str


def markdown() -> str:
    """The whole document."""
    parts = (
        INTRODUCTION,
        _table("Events", ("Event", "Handled by"), _events()),
        _table("Actions", ("Action", "Roles"), _actions()),
        _table("Routes", ("Address", "Name", "Needs"), ((_code(r.pattern), r.name, r.need) for r in routes())),
        _table("Jobs", ("Job", "Runs"), _jobs()),
    )
    return "\n".join(parts)


def routes() -> list[Route]:
    """Every address of the installation, in the order in which they are tried."""
    for_monitors = [Route(path.lstrip("/"), "", "public") for path in (PATH, WEB_PATH)]
    return for_monitors + list(_walk(get_resolver().url_patterns))


def _walk(patterns: Iterable[URLPattern | URLResolver], prefix: str = "", space: str = "") -> Iterator[Route]:
    for item in patterns:
        pattern = prefix + str(item.pattern).removeprefix("^").removesuffix(r"\Z").removesuffix("$")
        if isinstance(item, URLResolver):
            yield from _walk(item.url_patterns, pattern, f"{space}{item.namespace}:" if item.namespace else space)
        else:
            need = getattr(item.callback, "need", None)
            yield Route(pattern, f"{space}{item.name or ''}", FOREIGN if need is None else str(need))


def _events() -> Iterator[tuple[str, str]]:
    for name in sorted(bus.declared_events()):
        handlers = [sub.name for sub in bus.wiring() if sub.event == name]
        yield name, ", ".join(handlers) or "nobody yet"


def _actions() -> Iterator[tuple[str, str]]:
    for action, roles in sorted(declared_actions().items()):
        yield action, ", ".join(sorted(roles)) or "whoever is named in the row"


def _jobs() -> Iterator[tuple[str, str]]:
    clocks = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    for name, task in sorted(app.tasks.items()):
        if name == task.name and not name.startswith("builtin:"):
            when = f"at `{clocks[name]}`" if name in clocks else "when asked"
            yield name, f"{when}, for each agency on its own" if is_round(name) else when


def _code(pattern: str) -> str:
    return f"`/{pattern}`".replace("|", r"\|")


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]
    return f"## {title}\n\n" + "\n".join(lines) + "\n"
