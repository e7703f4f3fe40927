"""Districts and villages of the agency's area."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class PlaceKind(models.TextChoices):
    """Levels of the civil administration below a regency or city."""

    DISTRICT = "district", _("District (kecamatan)")
    VILLAGE = "village", _("Village (kelurahan or desa)")


class Place(AgencyOwned):
    """A district or village. ``code`` is the Kemendagri code without dots (6 or 10 digits).

    ``boundary`` is a closed line as ``[[latitude, longitude], …]`` in degrees (WGS 84), without holes.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind)
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    boundary = models.JSONField(_("boundary"), null=True, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("name",)
        constraints = (models.UniqueConstraint("agency", "code", name="place_code_once"),)

    def __str__(self) -> str:
        return self.name
