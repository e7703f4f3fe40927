"""What this module holds about somebody: told to them, and forgotten."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.access import NOBODY
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper
from lingkar.grow.programmes.models import Attendance, Duty, Mark, MarkChange, Participant


def export(holder: Holder) -> Iterator[Row]:
    """Programmes, attendance, marks with their changes, and duties."""
    person = holder.person or NOBODY
    rows = Participant.objects.filter(person=person).select_related("cohort").order_by("joined_at")
    for row in rows:
        yield {
            _("programme"): row.cohort.title,
            _("joined"): row.joined_at,
            pgettext_lazy("participant", "institution"): row.institution,
            _("standing"): row.get_standing_display(),
            _("final mark"): row.final,
            _("reason"): row.reason,
        }
    there = Attendance.objects.filter(participant__person=person).select_related("session__subject").order_by("at")
    for was in there:
        yield {_("session"): was.session.subject.title, _("noted"): was.at}
    for mark in Mark.objects.filter(participant__person=person).order_by("given_at"):
        yield {_("component"): mark.component, _("mark"): mark.value, _("given"): mark.given_at}
    for change in MarkChange.objects.filter(mark__participant__person=person).order_by("changed_at"):
        yield {_("before"): change.before, _("after"): change.after, _("reason"): change.reason}
    for duty in Duty.objects.filter(person=person).select_related("cohort"):
        yield {_("programme"): duty.cohort.title, _("duty"): duty.get_kind_display()}


def erase(holder: Holder, at: datetime) -> int:  # noqa: ARG001
    """Forget institutions and words about somebody. Marks and decisions stay, and name nobody any more."""
    rows = Participant.objects.filter(person=holder.person or NOBODY)
    changes = MarkChange.objects.filter(mark__participant__person=holder.person or NOBODY).exclude(reason="–")
    return rows.update(institution="", reason="") + changes.update(reason="–")


KEPT = _("Marks, attendance and what a meeting decided stay with the minutes, and name nobody once a person is erased.")
register_keeper("programmes", _("Programmes that you took part in"), export=export, erase=erase, kept=KEPT)
