"""Accounts for many people at once: what was asked for, and how far it is."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class Round(AgencyOwned):
    """One round of invitations: accounts are opened for everybody whom the filters find.

    ``key`` comes from the form: the same press sent twice is one round. Which people are left is asked of the database
    each time, so a job that was killed goes on where it stood.
    """

    PERSONAL: ClassVar[Personal] = {}  # ``asked_by`` is a pseudonym

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField(editable=False)
    path = models.CharField(max_length=400, blank=True)
    kind = models.CharField(pgettext_lazy("employment", "kind"), max_length=20, blank=True)
    golongan = models.CharField(_("grade (golongan)"), max_length=10, blank=True)
    base = models.CharField(max_length=200)
    total = models.PositiveIntegerField(_("invited"))
    done = models.PositiveIntegerField(default=0)
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField(_("asked at"))
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("round of invitations")
        verbose_name_plural = _("rounds of invitations")
        constraints = (models.UniqueConstraint("agency", "key", name="round_once"),)

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"
