"""The audit trail: append-only and hash-chained by the database itself."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class AuditHead(AgencyOwned):
    """Where an agency's chain stands. Updated, and locked, by the trigger that chains a new entry."""

    PERSONAL: ClassVar[Personal] = {}

    count = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    class Meta:
        constraints = (models.UniqueConstraint("agency", name="audit_one_head"),)


class AuditEntry(AgencyOwned):
    """One act: who did what to which row, when. Holds ids and codes only, never a text that must be forgotten.

    ``content`` is the canonical JSON that is hashed. A deferred trigger fills ``position``, ``previous`` and ``hash``
    at commit, so that the chain never holds a lock while a transaction works.
    """

    PERSONAL: ClassVar[Personal] = {}  # ``person`` is a pseudonym: erasing the account leaves an id that names nobody

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(_("at"))
    verb = models.CharField(_("act"), max_length=80)
    person = models.UUIDField(_("person"), null=True)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    content = models.TextField()
    position = models.BigIntegerField(null=True)
    previous = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = (
            models.Index(fields=("subject_type", "subject_id"), name="audit_by_subject"),
            models.Index(fields=("agency", "-at"), name="audit_by_time"),
        )
        constraints = (models.UniqueConstraint("agency", "position", name="audit_position_once"),)
