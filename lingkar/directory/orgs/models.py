"""Units of an agency, as a dated tree."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.calendar.models import WorkWeek
from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class UnitKind(models.TextChoices):
    """Kinds of unit in a regency or city (UU 23/2014, PP 18/2016)."""

    SECRETARIAT = "secretariat", _("Regional secretariat (Setda)")
    INSPECTORATE = "inspectorate", _("Inspectorate")
    OFFICE = "office", _("Office (dinas)")
    AGENCY_BODY = "body", _("Body (badan)")
    DISTRICT = "district", _("District office (kecamatan)")
    VILLAGE = "village", _("Village office (kelurahan)")
    SECTION = "section", _("Section (bidang, seksi)")
    TECHNICAL = "technical", _("Technical unit (UPTD)")
    HOSPITAL = "hospital", _("Regional hospital (RSUD)")


class Unit(AgencyOwned):
    """A unit of the organisation.

    ``path`` is the tree path of codes with a closing dot (``"dukcapil.pelayanan."``): a grant over a unit reaches
    every unit whose path starts with its path.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=400, editable=False)
    work_week = models.ForeignKey(
        WorkWeek, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("working week")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint("agency", "code", name="unit_code_once"),
            models.UniqueConstraint("agency", "path", name="unit_path_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.short_name or self.name
