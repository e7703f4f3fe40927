"""Sessions of a cohort, and who was there."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.people.models import Person
from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned
from lingkar.grow.programmes.models.cohorts import Cohort, Participant, Subject


class How(models.TextChoices):
    """How attendance was noted."""

    QR = "qr", pgettext_lazy("attendance", "By QR")
    CODE = "code", pgettext_lazy("attendance", "By code")
    ROSTER = "roster", pgettext_lazy("attendance", "By the trainer")


class Session(AgencyOwned):
    """A subject is taught at a time in a room. The secret of its QR and code is derived, never stored."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sessions", verbose_name=_("cohort"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="sessions", verbose_name=_("subject"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.CharField(_("room"), max_length=120, blank=True)
    trainer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("trainer")
    )

    class Meta:
        verbose_name = pgettext_lazy("programme", "session")
        verbose_name_plural = pgettext_lazy("programme", "sessions")
        ordering = ("starts_at", "id")
        constraints = (
            models.UniqueConstraint("cohort", "starts_at", "subject", name="session_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_begins"),
        )
        indexes = (models.Index(fields=("trainer", "starts_at"), name="session_of_trainer"),)


class Attendance(AgencyOwned):
    """Somebody was at a session: once, however often they showed it. ``at`` is the server's time."""

    PERSONAL: ClassVar[Personal] = {}

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name=_("session"))
    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="attendances", verbose_name=_("participant")
    )
    how = models.CharField(_("how"), max_length=10, choices=How)
    at = models.DateTimeField(pgettext_lazy("attendance", "time"))
    noted_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = (
            models.UniqueConstraint("session", "participant", name="attendance_once"),
            models.CheckConstraint(condition=Q(how__in=How.values), name="attendance_how_known"),
        )
