"""Marks, meetings and what they decided, and what participants thought of it."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned
from lingkar.grow.programmes.models.cohorts import Cohort, Participant, Standing


class Mark(AgencyOwned):
    """The mark of one participant for one component, as it stands. ``given_by`` is the account of who gave it.

    ``source`` says what it came from: "quiz" by itself, "project" with its judgement, "" by hand.
    """

    PERSONAL: ClassVar[Personal] = {"value": Erase.KEEP}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="marks", verbose_name=_("participant"))
    component = models.CharField(_("component"), max_length=40)
    value = models.DecimalField(_("mark"), max_digits=5, decimal_places=2)
    source = models.CharField(_("source"), max_length=10, blank=True)
    given_by = models.UUIDField(null=True, editable=False)
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = pgettext_lazy("programme", "marks")
        constraints = (
            models.UniqueConstraint("participant", "component", name="mark_once"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=100), name="mark_within_100"),
        )


class MarkChange(AgencyOwned):
    """A mark that stood was changed: from what to what, by whom, when and why. Never changed itself."""

    PERSONAL: ClassVar[Personal] = {"before": Erase.KEEP, "after": Erase.KEEP, "reason": Erase.BLANK}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mark = models.ForeignKey(Mark, models.PROTECT, related_name="changes", verbose_name=_("mark"))
    before = models.DecimalField(_("before"), max_digits=5, decimal_places=2)
    after = models.DecimalField(_("after"), max_digits=5, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=300)
    changed_by = models.UUIDField(null=True, editable=False)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("change of a mark")
        verbose_name_plural = _("changes of marks")
        ordering = ("-changed_at",)


class Meeting(AgencyOwned):
    """The meeting that decides who passes (rapat kelulusan), with its minutes. Those deferred have a later one."""

    PERSONAL: ClassVar[Personal] = {"chair": Erase.KEEP, "members": Erase.KEEP, "notes": Erase.KEEP}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="meetings", verbose_name=_("cohort"))
    number = models.PositiveSmallIntegerField(_("number"))
    held_on = models.DateField(_("held on"))
    place = models.CharField(pgettext_lazy("cohort", "place"), max_length=160, blank=True)
    chair = models.CharField(_("chaired by"), max_length=150)
    members = models.TextField(_("present"), max_length=1000, blank=True)
    notes = models.TextField(_("what was discussed"), max_length=4000, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pass meeting")
        verbose_name_plural = _("pass meetings")
        ordering = ("number",)
        constraints = (models.UniqueConstraint("cohort", "number", name="meeting_number_once"),)


class Decision(AgencyOwned):
    """What a meeting decided about somebody, with the numbers that lay before it."""

    PERSONAL: ClassVar[Personal] = {"final": Erase.KEEP, "predicate": Erase.KEEP}

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name=_("meeting"))
    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="decisions", verbose_name=_("participant")
    )
    standing = models.CharField(_("decision"), max_length=10, choices=Standing)
    final = models.DecimalField(_("final mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    predicate = models.CharField(_("predicate"), max_length=10, blank=True)
    attendance = models.DecimalField(pgettext_lazy("share", "attendance"), max_digits=5, decimal_places=2)
    why = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = (models.UniqueConstraint("meeting", "participant", name="decision_once"),)


class Reaction(AgencyOwned):
    """What one participant thought at the end. It does not say who: only that they answered stands on their row.

    ``given_on`` is the first day of the cohort: the day on which somebody answered would say who it was.
    """

    PERSONAL: ClassVar[Personal] = {"comment": Erase.KEEP}  # nobody can tell any more whose it is

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="reactions", verbose_name=_("cohort"))
    ratings = models.JSONField(_("ratings"))
    comment = models.CharField(_("comment"), max_length=1000, blank=True)
    given_on = models.DateField(_("given"))

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
