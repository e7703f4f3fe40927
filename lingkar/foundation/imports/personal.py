"""Lines of imported lists that are about somebody: told to them, and forgotten with the list that they stood in."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.access import Actor
from lingkar.foundation.imports import registry
from lingkar.foundation.imports.models import Import, ImportState, StagedRow
from lingkar.foundation.imports.services.starting import forget
from lingkar.foundation.imports.telling import labels, value_in_words
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper

RUNNING_OUT = (ImportState.READING, ImportState.READY)


def _lines(holder: Holder) -> QuerySet[StagedRow]:
    """By the row that a line became or would change, or by what the list calls them."""
    about = Q(key__in=holder.keys)
    if holder.person:
        about |= Q(target=holder.person)
    return StagedRow.objects.filter(about, agency=holder.agency)


def export(holder: Holder) -> Iterator[Row]:
    """Each line, oldest first."""
    for line in _lines(holder).select_related("source").order_by("pk"):
        found = registry.importers().get(line.source.kind)
        names = labels(found) if found else {}
        told: dict[Any, Any] = {_("Started"): line.source.started_at, _("line"): line.line}
        yield told | {names[key]: value_in_words(value) for key, value in line.values.items() if key in names}


def erase(holder: Holder, at: datetime) -> int:
    """The line cannot be taken out of a file: the whole list goes, file and lines. What was written of it stays.

    One that waits for somebody is cancelled. One that is being written right now goes with the next purge.
    """
    lines = _lines(holder)
    count = lines.count()
    sources = list(lines.order_by().values_list("source", flat=True).distinct())
    lists = Import.objects.select_for_update(of=("self",)).filter(pk__in=sources)
    for row in lists.exclude(state=ImportState.APPLYING).order_by("pk"):
        forget(row, by=Actor.system(holder.agency), at=at)
        if row.state in RUNNING_OUT:
            row.state, row.ended_at = ImportState.DROPPED, at
        row.save()
    return count


register_keeper("imports", _("Lines of imported lists"), export=export, erase=erase)
