"""Who may import, and which imports somebody sees."""

from enum import StrEnum

from django.db.models import Q, QuerySet

from lingkar.foundation.access import Actor, declare
from lingkar.foundation.imports import registry
from lingkar.foundation.imports.models import Import


class Action(StrEnum):
    """Acts of this module."""

    USE = "imports.use"


ROLES = ("operator", "personnel", "coordinator", "training")  # codes: Role stands above, in people
declare(Action.USE, roles=ROLES)


class ImportPolicy:
    """Imports of the kinds that one may import: for the whole agency all of them, for one's own units one's own."""

    def visible(self, by: Actor) -> QuerySet[Import]:
        rows = Import.objects.filter(agency=by.agency)
        if by.is_system:
            return rows
        everywhere = [kind for kind, item in registry.importers().items() if by.may(item.needs, "")]
        somewhere = [kind for kind, item in registry.importers().items() if by.may(item.needs)]
        return rows.filter(Q(kind__in=everywhere) | Q(kind__in=somewhere, started_by=by.person))

    def allows(self, by: Actor, action: str, item: Import) -> bool:  # noqa: ARG002
        return may_import(by, item.kind)


def may_import(by: Actor, kind: str) -> bool:
    """Whether ``by`` may import rows of this kind somewhere."""
    return by.is_system or by.may(registry.importer_of(kind).needs)
