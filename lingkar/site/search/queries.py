"""What means the same in this agency."""

from uuid import UUID

from django.db.models import QuerySet

from lingkar.foundation.access import Unseen
from lingkar.foundation.search.rules import Groups
from lingkar.foundation.tenancy.prepared import prepared
from lingkar.site.search.models import Synonym


def synonyms() -> QuerySet[Synonym]:
    """Every group of the agency, in the order of its first phrase."""
    return Synonym.objects.order_by("phrases")


def synonym_of(synonym: UUID) -> Synonym:
    """One group. Raises ``Unseen``."""
    found = Synonym.objects.filter(pk=synonym).first()
    if found is None:
        raise Unseen
    return found


def own_groups() -> Groups:
    """The groups of the agency as the search reads them."""
    return tuple(tuple(row.phrases) for row in _own())


@prepared
def _own() -> QuerySet[Synonym]:
    return Synonym.objects.order_by("phrases")
