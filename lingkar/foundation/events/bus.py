"""Declare an event, subscribe to it, publish it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from lingkar.foundation.events.models import Event

E = TypeVar("E", bound=type)
Handler = Callable[[Any], None]


@dataclass(frozen=True)
class Subscription:
    """A handler under its stable name (``module.function``), which the job carries."""

    name: str
    event: str
    handler: Handler


_TYPES: dict[str, type] = {}
_NAMES: dict[type, str] = {}
_SUBSCRIPTIONS: dict[str, Subscription] = {}


def event(name: str) -> Callable[[E], E]:
    """Class decorator: a frozen dataclass with an ``agency`` field becomes the event ``name``."""

    def declare(cls: E) -> E:
        if _TYPES.setdefault(name, cls) is not cls:
            raise ValueError(f"event {name!r} is declared twice")
        _NAMES[cls] = name
        return cls

    return declare


def on(event_type: type) -> Callable[[Handler], Handler]:
    """Function decorator for ``handlers.py``: call this when the event was published and committed.

    It runs inside a transaction, in the scope and the time zone of the event's agency, once per event: the delivery is
    recorded in that same transaction, so a job that is repeated after a crash changes nothing the second time.
    """

    def subscribe(handler: Handler) -> Handler:
        module = handler.__module__.removesuffix(".handlers").removeprefix("lingkar.")
        name = f"{module}.{handler.__name__}"
        if name in _SUBSCRIPTIONS:
            raise ValueError(f"handler {name!r} is declared twice")
        _SUBSCRIPTIONS[name] = Subscription(name, _NAMES[event_type], handler)
        return handler

    return subscribe


def publish(fact: Any) -> None:
    """Store the event and one job per subscriber, within the running transaction."""
    name = _NAMES[type(fact)]
    agency: UUID = fact.agency
    row = Event.objects.create(agency_id=agency, name=name, facts=msgspec.to_builtins(fact))
    jobs: list[dict[str, JSONValue]] = [
        {"event": str(row.pk), "agency": str(agency), "handler": sub.name}
        for sub in _SUBSCRIPTIONS.values()
        if sub.event == name
    ]
    if jobs:
        app.configure_task("events.deliver").batch_defer(*jobs)


def decode(row: Event) -> Any:
    """The dataclass that was published."""
    return msgspec.convert(row.facts, _TYPES[row.name])


def subscription(name: str) -> Subscription:
    return _SUBSCRIPTIONS[name]


def wiring() -> list[Subscription]:
    """Every subscription, by event and name: what ``lingkar wiring`` prints."""
    return sorted(_SUBSCRIPTIONS.values(), key=lambda sub: (sub.event, sub.name))


def declared_events() -> dict[str, type]:
    """Every declared event by name."""
    return dict(_TYPES)
