"""What somebody wrote in a logbook, and what mentors said: told to them, and forgotten."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.access import Actor
from lingkar.foundation.files.services import remove
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper
from lingkar.grow.fieldwork.models import LogEntry, LogPhoto, Word


def _own(holder: Holder) -> QuerySet[LogEntry]:
    rows = LogEntry.objects.all()
    return rows.filter(participant__person=holder.person) if holder.person else rows.none()


def export(holder: Holder) -> Iterator[Row]:
    """Own entries, then own words to those of others."""
    for row in _own(holder).order_by("saved_at", "pk"):
        yield {_("saved"): row.saved_at, _("entry"): row.words, pgettext_lazy("logbook", "place"): row.place}
    for word in Word.objects.filter(person=holder.person).order_by("at", "id") if holder.person else ():
        yield {_("word"): word.words, _("saved"): word.at}


def erase(holder: Holder, at: datetime) -> int:
    """Words and photos of own entries with what was said to them, and own words to those of others."""
    if holder.person is None:
        return 0
    for photo in LogPhoto.objects.filter(entry__in=_own(holder)):
        file = photo.file_id
        photo.delete()
        remove(file=file, by=Actor.system(holder.agency), at=at)
    said = Word.objects.filter(Q(person=holder.person) | Q(entry__in=_own(holder))).update(words="–")
    return said + _own(holder).update(words="", place="")


register_keeper("fieldwork", _("Logbook of the field study"), export=export, erase=erase)
