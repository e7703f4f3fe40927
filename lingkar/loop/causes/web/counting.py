"""What people of a village reported, as figures for the page on their community."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from lingkar.foundation.access import Actor
from lingkar.foundation.parameters.queries import value
from lingkar.foundation.privacy.cells import hidden
from lingkar.foundation.ui.words import day, number
from lingkar.grow.fieldwork.queries import Figure, Side, counts_for_pictures
from lingkar.listen.reports.queries import counted_in
from lingkar.loop.causes.parameters import SMALLEST

YEAR = timedelta(days=365)
MOST = 8
"""Subjects on one page."""


@counts_for_pictures
def reports_of(by: Actor, place: UUID, at: datetime) -> Iterator[Figure]:
    """Reports of twelve months, by subject. Small numbers are left out, and those from which they could be computed."""
    last = timezone.localdate(at)
    counts = counted_in(place, first=last - YEAR, last=last)
    smallest = value(SMALLEST, agency=by.agency, on=last)
    total, gone = sum(counts.values()), hidden(counts, smallest=smallest)
    source = _("Reports in Lingkar, twelve months until %(day)s") % {"day": day(last)}
    if total >= smallest:
        yield Figure(Side.VOICE, _("Reports from here"), number(total), source=source)
    told = sorted((it for it in counts.items() if it[0] not in gone), key=lambda it: (-it[1], it[0]))
    for subject, n in told[:MOST]:
        yield Figure(Side.VOICE, subject, number(n), source=source)
