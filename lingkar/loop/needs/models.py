"""Needs as they were computed on a day: rows that are never changed, only computed anew."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.models import Unit
from lingkar.directory.services.models import Service
from lingkar.foundation.privacy import Personal
from lingkar.foundation.tenancy.models import AgencyOwned


class Computation(AgencyOwned):
    """One look at the whole agency: when, over which days, with which numbers."""

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(_("computed at"))
    first = models.DateField(_("first day of the cases"))
    last = models.DateField(_("last day"))
    half_life = models.PositiveIntegerField(_("half-life in days"))
    smallest = models.PositiveIntegerField(_("smallest group"))
    hidden = models.PositiveIntegerField(_("cells too small to show"), default=0)

    class Meta:
        verbose_name = _("computation of needs")
        verbose_name_plural = _("computations of needs")
        indexes = (models.Index(fields=("agency", "-at"), name="computation_newest"),)


class Need(AgencyOwned):
    """What people at a unit need to learn for a service, with every part it was made of.

    Rates are weighted cases per 1,000 transactions, survey means are scores from 1 to 4, ``lack`` is the mean gap in
    levels; null: too few, or nothing known. ``evidence``, ``capability`` and ``size`` go from 0 to 1 within the agency.
    """

    PERSONAL: ClassVar[Personal] = {}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    computation = models.ForeignKey(Computation, models.CASCADE, related_name="needs", verbose_name=_("computation"))
    service = models.ForeignKey(Service, models.CASCADE, related_name="+", verbose_name=_("service"))
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name=_("unit"))
    competency = models.SlugField(_("competency"), max_length=40)
    rank = models.PositiveIntegerField(_("rank"))
    cases = models.PositiveIntegerField(_("cases"), null=True)
    transactions = models.PositiveIntegerField(_("transactions"), null=True)
    rate = models.FloatField(_("rate"), null=True)
    rate_low = models.FloatField(_("rate, lower end"), null=True)
    rate_high = models.FloatField(_("rate, upper end"), null=True)
    rate_shrunk = models.FloatField(_("rate, drawn towards the agency's"), null=True)
    rate_of_all = models.FloatField(_("rate of all units"), null=True)
    unsur = models.CharField(_("element of the survey"), max_length=2, blank=True)
    answers = models.PositiveIntegerField(_("answers"), null=True)
    score = models.FloatField(_("score"), null=True)
    score_low = models.FloatField(_("score, lower end"), null=True)
    score_high = models.FloatField(_("score, upper end"), null=True)
    score_shrunk = models.FloatField(_("score, drawn towards the agency's"), null=True)
    people = models.PositiveIntegerField(_("people who serve"), default=0)
    measured = models.PositiveIntegerField(_("of them assessed"), default=0)
    is_pooled = models.BooleanField(_("people of all units of the service"), default=False)
    lack = models.FloatField(_("mean gap"), null=True)
    evidence = models.FloatField(_("evidence of citizens"), null=True)
    capability = models.FloatField(_("lack within the agency"), null=True)
    size = models.FloatField(_("need"), null=True)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ("rank",)
        constraints = (
            models.UniqueConstraint("computation", "service", "unit", "competency", name="need_once"),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(size__gte=0, size__lte=1), name="need_between_none_and_one"
            ),
            models.CheckConstraint(condition=Q(measured__lte=F("people")), name="need_measured_within_people"),
        )
        indexes = (models.Index(fields=("computation", "rank"), name="need_by_rank"),)
