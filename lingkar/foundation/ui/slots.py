"""Slots: a lower page shows panels of upper modules without knowing them (HOUSE.md, rule 3 of direction).

The page writes ``{% slot "reports.case" subject=report.pk %}``. An upper module registers a panel for that name at
start-up; its route takes the subject as its only argument and answers a fragment of HTML.

A *door* is less: one link to a page of an upper module, drawn with the page itself. A lower page asks for them with
``{% doors "services.service" code as found %}`` and leads up without knowing where.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise

from lingkar.foundation.access import Actor


@dataclass(frozen=True, order=True)
class Panel:
    """One panel: the route that answers it and the action it needs (None: whoever sees the page)."""

    order: int
    url_name: str
    title: str | Promise = field(compare=False)
    needs: str | None = field(compare=False, default=None)

    def url(self, subject: object | None) -> str:
        return reverse(self.url_name, args=[] if subject is None else [subject])


_PANELS: dict[str, dict[str, Panel]] = {}


def register_panel(
    slot: str, url_name: str, *, title: str | Promise, needs: str | None = None, order: int = 100
) -> None:
    """Offer the page ``url_name`` as a panel of ``slot``."""
    panel = Panel(order, url_name, title, None if needs is None else str(needs))
    _PANELS.setdefault(slot, {})[url_name] = panel


def panels(slot: str, actor: Actor | None) -> list[Panel]:
    """Panels of ``slot`` that ``actor`` may see, in order."""
    registered = sorted(_PANELS.get(slot, {}).values())
    return [p for p in registered if p.needs is None or (actor is not None and actor.may(p.needs))]


@dataclass(frozen=True, order=True)
class Door:
    """One link to a page of an upper module; its route takes the subject as its only argument."""

    order: int
    url_name: str
    label: str | Promise = field(compare=False)
    icon: str = field(compare=False, default="")

    def url(self, subject: object | None) -> str:
        return reverse(self.url_name, args=[] if subject is None else [subject])


_DOORS: dict[str, dict[str, Door]] = {}


def register_door(slot: str, url_name: str, *, label: str | Promise, icon: str = "", order: int = 100) -> None:
    """Offer the page ``url_name`` as a link of ``slot``. Whoever follows it is asked there for what they may."""
    _DOORS.setdefault(slot, {})[url_name] = Door(order, url_name, label, icon)


def doors(slot: str) -> list[Door]:
    """Doors of ``slot``, in order."""
    return sorted(_DOORS.get(slot, {}).values())
