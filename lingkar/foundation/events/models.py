"""Published facts and the record of their delivery."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class Event(AgencyOwned):
    """One published fact. ``facts`` holds ids, codes and times, never a person's words."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("event"), max_length=80)
    facts = models.JSONField()
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = (models.Index(fields=("published_at",), name="event_by_time"),)

    def __str__(self) -> str:
        return self.name


class Delivery(AgencyOwned):
    """An event reached a handler: written in the handler's own transaction, so it happens once."""

    PERSONAL: ClassVar[Personal] = {}

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = (models.UniqueConstraint("event", "handler", name="delivery_once"),)
