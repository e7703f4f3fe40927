"""Why closed cases arose: what the loop learns from."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.models import Unit
from lingkar.directory.services.models import Service
from lingkar.foundation.privacy import Erase, Personal
from lingkar.foundation.tenancy.models import AgencyOwned
from lingkar.listen.reports.models import Report
from lingkar.loop.causes import rules


class CauseKind(models.TextChoices):
    """Why a case arose, in the words that officers choose from."""

    KNOWLEDGE = rules.Kind.KNOWLEDGE, _("Officers did not know or could not do it")
    CONDUCT = rules.Kind.CONDUCT, _("Conduct of officers")
    PROCEDURE = rules.Kind.PROCEDURE, _("The procedure itself")
    STAFFING = rules.Kind.STAFFING, _("Too few people")
    TOOL = rules.Kind.TOOL, _("Tools, material or systems")
    BUDGET = rules.Kind.BUDGET, _("Budget or building")
    OTHER_AGENCY = rules.Kind.OTHER_AGENCY, _("Another agency")
    INFORMATION = rules.Kind.INFORMATION, _("People were not told")
    NONE = rules.Kind.NONE, _("Nothing went wrong in the service")


class Cause(AgencyOwned):
    """Why one case arose, as the unit that closed it sees it. One for each case; saying it anew replaces it.

    ``unit``, ``service`` and ``happened_on`` (the day the report came in) are those of the case when it was coded.
    ``note`` is an officer's own word to colleagues; it names nobody and is never shown outside.
    """

    PERSONAL: ClassVar[Personal] = {"note": Erase.BLANK}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.OneToOneField(Report, models.CASCADE, related_name="+", verbose_name=_("report"))
    kind = models.CharField(_("cause"), max_length=20, choices=CauseKind)
    competency = models.SlugField(_("competency"), max_length=40, blank=True)
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    happened_on = models.DateField(_("reported on"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.UUIDField(_("by"), null=True, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("cause")
        verbose_name_plural = _("causes")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=CauseKind.values), name="cause_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(rules.TRAINABLE)) ^ Q(competency=""), name="cause_trainable_has_competency"
            ),
        )
        indexes = (
            models.Index(fields=("service", "happened_on"), name="cause_of_service"),
            models.Index(fields=("agency", "happened_on"), name="cause_by_day"),
        )
