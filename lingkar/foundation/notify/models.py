"""What people were told inside the application, and the letters on their way out."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class Notification(AgencyOwned):
    """One thing that one account was told. Its sentence is that of ``kind``, filled with ``details``.

    ``recipient`` is the id of an account (which lives on a floor above). ``details`` holds ids, codes and numbers.
    """

    PERSONAL: ClassVar[Personal] = {"recipient": Erase.DELETE}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recipient = models.UUIDField(_("recipient"))
    kind = models.CharField(_("kind"), max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(_("told"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("recipient", "-created_at"), name="notification_inbox"),
            models.Index(fields=("recipient",), name="notification_unread", condition=models.Q(read_at=None)),
        )

    def __str__(self) -> str:
        return self.kind


class MessageState(models.TextChoices):
    """Where a letter stands; ``rules.STEPS`` says where it may go."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent: tried too often, or turned down for good")
    UNCERTAIN = "uncertain", _("Uncertain: it may or may not have arrived")
    DROPPED = "dropped", _("Given up")


class Message(AgencyOwned):
    """One letter to one address. ``key`` says what it is for ("reports.receipt:<id>"): it is written once.

    Address and letter are encrypted, and erased as soon as they are not needed: when the letter was sent or given up,
    or when ``about``, the row it tells of, is forgotten.
    """

    PERSONAL: ClassVar[Personal] = {"address": Erase.BLANK, "letter": Erase.BLANK}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.CharField(max_length=160)
    about = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=20, default="email")
    template = models.CharField(_("letter"), max_length=120)
    address = models.BinaryField(default=b"")
    letter = models.BinaryField(default=b"")
    state = models.CharField(_("state"), max_length=20, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    fault = models.CharField(_("fault"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("written"))
    changed_at = models.DateTimeField(_("last change"))
    due_at = models.DateTimeField(_("next try"))

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = (
            models.Index(fields=("about",), name="message_by_about"),
            models.Index(
                fields=("agency", "state", "due_at"),
                name="message_open",
                condition=~models.Q(state__in=("sent", "dropped")),
            ),
        )
        constraints = (models.UniqueConstraint("agency", "key", name="message_once"),)

    def __str__(self) -> str:
        return f"{self.template} ({self.state})"
