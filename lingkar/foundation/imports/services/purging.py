"""Forget what was imported long ago."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.foundation.imports.models import Import, ImportState
from lingkar.foundation.imports.parameters import KEEP_DAYS
from lingkar.foundation.imports.services.starting import forget
from lingkar.foundation.parameters.queries import value


def purge(*, agency: UUID, at: datetime) -> int:
    """Forget file, rows and file name of imports of the agency in scope that are older than the parameter says."""
    days = value(KEEP_DAYS, agency=agency, on=timezone.localdate(at))
    old = Import.objects.filter(agency=agency, started_at__lt=at - timedelta(days=days), purged_at=None)
    old, count = old.exclude(state=ImportState.APPLYING), 0
    for source in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            row = old.select_for_update().filter(pk=source).first()
            if row is None:  # somebody confirmed it in this second
                continue
            forget(row, by=Actor.system(agency), at=at)
            if row.state in (ImportState.READING, ImportState.READY):
                row.state, row.ended_at = ImportState.DROPPED, at
            row.save()
        count += 1
    return count
