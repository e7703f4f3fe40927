"""Say what means the same. The next question takes it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.tenancy.models import Agency
from lingkar.site.search import rules
from lingkar.site.search.access import demand_synonyms
from lingkar.site.search.models import Synonym


@transaction.atomic
def add_synonym(*, phrases: Iterable[str], by: Actor, at: datetime) -> Synonym:
    """Phrases that mean the same from now on."""
    demand_synonyms(by)
    told = rules.tidy(phrases)
    rules.check_new(told, [row.phrases for row in _locked(by)])
    row = Synonym.objects.create(agency_id=by.agency, phrases=told, changed_at=at)
    record(by, "search.synonym_added", row, at=at, phrases=len(told))
    return row


@transaction.atomic
def change_synonym(*, synonym: UUID, phrases: Iterable[str], by: Actor, at: datetime) -> None:
    """Other phrases for a group."""
    demand_synonyms(by)
    rows = _locked(by)
    row = _one(rows, synonym)
    row.phrases, row.changed_at = rules.tidy(phrases), at
    rules.check_new(row.phrases, [other.phrases for other in rows if other.pk != row.pk])
    row.save(update_fields=["phrases", "changed_at"])
    record(by, "search.synonym_changed", row, at=at, phrases=len(row.phrases))


@transaction.atomic
def remove_synonym(*, synonym: UUID, by: Actor, at: datetime) -> None:
    """The phrases of a group mean different things again."""
    demand_synonyms(by)
    row = _one(_locked(by), synonym)
    record(by, "search.synonym_removed", row, at=at, phrases=len(row.phrases))
    row.delete()


def _locked(by: Actor) -> list[Synonym]:
    """Every group of the agency, while nobody else changes one: no phrase stands in two."""
    Agency.objects.select_for_update().get(pk=by.agency)
    return list(Synonym.objects.filter(agency=by.agency))


def _one(rows: list[Synonym], synonym: UUID) -> Synonym:
    row = next((row for row in rows if row.pk == synonym), None)
    if row is None:
        raise Unseen
    return row
