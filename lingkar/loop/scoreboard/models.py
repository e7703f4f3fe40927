"""The circle of every service as it stood at a moment: computed, kept, never changed."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.models import Unit
from lingkar.directory.services.models import Service
from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class Snapshot(AgencyOwned):
    """One look at every service of an agency: one a day is kept, the last."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(_("computed at"))
    day = models.DateField(_("day"))
    smallest = models.PositiveSmallIntegerField(_("smallest group"))

    class Meta:
        verbose_name = _("look at the circle")
        verbose_name_plural = _("looks at the circle")
        constraints = (models.UniqueConstraint("agency", "day", name="snapshot_day_once"),)


class Chain(AgencyOwned):
    """The circle of one service: ``facts`` are ``rules.Facts``; the other columns are what lists show and sort by.

    ``rank`` orders by need. ``reached``: stations passed, of six; ``stops_at``: the first one that was not. Null where
    too few people stand behind a number; counts of 0 are told.
    """

    PERSONAL: ClassVar[Personal] = {}

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="chains", verbose_name=_("look at the circle"))
    service = models.ForeignKey(Service, models.CASCADE, related_name="+", verbose_name=_("service"))
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name=_("unit"))
    rank = models.PositiveIntegerField(_("rank"))
    reached = models.PositiveSmallIntegerField(_("stations passed"))
    stops_at = models.CharField(_("next station"), max_length=10, blank=True)
    reports = models.PositiveIntegerField(_("reports"), null=True)
    said = models.PositiveIntegerField(_("published reports"), default=0)
    done = models.PositiveIntegerField(_("published reports closed with proof"), default=0)
    late = models.PositiveIntegerField(_("late promises"), default=0)
    ikm = models.DecimalField(_("index of satisfaction"), max_digits=5, decimal_places=2, null=True)
    band = models.CharField(_("band"), max_length=1, blank=True)
    curable = models.PositiveIntegerField(_("cases that training can cure"), null=True)
    coded = models.PositiveIntegerField(_("cases with a cause"), null=True)
    need = models.FloatField(_("largest need"), null=True)
    competency = models.CharField(_("competency"), max_length=120, blank=True)
    going = models.PositiveIntegerField(_("people in approved plans"), null=True)
    passed = models.PositiveIntegerField(_("people trained"), null=True)
    verdict = models.CharField(_("verdict"), max_length=20, blank=True)
    facts = models.JSONField(_("everything that is known"))

    class Meta:
        verbose_name = _("circle of a service")
        verbose_name_plural = _("circles of services")
        ordering = ("rank",)
        constraints = (models.UniqueConstraint("snapshot", "service", name="chain_once"),)
        indexes = (
            models.Index(fields=("snapshot", "rank"), name="chain_by_rank"),
            models.Index(fields=("service",), name="chain_of_service"),
        )
