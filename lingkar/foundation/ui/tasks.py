"""What waits for somebody: modules tell it, the home of people signed in shows the first thing large.

A module registers providers at start-up (``AppConfig.ready``). Each is asked when the home is opened, with two
statements at most, and tells only what the actor may do. What a provider raises is a fault of the code.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from lingkar.foundation.access import Actor

Words = str | Promise


@dataclass(frozen=True)
class Task:
    """One thing to do next.

    ``due`` is the last day on which it is in time (None: any day), ``minutes`` how long it takes (0: not known),
    ``action`` the words of the button, ``order`` decides among things of the same day: lower comes first. What takes
    place on that day and cannot be done before ``is_event``.
    """

    title: Words
    text: Words
    href: str
    action: Words
    due: date | None = None
    minutes: int = 0
    order: int = 100
    icon: str = "circle-check"
    is_event: bool = False

    def is_late(self, day: date) -> bool:
        return self.due is not None and self.due < day


@dataclass(frozen=True)
class Figure:
    """One number about the person themselves (hours learned this year), with the page that lists what it counts."""

    label: Words
    value: str
    href: str
    note: Words = ""
    order: int = 100


TaskProvider = Callable[[Actor, datetime], Iterable[Task]]
FigureProvider = Callable[[Actor, datetime], Iterable[Figure]]

_TASKS: list[TaskProvider] = []
_FIGURES: list[FigureProvider] = []


def tells_tasks(provider: TaskProvider) -> TaskProvider:
    """Decorator: ``provider(actor, at)`` tells what waits for the actor."""
    _TASKS.append(provider)
    return provider


def tells_figures(provider: FigureProvider) -> FigureProvider:
    """Decorator: ``provider(actor, at)`` tells numbers about the actor."""
    _FIGURES.append(provider)
    return provider


def tasks(actor: Actor, at: datetime) -> list[Task]:
    """What waits for ``actor``: by day, what has no day last."""
    found = [task for provider in _TASKS for task in provider(actor, at)]
    return sorted(found, key=lambda task: (task.due or date.max, task.order))


def figures(actor: Actor, at: datetime) -> list[Figure]:
    """Numbers about ``actor``, in the order that the modules gave them."""
    return sorted((figure for provider in _FIGURES for figure in provider(actor, at)), key=lambda figure: figure.order)
