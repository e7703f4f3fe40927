"""Units of an agency as a dated tree."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.calendar.models import WorkWeek
from lingkar.foundation.privacy import Personal
from lingkar.foundation.search.columns import AS_WRITTEN, spellings_of, words_of
from lingkar.foundation.tenancy.models import AgencyOwned

UNIT_NAMES = ("name", "short_name")
"""By what a unit is searched."""


class UnitKind(models.TextChoices):
    """Kinds of unit in a regency or city (UU 23/2014, PP 18/2016)."""

    SECRETARIAT = "secretariat", _("Regional secretariat (Setda)")
    COUNCIL = "council_secretariat", _("Council secretariat (Setwan)")
    INSPECTORATE = "inspectorate", _("Inspectorate")
    OFFICE = "office", _("Office (dinas)")
    AGENCY_BODY = "body", _("Body (badan)")
    DISTRICT = "district", _("District office (kecamatan)")
    VILLAGE = "village", _("Village office (kelurahan)")
    SECTION = "section", _("Section (bidang, seksi)")
    TECHNICAL = "technical", _("Technical unit (UPTD)")
    HOSPITAL = "hospital", _("Regional hospital (RSUD)")
    HEALTH_CENTRE = "health_centre", _("Community health centre (puskesmas)")
    SCHOOL = "school", _("School")


class SuccessionKind(models.TextChoices):
    """How a unit went on in another one."""

    RENAMED = "renamed", _("Goes on under another code")
    MERGED = "merged", _("Merged")
    SPLIT = "split", _("Split")


class Unit(AgencyOwned):
    """A unit of the organisation as it stands today; its past and its plans are in ``UnitState``.

    ``path`` is the tree path of codes with a closing dot (``"dukcapil.pelayanan."``): a grant over a unit reaches
    every unit whose path starts with its path. A unit that ended and went on in another one stands below that one in
    ``path``, so that whoever looks after the successor reaches what was left. ``valid_from`` and ``valid_to`` are the
    first and last day of its life, planned ones included.
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
        indexes = (
            GinIndex(spellings_of(*UNIT_NAMES), name="unit_spellings"),
            GinIndex(words_of(*UNIT_NAMES, config=AS_WRITTEN), name="unit_words"),
        )

    def __str__(self) -> str:
        return self.short_name or self.name


class UnitState(AgencyOwned):
    """What a unit was called and where it stood, between two days, both included; open at the end while it holds.

    States of one unit never overlap: a constraint of the database (migration 0003) says so.
    """

    PERSONAL: ClassVar[Personal] = {}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of a unit")
        verbose_name_plural = _("states of units")
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint("unit", "valid_from", name="unit_state_begins_once"),
            models.UniqueConstraint("unit", name="unit_state_is_open_once", condition=models.Q(valid_to__isnull=True)),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="unit_state_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("unit")),
                name="unit_is_not_its_own_parent",
            ),
        )
        indexes = (models.Index("agency", "valid_from", name="unit_state_by_day"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from}–{self.valid_to or ''})"


class Succession(AgencyOwned):
    """A unit went on in another one on a day. One of several successors is the heir: what was left is found there."""

    PERSONAL: ClassVar[Personal] = {}

    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("from unit"))
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("to unit"))
    kind = models.CharField(_("kind"), max_length=20, choices=SuccessionKind)
    on = models.DateField(_("holds from"))
    is_heir = models.BooleanField(_("takes over what was left"), default=False)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint("from_unit", "to_unit", name="succession_once"),
            models.UniqueConstraint("from_unit", name="succession_has_one_heir", condition=models.Q(is_heir=True)),
            models.CheckConstraint(condition=~models.Q(from_unit=models.F("to_unit")), name="succession_leads_on"),
        )

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id} ({self.on})"
