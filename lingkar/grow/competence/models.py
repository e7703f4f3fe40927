"""The dictionary of competencies, and what was found of each person."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.people.models import Person
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class CompetencyKind(models.TextChoices):
    """The three kinds of PermenPANRB 38/2017."""

    MANAGERIAL = "managerial", _("Managerial")
    SOCIOCULTURAL = "sociocultural", _("Sociocultural")
    TECHNICAL = "technical", _("Technical")


class Competency(AgencyOwned):
    """One competency with its five levels. ``code`` is the one that profiles of positions use (``public_service``)."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(pgettext_lazy("competency", "kind"), max_length=20, choices=CompetencyKind)
    meaning = models.CharField(_("meaning"), max_length=400)
    levels = models.JSONField(_("what each level asks for"), default=list)
    source = models.CharField(_("source"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ("order", "code")
        constraints = (models.UniqueConstraint("agency", "code", name="competency_code_once"),)

    def __str__(self) -> str:
        return self.name


class AssessmentKind(models.TextChoices):
    """Who found a level. What somebody says of themselves stands apart and never counts towards a gap."""

    SELF = "self", _("Self-assessment")
    MANAGER = "manager", _("Assessment by the line manager")
    MEASURED = "measured", _("Measured by assessors")


class Assessment(AgencyOwned):
    """The level of one person in one competency, as it was found on a day. It counts until ``valid_until``."""

    PERSONAL: ClassVar[Personal] = {"kind": Erase.DELETE, "level": Erase.DELETE, "on": Erase.DELETE}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="+", verbose_name=_("competency"))
    kind = models.CharField(pgettext_lazy("assessment", "kind"), max_length=10, choices=AssessmentKind)
    level = models.PositiveSmallIntegerField(pgettext_lazy("competency", "level"))
    on = models.DateField(_("found on"))
    valid_until = models.DateField(_("valid until"))
    by = models.UUIDField(null=True, editable=False)
    """The account of whoever wrote it down; nobody for what was taken over from elsewhere."""

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = (
            models.UniqueConstraint("person", "competency", "kind", "on", name="assessment_once_a_day"),
            models.CheckConstraint(condition=models.Q(level__lte=5), name="assessment_level_0_to_5"),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("on")), name="assessment_ends_after_it_begins"
            ),
        )
        indexes = (models.Index("agency", "kind", "on", name="assessment_by_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.level}"
