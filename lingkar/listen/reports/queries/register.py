"""Every report that somebody may see, cut by one question. Numbers are counted by the same conditions (``tallies``)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.listen.reports import access, rules
from lingkar.listen.reports.models import Report
from lingkar.listen.reports.rules import State

BEST, WORST = 5, 1
NOWHERE = "tanpa"
"""Reports whose sender named no place."""


class What(StrEnum):
    """Which reports are asked for; the values stand in addresses."""

    ALL = ""
    OPEN = "terbuka"
    LATE = "terlambat"
    ANSWERED = "ditanggapi"
    DECIDED = "janji"
    KEPT = "tepat"
    BROKEN = "lewat"
    REOPENED = "dibuka-lagi"
    CLOSED = "pernah-selesai"
    SILENT = "tanpa-kabar"
    RATED = "dinilai"
    RATED_1 = "nilai-1"
    RATED_2 = "nilai-2"
    RATED_3 = "nilai-3"
    RATED_4 = "nilai-4"
    RATED_5 = "nilai-5"


@dataclass(frozen=True)
class Slice:
    """One question: reports that came in from ``since`` to ``until`` (both included), for a unit, from a district.

    ``path`` reaches a unit and all below it, with ``alone`` the unit without what is below. ``district`` is an id, or
    ``NOWHERE``, ``service`` a code.
    """

    since: date | None = None
    until: date | None = None
    path: str = ""
    alone: bool = False
    district: str = ""
    what: What = What.ALL
    service: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The slice as parameters of an address; ``office_register.SliceForm`` reads them."""
        told = {
            "apa": self.what.value,
            "dari": str(self.since or ""),
            "sampai": str(self.until or ""),
            "unit": self.path.rstrip(".").rpartition(".")[2],
            "kecamatan": self.district,
            "sendiri": "1" if self.alone else "",
            "layanan": self.service,
        }
        return {name: value for name, value in told.items() if value}


def condition(what: What, *, today: date) -> Q:
    """What makes a report answer to a question.

    The promise of the first answer counts for reports that were never reopened: reopening starts its clock anew.
    """
    once = Q(reopened=0)
    met = Q(first_answered_at__date__lte=F("first_due"))
    due = Q(first_answered_at__isnull=False) | Q(first_due__lt=today, state__in=sorted(rules.OPEN_STATES))
    return {
        What.ALL: Q(),
        What.OPEN: Q(state__in=sorted(rules.OPEN_STATES)),
        What.LATE: Q(state__in=sorted(rules.OPEN_STATES), next_due__lt=today),
        What.ANSWERED: once & Q(first_answered_at__isnull=False),
        What.DECIDED: once & due,
        What.KEPT: once & Q(first_answered_at__isnull=False) & met,
        What.BROKEN: once & due & (Q(first_answered_at__isnull=True) | ~met),
        What.REOPENED: Q(reopened__gt=0),
        What.CLOSED: Q(closed_at__isnull=False) | Q(reopened__gt=0),
        What.SILENT: Q(state=State.SILENT),
        What.RATED: Q(rating__isnull=False),
        **{What(f"nilai-{stars}"): Q(rating=stars) for stars in range(WORST, BEST + 1)},
    }[what]


def register(by: Actor, asked: Slice, *, today: date) -> QuerySet[Report]:
    """The reports that answer to ``asked`` and that ``by`` may see, newest first. Read ``text_shown`` only."""
    rows = access.visible(by).defer("text", "location", "rating_note", "search")
    return rows.filter(within(asked), condition(asked.what, today=today)).order_by("-received_at", "-number")


def within(asked: Slice) -> Q:
    """When, for whom and where, without what."""
    found = Q()
    if asked.since:
        found &= Q(received_at__gte=begin(asked.since))
    if asked.until:
        found &= Q(received_at__lt=begin(asked.until + timedelta(days=1)))
    if asked.path:
        found &= Q(unit__path=asked.path) if asked.alone else Q(unit__path__startswith=asked.path)
    if asked.service:
        found &= Q(service__code=asked.service)
    if asked.district == NOWHERE:
        found &= Q(place__isnull=True)
    elif asked.district:
        found &= Q(place=asked.district) | Q(place__parent=asked.district)
    return found


def begin(day: date) -> datetime:
    """The first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))
