"""The units and services that are there, and by which words a line may mean them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from lingkar.directory.orgs.queries import units_in
from lingkar.directory.services import access
from lingkar.directory.services.models import Service, Version
from lingkar.foundation.access import Actor
from lingkar.foundation.sheets.cells import simple

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit


@dataclass(frozen=True)
class Known:
    """What somebody who imports may mean; ``taken`` are codes of the whole agency.

    A word that means a unit of today does not mean one of other times.
    """

    units: "Mapping[str, Unit | None]"
    services: Mapping[str, Service]
    named: Mapping[tuple[str, UUID], str]
    taken: frozenset[str]
    newest: Mapping[UUID, Version]
    drafts: Mapping[UUID, Version]

    @classmethod
    def of(cls, by: Actor, today: date) -> "Known":
        there, every = units_in(by.agency, day=today), units_in(by.agency)
        services = {item.code: item for item in access.visible(by)}
        taken = frozenset(Service.objects.filter(agency=by.agency).values_list("code", flat=True))
        named = {(simple(item.name), item.unit_id): code for code, item in services.items()}
        newest, drafts = _versions(services.values())
        return cls(_by_words(every) | _by_words(there), services, named, taken, newest, drafts)


def _versions(services: Iterable[Service]) -> tuple[dict[UUID, Version], dict[UUID, Version]]:
    newest: dict[UUID, Version] = {}
    drafts: dict[UUID, Version] = {}
    rows = Version.objects.filter(service__in=list(services)).select_related("unit").defer("search", "spellings")
    for row in rows.order_by("number"):
        (drafts if row.is_draft else newest)[row.service_id] = row
    return newest, drafts


def _by_words(units: "Iterable[Unit]") -> "dict[str, Unit | None]":
    """Units by code, name and short name; a name that two units have means neither."""
    found: dict[str, Unit | None] = {}
    every = list(units)
    for unit in every:
        for words in {simple(unit.name), simple(unit.short_name)} - {""}:
            found[words] = None if words in found else unit
    return found | {simple(unit.code): unit for unit in every}
