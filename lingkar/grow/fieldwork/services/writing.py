"""An entry of a logbook is kept: once, however often it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.files.services import store
from lingkar.foundation.refusals import Refused
from lingkar.foundation.refusals.typed import trimmed
from lingkar.grow.fieldwork import access, rules
from lingkar.grow.fieldwork.models import LogEntry, LogPhoto

if TYPE_CHECKING:
    from django.core.files.base import File


@dataclass(frozen=True)
class Saved:
    """An entry as it stands; ``is_new`` is False for one that had come before."""

    entry: UUID
    at: datetime
    is_new: bool


def write_entry(
    *,
    participant: UUID,
    key: UUID,
    words: str,
    photos: "Sequence[File[bytes]]" = (),
    place: str = "",
    phone_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Saved:
    """Keep an entry under the ``key`` that the phone made, with the server's time.

    The same key again (a double tap, two tabs, a resend after a lost answer) changes nothing and tells the first time.
    ``Refused`` for an empty one, too many photos, or a cohort that is over; ``Unseen`` for somebody else's logbook.
    """
    owner = access.own_participant(by, participant)
    there = _there(participant, key)
    if there is not None:
        return there
    if not access.takes_part(owner):
        raise Refused("fieldwork.over")
    plain = rules.check_entry(words, photos=len(photos))
    row = LogEntry(agency_id=by.agency, key=key, participant=owner, words=plain, place=trimmed(place)[:200])
    row.phone_at, row.saved_at, row.day = phone_at, at, timezone.localdate(at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)  # the second of two at once waits here, and is told what the first one kept
            _keep_photos(row, photos, by=by, at=at)
            record(by, "fieldwork.written", row, at=at, photos=len(photos))
    except IntegrityError:
        there = _there(participant, key)
        if there is None:
            raise
        return there
    return Saved(row.pk, row.saved_at, is_new=True)


def _there(participant: UUID, key: UUID) -> Saved | None:
    row = LogEntry.objects.filter(participant=participant, key=key).values_list("pk", "saved_at").first()
    return Saved(*row, is_new=False) if row else None


def _keep_photos(row: LogEntry, photos: "Sequence[File[bytes]]", *, by: Actor, at: datetime) -> None:
    for number, photo in enumerate(photos, 1):
        file = store(photo, kind="photo", purpose="fieldwork.photo", by=by, at=at)
        LogPhoto.objects.create(agency_id=by.agency, entry=row, file=file, number=number)
